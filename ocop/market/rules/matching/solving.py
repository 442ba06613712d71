"""Solving a case: block by block, aim after aim, within the seconds given for all of it together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from ocop.market.rules.matching.aims import Aim, costs_of
from ocop.market.rules.matching.blocks import Block, blocks_of
from ocop.market.rules.matching.case import EXACT, NOUGHT, Case, Share
from ocop.market.rules.matching.highs import PRECISION, Effort, minimise, relax
from ocop.market.rules.matching.ledger import Ledger
from ocop.market.rules.matching.program import Row, whole_numbers

# When, as a part of all the time, an aim must hand over to the next; what an aim leaves unused is the next one's.
_HAND_OVER: Final[Mapping[Aim, float]] = {
    Aim.QUANTITY: 0.60,
    Aim.COST: 0.85,
    Aim.POOR_HOUSEHOLDS: 0.89,
    Aim.ROTATION: 0.92,
    Aim.EVEN_SHARES: 0.96,
    Aim.ORDER: 0.98,
}
_MUST_BE_PROVEN: Final = (Aim.QUANTITY, Aim.COST)
# The later aims search a fixed number of branches and not until the time is over: a slow machine gives the same plan.
_BRANCHES: Final = 200


_FOR_MAKERS: Final = 0.5  # of the time of the first aim, where makers must be chosen before quantities
_NEAR_ENOUGH: Final = 1e-3


class PinsDoNotFit(ValueError):
    """The shares an officer pinned break the case's own limits; `faults` says which."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


class UnsoundPlan(RuntimeError):
    """The plan breaks a limit of its case: a fault of the program, never of the case."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A sound plan; `is_proven` where no plan is better in quantity and cost, `gap` of the quantity relative to its upper bound."""

    shares: tuple[Share, ...]
    is_proven: bool
    gap: float
    weighted_quantity: Decimal
    cost: Decimal


def best_plan(case: Case, *, clock: Callable[[], float], seconds: float, gap: float = 0.0) -> Plan:
    """The best plan found within `seconds` by `clock`; a `gap` above zero is content with less in each aim.

    Raises `PinsDoNotFit`.
    """
    with localcontext(EXACT):
        case = case.in_order()
        if faults := Ledger(case, case.pinned).faults():
            raise PinsDoNotFit(faults)
        search = _Search(case, clock, seconds, gap)
        for aim in Aim:
            search.pursue(aim)
        return search.plan()


class _Search:
    """The blocks of a case with the best answer known to each."""

    def __init__(self, case: Case, clock: Callable[[], float], seconds: float, gap: float) -> None:
        self.case, self.clock, self.seconds, self.gap = case, clock, seconds, gap
        self.began = clock()
        start = Ledger(case, case.pinned)
        start.fill()
        self.blocks = blocks_of(case)
        self.values = [block.values_of(start) for block in self.blocks]
        self.won: list[list[Row]] = [[] for _ in self.blocks]
        self.is_proven = True
        self.upper_bound = Fraction(0)

    def pursue(self, aim: Aim) -> None:
        """Better the blocks in this aim, and make what was won a row that binds the later ones."""
        for number, block in enumerate(self.blocks):
            costs, worth = whole_numbers(costs_of(aim, self.case, block))
            reached = self._pursue_in(number, block, aim, costs)
            if any(costs):
                self.won[number].append(Row(tuple((n, cost) for n, cost in enumerate(costs) if cost), self._spent(costs, number)))
            if aim is Aim.QUANTITY:
                self.upper_bound -= reached * worth

    def _pursue_in(self, number: int, block: Block, aim: Aim, costs: list[int]) -> int:
        """One block; returns what no answer can cost less than."""
        self.values[number] = block.tightened(self.values[number])
        program = block.program.under(*self.won[number])
        until = self._now() + (_HAND_OVER[aim] * self.seconds - self._now()) / (len(self.blocks) - number)
        bound = None
        if aim is Aim.QUANTITY and block.places:
            bound = self._choose_makers(number, block, costs, (until - self._now()) * _FOR_MAKERS)
        branches = None if aim in _MUST_BE_PROVEN else _BRANCHES
        found = minimise(program, costs, self.values[number], Effort(until - self._now(), self.gap, branches))
        self.values[number] = found.values
        if aim in _MUST_BE_PROVEN:
            self.is_proven &= found.is_proven
        return found.least if bound is None else max(found.least, bound)

    def _choose_makers(self, number: int, block: Block, costs: list[int], seconds: float) -> int | None:
        """A good plan to begin with: makers chosen by the answer in fractions, quantities by a search among those makers alone.

        Returns what no answer can cost less than, where that comes to light.
        """
        until = self._now() + seconds
        relaxed = relax(block.program, costs, seconds)
        if relaxed is None:
            return None
        effort = Effort(until - self._now(), max(self.gap, _NEAR_ENOUGH))
        self.values[number] = minimise(block.likely(relaxed.values), costs, self.values[number], effort).values
        return relaxed.least

    def _now(self) -> float:
        return self.clock() - self.began

    def _spent(self, costs: list[int], number: int) -> int:
        return sum(cost * value for cost, value in zip(costs, self.values[number], strict=True))

    def plan(self) -> Plan:
        """What was found as a plan. Where the search ended before the proof, whatever can still be given is given."""
        shares = [share for block, values in zip(self.blocks, self.values, strict=True) for share in block.shares_of(values)]
        ledger = Ledger(self.case, shares)
        ledger.fill()
        if faults := ledger.faults():
            raise UnsoundPlan("; ".join(faults))
        quantity = sum((ledger.demands[share.demand].priority * share.quantity for share in ledger.shares()), NOUGHT)
        cost = sum((self.case.unit_cost(ledger.supplies[share.supply]) * share.quantity for share in ledger.shares()), NOUGHT)
        gap = float(1 - Fraction(quantity) / self.upper_bound) if self.upper_bound > 0 else 0.0
        return Plan(tuple(ledger.shares()), self.is_proven, gap if gap > PRECISION else 0.0, quantity, cost)
