"""A plan and its shortfalls as the JSON of `match_supply`."""

from decimal import Decimal
from typing import Any

from ocop.market.rules.matching.case import Share
from ocop.market.rules.matching.shortfalls import Reason, Shortfall
from ocop.market.rules.matching.solving import Plan


def answer_of(plan: Plan, missing: list[Shortfall]) -> dict[str, Any]:
    """What the command prints."""
    return {
        "status": "optimal" if plan.is_proven else "time_limit",
        "gap": plan.gap,
        "objective": {"weighted_quantity": _plain(plan.weighted_quantity), "cost": _plain(plan.cost)},
        "allocations": [_allocation(share) for share in plan.shares],
        "shortfalls": [
            {"demand": each.demand, "month": each.month, "quantity": _plain(each.quantity), "reasons": [_reason(r) for r in each.reasons]}
            for each in missing
        ],
    }


def _allocation(share: Share) -> dict[str, Any]:
    return {"demand": share.demand, "supply": share.supply, "month": share.month, "quantity": _plain(share.quantity)}


def _reason(reason: Reason) -> dict[str, Any]:
    supply = {} if reason.supply is None else {"supply": reason.supply}
    return {"code": reason.code.value, **supply, "detail": reason.detail}


def _plain(number: Decimal) -> int | float:
    """A JSON number: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
