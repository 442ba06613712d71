"""The best plan of a small case by trying every plan, and a judge of any plan.

Written from the promises of a plan; shares nothing with the rules it is held against.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

Plan = dict[tuple[str, str, str], Fraction]  # (demand, supply, month) -> quantity


def exactly(number: float) -> Fraction:
    return Fraction(str(number))


def suits(supply: dict[str, Any], demand: dict[str, Any], month: str) -> bool:
    stars = supply["stars"]
    return (
        all(supply[name] == demand[name] for name in ("set_no", "product", "unit") if name in demand)
        and (stars.get(month, 0) if isinstance(stars, dict) else stars) >= demand["min_stars"]
        and set(demand["papers"]) <= set(supply["papers"])
        and (demand["max_price"] is None or supply["price"] <= demand["max_price"])
    )


def broken(case: dict[str, Any], plan: Plan) -> list[str]:
    """Every promise the plan breaks."""
    supplies, demands = ({row["id"]: row for row in case[kind]} for kind in ("supplies", "demands"))
    sums: dict[Any, Fraction] = defaultdict(Fraction)
    makers = defaultdict(set)
    found = []
    for (demand, supply, month), quantity in plan.items():
        offered, maker = supplies[supply], supplies[supply]["producer"]
        for key in (("capacity", supply, month), ("total", supply), ("quantity", demand, month), ("share", demand, maker)):
            sums[key] += quantity
        makers[demand].add(maker)
        if not suits(offered, demands[demand], month):
            found.append(f"{supply} does not suit {demand} in {month}")
        if quantity <= 0 or quantity % exactly(offered["lot"]) or quantity < exactly(offered["min_order"]):
            found.append(f"{quantity} of {supply} for {demand} in {month}")
    for key, amount in sums.items():
        limit = _limit(key, supplies, demands)
        if limit is not None and amount > limit:
            found.append(f"{key}: {amount} > {limit}")
    return found + [f"{name}: {len(made)} makers" for name, made in makers.items() if len(made) > demands[name]["max_makers"]]


def _limit(key: Any, supplies: dict[str, Any], demands: dict[str, Any]) -> Fraction | None:
    kind, name = key[:2]
    if kind in ("capacity", "quantity"):
        return exactly((supplies if kind == "capacity" else demands)[name][kind].get(key[2], 0))
    if kind == "total":
        return exactly(supplies[name]["total"]) if supplies[name].get("total") is not None else None
    share = demands[name].get("max_share")
    return None if share is None else exactly(share) * sum(map(exactly, demands[name]["quantity"].values()))


def worth(case: dict[str, Any], plan: Plan) -> tuple[Fraction, ...]:
    """The aims in their order, each the more the better."""
    supplies, demands = ({row["id"]: row for row in case[kind]} for kind in ("supplies", "demands"))
    months, names = sorted(case["months"]), sorted(supplies)
    parts: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    weighed = cost = poor = rotated = order = Fraction(0)
    for (demand, supply, month), quantity in plan.items():
        row = supplies[supply]
        parts[demand][row["producer"]] += quantity
        weighed += exactly(demands[demand]["priority"]) * quantity
        cost += quantity * (exactly(row["price"]) + exactly(case["transport_per_unit_km"]) * exactly(row["distance_km"]))
        poor += quantity * row["poor_households"]
        rotated += quantity * (row["producer"] in case.get("rotation", ()))
        order += quantity * (months.index(month) * len(names) + names.index(supply))
    return weighed, -cost, poor, -rotated, -sum((max(made.values()) for made in parts.values()), Fraction(0)), -order


def best_worth(case: dict[str, Any]) -> tuple[Fraction, ...]:
    """The worth of the best of all sound plans."""
    places = [
        (demand["id"], supply["id"], month)
        for demand, supply, month in product(case["demands"], case["supplies"], case["months"])
        if suits(supply, demand, month)
    ]
    supplies, demands = ({row["id"]: row for row in case[kind]} for kind in ("supplies", "demands"))
    return max(worth(case, plan) for plan in _plans(places, supplies, demands) if not broken(case, plan))


def _plans(places: list[tuple[str, str, str]], supplies: dict[str, Any], demands: dict[str, Any]) -> Iterator[Plan]:
    """Every way to fill the places with lots, a month's demand and capacity taken into account on the way."""
    if not places:
        yield {}
        return
    *rest, (demand, supply, month) = places
    lot = exactly(supplies[supply]["lot"])
    for plan in _plans(rest, supplies, demands):
        met = sum(quantity for (d, _, m), quantity in plan.items() if (d, m) == (demand, month))
        used = sum(quantity for (_, s, m), quantity in plan.items() if (s, m) == (supply, month))
        room = min(exactly(demands[demand]["quantity"].get(month, 0)) - met, exactly(supplies[supply]["capacity"].get(month, 0)) - used)
        yield plan
        for lots in range(1, int(room // lot) + 1):
            yield {**plan, (demand, supply, month): lots * lot}


def plan_of(answer: dict[str, Any]) -> Plan:
    return {(row["demand"], row["supply"], row["month"]): exactly(row["quantity"]) for row in answer["allocations"]}
