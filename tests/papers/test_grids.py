"""A sheet sent back: as it came, with notes behind it, and nothing in it runs."""

import io
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from ocop.papers.grids import Note, noted_grid


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def test_every_cell_stands_where_it_stood_and_the_note_behind_the_widest_row() -> None:
    rows = [["SỔ OCOP"], [], ["Tên", "Ngày", "Giờ", "Sao", "Đạt"], ["Miến", date(2021, 6, 30), time(7, 30), 4.5, True], ["Trà", None]]
    tab = opened(noted_grid("Sổ", rows, {3: Note("Ghi chú", is_head=True), 5: Note("Số sao: chỉ nhận 3 đến 5", is_stop=True)}))
    assert tab.title == "Sổ"
    assert [tab["A1"].value, tab["A3"].value, tab["E3"].value, tab["F3"].value] == ["SỔ OCOP", "Tên", "Đạt", "Ghi chú"]
    assert (tab["B4"].value, tab["B4"].number_format) == (datetime.fromisoformat("2021-06-30"), "dd/mm/yyyy")
    assert [tab["C4"].value, tab["D4"].value, tab["E4"].value] == [time(7, 30), 4.5, True]
    assert [tab["F4"].value, tab["F5"].value] == [None, "Số sao: chỉ nhận 3 đến 5"]
    assert tab["F5"].font.color.rgb == "FFA8281C"
    assert tab["F3"].font.bold


def test_what_a_spreadsheet_would_run_is_text_with_an_apostrophe() -> None:
    tab = opened(noted_grid("=1+1[x]", [["=1+1", "@SUM(1)"]], {1: Note("=cmd|' /C calc'!A0")}))
    assert [tab["A1"].value, tab["B1"].value, tab["C1"].value] == ["'=1+1", "'@SUM(1)", "'=cmd|' /C calc'!A0"]
    assert {cell.data_type for cell in tab[1]} == {"s"}
    assert "[" not in tab.title


def test_an_empty_sheet_is_no_fault() -> None:
    assert opened(noted_grid("", [], {})).title == "OCOP"
