"""What a file of tables is, once read: tabs of rows of plain values. Rows and columns count from 1, as people see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from ocop.core.money import number

Value = str | int | float | bool | date | datetime | time | timedelta | None
Place = tuple[int, int]  # row, column

# What one tab may hold. The largest province has some 2,000 products; an order of magnitude more is still read.
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 2_000_000


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


def check_size(name: str, rows: int, columns: int) -> None:
    """Raises `UnreadableTable` with the number that is too large."""
    if columns > MAX_COLUMNS:
        said = {"name": name, "n": number(columns), "limit": number(MAX_COLUMNS)}
        raise UnreadableTable(_("Trang “%(name)s” có %(n)s cột, chỉ đọc được %(limit)s cột. Hãy xóa các cột thừa.") % said)
    if rows > MAX_ROWS:
        said = {"name": name, "n": number(rows), "limit": number(MAX_ROWS)}
        raise UnreadableTable(_("Trang “%(name)s” có %(n)s dòng, chỉ đọc được %(limit)s dòng. Hãy tách thành nhiều tệp.") % said)
    if rows * columns > MAX_CELLS:
        said = {"name": name, "n": number(rows * columns), "limit": number(MAX_CELLS)}
        raise UnreadableTable(_("Trang “%(name)s” có %(n)s ô, chỉ đọc được %(limit)s ô. Hãy tách thành nhiều tệp.") % said)
