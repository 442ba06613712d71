"""The catalogue's filters as they come in the address. What cannot be understood is left out and said, never an error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar
from urllib.parse import urlencode

from ocop.core.text import clean_line
from ocop.register.enums import KeyGroup, LegalForm
from ocop.register.queries.catalogue import Choice, PlaceIndex

T = TypeVar("T")

# Facet → name in the address. The order is the order on the page and in every address the catalogue makes.
NAMES: Final = {
    "standing": "tinh-trang",
    "stars": "sao",
    "key_group": "nhom",
    "set_no": "bo",
    "commune": "xa",
    "legal_form": "loai-hinh",
    "district": "huyen",
}
STANDING_VALUES: Final = {
    "con-han": "valid",
    "sap-het-han": "due",
    "keo-dai": "extended",
    "cho-xac-minh": "unverified",
    "het-han": "expired",
    "thu-hoi": "withdrawn",
    "chua-co-sao": "none",
}
SORT_VALUES: Final = {"hieu-luc": "standing", "nhieu-sao": "stars", "ten": "name", "moi": "newest", "phu-hop": "relevance"}
PARAMS: Final = ("q", *NAMES.values(), "xep", "trang", "xem", "demo")

TEXT_LIMIT: Final = 300
_VALUES_LIMIT: Final = 80  # of one facet; more than any facet has
_ECHO_LIMIT: Final = 40
_PAGE_DIGITS: Final = 6


class Params(Protocol):
    """What of a QueryDict is needed here."""

    def get(self, key: str, default: str = ..., /) -> str | None: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class CatalogueForm:
    """One asking of the catalogue, understood. `pairs` says it again in an address, without the page."""

    text: str
    choice: Choice
    sort: str
    page: int
    is_map: bool
    with_demo: bool
    pairs: Sequence[tuple[str, str]]
    ignored: Sequence[str]  # what was not understood, as the visitor wrote it: "sao=9"

    @property
    def is_empty(self) -> bool:
        return not self.text and self.choice.is_empty

    def address(self, *, without: tuple[str, str] | None = None, **changed: str) -> str:
        """The query of the same asking from its first page: without one pair, or with single values changed ("" removes)."""
        pairs = [pair for pair in self.pairs if pair != without and pair[0] not in changed]
        return urlencode(pairs + [(name, value) for name, value in changed.items() if value])

    def page_address(self, page: int) -> str:
        """The query of one page of the same asking."""
        return urlencode([*self.pairs, ("trang", str(page))] if page > 1 else self.pairs)


def read_catalogue(params: Params, places: PlaceIndex, set_numbers: Sequence[int], *, demo_allowed: bool) -> CatalogueForm:
    """Understand the query of a catalogue address."""
    reading = _Reading(params)
    text = clean_line(params.get("q", "") or "")[:TEXT_LIMIT].strip()
    if text:
        reading.pairs.append(("q", text))
    commune_codes = {place.code: place.code for place in places.communes.values()}
    choice = Choice(
        standing=reading.many("standing", STANDING_VALUES),
        stars=reading.many("stars", {str(stars): stars for stars in (5, 4, 3)}),
        key_group=reading.many("key_group", {group.value: group.value for group in KeyGroup}),
        set_no=reading.many("set_no", {str(number): number for number in set_numbers}),
        commune=reading.many("commune", commune_codes),
        legal_form=reading.many("legal_form", {form.value: form.value for form in LegalForm}),
        district=reading.many("district", {code: code for code in places.districts}),
    )
    default_sort = "phu-hop" if text else "hieu-luc"
    sorts = SORT_VALUES if text else {name: sort for name, sort in SORT_VALUES.items() if sort != "relevance"}
    sort = reading.one("xep", sorts, default_sort)
    is_map = reading.one("xem", {"ban-do": True, "danh-sach": False}, "danh-sach")
    with_demo = reading.one("demo", {"1": True, "0": False} if demo_allowed else {"0": False}, "0")
    return CatalogueForm(text, choice, sort, reading.page(), is_map, with_demo, tuple(reading.pairs), tuple(reading.ignored))


class _Reading:
    """Goes through the parameters once, keeping what it understood and what it did not."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self.pairs: list[tuple[str, str]] = []
        self.ignored: list[str] = []

    def many(self, facet: str, known: Mapping[str, T]) -> frozenset[T]:
        """Every value of a facet, in the order of `known`."""
        name = NAMES[facet]
        asked = self.params.getlist(name)[:_VALUES_LIMIT]
        if not asked:
            return frozenset()
        for value in asked:
            if value and value not in known:
                self._ignore(name, value)
        wanted = [value for value in known if value in asked]
        self.pairs += [(name, value) for value in wanted]
        return frozenset(known[value] for value in wanted)

    def one(self, name: str, known: Mapping[str, T], default: str) -> T:
        """A single value; the default, which an address need not say, when there is none or an unknown one."""
        value = self.params.get(name) or default
        if value not in known:
            self._ignore(name, value)
            value = default
        if value != default:
            self.pairs.append((name, value))
        return known[value]

    def page(self) -> int:
        page = read_page(self.params)
        if page is None:
            self._ignore("trang", self.params.get("trang") or "")
        return page or 1

    def _ignore(self, name: str, value: str) -> None:
        shown = clean_line(value)
        self.ignored.append(f"{name}={shown[:_ECHO_LIMIT]}…" if len(shown) > _ECHO_LIMIT else f"{name}={shown}")


def read_page(params: Params) -> int | None:
    """The number of the page asked for, 1 where none is, None where it is no number."""
    value = params.get("trang") or "1"
    is_number = value.isascii() and value.isdigit() and len(value) <= _PAGE_DIGITS
    return int(value) if is_number and int(value) > 0 else None
