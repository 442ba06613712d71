"""Registers as provinces keep them: workbooks in the layout of 22 columns, with title rows and two rows of headers."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from ocop.register.rules.intake import Field

_HEADS = (
    ("TT", Field.INDEX),
    ("Tên sản phẩm", Field.NAME),
    ("Nhóm sản phẩm", Field.GROUP),
    ("Loại hình", Field.FORM),
    ("Tên chủ thể", Field.PRODUCER),
    ("Xã/phường", Field.COMMUNE),
    ("Địa chỉ", Field.ADDRESS),
    ("Người đại diện", Field.REPRESENTATIVE),
    ("Số điện thoại", Field.PHONE),
    ("Hạng sao hiện tại", Field.STARS),
    ("Ngày hết hạn", Field.EXPIRY),
)
_BLOCKS = (("Công nhận lần 1", "first"), ("Công nhận lần 2/nâng hạng", "second"))
_PARTS = (("Số sao", "stars"), ("Ngày", "date"), ("Năm", "year"), ("Số QĐ", "decision"), ("Cơ quan", "issuer"))
_LAST = "Ghi chú"
FIRST_ROW = 6  # of the data

Cells = Mapping[str, Any]


def register_xlsx(rows: Sequence[Cells], heads: Mapping[str, str] | None = None) -> bytes:
    """A workbook with one row for each mapping of `rules.intake.Field` to a value; `heads` renames headers."""
    book = Workbook()
    tab = book.active
    assert tab is not None
    tab.title = "Sổ OCOP"
    tab["A1"] = "TỔNG HỢP SẢN PHẨM OCOP TỈNH BẮC KẠN"
    tab["A2"] = "(Tính đến tháng 6 năm 2025)"
    said = heads or {}
    column = 1
    places: dict[str, int] = {}
    for head, field in _HEADS:
        tab.cell(4, column, said.get(head, head))
        tab.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
        places[field] = column
        column += 1
    for head, block in _BLOCKS:
        tab.cell(4, column, head)
        tab.merge_cells(start_row=4, end_row=4, start_column=column, end_column=column + 4)
        for name, part in _PARTS:
            tab.cell(5, column, name)
            places[f"{block}_{part}"] = column
            column += 1
    tab.cell(4, column, _LAST)
    tab.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    places[Field.NOTE] = column
    for number, cells in enumerate(rows, FIRST_ROW):
        for field, value in cells.items():
            tab.cell(number, places[field], value)
    return saved(book)


def plain_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these rows and nothing else."""
    book = Workbook()
    tab = book.active
    assert tab is not None
    for row in rows:
        tab.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
