"""What a row is held against: earlier rows, places through time, the register; and cells that a person mended."""

import unicodedata
from datetime import date

import pytest

from ocop.papers.tables import read_tables
from ocop.places.models import Unit
from ocop.register.models import Producer, Product
from ocop.register.queries import plan_intake
from ocop.register.rules.intake import Field, Outcome, find_register
from tests.register.sheets import FIRST_ROW, bare, book, codes_of, content, plan_of, row

pytestmark = pytest.mark.usefixtures("opened")


def one(each, **more):
    """The plan of a single row, and its codes."""
    plan = plan_of([each], **more)
    return plan, codes_of(plan)[FIRST_ROW]


# --- One product, one producer ---


def test_a_row_that_repeats_an_earlier_one_in_another_spelling():
    again = row(
        name=unicodedata.normalize("NFD", "CHÈ  SHAN TUYẾT MAI"),
        producer="htx chè mai ",
        commune="xã Xuân Lạc",
        first_date="ngày 30 tháng 6 năm 2024",
    )
    plan = plan_of([row(), row(name="Chè khác"), again])
    report = plan.report()
    assert report["duplicates"] == [{"row": 8, "first_row": 6}]
    assert "duplicate" in codes_of(plan)[8]
    assert (report["products_created"], report["producers_created"], report["recognitions_created"]) == (2, 1, 2)


def test_a_repeated_product_with_another_decision_is_a_recognition_more():
    plan = plan_of(
        [
            row(),
            "BỔ SUNG",
            row(stars="5", first_stars="5", first_date=date(2026, 6, 30), first_year=2026, first_decision="99/QĐ", expiry=None),
        ]
    )
    assert [each.outcome for each in plan.rows] == [Outcome.NEW, Outcome.CHANGED]
    assert (plan.products_created, plan.recognitions_created) == (1, 2)


@pytest.mark.parametrize(
    "said", [{"first_stars": "3", "stars": "3"}, {"first_decision": None}, {"first_date": None, "first_year": None}, {"first_date": None}]
)
def test_a_repeated_row_that_knows_less_or_contradicts_adds_nothing(said):
    plan = plan_of([row(), row(**said)])
    assert plan.rows[1].outcome == Outcome.DUPLICATE
    assert plan.recognitions_created == 1


def test_one_name_in_two_districts_is_two_producers():
    plan = plan_of([row(), row(commune="Yến Dương")])
    assert (plan.producers_created, plan.products_created, plan.recognitions_created) == (2, 2, 2)
    plan = plan_of([row(commune="Xuân Lạc"), row(commune="Bằng Phúc", name="Chè hai")])
    assert plan.producers_created == 1


def test_spellings_of_one_producer_are_merged_and_told():
    plan = plan_of([row(producer="HTX Hoà Sỹ"), row(producer="HTX Hòa Sĩ", name="Chè hai")])
    assert plan.producers_created == 1
    assert "spelling_merged" in codes_of(plan)[7]


def test_perhaps_one_producer_is_written_apart_and_told():
    plan = plan_of([row(), row(producer="Hợp tác xã Chè Mai", name="Chè hai"), row(commune=None, name="Chè ba")])
    assert plan.producers_created == 3
    assert "producer_maybe_same" in codes_of(plan)[7] & codes_of(plan)[8]
    assert plan.work.makers[1].maybe_same_as is plan.work.makers[0]


# --- Places ---


@pytest.mark.parametrize(
    ("said", "signed", "unit", "code"),
    [
        ("Phương Viên", 2024, "Xã Phương Viên", "old_commune"),
        ("xã Phương Viên", 2024, "Xã Phương Viên", "old_commune"),
        ("XÃ PHƯƠNG VIÊN", 2024, "Xã Phương Viên", "old_commune"),
        (unicodedata.normalize("NFD", "xã Phương Viên"), 2024, "Xã Phương Viên", "old_commune"),
        ("Sĩ Bình", 2024, "Xã Sỹ Bình", "old_commune"),
        ("Trung Hoà", 2024, "Xã Trung Hòa", "old_commune"),
        ("TT Bằng Lũng", 2024, "Thị trấn Bằng Lũng", "old_commune"),
        ("Thị trấn Chợ Rã", 2024, "Thị trấn Chợ Rã", "old_commune"),
        ("Xã Chợ Rã", 2024, "Xã Chợ Rã", ""),
        ("Bằng Phúc, huyện Chợ Đồn", 2024, "Xã Bằng Phúc", "old_commune"),
        ("xã Bằng Phúc (Chợ Đồn)", 2024, "Xã Bằng Phúc", "old_commune"),
        ("Thôn Nà Pài, xã Bằng Phúc, huyện Chợ Đồn, tỉnh Bắc Kạn", 2024, "Xã Bằng Phúc", "old_commune"),
        ("Đồng Phúc (xã Bằng Phúc cũ)", 2024, "Xã Bằng Phúc", "old_commune"),
        ("Bằng Phúc (nay là xã Đồng Phúc)", 2024, "Xã Bằng Phúc", "old_commune"),
        ("Đồng Phúc", 2024, "Xã Đồng Phúc", "commune_both_old_and_new"),
        ("Đồng Phúc", 2026, "Xã Đồng Phúc", "commune_both_old_and_new"),
        ("Phường Đức Xuân", 2024, "Phường Đức Xuân", "commune_both_old_and_new"),
        ("P. Đức Xuân", 2026, "Phường Đức Xuân", "commune_both_old_and_new"),
        ("Bằng Phúc, Bắc Kạn", 2024, "Xã Bằng Phúc", "old_commune"),
        ("Nông Thượng, TP Bắc Kạn", 2024, "Xã Nông Thượng", "old_commune"),
        ("Phong Quang", 2024, "Xã Phong Quang", ""),
        ("Thượng Quan", 2024, "Xã Thượng Quan", ""),
        ("Huyện Chợ Đồn", 2024, "Huyện Chợ Đồn", "commune_empty"),
        ("phường Viên", 2024, "", "commune_unknown"),
        ("Bằng Phúc, huyện Ba Bể", 2024, "", "commune_unknown"),
    ],
)
def test_communes_by_name_and_district_through_time(said, signed, unit, code):
    plan, codes = one(row(commune=said, first_date=None, first_year=signed, expiry=None))
    assert (codes & {"old_commune", "commune_both_old_and_new", "commune_empty", "commune_unknown"}) == ({code} if code else set())
    if unit:
        found = Unit.objects.get(pk=plan.work.goods[0].values["unit_id"])
        assert found.name == unit
        assert code != "commune_both_old_and_new" or (found.valid_to is None) == (signed == 2026)


def test_an_old_commune_is_shown_with_its_successor():
    plan, _codes = one(row(commune="Bằng Phúc"))
    (warned,) = plan.report()["warnings"]
    assert "Xã Đồng Phúc" in warned["reason"]
    assert plan.work.goods[0].values["commune_now_id"]


def test_the_section_says_the_district_and_another_district_is_told():
    plan = plan_of(
        [
            "II. HUYỆN CHỢ ĐỒN (2 sản phẩm)",
            row(commune=None),
            row(commune="Yến Dương", name="Chè hai"),
            "BỔ SUNG",
            row(commune=None, name="Chè ba"),
        ]
    )
    assert plan.work.makers[0].districts
    assert "district_differs" in codes_of(plan)[8]
    assert plan.work.makers[-1].districts == frozenset()


# --- Against the register ---


def test_a_product_of_the_register_is_known_by_its_producer_and_its_district():
    product = Product.objects.get(public_id="BK001")
    known = bare(
        name=product.name.upper(),
        producer=product.producer.name,
        commune="Côn Minh",
        stars="5 sao",
        first_stars="5",
        first_date="30/6/2021",
        first_decision="2890/QĐ-BNN-VPĐP",
    )
    plan, codes = one(known)
    assert (plan.rows[0].outcome, plan.rows[0].public_id) == (Outcome.SAME, "BK001")
    assert plan.changes_nothing
    plan, _codes = one({**known, Field.SECOND_STARS: 5, Field.SECOND_DATE: "30/6/2024", Field.SECOND_DECISION: "1/QĐ-BNN"})
    assert plan.rows[0].outcome == Outcome.CHANGED
    assert plan.recognitions_created == 1
    plan, codes = one({**known, Field.FIRST_STARS: 4})
    assert plan.rows[0].outcome == Outcome.SAME
    assert "kept_as_in_register" in codes


def test_demo_rows_and_other_districts_do_not_match():
    product = Product.objects.get(public_id="BK001")
    plan, _codes = one(bare(name=product.name, producer=product.producer.name, commune="Yến Dương"))
    assert plan.rows[0].outcome == Outcome.NEW
    Producer.objects.filter(pk=product.producer_id).update(is_demo=True)
    plan, _codes = one(bare(name=product.name, producer=product.producer.name, commune="Côn Minh"))
    Producer.objects.filter(pk=product.producer_id).update(is_demo=False)
    assert plan.rows[0].outcome == Outcome.NEW


def test_empty_fields_are_filled_and_personal_words_stay_out_of_reasons():
    product = Product.objects.get(public_id="BK001")
    said = {
        "name": product.name,
        "producer": product.producer.name,
        "commune": "Côn Minh",
        "representative": "Nguyễn Thị Canary",
        "phone": "0912345678",
    }
    plan, _codes = one(bare(**said, address="Thôn Chợ"))
    assert plan.rows[0].outcome == Outcome.CHANGED
    assert {"người đại diện", "số điện thoại"} <= set(plan.rows[0].adds)
    assert "Canary" not in str(plan.report())


# --- Mending ---


def test_a_mended_cell_is_read_in_place_of_the_files():
    rows = [row(stars="9"), row(name=None, producer="HTX Hai")]
    mends = {(6, Field.STARS): "4", (7, Field.NAME): "Chè hai"}
    plan = plan_of(rows, mends=mends)
    assert [each.outcome for each in plan.rows] == [Outcome.NEW] * 2
    assert plan.rows[1].cells[Field.NAME] == "Chè hai"
    assert plan.digest != plan_of(rows).digest
    assert plan.digest == plan_of(rows, mends=mends).digest


def test_a_mend_is_judged_like_a_cell():
    plan = plan_of([row()], mends={(6, Field.NAME): "=1+1"})
    assert codes_of(plan)[6] == {"formula_in_text"}


def test_the_same_questions_for_one_row_and_for_many(django_assert_num_queries):
    for count in (1, 30):
        sheet = find_register(read_tables(content(book([row(name=f"Chè {n}") for n in range(count)]))))
        with django_assert_num_queries(7):
            plan_intake(sheet, today=date(2026, 11, 24))
