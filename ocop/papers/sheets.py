"""Tables for people: XLSX and CSV with headers in the reader's language, and on each the day they are true of and where they come from."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

import xlsxwriter
from django.utils.translation import gettext as _

from ocop.core.text import clean_text

Cell = str | int | Decimal | date | None

# What makes a spreadsheet take a text for a formula (OWASP CSV injection; ASVS 5.0 1.2.10).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # characters of one cell in XLSX
_HEAD_ROWS = 4  # title, as-of, source, an empty one
_OFFERED_ROWS = 5_000  # below the header that offer their choices


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters; `number_format` as Excel writes it, for money "#,##0".

    Columns of one `group` that follow each other stand under its name, in a header of two rows; `choices` are offered in the cells.
    """

    title: str
    width: int = 16
    number_format: str = ""
    group: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table says of itself. `as_of` and `source` are whole sentences, because a figure without them does not exist."""

    name: str  # of the tab, at most 31 characters
    title: str
    as_of: str
    source: str
    columns: tuple[Column, ...]


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before = + - @ and before a leading tab or return."""
    if text[:1].isalnum():
        return text
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS[:4]) else text


def xlsx(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as XLSX. Rows are written one by one, so a long register needs little memory."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        tab = book.add_worksheet(tab_name(sheet.name))
        first = _write_head(book, tab, sheet)
        formats = [book.add_format({"num_format": column.number_format}) if column.number_format else None for column in sheet.columns]
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(rows, start=first):
            for index, cell in enumerate(cells):
                if cell.__class__ is str and cell:  # nearly every cell, and long tables are written cell by cell
                    tab.write_string(number, index, cell_text(cell), formats[index])
                elif cell is not None and cell != "":
                    _write(tab, number, index, cell, formats[index], day)
    return target.getvalue()


def _write_head(book: xlsxwriter.Workbook, tab: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> int:
    """Title, as-of, source, and the header of one row or two; the first row below them."""
    bold, wrap = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    over = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "align": "center"})
    above = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(sheet.columns):
        tab.set_column(index, index, column.width)
    for row, (line, style) in enumerate(((sheet.title, bold), (sheet.as_of, None), (sheet.source, None))):
        tab.write_string(row, 0, cell_text(line), style)
    groups = [(name, [*each]) for name, each in groupby(enumerate(sheet.columns), key=lambda pair: pair[1].group)]
    is_grouped = any(name for name, _columns in groups)
    for name, columns in groups:
        left, right = columns[0][0], columns[-1][0]
        if name and right > left:
            tab.merge_range(_HEAD_ROWS, left, _HEAD_ROWS, right, cell_text(name), over)
        else:
            for index, column in columns:
                tab.write_string(_HEAD_ROWS, index, cell_text(name or column.title), above if is_grouped else wrap)
    for index, column in enumerate(sheet.columns if is_grouped else ()):
        tab.write_string(_HEAD_ROWS + 1, index, cell_text(column.title) if column.group else "", wrap)
    first = _HEAD_ROWS + 1 + is_grouped
    for index, column in enumerate(sheet.columns):
        if column.choices:
            tab.data_validation(first, index, first + _OFFERED_ROWS, index, {"validate": "list", "source": list(column.choices)})
    tab.freeze_panes(first, 1)
    return first


def csv_table(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV with a byte-order mark, so that Excel reads the accents; one header line, days as 2026-12-20.

    The last two columns say of every row as of when and from where: a line of remarks would break other programs.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([cell_text(column.title) for column in sheet.columns] + [_("Thời điểm số liệu"), _("Nguồn")])
    for cells in rows:
        writer.writerow([_plain(cell) for cell in cells] + [cell_text(sheet.as_of), cell_text(sheet.source)])
    return target.getvalue().encode("utf-8-sig")


def _write(
    tab: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    style: xlsxwriter.format.Format | None,
    day: xlsxwriter.format.Format,
) -> None:
    """One cell, typed: text is always text, whatever it looks like."""
    match cell:
        case str():
            tab.write_string(row, column, cell_text(cell), style)
        case bool():
            raise TypeError("say yes and no in words")
        case datetime():
            raise TypeError("say the hour as text")
        case date():
            tab.write_datetime(row, column, cell, day)
        case int() | Decimal():
            tab.write_number(row, column, cell, style)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell_text(cell)
        case date():
            return cell.isoformat()
        case _:
            return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


@lru_cache(maxsize=20_000)
def cell_text(text: str) -> str:
    """As it may stand in a cell: cleaned first, because what is left when unseen marks are gone may be a formula."""
    safe = neutral(clean_text(text))
    return safe if len(safe) <= _CELL_LIMIT else f"{safe[: _CELL_LIMIT - 1]}…"


def tab_name(name: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ in a tab's name."""
    return clean_text("".join(" " if character in "[]:*?/\\'" else character for character in name))[:31] or "OCOP"
