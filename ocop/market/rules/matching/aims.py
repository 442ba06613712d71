"""The aims of a plan, one after the other: a later aim never takes anything from an earlier one.

1. As much as possible of what was asked for, weighed by priority.
2. As cheaply as possible, price and transport together.
3. More from makers linked with poor households: quantity times households.
4. Less from makers who were served last time, where the case names them.
5. Even shares: the largest maker's part of each demand as small as possible, summed over the demands.
6. What is still open goes to the earlier months and to the supplies first by id, so that equal plans do not change places.

1 and 2 are the programme's promise to buyers, 3 and 5 its purpose; 4 and 6 are product decisions. All are solved as least costs.
"""

from collections.abc import Callable
from enum import IntEnum
from fractions import Fraction

from ocop.market.rules.matching.blocks import Block, Option
from ocop.market.rules.matching.case import Case


class Aim(IntEnum):
    QUANTITY = 1
    COST = 2
    POOR_HOUSEHOLDS = 3
    ROTATION = 4
    EVEN_SHARES = 5
    ORDER = 6


def costs_of(aim: Aim, case: Case, block: Block) -> list[Fraction]:
    """What one unit of each column of the block costs this aim."""
    costs = [Fraction(0)] * len(block.program.least)
    if aim is Aim.EVEN_SHARES:
        for column, grain in block.largest.values():
            costs[column] = grain
        return costs
    cost = _cost_of_a_unit(aim, case)
    for column, option in enumerate(block.options):
        costs[column] = cost(option) * Fraction(option.supply.lot)
    return costs


def _cost_of_a_unit(aim: Aim, case: Case) -> Callable[[Option], Fraction]:
    months = {month: n for n, month in enumerate(case.months)}
    supplies = {supply.id: n for n, supply in enumerate(case.supplies)}
    by_aim: dict[Aim, Callable[[Option], Fraction]] = {
        Aim.QUANTITY: lambda option: -Fraction(option.demand.priority),
        Aim.COST: lambda option: Fraction(case.unit_cost(option.supply)),
        Aim.POOR_HOUSEHOLDS: lambda option: Fraction(-option.supply.poor_households),
        Aim.ROTATION: lambda option: Fraction(int(option.supply.producer in case.rotation)),
        Aim.ORDER: lambda option: Fraction(months[option.month] * len(supplies) + supplies[option.supply.id]),
    }
    return by_aim[aim]
