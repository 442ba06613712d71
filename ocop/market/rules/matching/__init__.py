"""Matching: what many makers can deliver together for what buyers ask, and why anything is missing. No database, no clock.

`read_case` → `best_plan` → `shortfalls` → `answer_of`. Each aim is fixed exactly before the next one is looked at.
"""

from ocop.market.rules.matching.answer import answer_of
from ocop.market.rules.matching.case import Case, Demand, Key, Share, Supply
from ocop.market.rules.matching.fit import Obstacle
from ocop.market.rules.matching.reading import BadCase, Fault, Reading, read_case
from ocop.market.rules.matching.shortfalls import Reason, Shortfall, shortfalls
from ocop.market.rules.matching.solving import PinsDoNotFit, Plan, UnsoundPlan, best_plan

__all__ = [
    "BadCase",
    "Case",
    "Demand",
    "Fault",
    "Key",
    "Obstacle",
    "PinsDoNotFit",
    "Plan",
    "Reading",
    "Reason",
    "Share",
    "Shortfall",
    "Supply",
    "UnsoundPlan",
    "answer_of",
    "best_plan",
    "read_case",
    "shortfalls",
]
