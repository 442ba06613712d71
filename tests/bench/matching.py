"""Matching on the reference instance beside SCIP on the same models, and small cases beside the trial of every plan.

`python -m tests.bench.matching` prints JSON. 200 makers, 12 months, 50 demands, five product kinds: the first two aims of every block,
each at a gap of 1e-3 from the same start, solver after solver in the same process, one thread each. Seconds are the processor's, so that
whatever else the machine does weighs on neither. A solver that has not proven the gap by LIMIT has spent at least what is told.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from ocop.market.rules.matching.aims import Aim, costs_of
from ocop.market.rules.matching.blocks import blocks_of
from ocop.market.rules.matching.highs import Effort, minimise
from ocop.market.rules.matching.ledger import Ledger
from ocop.market.rules.matching.program import Program, Row, whole_numbers
from tests.market.rules.matching.cases import match, read, small_case
from tests.market.rules.matching.exhaustive import best_worth, plan_of, worth
from tests.market.rules.matching.large import large_case

try:
    from ortools.linear_solver import pywraplp
except ImportError:
    pywraplp = None

REFERENCE = {"makers": 200, "months": 12, "demands": 50, "kinds": 5}
GAP, GOAL, LIMIT = 1e-3, 0.5, 120.0
SMALL = 100


@dataclass(frozen=True, slots=True)
class Solved:
    """Seconds of the processor, the cost reached and the bound proven."""

    seconds: float
    cost: float
    least: float

    @property
    def gap(self) -> float:
        return abs(self.cost - self.least) / max(1.0, abs(self.cost))


def matching_figures() -> dict[str, Any]:
    """The reference instance pass by pass, and the small cases."""
    return {"goal": GOAL, "gap": GAP, "limit": LIMIT, "passes": _passes(), "small": _small()}


def _passes() -> list[dict[str, Any]]:
    case = read(large_case(**REFERENCE)).in_order()
    start = Ledger(case)
    start.fill()
    rows = []
    for number, block in enumerate(blocks_of(case)):
        program, values = block.program, block.values_of(start)
        for aim in (Aim.QUANTITY, Aim.COST):
            costs, _worth = whole_numbers(costs_of(aim, case, block))
            ours, found = _by_highs(program, costs, values)
            theirs = None if pywraplp is None else _by_scip(program, costs, values)[0]
            rows.append({"block": number, "aim": aim.name.lower(), "columns": len(program.least), **_row(ours, theirs)})
            values = found
            reached = sum(cost * value for cost, value in zip(costs, values, strict=True))
            program = program.under(Row(tuple((n, cost) for n, cost in enumerate(costs) if cost), reached))
    return rows


def _row(ours: Solved, theirs: Solved | None) -> dict[str, Any]:
    told: dict[str, Any] = {"seconds": round(ours.seconds, 2), "gap": round(ours.gap, 5)}
    if theirs is not None:
        told |= {
            "scip_seconds": round(theirs.seconds, 2),
            "scip_gap": round(theirs.gap, 5),
            "ratio": round(ours.seconds / theirs.seconds, 3),
        }
    return told


def _by_highs(program: Program, costs: Sequence[int], start: Sequence[int]) -> tuple[Solved, list[int]]:
    began = time.process_time()
    found = minimise(program, costs, start, Effort(LIMIT, GAP))
    seconds = time.process_time() - began
    return Solved(seconds, sum(cost * value for cost, value in zip(costs, found.values, strict=True)), found.least), found.values


def _by_scip(program: Program, costs: Sequence[int], start: Sequence[int]) -> tuple[Solved, list[int]]:
    solver = pywraplp.Solver.CreateSolver("SCIP")
    columns = [solver.IntVar(least, most, "") for least, most in zip(program.least, program.most, strict=True)]
    for row in program.rows:
        constraint = solver.Constraint(-solver.infinity(), row.most)
        for column, weight in row.weights:
            constraint.SetCoefficient(columns[column], weight)
    for column, cost in zip(columns, costs, strict=True):
        solver.Objective().SetCoefficient(column, cost)
    solver.Objective().SetMinimization()
    solver.SetHint(columns, list(start))
    solver.SetNumThreads(1)
    solver.SetTimeLimit(int(LIMIT * 1000))
    near_enough = pywraplp.MPSolverParameters()
    near_enough.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, GAP)
    began = time.process_time()
    solver.Solve(near_enough)
    seconds = time.process_time() - began
    return Solved(seconds, solver.Objective().Value(), solver.Objective().BestBound()), [round(each.solution_value()) for each in columns]


def _small() -> dict[str, Any]:
    """Cases of which every plan can be tried: how many are proven and the best in every aim, and what either way takes."""
    ours, theirs, best = [], [], 0
    for seed in range(SMALL):
        value = small_case(seed)
        began = time.process_time()
        answer = match(value)
        ours.append(time.process_time() - began)
        began = time.process_time()
        tried = best_worth(value)
        theirs.append(time.process_time() - began)
        best += answer["status"] == "optimal" and worth(value, plan_of(answer)) == tried
    return {
        "cases": SMALL,
        "proven_best": best,
        "median_ms": round(median(ours) * 1000, 1),
        "exhaustive_median_ms": round(median(theirs) * 1000, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(matching_figures(), indent=1) + "\n")
