"""What would happen if a sheet were taken in: each row judged against the register. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.register.rules.intake import Field, Outcome, RegisterSheet, Remark

Mends = Mapping[tuple[int, Field], str]  # (the sheet's row, what) → what a person typed in place of the cell


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One data row. `public_id` and `product_name` of the register's product where the row meets one."""

    row: int
    outcome: Outcome
    remarks: tuple[Remark, ...]
    cells: Mapping[Field, str]  # as read, in words, mends included: for the preview; PERSONAL fields are among them
    first_row: int | None = None  # of a duplicate: the row it repeats
    public_id: str = ""
    adds: tuple[str, ...] = ()  # in words, what the row brings: "chủ thể mới", "công nhận 4 sao ngày 30/6/2021", "số điện thoại"

    @property
    def refusals(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.is_refusal)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if not each.is_refusal)


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """The whole preview, and all that `actions.commit_plan` needs. `digest` is the same as long as the same would happen."""

    rows: tuple[PlannedRow, ...]
    products_created: int
    producers_created: int
    recognitions_created: int
    digest: str  # SHA-256 of the row log
    today: date
    remarks: tuple[str, ...]  # on the file: tabs left aside and the like

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    def report(self) -> dict[str, Any]:
        """The JSON of INTAKE.md: rows, products_created, producers_created, recognitions_created, duplicates, refused, warnings."""
        raise NotImplementedError


def plan_intake(sheet: RegisterSheet, *, today: date, mends: Mends | None = None) -> IntakePlan:
    """Judge every row of the sheet against the register as it is now; two to three seconds for 20,000 rows."""
    raise NotImplementedError
