"""Cases for the tests of matching, as JSON values: two builders and a strategy of small ones."""

import json
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


def _amounts(*choices: float) -> st.SearchStrategy[float]:
    return st.sampled_from(choices)


def _by_month(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(MONTHS), values, min_size=1)


PAPERS = st.lists(st.sampled_from(["HACCP", "VietGAP"]), unique=True)


@st.composite
def supplies(draw: st.DrawFn, name: str) -> dict[str, Any]:
    facts = {
        "producer": draw(st.sampled_from(["HTX X", "HTX Y", "HTX Z"])),
        "product": draw(st.sampled_from(["miến", "tinh bột"])),
        "set_no": draw(st.sampled_from([7, 7, 7, 8])),
        "unit": draw(st.sampled_from(["kg", "kg", "kg", "hộp"])),
        "stars": draw(st.one_of(st.integers(3, 4), _by_month(st.integers(3, 4)))),
        "papers": draw(PAPERS),
        "lot": draw(_amounts(1, 2, 2.5, 5)),
        "min_order": draw(_amounts(0, 3, 5)),
        "price": draw(_amounts(50_000, 60_000, 60_500)),
        "distance_km": draw(_amounts(10, 35)),
        "poor_households": draw(st.integers(0, 2)),
        "capacity": draw(_by_month(_amounts(0, 2, 5, 7.5))),
    }
    total = draw(st.one_of(st.none(), _amounts(4, 7)))
    return supply(name, **facts, **({} if total is None else {"total": total}))


@st.composite
def demands(draw: st.DrawFn, name: str) -> dict[str, Any]:
    facts = {
        "priority": draw(_amounts(1, 2, 1.5)),
        "min_stars": draw(st.integers(3, 4)),
        "papers": draw(PAPERS.filter(lambda papers: len(papers) < 2)),
        "max_price": draw(st.one_of(st.none(), _amounts(55_000, 60_000))),
        "max_makers": draw(st.integers(1, 3)),
        "quantity": draw(_by_month(_amounts(2, 5, 7, 8))),
    }
    share = draw(st.one_of(st.none(), _amounts(0.5, 0.7)))
    made = demand(name, **facts, **({} if share is None else {"max_share": share}))
    return made if draw(st.booleans()) else {key: value for key, value in made.items() if key != "set_no"} | {"product": "miến"}


@st.composite
def small_cases(draw: st.DrawFn) -> dict[str, Any]:
    """So small that every plan can be tried."""
    offered = [draw(supplies(name)) for name in "ABC"[: draw(st.integers(1, 3))]]
    asked = [draw(demands(name)) for name in ("D1", "D2")[: draw(st.integers(1, 2))]]
    rotation = draw(st.lists(st.sampled_from(["HTX X", "HTX Y"]), unique=True))
    return case(offered, asked, **({"rotation": rotation} if rotation else {}))
