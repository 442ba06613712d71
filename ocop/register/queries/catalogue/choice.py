"""What a visitor chose in the catalogue, which products match it, and how many each further choice would give."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from ocop.register.queries.catalogue.rows import DUE, STATE_RANK, PlaceIndex, Row

FACETS: Final = ("standing", "stars", "key_group", "set_no", "commune", "legal_form", "district")
SORTS: Final = ("standing", "stars", "name", "newest", "relevance")


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen values of every facet; an empty set means any. Values are as in the address, numbers as numbers."""

    standing: frozenset[str] = frozenset()  # values of rows.STATES; "valid" includes those soon due
    stars: frozenset[int] = frozenset()  # held, or last known
    key_group: frozenset[str] = frozenset()
    set_no: frozenset[int] = frozenset()
    commune: frozenset[str] = frozenset()  # codes of today's communes
    legal_form: frozenset[str] = frozenset()
    district: frozenset[str] = frozenset()  # codes of the districts that were

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, facet) for facet in FACETS)


@dataclass(frozen=True, slots=True)
class Selection:
    """The products that match, and for every facet how many products each value would give with the other facets as chosen."""

    rows: Sequence[Row]
    counts: Mapping[str, Mapping[Hashable, int]]
    lost_by: Mapping[str, int]  # for a chosen facet, how many more products there would be without it


_COLUMN: Final = {
    "standing": "state",
    "stars": "stars",
    "key_group": "key_group",
    "set_no": "set_no",
    "commune": "commune_id",
    "legal_form": "legal_form",
    "district": "unit_id",
}
_VALUE: Final = {facet: itemgetter(Row._fields.index(column)) for facet, column in _COLUMN.items()}


def select(rows: Sequence[Row], choice: Choice, places: PlaceIndex) -> Selection:
    """Match every row against the choice once; a product that misses by one facet alone still counts in that facet."""
    wanted = _wanted(choice, places)
    matching: Sequence[Row] = rows
    missed_by: dict[str, list[Row]] = {facet: [] for facet in wanted}
    if wanted:
        matching = []
        tests = [(facet, _VALUE[facet], values) for facet, values in wanted.items()]
        for row in rows:
            missed = [facet for facet, value, values in tests if value(row) not in values]
            if not missed:
                matching.append(row)
            elif len(missed) == 1:
                missed_by[missed[0]].append(row)
    counts = {}
    for facet in FACETS:
        value = _VALUE[facet]
        counter: Counter[Hashable] = Counter(map(value, matching))
        if facet in missed_by:
            counter.update(map(value, missed_by[facet]))
        counts[facet] = _as_chosen(facet, counter, places)
    return Selection(matching, counts, {facet: len(missed) for facet, missed in missed_by.items()})


def _wanted(choice: Choice, places: PlaceIndex) -> dict[str, frozenset[Hashable]]:
    """The chosen values as the rows hold them: codes of places become primary keys."""
    wanted: dict[str, frozenset[Hashable]] = {facet: getattr(choice, facet) for facet in FACETS if getattr(choice, facet)}
    if "valid" in choice.standing:
        wanted["standing"] = choice.standing | {DUE}
    if choice.commune:
        wanted["commune"] = places.communes_coded(choice.commune)
    if choice.district:
        wanted["district"] = places.units_in_districts(choice.district)
    return wanted


def _as_chosen(facet: str, counter: Counter[Hashable], places: PlaceIndex) -> Mapping[Hashable, int]:
    """Counts by the values of the address, the way back from `_wanted`."""
    if facet == "standing":
        counter["valid"] += counter[DUE]
        return counter
    if facet == "commune":
        return {place.code: counter[pk] for pk, place in places.communes.items() if pk in counter}
    if facet == "district":
        by_district: Counter[Hashable] = Counter()
        for unit_id, count in counter.items():
            if isinstance(unit_id, int) and (code := places.district_of.get(unit_id)):
                by_district[code] += count
        return by_district
    return counter


def in_order(rows: Sequence[Row], sort: str, relevance: Mapping[int, int] | None = None) -> Sequence[Row]:
    """The rows in one of `SORTS`; they come in the order of their names, which stays the order among equals.

    "newest" needs rows read with their dates; `relevance` gives a product's place in the answer to a search.
    """
    if sort == "name":
        return rows
    if sort == "stars":
        return sorted(rows, key=lambda row: (-(row.stars or 0), STATE_RANK[row.state]))
    if sort == "newest":
        return sorted(rows, key=lambda row: row.recognised_on or "", reverse=True)
    if sort == "relevance" and relevance is not None:
        last = len(relevance)
        return sorted(rows, key=lambda row: relevance.get(row.id, last))
    return sorted(rows, key=_WORTH)


def _worth(row: Row) -> int:
    return STATE_RANK[row.state] * 10 - (row.stars or 0)


_WORTH: Final = _worth
