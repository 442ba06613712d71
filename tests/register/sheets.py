"""Registers as clerks send them: the 22 columns, merged headers, and whatever a test makes of the rows."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import call_command
from openpyxl.worksheet.worksheet import Worksheet

from ocop.papers.tables import read_tables
from ocop.register.queries import IntakePlan, plan_intake
from ocop.register.rules.intake import Field, find_register
from tests.cast import TODAY

TOP = (
    *("TT", "Tên sản phẩm", "Nhóm sản phẩm", "Loại hình", "Tên chủ thể", "Xã/phường", "Địa chỉ", "Người đại diện", "Số điện thoại"),
    *("Hạng sao hiện tại", "Ngày hết hạn", "Công nhận lần 1", "", "", "", "", "Công nhận lần 2/nâng hạng", "", "", "", "", "Ghi chú"),
)
PARTS = ("Số sao", "Ngày", "Năm", "Số QĐ", "Cơ quan")
FIELDS = tuple(field for field in Field if field != Field.DISTRICT)  # in the order of the columns
FIRST_ROW = 6  # of the data: a title, its reference, an empty row, two header rows


def row(**said: Any) -> dict[Field, Any]:
    """A whole good row, changed as said; None empties a cell."""
    whole: dict[str, Any] = {
        "index": 1,
        "name": "Chè Shan tuyết Mai",
        "group": "Đồ uống",
        "form": "Hợp tác xã",
        "producer": "HTX Chè Mai",
        "commune": "Xuân Lạc",
        "stars": "4 sao",
        "expiry": date(2027, 6, 29),
        "first_stars": "4 sao",
        "first_date": date(2024, 6, 30),
        "first_year": 2024,
        "first_decision": "12/QĐ-UBND",
        "first_issuer": "UBND tỉnh Bắc Kạn",
    }
    return {Field(name): value for name, value in {**whole, **said}.items()}


def bare(**said: Any) -> dict[Field, Any]:
    """A row with nothing but a name, a producer, a commune, and what is said."""
    return {Field(name): value for name, value in {"name": "Gạo nếp Lan", "producer": "HTX Lan", "commune": "Xuân Lạc", **said}.items()}


def book(rows: Iterable[Mapping[Field, Any] | str | Sequence[Any]], *, top: Sequence[str] = TOP) -> openpyxl.Workbook:
    """A workbook: a text is a section row merged across, a list a row of cells as they stand."""
    made = openpyxl.Workbook()
    tab = made.active
    tab.title = "Sổ OCOP"
    tab.cell(1, 1, "DANH SÁCH SẢN PHẨM OCOP TỈNH BẮC KẠN")
    tab.merge_cells(start_row=1, end_row=1, start_column=1, end_column=22)
    tab.cell(2, 1, "(Kèm theo Báo cáo số 12/BC-VPĐP)")
    write_header(tab, 4, top)
    for number, each in enumerate(rows, start=FIRST_ROW):
        if isinstance(each, str):
            tab.cell(number, 1, each)
            tab.merge_cells(start_row=number, end_row=number, start_column=1, end_column=22)
            continue
        cells = [each.get(field) for field in FIELDS] if isinstance(each, Mapping) else each
        for column, value in enumerate(cells, start=1):
            tab.cell(number, column, value)
    return made


def write_header(tab: Worksheet, at: int, top: Sequence[str] = TOP) -> None:
    """Two rows: the recognitions merged over their parts, everything else merged downwards."""
    for column, text in enumerate(top, start=1):
        tab.cell(at, column, text or None)
        if text.startswith("Công nhận"):
            tab.merge_cells(start_row=at, end_row=at, start_column=column, end_column=column + 4)
            for step, part in enumerate(PARTS):
                tab.cell(at + 1, column + step, part)
        elif text:
            tab.merge_cells(start_row=at, end_row=at + 1, start_column=column, end_column=column)


def content(made: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def plan_of(rows: Iterable[Any] | bytes, **more: Any) -> IntakePlan:
    """What would become of these rows today."""
    sheet = find_register(read_tables(rows if isinstance(rows, bytes) else content(book(rows))))
    assert sheet is not None
    return plan_intake(sheet, **{"today": TODAY, **more})


def codes_of(plan: IntakePlan) -> dict[int, set[str]]:
    """The codes of every row."""
    return {each.row: {str(remark.code) for remark in each.remarks} for each in plan.rows}


def take_in(path: Path, *options: str) -> dict[str, Any]:
    """Run the command and read its report."""
    report = path.with_suffix(".json")
    call_command("import_register", str(path), "--report", str(report), *options)
    return dict(json.loads(report.read_text(encoding="utf-8")))


def one(each, **more):
    """The plan of a single row, and its codes."""
    plan = plan_of([each], **more)
    return plan, codes_of(plan)[FIRST_ROW]
