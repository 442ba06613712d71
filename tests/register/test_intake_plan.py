"""Dirty registers, row by row: what is taken in, what is warned of, what is refused (INTAKE.md)."""

from datetime import date

import openpyxl
import pytest

from ocop.papers.tables import read_tables
from ocop.register.rules.intake import Caution, Field, Outcome, Refusal, find_register, mapped_layout
from tests.register.sheets import FIELDS, FIRST_ROW, PARTS, TOP, bare, book, codes_of, content, plan_of, row, write_header

pytestmark = pytest.mark.usefixtures("opened")


def one(each, **more):
    """The plan of a single row, and its codes."""
    plan = plan_of([each], **more)
    return plan, codes_of(plan)[FIRST_ROW]


def test_a_clean_row_is_new_and_says_only_that_its_commune_is_old():
    plan, codes = one(row())
    assert codes == {"old_commune"}
    assert (plan.products_created, plan.producers_created, plan.recognitions_created) == (1, 1, 1)
    assert plan.rows[0].outcome == Outcome.NEW
    assert plan.rows[0].adds == ("chủ thể mới", "4 sao, 30/6/2024")


# --- Every code of the contract ---


@pytest.mark.parametrize(
    ("said", "code", "column"),
    [
        ({"stars": "6"}, Refusal.BAD_STAR, "Hạng sao hiện tại"),
        ({"first_stars": "2 sao"}, Refusal.BAD_STAR, "Công nhận lần 1 / Số sao"),
        ({"second_stars": "7*"}, Refusal.BAD_STAR, "Công nhận lần 2/nâng hạng / Số sao"),
        ({"producer": None}, Refusal.SUBJECT_MISSING, "Tên chủ thể"),
        ({"producer": "   "}, Refusal.SUBJECT_MISSING, "Tên chủ thể"),
        ({"name": None}, Refusal.NAME_MISSING, "Tên sản phẩm"),
        ({"name": "\u200b"}, Refusal.NAME_MISSING, "Tên sản phẩm"),
        ({"first_decision": "#REF!"}, Refusal.FORMULA_ERROR, "Công nhận lần 1 / Số QĐ"),
        ({"name": "#N/A"}, Refusal.FORMULA_ERROR, "Tên sản phẩm"),
        ({"first_date": "#VALUE!"}, Refusal.FORMULA_ERROR, "Công nhận lần 1 / Ngày"),
        ({"stars": "#DIV/0!"}, Refusal.FORMULA_ERROR, "Hạng sao hiện tại"),
        ({"name": '=HYPERLINK("http://x","Chè")'}, Refusal.FORMULA_IN_TEXT, "Tên sản phẩm"),
        ({"producer": "+cmd|' /C calc'!A0"}, Refusal.FORMULA_IN_TEXT, "Tên chủ thể"),
        ({"address": "-2+3"}, Refusal.FORMULA_IN_TEXT, "Địa chỉ"),
        ({"note": "@SUM(1)"}, Refusal.FORMULA_IN_TEXT, "Ghi chú"),
        ({"first_date": "31/02/2021"}, Refusal.BAD_DATE, "Công nhận lần 1 / Ngày"),
        ({"first_year": "hai nghìn"}, Refusal.BAD_DATE, "Công nhận lần 1 / Năm"),
        ({"expiry": "vô thời hạn"}, Refusal.BAD_DATE, "Ngày hết hạn"),
        ({"first_date": date(2026, 11, 25), "first_year": None, "expiry": None}, Refusal.FUTURE_DATE, "Công nhận lần 1 / Ngày"),
        ({"first_date": None, "first_year": 2027, "expiry": None}, Refusal.FUTURE_DATE, "Công nhận lần 1 / Năm"),
        ({"first_year": 2020}, Refusal.DATE_YEAR_CONFLICT, "Công nhận lần 1 / Ngày"),
        ({"commune": "Xã Không Có"}, Refusal.COMMUNE_UNKNOWN, "Xã/phường"),
        ({"commune": "Xuan Lac"}, Refusal.COMMUNE_UNKNOWN, "Xã/phường"),  # accents make other names
        ({"expiry": date(2024, 6, 29)}, Refusal.EXPIRY_BEFORE_RECOGNITION, "Ngày hết hạn"),
        ({"name": "Chè " * 80}, Refusal.TOO_LONG, "Tên sản phẩm"),
    ],
)
def test_refusals_name_row_column_and_code_and_create_nothing(said, code, column):
    plan, codes = one(row(**said))
    assert codes == {code}
    (remark,) = plan.report()["refused"]
    assert (remark["row"], remark["column"], remark["code"]) == (FIRST_ROW, column, code)
    assert remark["reason"].endswith(".")
    assert (plan.products_created, plan.producers_created, plan.recognitions_created) == (0, 0, 0)
    assert plan.report()["warnings"] == []


@pytest.mark.parametrize(
    ("said", "code", "recognitions"),
    [
        ({"first_date": None}, Caution.DATE_YEAR_ONLY, 1),
        ({"first_date": "năm 2024"}, Caution.DATE_YEAR_ONLY, 1),
        ({"commune": "xã Bằng Phúc"}, Caution.OLD_COMMUNE, 1),
        ({"commune": None}, Caution.COMMUNE_EMPTY, 1),
        ({"commune": "Đồng Phúc"}, Caution.COMMUNE_BOTH, 1),
        ({"first_date": None, "first_year": None}, Caution.DATE_MISSING, 1),
        (
            {"stars": "đã đăng ký", "first_stars": None, "first_date": None, "first_year": None, "first_decision": None},
            Caution.NO_RECOGNITION,
            0,
        ),
        ({"stars": None, "first_stars": None}, Caution.STARS_MISSING, 0),
        ({"stars": None, "first_stars": "cấp lại"}, Caution.STARS_MISSING, 0),
        ({"stars": "3 sao"}, Caution.STAR_CONFLICT, 1),
        ({"expiry": None}, Caution.EXPIRY_MISSING, 1),
        ({"expiry": "năm 2027"}, Caution.EXPIRY_MISSING, 1),
        ({"first_stars": None}, Caution.STARS_FROM_CURRENT, 1),
        ({"first_date": "tháng 6/2024"}, Caution.DATE_MONTH_ONLY, 1),
        ({"first_date": date(2017, 6, 30), "first_year": None}, Caution.DATE_BEFORE_PROGRAMME, 1),
        ({"expiry": date(2026, 12, 31)}, Caution.EXPIRY_NOT_36_MONTHS, 1),
        ({"form": "Kiểu lạ"}, Caution.FORM_UNKNOWN, 1),
        ({"phone": "12"}, Caution.PHONE_UNREADABLE, 1),
        ({"name": "ChÌ Shan tuyÕt"}, Caution.OLD_ENCODING, 1),
        ({"producer": "HTX Hoà Bình"}, None, 1),
    ],
)
def test_warnings_are_taken_in(said, code, recognitions):
    plan, codes = one(row(**said))
    assert plan.rows[0].outcome == Outcome.NEW
    assert plan.recognitions_created == recognitions
    assert code is None or code in codes


def test_a_current_star_alone_is_a_recognition_of_unknown_date():
    plan, codes = one(bare(stars="4*"))
    assert plan.recognitions_created == 1
    assert {"date_missing", "expiry_missing"} <= codes


def test_a_row_without_any_star_is_a_product_without_a_recognition():
    plan, codes = one(bare())
    assert (plan.products_created, plan.recognitions_created) == (1, 0)
    assert "no_recognition" in codes


# --- Two recognitions ---


def second(**said):
    return {
        "second_stars": "5 sao",
        "second_date": date(2026, 6, 30),
        "second_year": 2026,
        "second_decision": "99/QĐ-UBND",
        "second_issuer": "Bộ NN&PTNT",
        **said,
    }


def test_the_second_block_is_a_recognition_of_its_own_and_the_last_decision_wins():
    plan, codes = one(row(stars="4 sao", expiry=date(2029, 6, 29), **second()))
    assert plan.recognitions_created == 2
    assert "star_conflict" in codes
    assert [(said.stars, said.last_day) for _good, said, _row in plan.work.recognitions] == [(4, None), (5, date(2029, 6, 29))]


def test_only_the_second_block():
    plan, _codes = one(bare(**second()))
    assert plan.recognitions_created == 1
    assert plan.work.recognitions[0][1].is_second


def test_blocks_in_the_wrong_order_are_put_right_by_their_dates():
    plan, codes = one(row(stars="4 sao", **second(second_date=date(2021, 6, 30), second_year=2021)))
    assert "blocks_out_of_order" in codes
    assert "star_conflict" not in codes
    assert [said.on.first.year for _good, said, _row in plan.work.recognitions] == [2021, 2024]


def test_a_block_that_repeats_the_other_is_one_recognition():
    plan, codes = one(row(**second(second_stars="4", second_date="30/6/2024", second_year=None, second_decision=" 12/qđ-ubnd ")))
    assert plan.recognitions_created == 1
    assert "recognition_repeated" in codes


def test_a_second_decision_without_its_star():
    plan, codes = one(row(stars=None, **second(second_stars=None)))
    assert plan.recognitions_created == 1
    assert "stars_missing" in codes


# --- Which rows are data ---


def test_titles_sections_totals_footnotes_and_empty_rows_are_no_data():
    rows = [
        "HUYỆN CHỢ ĐỒN",
        row(),
        [],
        [2],
        ["II", "HUYỆN BA BỂ"],
        row(name="Bí xanh thơm", producer="HTX Yến Dương", commune="Yến Dương"),
        "BỔ SUNG",
        row(name="Miến dong", producer="HTX Côn Minh", commune="Côn Minh"),
        ["Tổng cộng", "3 sản phẩm", None, None, "=COUNTA(E6:E12)"],
        [None, "Ghi chú: (*) sản phẩm chờ cấp giấy"],
        ["Bắc Kạn, ngày 5 tháng 3 năm 2024"],
        [None, None, None, None, None, None, None, "NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"],
        [None, None, None, None, None, None, None, "Nguyễn Văn A"],
    ]
    plan = plan_of(rows)
    assert [each.row for each in plan.rows] == [7, 11, 13]
    assert all(each.outcome == Outcome.NEW for each in plan.rows)
    assert plan.report()["rows"] == 3


def test_a_header_repeated_on_the_next_page_and_numbered_columns_are_no_data():
    made = book([[n for n in range(1, 23)], row(), [text or None for text in TOP], row(name="Chè hai")])
    plan = plan_of(content(made))
    assert [each.row for each in plan.rows] == [7, 9]


def test_the_producer_continues_in_merged_cells_and_only_there():
    made = book(
        [
            row(),
            row(name="Chè hai", producer=None, commune=None),
            row(name="Chè ba", producer=None, commune=None),
            row(name="Chè bốn", producer=None),
        ]
    )
    made.active.merge_cells("E6:E8")
    plan = plan_of(content(made))
    assert [each.outcome for each in plan.rows] == [Outcome.NEW] * 3 + [Outcome.REFUSED]
    assert (plan.producers_created, plan.products_created) == (1, 3)
    assert codes_of(plan)[9] == {"subject_missing"}
    assert "commune_empty" in codes_of(plan)[7]


def test_a_refused_first_row_leaves_its_merged_producer_to_the_next():
    made = book([row(stars="9"), row(name="Chè hai", producer=None)])
    made.active.merge_cells("E6:E7")
    plan = plan_of(content(made))
    assert [each.outcome for each in plan.rows] == [Outcome.REFUSED, Outcome.NEW]
    assert plan.producers_created == 1


def test_formulas_without_and_with_a_stored_value():
    made = book(
        [
            row(name="=B99"),
            row(producer="=E99", name="Chè hai"),
            row(name="Chè ba", first_date="=TODAY()"),
            row(index="=ROW()", name="Chè bốn"),
        ]
    )
    codes = codes_of(plan_of(content(made)))
    assert codes[6] == codes[7] == {"formula_in_text"}
    assert codes[8] == {"formula_error"}
    assert "formula_error" not in codes[9]


def test_hidden_rows_columns_and_other_tabs():
    made = book([row(), row(name="Chè hai")])
    made.active.row_dimensions[6].hidden = True
    made.active.column_dimensions["J"].hidden = True
    other = made.create_sheet("Tổng hợp", 0)
    other["A1"] = "Tổng hợp theo huyện"
    plan = plan_of(content(made))
    assert plan.products_created == 2
    assert len(plan.remarks) == 1
    assert "Tổng hợp" in plan.remarks[0]


def test_a_visible_register_comes_before_a_hidden_one():
    made = book([row()])
    hidden = made.create_sheet("cũ", 0)
    hidden.sheet_state = "hidden"
    write_header(hidden, 1)
    assert find_register(read_tables(content(made))).tab.name == "Sổ OCOP"


# --- Layouts ---


def test_other_spellings_other_order_missing_and_extra_columns():
    made = openpyxl.Workbook()
    tab = made.active
    tab.append(["STT", "Xã, thị trấn", "CHỦ THỂ", "Mã nội bộ", "TÊN SẢN PHẨM ", "SĐT", "Số sao lần 1", "Ngày công nhận lần 1", "Huyện"])
    tab.append([1, "TT. Bằng Lũng", "HTX Mai", "x9", "Chè Mai", 912345678, "3", "5/3/2021", "Chợ Đồn"])
    plan = plan_of(content(made))
    assert (plan.products_created, plan.recognitions_created) == (1, 1)
    assert plan.rows[0].row == 2
    assert plan.work.makers[0].person["phone"] == "+84912345678"
    assert plan.work.makers[0].districts


def test_a_header_without_merges_and_groups_one_row_higher():
    made = openpyxl.Workbook()
    tab = made.active
    tab.append([None, None, None, "Công nhận lần 1", None, None, None, None, "Công nhận lần 2/nâng hạng"])
    tab.append(["TT", "Tên sản phẩm", "Tên chủ thể", *PARTS, *PARTS])
    tab.append([1, "Chè Mai", "HTX Mai", 3, "5/3/2021", None, "1/QĐ", "UBND tỉnh", 4, "5/3/2024", None, "2/QĐ", "UBND tỉnh"])
    plan = plan_of(content(made))
    assert plan.recognitions_created == 2
    (warned,) = [each for each in plan.report()["warnings"] if each["code"] == "expiry_missing"]
    assert warned["column"] == ""


def test_a_register_in_an_old_font():
    """Every text of the file was typed for .VnTime; nothing of it is stored as it stands."""
    made = openpyxl.Workbook()
    made.active.append(["TT", "Tªn s¶n phÈm", "Tªn chñ thÓ", "X·/ph­êng", "H¹ng sao hiÖn t¹i"])
    made.active.append([1, "ChÌ Shan tuyÕt", "HTX B»ng Phóc", "B»ng Phóc", "3 sao"])
    made.active.append([2, "R­îu", "HTX Ba BÓ", "YÕn D­¬ng", "3 sao"])
    plan = plan_of(content(made))
    assert plan.work.makers[1].name == "HTX Ba Bể"
    assert plan.work.goods[0].name == "Chè Shan tuyết"
    assert plan.work.makers[0].name == "HTX Bằng Phúc"
    assert "old_encoding" in codes_of(plan)[2]


def test_columns_mapped_by_a_person():
    made = openpyxl.Workbook()
    made.active.append(["Hàng", "Ai làm", "Sao"])
    made.active.append(["Chè Mai", "HTX Mai", 3])
    tables = read_tables(content(made))
    assert find_register(tables) is None
    layout = mapped_layout(tables.tabs[0], header_row=1, chosen={1: Field.NAME, 2: Field.PRODUCER, 3: Field.STARS})
    assert (layout.first_row, layout.header(Field.STARS)) == (2, "Sao")
    with pytest.raises(ValueError, match="tên sản phẩm"):
        mapped_layout(tables.tabs[0], header_row=1, chosen={1: Field.NAME})


def test_a_csv_register():
    text = "TT,Tên sản phẩm,Tên chủ thể,Xã/phường,Hạng sao hiện tại\n1,Chè Mai,HTX Mai,Xuân Lạc,4 sao\n2,Chè hai,,Xuân Lạc,4 sao\n"
    plan = plan_of(text.encode())
    assert [each.outcome for each in plan.rows] == [Outcome.NEW, Outcome.REFUSED]


def test_every_field_has_its_column():
    layout = find_register(read_tables(content(book([row()])))).layout
    assert [layout.columns[field] for field in FIELDS] == list(range(1, 23))
    assert layout.header(Field.SECOND_ISSUER) == "Công nhận lần 2/nâng hạng / Cơ quan"
