"""What a file of tables is, once read: tabs of rows of plain values. Rows and columns count from 1, as people see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | date | datetime | time | timedelta | None
Place = tuple[int, int]  # row, column


class UnreadableTable(ValueError):
    """The file is no table we read; the message is one Vietnamese sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet. An empty cell is None or ""; a formula is its stored value, and `formulas` tells where it stood."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Merge, ...] = ()
    formulas: Mapping[Place, str] = field(default_factory=dict)  # the formula's text, without "="
    errors: Mapping[Place, str] = field(default_factory=dict)  # "#REF!" and its fellows
    is_hidden: bool = False

    def value(self, row: int, column: int) -> Value:
        """What stands there; None beyond the edge."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else None


@dataclass(frozen=True, slots=True)
class Tables:
    """A whole file. `counts_from_1904`: plain numbers that are days count from 1/1/1904. `remarks`: sentences on what was left out."""

    kind: str  # "xlsx", "csv"
    tabs: tuple[Tab, ...]
    counts_from_1904: bool = False
    remarks: tuple[str, ...] = ()
