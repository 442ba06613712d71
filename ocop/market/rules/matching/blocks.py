"""What a plan may be, as integer programs: a case falls into blocks that share neither a demand nor a supply.

The columns of a block:

* for each demand, supply and month that suit each other, the number of lots;
* where a demand admits fewer makers than suit it, whether the maker serves it (0 or 1);
* where the smallest order is more than one lot, whether anything is delivered at all (0 or 1);
* for each demand, the largest maker's part of it, in the greatest quantity of which every lot is a multiple.

Rows hold whole numbers without a common divisor, with the right-hand side rounded inwards: exact, and tighter than the case's decimals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop.market.rules.matching.case import NOUGHT, Case, Demand, Key, Share, Supply
from ocop.market.rules.matching.fit import suits
from ocop.market.rules.matching.ledger import Ledger
from ocop.market.rules.matching.program import Program, Row, greatest_grain, row


@dataclass(frozen=True, slots=True)
class Option:
    """A demand, a supply and a month that suit each other, and the most lots that could ever pass between them."""

    demand: Demand
    supply: Supply
    month: Key
    most: int
    pinned: int | None = None

    @property
    def maker(self) -> tuple[Key, Key]:
        """The maker within the demand."""
        return self.demand.id, self.supply.producer


@dataclass(frozen=True, slots=True)
class Block:
    """One independent part of a case: column n of the program counts the lots of option n; switches follow."""

    program: Program
    options: tuple[Option, ...]
    switches: Mapping[int, int]  # column of an option -> column of its "delivered at all"
    places: Mapping[tuple[Key, Key], int]  # demand and maker -> column of "serves"
    largest: Mapping[Key, tuple[int, Fraction]]  # demand -> column of the largest part, and what one of it is worth

    def values_of(self, ledger: Ledger) -> list[int]:
        """A plan as columns of this block."""
        lots = [int(ledger.given(o.demand.id, o.supply.id, o.month) / o.supply.lot) for o in self.options]
        values = [*lots, *([0] * (len(self.program.least) - len(lots)))]
        for column, switch in self.switches.items():
            values[switch] = int(lots[column] > 0)
        for column, option in enumerate(self.options):
            if lots[column] and option.maker in self.places:
                values[self.places[option.maker]] = 1
        return self.tightened(values)

    def tightened(self, values: Sequence[int]) -> list[int]:
        """The same lots, with every largest part as small as they allow."""
        parts: dict[tuple[Key, Key], Fraction] = defaultdict(Fraction)
        tight = list(values)
        for column, _grain in self.largest.values():
            tight[column] = 0
        for option, lots in zip(self.options, values, strict=False):
            parts[option.maker] += lots * Fraction(option.supply.lot)
        for (demand, _maker), part in parts.items():
            column, grain = self.largest[demand]
            tight[column] = max(tight[column], int(part / grain))
        return tight

    def likely(self, relaxed: Sequence[float]) -> Program:
        """The program with only the makers a fractional answer prefers: for each demand as many as it admits."""
        makers: dict[Key, list[tuple[Key, Key]]] = defaultdict(list)
        limits = {option.demand.id: option.demand.max_makers for option in self.options}
        for maker in self.places:
            makers[maker[0]].append(maker)
        kept = set()
        for demand, found in makers.items():
            found.sort(key=lambda maker: -round(relaxed[self.places[maker]], 6))
            kept.update(found[: limits[demand]])
        dropped = {column for maker, column in self.places.items() if maker not in kept}
        dropped |= {n for n, option in enumerate(self.options) if option.maker in self.places and option.maker not in kept}
        return self.program.without(dropped)

    def shares_of(self, values: Sequence[int]) -> Iterable[Share]:
        """Columns as shares of a plan."""
        for option, lots in zip(self.options, values, strict=False):
            if lots:
                yield Share(option.demand.id, option.supply.id, option.month, lots * option.supply.lot)


def blocks_of(case: Case) -> list[Block]:
    """The independent parts of a case, in the order of their first demand."""
    parts: dict[int, list[Option]] = defaultdict(list)
    options = _options(case)
    heads = _heads(options)
    for option in options:
        parts[heads["demand", option.demand.id]].append(option)
    return [_block(part) for part in parts.values()]


def _options(case: Case) -> list[Option]:
    """Every demand, supply and month between which something may pass."""
    pinned = {(share.demand, share.supply, share.month): share.quantity for share in case.pinned}
    found = []
    for demand in case.demands:
        most_share = demand.most_of_one_maker
        for supply in case.supplies:
            for month in case.months:
                limits = [demand.quantity.get(month, NOUGHT), supply.capacity.get(month, NOUGHT), supply.total, most_share]
                most = int(min(limit for limit in limits if limit is not None) // supply.lot)
                if most >= supply.least_lots and suits(case, supply, demand, month):
                    pin = pinned.get((demand.id, supply.id, month))
                    found.append(Option(demand, supply, month, most, None if pin is None else int(pin / supply.lot)))
    return found


def _heads(options: Iterable[Option]) -> dict[tuple[str, Key], int]:
    """For every demand and supply the number of the part it belongs to."""
    groups: dict[tuple[str, Key], list[tuple[str, Key]]] = {}
    for option in options:
        ends: tuple[tuple[str, Key], ...] = (("demand", option.demand.id), ("supply", option.supply.id))
        first, second = (groups.setdefault(end, [end]) for end in ends)
        if first is not second:
            first.extend(second)
            for member in second:
                groups[member] = first
    numbers = {id(group): number for number, group in enumerate(groups.values())}
    return {end: numbers[id(group)] for end, group in groups.items()}


def _block(options: list[Option]) -> Block:
    least = [option.pinned or 0 for option in options]
    most = [option.most if option.pinned is None else option.pinned for option in options]
    places = _places(options, len(least))
    able = [n for n, option in enumerate(options) if option.supply.least_lots > 1 and option.pinned is None]
    switches = {column: len(least) + len(places) + n for n, column in enumerate(able)}
    ones = len(places) + len(switches)
    largest, bounds = _largest(options, len(least) + ones)
    rows = [
        *_quantity_rows(options),
        *_share_rows(options, places),
        *_place_rows(options, places),
        *_switch_rows(options, switches, places),
        *_largest_rows(options, largest),
    ]
    program = Program((*least, *([0] * ones), *(0 for _ in bounds)), (*most, *([1] * ones), *bounds), tuple(rows))
    return Block(program, tuple(options), switches, places, largest)


def _places(options: list[Option], first: int) -> dict[tuple[Key, Key], int]:
    """A column for each maker of a demand that admits fewer makers than suit it."""
    makers: dict[Key, dict[tuple[Key, Key], Demand]] = defaultdict(dict)
    for option in options:
        makers[option.demand.id][option.maker] = option.demand
    crowded = [m for found in makers.values() for m, d in found.items() if d.max_makers is not None and len(found) > d.max_makers]
    return {maker: first + n for n, maker in enumerate(crowded)}


def _quantity_rows(options: list[Option]) -> Iterable[Row]:
    """What was asked for in the month, the month's capacity, the season's total."""
    asked: dict[tuple[Key, Key], dict[int, Fraction]] = defaultdict(dict)
    months: dict[tuple[Key, Key], dict[int, Fraction]] = defaultdict(dict)
    seasons: dict[Key, dict[int, Fraction]] = defaultdict(dict)
    limits: dict[object, Fraction] = {}
    for column, option in enumerate(options):
        lot, supply, month = Fraction(option.supply.lot), option.supply, option.month
        asked[option.demand.id, month][column] = months[supply.id, month][column] = seasons[supply.id][column] = lot
        limits["asked", option.demand.id, month] = Fraction(option.demand.quantity[month])
        limits["month", supply.id, month] = Fraction(supply.capacity[month])
        if supply.total is not None:
            limits["season", supply.id] = Fraction(supply.total)
    yield from (row(weights, limits["asked", *key]) for key, weights in asked.items())
    yield from (row(weights, limits["month", *key]) for key, weights in months.items())
    yield from (row(weights, limits["season", key]) for key, weights in seasons.items() if ("season", key) in limits)


def _served(options: list[Option]) -> dict[tuple[Key, Key], dict[int, Fraction]]:
    """For each maker of a demand the columns that serve it, and what a lot is."""
    served: dict[tuple[Key, Key], dict[int, Fraction]] = defaultdict(dict)
    for column, option in enumerate(options):
        served[option.maker][column] = Fraction(option.supply.lot)
    return served


def _share_rows(options: list[Option], places: Mapping[tuple[Key, Key], int]) -> Iterable[Row]:
    """One maker delivers its share at most, over all months; nothing where it does not serve."""
    demands = {option.demand.id: option.demand for option in options}
    for maker, weights in _served(options).items():
        limit = demands[maker[0]].most_of_one_maker
        if limit is not None:
            yield row(weights, Fraction(limit))
            if maker in places:
                yield row({**weights, places[maker]: -Fraction(limit)}, Fraction(0))


def _place_rows(options: list[Option], places: Mapping[tuple[Key, Key], int]) -> Iterable[Row]:
    """So many makers serve a demand at most."""
    demands = {option.demand.id: option.demand for option in options}
    makers: dict[Key, list[int]] = defaultdict(list)
    for (demand, _maker), column in places.items():
        makers[demand].append(column)
    for demand, columns in makers.items():
        yield Row(tuple((column, 1) for column in columns), demands[demand].max_makers or 0)


def _largest(options: list[Option], first: int) -> tuple[dict[Key, tuple[int, Fraction]], list[int]]:
    """A column for the largest part of each demand, and how large it can become."""
    parts: dict[Key, list[dict[int, Fraction]]] = defaultdict(list)
    for (demand, _maker), lots in _served(options).items():
        parts[demand].append(lots)
    largest: dict[Key, tuple[int, Fraction]] = {}
    bounds: list[int] = []
    for demand, makers in parts.items():
        grain = greatest_grain([lot for lots in makers for lot in lots.values()])
        largest[demand] = first + len(bounds), grain
        bounds.append(max(int(sum(options[column].most * lot for column, lot in lots.items()) / grain) for lots in makers))
    return largest, bounds


def _largest_rows(options: list[Option], largest: Mapping[Key, tuple[int, Fraction]]) -> Iterable[Row]:
    """No maker's part is more than the largest."""
    for (demand, _maker), lots in _served(options).items():
        column, grain = largest[demand]
        yield row({**lots, column: -grain}, Fraction(0))


def _switch_rows(options: list[Option], switches: Mapping[int, int], places: Mapping[tuple[Key, Key], int]) -> Iterable[Row]:
    """Nothing or at least the smallest order; nothing from a maker who does not serve the demand."""
    for column, option in enumerate(options):
        switch, place = switches.get(column), places.get(option.maker)
        if switch is not None:
            yield Row(((switch, option.supply.least_lots), (column, -1)), 0)
            yield Row(((column, 1), (switch, -option.most)), 0)
            if place is not None:
                yield Row(((switch, 1), (place, -1)), 0)
        elif place is not None:
            yield Row(((column, 1), (place, -option.most)), 0)
