"""Cases for the tests of matching, as JSON values: two builders and a strategy of small ones."""

import json
import random
import time
from typing import Any

from hypothesis import strategies as st

from ocop.market.rules import matching

MONTHS = ["2026-12", "2027-01"]


def supply(name: str, **facts: Any) -> dict[str, Any]:
    """HTX A offers A: 100 kg a month of four stars with HACCP, at 80.000 đ."""
    return {
        "id": name,
        "producer": f"HTX {name}",
        "product": f"miến {name}",
        "set_no": 7,
        "unit": "kg",
        "stars": 4,
        "papers": ["HACCP"],
        "lot": 1,
        "min_order": 0,
        "price": 80_000,
        "distance_km": 100,
        "poor_households": 0,
        "capacity": {"2026-12": 100},
        **facts,
    }


def demand(name: str = "D", **facts: Any) -> dict[str, Any]:
    """A buyer asks for 100 kg of four stars with HACCP in December."""
    return {
        "id": name,
        "priority": 1,
        "set_no": 7,
        "unit": "kg",
        "min_stars": 4,
        "papers": ["HACCP"],
        "max_price": None,
        "max_makers": 5,
        "quantity": {"2026-12": 100},
        **facts,
    }


def case(supplies: list[dict[str, Any]], demands: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    return {"months": MONTHS, "transport_per_unit_km": 20, "supplies": supplies, "demands": demands, **facts}


def read(value: dict[str, Any]) -> matching.Case:
    return matching.read_case(json.dumps(value)).case


def match(value: dict[str, Any], seconds: float = 60) -> dict[str, Any]:
    """The answer, as the command prints it."""
    asked = read(value)
    plan = matching.best_plan(asked, clock=time.monotonic, seconds=seconds)
    return matching.answer_of(plan, matching.shortfalls(asked, plan.shares))


def quantities(answer: dict[str, Any]) -> dict[tuple[str, str, str], float]:
    return {(row["demand"], row["supply"], row["month"]): row["quantity"] for row in answer["allocations"]}


def small_cases() -> st.SearchStrategy[dict[str, Any]]:
    """So small that every plan can be tried. Drawn from a seed: hypothesis alone prefers cases in which nothing happens."""
    return st.integers(0, 2**32).map(small_case)


def small_case(seed: int) -> dict[str, Any]:
    """The same for the same seed."""
    chance = random.Random(seed)
    months, makers, buyers = chance.choice(((1, 3, 2), (2, 3, 1), (2, 2, 1), (1, 2, 2)))
    asked_in = MONTHS[:months]
    offered = [_small_supply(chance, name, asked_in) for name in "ABC"[:makers]]
    asked = [_small_demand(chance, name, asked_in) for name in ("D1", "D2")[:buyers]]
    return case(offered, asked, **chance.choice(({}, {"rotation": ["HTX X"]}, {"rotation": ["HTX X", "HTX Y"]})))


def _small_supply(chance: random.Random, name: str, months: list[str]) -> dict[str, Any]:
    return supply(
        name,
        producer=chance.choice(["HTX X", "HTX Y", "HTX Z"]),
        product=_mostly(chance, "miến", "tinh bột"),
        set_no=_mostly(chance, 7, 8),
        unit=_mostly(chance, "kg", "hộp"),
        stars=_mostly(chance, 4, 3, {"2026-12": 4}, {"2026-12": 3, "2027-01": 4}),
        papers=_mostly(chance, ["HACCP"], [], ["VietGAP", "HACCP"]),
        lot=chance.choice((1.5, 2, 2.5, 3)),
        min_order=_mostly(chance, 0, 2, 4, 5),
        price=_mostly(chance, 50_000, 60_000, 60_500),
        distance_km=chance.choice((10, 35)),
        poor_households=chance.randrange(3),
        capacity={month: chance.choice((3, 5, 7.5, 9)) for month in months},
        **chance.choice(({}, {}, {"total": 4}, {"total": 7})),
    )


def _small_demand(chance: random.Random, name: str, months: list[str]) -> dict[str, Any]:
    made = demand(
        name,
        priority=chance.choice((1, 2, 1.5)),
        min_stars=_mostly(chance, 3, 4),
        papers=_mostly(chance, [], ["HACCP"], ["VietGAP"]),
        max_price=_mostly(chance, None, 55_000, 60_000),
        max_makers=chance.randint(1, 3),
        quantity={month: chance.choice((4, 6, 7.5, 9)) for month in months},
        **_mostly(chance, {}, {"max_share": 0.5}, {"max_share": 0.7}),
    )
    return made if chance.random() < 0.7 else {key: value for key, value in made.items() if key != "set_no"} | {"product": "miến"}


def _mostly(chance: random.Random, usual: Any, *others: Any) -> Any:
    """So that most suit each other."""
    return usual if chance.random() < 0.93 else chance.choice(others)
