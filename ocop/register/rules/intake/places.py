"""Which unit a clerk's "Xã/phường" names: by name and district, through time (INTAKE.md)."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ocop.core.dates import PartialDate
from ocop.core.text import clean_line
from ocop.register.rules.intake.codes import Caution, Refusal
from ocop.register.rules.intake.names import compare_key


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One unit during its time, as `queries.intake` reads it. `districts` are the keys of the districts it lies in or was made of."""

    pk: int
    name: str  # "Xã Côn Minh"
    kind: str  # places.enums.UnitKind
    districts: frozenset[str]
    valid_from: date | None
    valid_to: date | None  # exclusive
    heir: int | None  # today's one commune that holds it: itself, if it is of today
    heir_name: str
    is_unchanged: bool = False  # went whole and alone into today's unit of the same name

    def existed_on(self, day: date) -> bool:
        """A beginning that nobody found does not speak against it."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row lies: `unit` as of then, `now` today's commune; `code`, `said` and `other` make the remark, if there is one."""

    unit: int | None = None
    now: int | None = None
    districts: frozenset[str] = frozenset()
    code: str = ""
    said: str = ""
    other: str = ""
    district_differs: bool = False


_PREFIX: Final = re.compile(
    r"(?P<kind>thị trấn|phường|xã|tt\.|tt(?=\s)|t\.trấn|p\.|x\.)\s*(?=\S)"
    r"|(?P<district>huyện|thành phố|thị xã|tp\.|tp(?=\s)|h\.|tx\.)\s*(?=\S)",
    re.IGNORECASE,
)
_KINDS: Final = {"thị trấn": "township", "tt": "township", "tt.": "township", "t.trấn": "township"}
_KINDS_NOW: Final = {"phường": "ward", "p.": "ward", "xã": "commune", "x.": "commune"}
_PIECES: Final = re.compile(r"[,;()/]|\s[-–]\s")
_FORMERLY: Final = re.compile(r"\s*\bcũ$|^(?:trước đây là|trước đây|trước là|nguyên là|cũ là|cũ)\s+", re.IGNORECASE)
_NOW: Final = re.compile(r"^(?:nay là|nay thuộc|hiện nay là|nay)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    key: str
    kind: str
    is_district: bool
    is_former: bool
    is_now: bool


def _piece(text: str) -> _Piece:
    line = clean_line(text)
    is_former, is_now = bool(_FORMERLY.search(line)), bool(_NOW.search(line))
    line = _NOW.sub("", _FORMERLY.sub("", line)).strip()
    found = _PREFIX.match(line)
    if not found:
        return _Piece(compare_key(line), "", False, is_former, is_now)
    word = (found["kind"] or "").lower()
    kind = _KINDS.get(word) or _KINDS_NOW.get(word, "")
    return _Piece(compare_key(line[found.end() :]), kind, bool(found["district"]), is_former, is_now)


def bare_key(name: str) -> str:
    """The comparison key of a unit's name without its kind, which is taken off while the accents are there: "Phương Viên" keeps its own."""
    return _piece(name).key


class Gazetteer:
    """All units by the keys of their names; answers are kept, since a register names few places many times."""

    def __init__(self, communes: Iterable[PlaceFacts], districts: Mapping[str, PlaceFacts], provinces: Collection[str]) -> None:
        self._communes: dict[str, list[PlaceFacts]] = defaultdict(list)
        for place in communes:
            self._communes[bare_key(place.name)].append(place)
        self._districts = districts  # by bare key
        self._provinces = provinces  # by bare key; "Bắc Kạn" behind a comma is the province rather than its city
        self._sections: dict[str, str] = {}
        self._known: dict[tuple[str, str, date | None], Placed] = {}

    def district_of_section(self, section: str, before: str) -> str:
        """The key of the district a section row names; a section that names none keeps the one before, "BỔ SUNG" ends it."""
        if section not in self._sections:
            line = _COUNTING.sub("", clean_line(section)).strip()
            key = bare_key(line)
            is_end = not section or "bổ sung" in line.lower()
            self._sections[section] = key if key in self._districts else "" if is_end else _SAME
        found = self._sections[section]
        return before if found == _SAME else found

    def place(self, commune: str, district: str, on: PartialDate) -> Placed:
        """The unit that `commune` names for a recognition of `on`, in the district that the section or its own column names."""
        known = (commune, district, on.last)
        if known not in self._known:
            self._known[known] = self._place(commune, district, on.last)
        return self._known[known]

    def _place(self, commune: str, district: str, on: date | None) -> Placed:
        pieces = [_piece(part) for part in _PIECES.split(commune) if clean_line(part)]
        pieces = [piece for n, piece in enumerate(pieces) if n == 0 or piece.kind or piece.is_district or piece.key not in self._provinces]
        named = [piece for n, piece in enumerate(pieces) if self._is_district(piece, is_first=n == 0)]
        rest = [piece for piece in pieces if piece not in named]
        if not rest:
            return self._without_commune(named[0].key if named else district)
        choices = [(piece, found) for piece in rest if (found := self._communes.get(piece.key)) and not piece.is_district]
        choices.sort(key=lambda pair: (pair[0].is_now, not pair[0].is_former, not pair[0].kind))
        within = [place for place in choices[0][1] if not named or named[0].key in place.districts] if choices else []
        if not within:
            return Placed(code=Refusal.COMMUNE_UNKNOWN, said=commune)
        near = [place for place in within if not district or district in place.districts]
        placed = _chosen(choices[0][0], near or within, on, commune)
        return placed if near else replace(placed, district_differs=True)

    def _is_district(self, piece: _Piece, *, is_first: bool) -> bool:
        """ "Chợ Đồn" names a commune of today and an old district: standing after a comma it is the district."""
        if piece.kind or piece.key not in self._districts:
            return False
        return piece.is_district or not is_first or piece.key not in self._communes

    def _without_commune(self, district: str) -> Placed:
        place = self._districts.get(district)
        districts = frozenset([district]) if district else frozenset()
        return Placed(unit=place.pk if place else None, districts=districts, code=Caution.COMMUNE_EMPTY)


def _chosen(piece: _Piece, found: list[PlaceFacts], on: date | None, said: str) -> Placed:
    """Of the units of one name the one of the recognition's day; without a day today's."""
    left = [place for place in found if place.kind == piece.kind] or found
    if piece.is_former:
        left = [place for place in left if place.valid_to is not None] or left
    left = sorted(left, key=lambda place: place.valid_to or date.max, reverse=True)
    chosen = next((place for place in left if on and place.existed_on(on)), left[0])
    names = chosen.districts
    if len(left) > 1 and not any(place.is_unchanged for place in left):
        when = "đơn vị cũ" if chosen.valid_to else "đơn vị mới"
        return Placed(chosen.pk, chosen.heir, names, Caution.COMMUNE_BOTH, said, f"{when} {chosen.name}")
    if chosen.valid_to is None or chosen.is_unchanged:
        return Placed(chosen.pk, chosen.heir, names)
    return Placed(chosen.pk, chosen.heir, names, Caution.OLD_COMMUNE, chosen.name, chosen.heir_name or "nhiều đơn vị")


_SAME: Final = "="
_COUNTING: Final = re.compile(r"^\s*(?:[0-9]+|[IVXivx]+|[A-Ha-h])\s*[.)/-]\s*|\([^)]*\)|:.*$")
