"""Two producers that may be one."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ocop.register.enums import DuplicateGrade, DuplicateSign
from ocop.register.rules.duplicates.names import bare_name, unaccented, within
from ocop.register.rules.duplicates.pairs import Pair, judged, sharing

Sign = DuplicateSign


@dataclass(frozen=True)
class ProducerSigns:
    """What is compared of one producer. `phones` are keyed hashes; no number comes here."""

    id: int
    name: str
    tax_code: str = ""
    phones: frozenset[str] = frozenset()
    commune: int | None = None  # of today
    district: int | None = None  # of the years before, where the source names one
    maybe: int | None = None  # a source says that this may be the same producer
    is_demo: bool = False

    @cached_property
    def bare(self) -> str:
        return bare_name(self.name)

    @cached_property
    def folded(self) -> str:
        return unaccented(self.bare)


def producer_pairs(rows: Iterable[ProducerSigns], places: Collection[str] = ()) -> list[Pair]:
    """The pairs that may be one and the same, the strongest first. `places` are names of places, unaccented: as a name they say nothing."""
    by_id = {row.id: row for row in rows}
    keys = (key for row in by_id.values() for key in _keys(row))
    candidates = {*sharing(keys), *_parts(by_id.values(), frozenset(places)), *_told(by_id)}
    alike = (pair for pair in candidates if by_id[pair[0]].is_demo == by_id[pair[1]].is_demo)
    return judged(alike, by_id, _signs, _grade)


def _keys(row: ProducerSigns) -> Iterator[tuple[Hashable, int]]:
    yield ("name", row.folded), row.id
    if row.tax_code:
        yield ("tax", _digits(row.tax_code)), row.id
    for phone in row.phones:
        yield ("phone", phone), row.id


def _parts(rows: Collection[ProducerSigns], places: frozenset[str]) -> Iterator[tuple[int, int]]:
    """A name that is the end of another: "Tân Dân" and "rượu chuối Tân Dân"."""
    whole = [(("part", row.bare), row.id) for row in rows]
    known = {key for key, _row in whole}
    ends = ((("part", end), row.id) for row in rows for end in within(row.bare) if unaccented(end) not in places)
    reached = [(key, row) for key, row in ends if key in known]
    wanted = {key for key, _row in reached}
    yield from sharing([*(entry for entry in whole if entry[0] in wanted), *reached])


def _told(by_id: dict[int, ProducerSigns]) -> Iterator[tuple[int, int]]:
    for row in by_id.values():
        if row.maybe in by_id and row.maybe is not None and row.maybe != row.id:
            yield min(row.id, row.maybe), max(row.id, row.maybe)


def _signs(one: ProducerSigns, other: ProducerSigns) -> tuple[DuplicateSign, ...]:
    """For first, against last."""
    same_tax = bool(one.tax_code) and _digits(one.tax_code) == _digits(other.tax_code)
    same_place = one.commune is not None and one.commune == other.commune
    found = {
        Sign.TAX_CODE: same_tax,
        Sign.NAME: one.bare == other.bare,
        Sign.UNACCENTED: one.bare != other.bare and one.folded == other.folded,
        Sign.PART: one.bare in within(other.bare) or other.bare in within(one.bare),
        Sign.PHONE: bool(one.phones & other.phones),
        Sign.PLACE: same_place,
        Sign.SOURCE: one.maybe == other.id or other.maybe == one.id,
        Sign.OTHER_TAX_CODE: bool(one.tax_code and other.tax_code) and not same_tax,
        Sign.OTHER_PLACE: not same_place and _apart(one, other),
    }
    return tuple(sign for sign, holds in found.items() if holds)


def _apart(one: ProducerSigns, other: ProducerSigns) -> bool:
    """Certainly in different places: two communes of today, or two districts where a commune is not known."""
    if one.commune is not None and other.commune is not None:
        return one.commune != other.commune
    return one.district is not None and other.district is not None and one.district != other.district


def _grade(signs: frozenset[DuplicateSign]) -> DuplicateGrade | None:
    """A tax code is one body's alone; a name means little in another commune, and two tax codes are two bodies unless one followed."""
    if Sign.TAX_CODE in signs:
        return DuplicateGrade.STRONG
    here, elsewhere, phone = Sign.PLACE in signs, Sign.OTHER_PLACE in signs, Sign.PHONE in signs
    near = Sign.UNACCENTED in signs or Sign.PART in signs
    if Sign.NAME in signs and (here or phone):
        grade = DuplicateGrade.STRONG
    elif (Sign.NAME in signs and not elsewhere) or Sign.SOURCE in signs or (phone and (near or here)) or (near and here):
        grade = DuplicateGrade.LIKELY
    elif Sign.NAME in signs or phone or (near and not elsewhere):
        grade = DuplicateGrade.POSSIBLE
    else:
        return None
    return DuplicateGrade.POSSIBLE if Sign.OTHER_TAX_CODE in signs else grade


def _digits(tax_code: str) -> str:
    return "".join(character for character in tax_code if character.isdigit())
