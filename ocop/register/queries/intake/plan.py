"""What is going to happen, row by row, and what has to be written for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ocop.register.rules.intake import Field, Outcome, Remark
from ocop.register.rules.intake.facts import Said
from ocop.register.rules.intake.matching import Held
from ocop.register.rules.intake.words import FormSaid


@dataclass(slots=True)
class Maker:
    """A producer of the register (`pk`), or one that the sheet brings. `values` are its columns, `person` the personal ones."""

    name: str
    key: str
    districts: frozenset[str]
    row: int = 0  # that brings it
    pk: int | None = None
    form: FormSaid | None = None
    has_form: bool = False  # the register knows its legal form
    values: dict[str, Any] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)
    maybe_same_as: "Maker | None" = None
    keys_before: tuple[str, ...] = ()  # of what was merged into it

    @property
    def is_new(self) -> bool:
        return self.pk is None


@dataclass(slots=True)
class Good:
    """A product of the register (`public_id`), or one that the sheet brings."""

    name: str
    maker: Maker
    row: int = 0  # that brings it, or speaks of it first
    pk: int | None = None
    public_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    bare_decisions: set[str] = field(default_factory=set)  # of this sheet, without a star
    keys_before: tuple[str, ...] = ()  # of what was merged into it

    @property
    def is_new(self) -> bool:
        return self.pk is None


@dataclass(frozen=True, slots=True)
class Fill:
    """Empty fields of a stored row that the sheet fills. `kind`: "producer", "person", "product", "recognition"; `key` its own."""

    kind: str
    key: str
    row: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Work:
    """What a commit writes, in the order of the rows."""

    makers: list[Maker] = field(default_factory=list)
    goods: list[Good] = field(default_factory=list)
    recognitions: list[tuple[Good, Said, int]] = field(default_factory=list)
    forms: list[tuple[Maker, FormSaid, int]] = field(default_factory=list)  # of producers whose form the register lacked
    fills: list[Fill] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One data row. `public_id` is the register's product where the row meets one."""

    row: int
    outcome: Outcome
    remarks: tuple[Remark, ...]
    cells: Mapping[Field, str]  # as read, in words, mends included: for the preview; PERSONAL fields are among them
    first_row: int | None = None  # of a duplicate: the row it repeats
    public_id: str = ""
    adds: tuple[str, ...] = ()  # in words, what the row brings: "chủ thể mới", "4 sao, 30/6/2021", "số điện thoại"

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
    work: Work
    digest: str  # SHA-256 of the row log
    today: date
    remarks: tuple[str, ...]  # on the file: tabs left aside and the like

    @property
    def products_created(self) -> int:
        return len(self.work.goods)

    @property
    def producers_created(self) -> int:
        return len(self.work.makers)

    @property
    def recognitions_created(self) -> int:
        return len(self.work.recognitions)

    @property
    def changes_nothing(self) -> bool:
        work = self.work
        return not (work.makers or work.goods or work.recognitions or work.forms or work.fills)

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    def report(self) -> dict[str, Any]:
        """The JSON of INTAKE.md."""
        duplicates = [{"row": row.row, "first_row": row.first_row} for row in self.rows if row.outcome == Outcome.DUPLICATE]
        return {
            "rows": len(self.rows),
            "products_created": self.products_created,
            "producers_created": self.producers_created,
            "recognitions_created": self.recognitions_created,
            "duplicates": duplicates,
            "refused": [remark.as_json() for row in self.rows for remark in row.refusals],
            "warnings": [remark.as_json() for row in self.rows for remark in row.warnings],
        }
