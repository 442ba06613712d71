"""Spreadsheets are read back by another library."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from ocop.papers.sheets import Column, Sheet, csv_table, neutral, xlsx

SHEET = Sheet(
    name="Sổ: đăng ký/2026",
    title="Sổ đăng ký sản phẩm OCOP",
    as_of="Tính đến ngày 20/12/2026",
    source="Nguồn: Văn phòng điều phối",
    columns=(Column("Tên sản phẩm", 40), Column("Giá", 12, "#,##0"), Column("Hết hạn", 12), Column("Lượng", 10, "0.0")),
)
ROWS = [("Miến dong", 25000, date(2029, 12, 20), Decimal("1.5")), ("=cmd()", None, None, Decimal("-2"))]
HOSTILE = ["=1+1", "+84912345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", '=HYPERLINK("http://x")']


def read(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_xlsx_says_what_it_is_as_of_when_and_from_where():
    tab = read(xlsx(SHEET, ROWS))
    assert tab.title == "Sổ  đăng ký 2026".replace("  ", " ")
    assert [tab.cell(row, 1).value for row in (1, 2, 3, 4)] == [SHEET.title, SHEET.as_of, SHEET.source, None]
    assert [cell.value for cell in tab[5]] == [column.title for column in SHEET.columns]
    assert tab.column_dimensions["A"].width > 39
    assert tab.freeze_panes == "B6"


def test_xlsx_cells_have_their_types():
    tab = read(xlsx(SHEET, ROWS))
    assert [cell.value for cell in tab[6]] == ["Miến dong", 25000, datetime(2029, 12, 20), 1.5]  # noqa: DTZ001
    assert [cell.number_format for cell in tab[6]][1:] == ["#,##0", "dd/mm/yyyy", "0.0"]
    assert [cell.value for cell in tab[7]] == ["'=cmd()", None, None, -2]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text):
    tab = read(xlsx(SHEET, [(text,)]))
    assert tab.cell(6, 1).data_type == "s"
    assert tab.cell(6, 1).value.startswith("'")
    line = list(csv.reader(io.StringIO(csv_table(SHEET, [(text,)]).decode("utf-8-sig"))))[1]
    assert line[0].startswith("'")


@pytest.mark.parametrize("text", ["Miến dong", "a=b", "", "'=1", "xã Côn Minh - Na Rì"])
def test_other_text_stays_as_it_is(text):
    assert neutral(text) == text


def test_csv_has_a_mark_for_excel_one_header_and_its_source_in_each_row():
    data = csv_table(SHEET, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["Tên sản phẩm", "Giá", "Hết hạn", "Lượng", "Thời điểm số liệu", "Nguồn"]
    assert rows[1] == ["Miến dong", "25000", "2029-12-20", "1.5", SHEET.as_of, SHEET.source]
    assert rows[2][:4] == ["'=cmd()", "", "", "-2"]
    assert len(rows) == 3


def test_hostile_text_breaks_neither():
    row = ('NUL\x00 và \u202eRTL, "ngoặc"\r\ndòng hai' + "ạ" * 40_000,)
    assert len(read(xlsx(SHEET, [row])).cell(6, 1).value) <= 32_767
    assert list(csv.reader(io.StringIO(csv_table(SHEET, [row]).decode("utf-8-sig"))))[1][0].startswith('NUL và RTL, "ngoặc"\ndòng hai')


@pytest.mark.parametrize("cell", [True, datetime(2026, 1, 1, tzinfo=UTC)])
def test_what_has_no_single_writing_is_refused(cell):
    with pytest.raises(TypeError):
        xlsx(SHEET, [(cell,)])


def test_many_rows_are_written_one_by_one():
    tab = read(xlsx(SHEET, (("x", number, None, None) for number in range(3000))))
    assert tab.cell(3005, 2).value == 2999
