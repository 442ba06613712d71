"""A sheet that somebody sent, written again as it came, with a column of notes behind it. Nothing in it runs."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import xlsxwriter

from ocop.papers.sheets import cell_text, tab_name
from ocop.papers.tables import Value

_NOTE_WIDTH = 60  # characters
_FORMATS = {"day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm:ss"}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one row. `is_stop`: in red; `is_head`: the heading of the column."""

    text: str
    is_stop: bool = False
    is_head: bool = False


def noted_grid(name: str, rows: Sequence[Sequence[Value]], notes: Mapping[int, Note]) -> bytes:
    """The rows as XLSX, each where it stood, with `notes` (by row, from 1) in the first column behind the widest row.

    A formula comes as its stored value; a text that a spreadsheet would run gets an apostrophe.
    """
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    beside = max((len(row) for row in rows), default=0)
    with xlsxwriter.Workbook(target, options) as book:
        tab = book.add_worksheet(tab_name(name))
        tab.set_column(beside, beside, _NOTE_WIDTH)
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
        plain, stop, head = (
            book.add_format({"text_wrap": True, "valign": "top", **look}) for look in ({}, {"font_color": "#A8281C"}, {"bold": True})
        )
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                _write(tab, number, index, value, formats)
            if note := notes.get(number + 1):
                tab.write_string(number, beside, cell_text(note.text), head if note.is_head else stop if note.is_stop else plain)
    return target.getvalue()


def _write(
    tab: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, formats: Mapping[str, xlsxwriter.format.Format]
) -> None:
    match value:
        case None | "":
            return
        case bool():
            tab.write_boolean(row, column, value)
        case int() | float():
            tab.write_number(row, column, value)
        case datetime():
            tab.write_datetime(row, column, value, formats["moment"])
        case date():
            tab.write_datetime(row, column, value, formats["day"])
        case time() | timedelta():
            tab.write_datetime(row, column, value, formats["time"])
        case _:
            tab.write_string(row, column, cell_text(value))
