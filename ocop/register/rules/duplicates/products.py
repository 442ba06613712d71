"""Two products that may be one: of the same producer, or of nobody known under the same name."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ocop.register.enums import DuplicateGrade, DuplicateSign
from ocop.register.rules.duplicates.names import own_part, unaccented
from ocop.register.rules.duplicates.pairs import Pair, judged, sharing

Sign = DuplicateSign
_MOST_MORE = 3  # words one name may have more than the other and still be called a part of it


@dataclass(frozen=True)
class ProductSigns:
    """What is compared of one product."""

    id: int
    name: str
    maker: int | None = None
    maker_name: str = ""
    set_no: int | None = None
    commune: int | None = None  # of today
    is_demo: bool = False

    @cached_property
    def own(self) -> str:
        return own_part(self.name, self.maker_name)

    @cached_property
    def words(self) -> list[str]:
        return sorted(unaccented(self.own).split())


def product_pairs(rows: Iterable[ProductSigns]) -> list[Pair]:
    """The pairs that may be one and the same, the strongest first."""
    by_id = {row.id: row for row in rows}
    candidates = sharing(key for row in by_id.values() for key in _keys(row))
    alike = (pair for pair in candidates if _comparable(by_id[pair[0]], by_id[pair[1]]))
    return judged(alike, by_id, _signs, _grade)


def _keys(row: ProductSigns) -> Iterator[tuple[Hashable, int]]:
    """The name everywhere, for products without a maker; and, of one maker, the words and the beginning of the name."""
    yield ("name", " ".join(row.words)), row.id
    if row.maker is not None:
        yield ("begins", row.maker, tuple(unaccented(row.own).split()[:2])), row.id


def _comparable(one: ProductSigns, other: ProductSigns) -> bool:
    return one.is_demo == other.is_demo and (one.maker == other.maker or None in (one.maker, other.maker))


def _signs(one: ProductSigns, other: ProductSigns) -> tuple[DuplicateSign, ...]:
    """For first, against last."""
    same_words, same_fold = one.words == other.words, unaccented(one.own) == unaccented(other.own)
    both_placed, both_set = None not in (one.commune, other.commune), None not in (one.set_no, other.set_no)
    found = {
        Sign.NAME: one.own == other.own,
        Sign.UNACCENTED: one.own != other.own and same_fold,
        Sign.WORDS: same_words and not same_fold,
        Sign.PART: not same_words and (_begins(one.own, other.own) or _begins(other.own, one.own)),
        Sign.MAKER: one.maker is not None and one.maker == other.maker,
        Sign.PLACE: both_placed and one.commune == other.commune,
        Sign.OTHER_PLACE: both_placed and one.commune != other.commune,
        Sign.OTHER_SET: both_set and one.set_no != other.set_no,
    }
    return tuple(sign for sign, holds in found.items() if holds)


def _begins(shorter: str, longer: str) -> bool:
    few, many = shorter.split(), longer.split()
    return len(few) < len(many) <= len(few) + _MOST_MORE and many[: len(few)] == few


def _grade(signs: frozenset[DuplicateSign]) -> DuplicateGrade | None:
    """One maker seldom has two products of one name; "túi lọc" behind a name is mostly another product."""
    same_maker, near = Sign.MAKER in signs, bool(signs & {Sign.UNACCENTED, Sign.WORDS})
    if Sign.OTHER_SET in signs:
        return DuplicateGrade.POSSIBLE if same_maker and Sign.NAME in signs else None
    if same_maker:
        if Sign.NAME in signs:
            return DuplicateGrade.STRONG
        return DuplicateGrade.LIKELY if near else DuplicateGrade.POSSIBLE if Sign.PART in signs else None
    if Sign.OTHER_PLACE in signs or not (near or Sign.NAME in signs):
        return None
    return DuplicateGrade.LIKELY if Sign.PLACE in signs and Sign.NAME in signs else DuplicateGrade.POSSIBLE
