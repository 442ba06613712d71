"""HiGHS asked for the least of an integer program. One thread, a fixed seed: the same program gives the same answer.

The solver counts in doubles, so nothing it says is believed as it stands: values are rounded and held against the program in whole
numbers. A row of large numbers is offered half a unit wider, which no whole numbers can use and the solver's own tolerance needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import highspy
import numpy as np

from ocop.market.rules.matching.program import Program

_LARGE: Final = 100_000
PRECISION: Final = 1e-9  # relative; finer than that doubles prove nothing
_INTEGER: Final = 1e-6
_new_solver: Final[Callable[[], highspy.Highs]] = highspy.Highs  # its constructor says nothing of types


@dataclass(frozen=True, slots=True)
class Effort:
    """How far a search goes: seconds, a relative gap that is near enough, and how many branches."""

    seconds: float
    gap: float = 0.0
    branches: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer, a value nothing can be less than, and whether the search came to its end."""

    values: list[int]
    least: int
    is_proven: bool


def minimise(program: Program, costs: Sequence[int], start: Sequence[int], effort: Effort) -> Found:
    """The answer of least cost, at worst `start`: an answer of this program, or of one that this is a part of."""
    if not any(costs):
        return Found(list(start), 0, True)
    if effort.seconds <= 0:
        return Found(list(start), _trivial_bound(program, costs), False)
    begin = start if program.admits(start) else None
    found, is_done = _search(program, costs, start, effort, begin)
    if is_done and begin and not found.is_proven:
        # Seen in 1.16: presolve betters the start, the search ends with that, and the start itself is handed back.
        found, _ = _search(program, costs, found.values, effort, None)
    return found


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The least answer in fractions of columns; nothing in whole columns costs less than `least`."""

    values: list[float]
    least: int


def relax(program: Program, costs: Sequence[int], seconds: float) -> Relaxed | None:
    """The answer if columns could be fractions; None where the seconds do not suffice."""
    solver = _solver(program, costs, 1, Effort(max(seconds, 0.0)), is_integral=False)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return Relaxed(list(solver.getSolution().col_value), _whole_bound(solver.getInfo().objective_function_value))


def _whole_bound(bound: float) -> int:
    """The least whole number not below a bound, its own doubt deducted."""
    return ceil(bound - 1e-6 - abs(bound) * PRECISION)


def _search(program: Program, costs: Sequence[int], best: Sequence[int], effort: Effort, begin: Sequence[int] | None) -> tuple[Found, bool]:
    """One run of the solver: what it found, or `best`; and whether the solver holds it for the least."""
    scale = _power_of_two(max(abs(cost) for cost in costs))
    solver = _solver(program, [cost / scale for cost in costs], scale, effort)
    if begin is not None:
        solution = highspy.HighsSolution()
        solution.col_value = [float(value) for value in begin]
        solver.setSolution(solution)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found = [round(value) for value in solver.getSolution().col_value]
        if _cost(costs, found) < _cost(costs, best) and program.admits(found):
            best = found
    cost, bound = _cost(costs, best), info.mip_dual_bound * scale
    least = min(cost, _whole_bound(bound)) if np.isfinite(bound) else _trivial_bound(program, costs)
    is_done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    is_near = cost - least <= max(effort.gap, PRECISION) * abs(cost)
    return Found(list(best), least, is_done and is_near), is_done


def _solver(program: Program, costs: Sequence[float], scale: int, effort: Effort, *, is_integral: bool = True) -> highspy.Highs:
    solver = _new_solver()
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "time_limit": effort.seconds,
        "mip_rel_gap": max(effort.gap, PRECISION),
        "mip_abs_gap": 0.999 / scale,
        "mip_feasibility_tolerance": _INTEGER,
    }
    if effort.branches is not None:
        options["mip_max_nodes"] = effort.branches
    for name, value in options.items():
        solver.setOptionValue(name, value)
    model = _model(program, costs)
    if is_integral:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.least)
    solver.passModel(model)
    return solver


def _model(program: Program, costs: Sequence[float]) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.least), len(program.rows)
    model.col_cost_ = np.array(costs, dtype=float)
    model.col_lower_, model.col_upper_ = np.array(program.least, dtype=float), np.array(program.most, dtype=float)
    model.row_lower_ = np.full(len(program.rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([row.most + 0.5 * (abs(row.most) > _LARGE) for row in program.rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.weights) for row in program.rows)])
    model.a_matrix_.index_ = np.array([column for row in program.rows for column, _ in row.weights], dtype=np.int32)
    model.a_matrix_.value_ = np.array([weight for row in program.rows for _, weight in row.weights], dtype=float)
    return model


def _cost(costs: Sequence[int], values: Sequence[int]) -> int:
    return sum(cost * value for cost, value in zip(costs, values, strict=True))


def _trivial_bound(program: Program, costs: Sequence[int]) -> int:
    return sum(min(cost * low, cost * high) for cost, low, high in zip(costs, program.least, program.most, strict=True))


def _power_of_two(largest: int) -> int:
    """What costs are divided by, exactly, so that the solver meets numbers of ordinary size."""
    return 1 << max(0, largest.bit_length() - 10)
