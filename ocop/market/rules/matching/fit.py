"""Whether a supply suits a demand in a month, before any quantity is weighed; and the codes of everything that may stand in the way."""

from collections.abc import Iterator
from enum import StrEnum

from ocop.market.rules.matching.case import Case, Demand, Key, Supply


class Obstacle(StrEnum):
    """Why a supply delivers no more to a demand in a month. The last two exist only where an officer used the switches."""

    NO_CAPACITY = "no_capacity"
    STAR = "star"
    PAPER = "paper"
    PRICE = "price"
    MIN_ORDER = "min_order"
    LOT = "lot"
    MAX_MAKERS = "max_makers"
    MAX_SHARE = "max_share"
    SEASON_TOTAL = "season_total"
    UNIT = "unit"
    PRODUCT = "product"
    FORBIDDEN = "forbidden"
    PINNED = "pinned"


def is_asked_for(supply: Supply, demand: Demand) -> bool:
    """The product asked for, or one of the product set."""
    if demand.product is not None and supply.product != demand.product:
        return False
    return demand.set_no is None or supply.set_no == demand.set_no


def misfits(case: Case, supply: Supply, demand: Demand, month: Key) -> Iterator[Obstacle]:
    """What the supply lacks for this demand; nothing where it suits. Star and papers hold throughout the month or not at all."""
    if not is_asked_for(supply, demand):
        yield Obstacle.PRODUCT
    if supply.unit != demand.unit:
        yield Obstacle.UNIT
    if supply.stars.get(month, 0) < demand.min_stars:
        yield Obstacle.STAR
    if missing_papers(supply, demand, month):
        yield Obstacle.PAPER
    if demand.max_price is not None and supply.price > demand.max_price:
        yield Obstacle.PRICE
    if (demand.chosen is not None and supply.id not in demand.chosen) or (demand.id, supply.id) in case.forbidden:
        yield Obstacle.FORBIDDEN


def missing_papers(supply: Supply, demand: Demand, month: Key) -> list[str]:
    """The papers asked for that the supply has not, in their alphabet's order."""
    return sorted(demand.papers - supply.papers.get(month, frozenset()))


def suits(case: Case, supply: Supply, demand: Demand, month: Key) -> bool:
    """May this supply serve this demand in this month at all?"""
    return next(misfits(case, supply, demand, month), None) is None
