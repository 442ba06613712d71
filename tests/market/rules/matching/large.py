"""Cases as large as a province's: makers of several product kinds, each with its season, lots and papers; the same for the same seed."""

import random
from typing import Any

from tests.market.rules.matching.cases import case, demand, supply


def large_case(*, makers: int, months: int, demands: int, kinds: int, seed: int = 1) -> dict[str, Any]:
    """Buyers ask for about as much as the makers have."""
    chance = random.Random(seed)
    names = [f"2027-{month:02d}" for month in range(1, months + 1)]
    each = 150 * makers / demands
    offered = [_supply(chance, n, n % kinds, names) for n in range(makers)]
    asked = [_demand(chance, n, n % kinds, names, each) for n in range(demands)]
    return {**case(offered, asked), "months": names}


def _supply(chance: random.Random, number: int, kind: int, months: list[str]) -> dict[str, Any]:
    total = {"total": chance.randrange(500, 2500)} if chance.random() < 0.5 else {}
    return supply(
        f"S{number:03d}",
        set_no=kind,
        stars={month: chance.choice((3, 3, 4, 4, 5)) for month in months},
        papers=chance.sample(["HACCP", "VietGAP", "ISO 22000"], chance.randrange(1, 4)),
        lot=chance.choice((1, 2, 5, 10)),
        min_order=chance.choice((0, 10, 20, 50)),
        price=chance.randrange(60, 120) * 1000,
        distance_km=chance.randrange(5, 120),
        poor_households=chance.randrange(30),
        capacity={month: chance.randrange(300) for month in months},
        **total,
    )


def _demand(chance: random.Random, number: int, kind: int, months: list[str], each: float) -> dict[str, Any]:
    share = {"max_share": chance.choice((0.3, 0.5))} if chance.random() < 0.3 else {}
    return demand(
        f"D{number:03d}",
        priority=chance.choice((1, 2, 3, 5)),
        set_no=kind,
        min_stars=chance.choice((3, 3, 4)),
        papers=chance.sample(["HACCP", "VietGAP"], chance.randrange(2)),
        max_price=chance.choice((None, 100_000, 120_000)),
        max_makers=chance.choice((3, 5, 8, 20)),
        quantity={month: int(each * chance.uniform(0.3, 1.7)) for month in months},
        **share,
    )
