"""A plan's books: what is given, what is left, and how much more a supply could deliver if one obstacle were away."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ocop.market.rules.matching.case import NOUGHT, Case, Demand, Key, Share, Supply, in_plan_order
from ocop.market.rules.matching.fit import Obstacle, suits

_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Room:
    """What is left for one supply, demand and month. Each limit can be thought away, to see whether it is the one that binds."""

    supply: Supply
    missing: Decimal
    capacity: Decimal
    season: Decimal
    share: Decimal
    has_place: bool  # the maker serves the demand already, or one more maker may
    is_pinned: bool
    given: Decimal

    def goods(self, without: Obstacle | None = None) -> Decimal:
        """What could be delivered if it needed no lots and no minimum."""
        if (self.is_pinned and without != Obstacle.PINNED) or (not self.has_place and without != Obstacle.MAX_MAKERS):
            return NOUGHT
        limits = ((Obstacle.NO_CAPACITY, self.capacity), (Obstacle.SEASON_TOTAL, self.season), (Obstacle.MAX_SHARE, self.share))
        return max(NOUGHT, min([self.missing, *(limit for code, limit in limits if code != without)]))

    def addition(self, without: Obstacle | None = None) -> Decimal:
        """How much more the supply could deliver at once, `without` the obstacle named."""
        goods, supply = self.goods(without), self.supply
        if without == Obstacle.LOT:
            is_enough = self.given > 0 or supply.least_lots == 1 or goods >= supply.min_order
            return goods if is_enough else NOUGHT
        lots = goods // supply.lot
        least = 1 if self.given > 0 or without == Obstacle.MIN_ORDER else supply.least_lots
        return lots * supply.lot if lots >= least else NOUGHT

    def obstacles(self) -> list[Obstacle]:
        """Every limit that by itself forbids the smallest addition."""
        lots = 1 if self.given > 0 else self.supply.least_lots
        step = lots * self.supply.lot
        binding = (
            (Obstacle.PINNED, self.is_pinned),
            (Obstacle.MAX_MAKERS, not self.has_place),
            (Obstacle.LOT, self.missing < self.supply.lot),
            (Obstacle.MIN_ORDER, self.supply.lot <= self.missing < step),
            (Obstacle.MAX_SHARE, self.share < step),
            (Obstacle.SEASON_TOTAL, self.season < step),
            (Obstacle.NO_CAPACITY, self.capacity < step),
        )
        return [code for code, is_binding in binding if is_binding]


class Ledger:
    """A case and the shares given so far."""

    def __init__(self, case: Case, shares: Iterable[Share] = ()) -> None:
        self.case = case
        self.supplies = {supply.id: supply for supply in case.supplies}
        self.demands = {demand.id: demand for demand in case.demands}
        self._pinned = {(share.demand, share.supply, share.month) for share in case.pinned}
        self._given: dict[tuple[Key, Key, Key], Decimal] = {}
        self._met: defaultdict[tuple[Key, Key], Decimal] = defaultdict(Decimal)
        self._delivered: defaultdict[tuple[Key, Key], Decimal] = defaultdict(Decimal)
        self._season: defaultdict[Key, Decimal] = defaultdict(Decimal)
        self._makers: defaultdict[Key, defaultdict[Key, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for share in shares:
            self.add(share)

    def add(self, share: Share) -> None:
        """Write down so much more."""
        key = (share.demand, share.supply, share.month)
        self._given[key] = self._given.get(key, NOUGHT) + share.quantity
        self._met[share.demand, share.month] += share.quantity
        self._delivered[share.supply, share.month] += share.quantity
        self._season[share.supply] += share.quantity
        self._makers[share.demand][self.supplies[share.supply].producer] += share.quantity

    def shares(self) -> list[Share]:
        """The plan, in its order."""
        return in_plan_order(Share(*key, quantity) for key, quantity in self._given.items() if quantity > 0)

    def given(self, demand: Key, supply: Key, month: Key) -> Decimal:
        return self._given.get((demand, supply, month), NOUGHT)

    def missing(self, demand: Demand, month: Key) -> Decimal:
        """What the demand still lacks in the month."""
        return demand.quantity.get(month, NOUGHT) - self._met[demand.id, month]

    def by_maker(self, demand: Key) -> dict[Key, Decimal]:
        """What each maker delivers of a demand over all months."""
        return {maker: quantity for maker, quantity in self._makers[demand].items() if quantity > 0}

    def room(self, demand: Demand, supply: Supply, month: Key) -> Room:
        """What is left for this supply and demand in this month."""
        makers, most = self.by_maker(demand.id), demand.most_of_one_maker
        served = makers.get(supply.producer, NOUGHT)
        return Room(
            supply=supply,
            missing=self.missing(demand, month),
            capacity=supply.capacity.get(month, NOUGHT) - self._delivered[supply.id, month],
            season=_ENDLESS if supply.total is None else supply.total - self._season[supply.id],
            share=_ENDLESS if most is None else most - served,
            has_place=served > 0 or demand.max_makers is None or len(makers) < demand.max_makers,
            is_pinned=(demand.id, supply.id, month) in self._pinned,
            given=self.given(demand.id, supply.id, month),
        )

    def fill(self) -> None:
        """Give away whatever can still be given as it stands: the demands that weigh most first, their cheapest supplies first."""
        order = sorted(self.case.supplies, key=lambda supply: (supply.price, supply.distance_km))
        for demand in sorted(self.case.demands, key=lambda demand: -demand.priority):
            for supply in order:
                for month in self.case.months:
                    is_open = self.missing(demand, month) >= supply.lot and suits(self.case, supply, demand, month)
                    if is_open and (more := self.room(demand, supply, month).addition()):
                        self.add(Share(demand.id, supply.id, month, more))

    def faults(self) -> list[str]:
        """Every promise of the case that the plan breaks, in plain words; nothing where it is sound."""
        return [fault for share in self.shares() for fault in self._faults_of(share)] + [
            f"{demand.id}: {len(self.by_maker(demand.id))} makers, at most {demand.max_makers}"
            for demand in self.case.demands
            if demand.max_makers is not None and len(self.by_maker(demand.id)) > demand.max_makers
        ]

    def _faults_of(self, share: Share) -> list[str]:
        supply, demand = self.supplies[share.supply], self.demands[share.demand]
        room = self.room(demand, supply, share.month)
        broken = {
            "does not suit": not suits(self.case, supply, demand, share.month),
            "is no multiple of the lot": share.quantity % supply.lot != 0,
            "is below the minimum order": share.quantity < supply.min_order,
            "is more than was asked for": room.missing < 0,
            "is more than the month's capacity": room.capacity < 0,
            "is more than the season's total": room.season < 0,
            "is more than one maker's share": room.share < 0,
        }
        where = f"{share.quantity} of {share.supply} for {share.demand} in {share.month}"
        return [f"{where} {words}" for words, is_broken in broken.items() if is_broken]
