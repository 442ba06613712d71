"""A case of matching: what makers can deliver by month, what buyers ask by month, what an officer has settled beforehand.

Quantities are Decimals in the unit of the row, money is đồng. Rows are sorted by id when a case is made, so the order in which they
were found can never matter. Stars and papers are told by month: they count only where they hold from its first day to its last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from typing import Final

Key = str | int  # an id, a month, a product: text or a whole number, given back as it came
NOUGHT: Final = Decimal(0)
EXACT: Final = Context(prec=60)  # wide enough that no product of two numbers of a case is rounded


def by_key(key: Key) -> tuple[bool, Key]:
    """Sorts numbers as numbers, before texts."""
    return isinstance(key, str), key


@dataclass(frozen=True, slots=True)
class Supply:
    """What one maker offers of one product. A maker may have several."""

    id: Key
    producer: Key
    product: Key | None
    set_no: Key | None
    unit: str
    lot: Decimal
    min_order: Decimal
    price: Decimal
    distance_km: Decimal
    poor_households: int
    stars: Mapping[Key, int]
    papers: Mapping[Key, frozenset[str]]
    capacity: Mapping[Key, Decimal]
    total: Decimal | None = None

    @property
    def least_lots(self) -> int:
        """The smallest delivery of a month, in lots."""
        return max(1, int((self.min_order / self.lot).to_integral_value(ROUND_CEILING)))


@dataclass(frozen=True, slots=True)
class Demand:
    """What one buyer asks of one product or product set; `chosen` names the only supplies the officer admits."""

    id: Key
    priority: Decimal
    product: Key | None
    set_no: Key | None
    unit: str
    min_stars: int
    papers: frozenset[str]
    max_price: Decimal | None
    max_makers: int | None
    max_share: Decimal | None
    quantity: Mapping[Key, Decimal]
    chosen: frozenset[Key] | None = None

    @property
    def asked(self) -> Decimal:
        """Over all months."""
        return sum(self.quantity.values(), NOUGHT)

    @property
    def most_of_one_maker(self) -> Decimal | None:
        """What a single maker may deliver of it at most; None without such a limit."""
        return None if self.max_share is None else self.max_share * self.asked


@dataclass(frozen=True, slots=True)
class Share:
    """One allocation: so much of a demand from a supply in a month."""

    demand: Key
    supply: Key
    month: Key
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a plan is made of. `rotation` names the makers served last time; `forbidden` pairs demand and supply."""

    months: tuple[Key, ...]
    transport_per_unit_km: Decimal
    supplies: tuple[Supply, ...]
    demands: tuple[Demand, ...]
    pinned: tuple[Share, ...] = ()
    forbidden: frozenset[tuple[Key, Key]] = frozenset()
    rotation: frozenset[Key] = frozenset()

    def in_order(self) -> "Case":
        """The same case with every list sorted by id."""
        return Case(
            tuple(sorted(self.months, key=by_key)),
            self.transport_per_unit_km,
            tuple(sorted(self.supplies, key=lambda row: by_key(row.id))),
            tuple(sorted(self.demands, key=lambda row: by_key(row.id))),
            tuple(in_plan_order(self.pinned)),
            self.forbidden,
            self.rotation,
        )

    def unit_cost(self, supply: Supply) -> Decimal:
        """Price and transport of one unit, in đồng."""
        return supply.price + self.transport_per_unit_km * supply.distance_km


def in_plan_order(shares: Iterable[Share]) -> list[Share]:
    """By demand, month and supply."""
    return sorted(shares, key=lambda share: (by_key(share.demand), by_key(share.month), by_key(share.supply)))
