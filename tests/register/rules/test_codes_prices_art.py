"""Product codes, prices, the drawing of a product, the words of a search."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from ocop.register import readers, rules
from ocop.register.rules import CodeParts

TODAY = date(2026, 11, 24)
COMMUNES = {"02185", "01933"}


@given(
    st.builds(
        CodeParts,
        province=st.from_regex(r"[0-9]{2}", fullmatch=True).filter(str.isascii),
        commune=st.from_regex(r"[0-9]{5}", fullmatch=True).filter(str.isascii),
        number=st.integers(1, rules.MAX_NUMBER),
        year=st.integers(1000, 9999),
    )
)
def test_a_code_built_is_read_back(parts):
    assert rules.parse_product_code(rules.build_product_code(parts)) == parts


def test_a_code_looks_as_the_law_prints_it():
    assert rules.build_product_code(CodeParts("19", "02185", 1, 2026)) == "19-02185-01-2026"


@pytest.mark.parametrize("number", [0, -1, rules.MAX_NUMBER + 1])
def test_no_code_for_a_number_out_of_range(number):
    with pytest.raises(ValueError, match="product code"):
        rules.build_product_code(CodeParts("19", "02185", number, 2026))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19-02185-01",
        "19-2185-01-2026",
        "1-02185-01-2026",
        "19-02185-00-2026",
        "19-02185-1-2026",
        "BK001",
        "１９-02185-01-2026",
        "19-02185-01-2026-7",
    ],
)
def test_what_is_no_code(text):
    assert rules.parse_product_code(text) is None
    assert not rules.check_product_code(text, province="19", communes=COMMUNES, year=2026)


@pytest.mark.parametrize(
    ("text", "words"),
    [("06-02185-01-2026", "Mã tỉnh"), ("19-02173-01-2026", "02173"), ("19-02185-01-2025", "Năm"), ("19-02185-01-2027", "Năm")],
)
def test_a_code_refused_says_what_is_wrong(text, words):
    verdict = rules.check_product_code(text, province="19", communes=COMMUNES, year=2026)
    assert not verdict
    assert words in verdict.reason


def test_a_right_code_is_right():
    assert rules.check_product_code("19-01933-12-2026", province="19", communes=COMMUNES, year=2027)


@pytest.mark.parametrize(
    ("text", "allowed"), [("06-066-02173-001", True), ("BK-NR-01-2019", True), ("06-066-1", False), ("a--b-c", False), ("", False)]
)
def test_old_codes_have_four_parts(text, allowed):
    assert rules.check_old_code(text).allowed is allowed


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"amount": 0}, False),
        ({"amount": -1}, False),
        ({"amount": rules.MAX_PRICE}, True),
        ({"amount": rules.MAX_PRICE + 1}, False),
        ({"valid_from": date(2026, 11, 23)}, False),
        ({"valid_from": date(2027, 1, 1)}, True),
        ({"valid_to": TODAY}, False),
        ({"valid_to": date(2026, 11, 25)}, True),
    ],
)
def test_a_price_is_positive_and_never_in_the_past(changed, allowed):
    said = {"amount": 60_000, "valid_from": TODAY, "valid_to": None, "today": TODAY}
    assert rules.check_price(**{**said, **changed}).allowed is allowed


@pytest.mark.parametrize(
    ("name", "set_no", "group", "art"),
    [
        ("Miến dong Tài Hoan", 7, "", "mien"),
        ("Bún khô Huyền Nga", 6, "", "bun"),
        ("Bánh phở khô Hoàng Hải", 6, "", "bun"),
        ("Bánh gio Pắc San", 6, "", "banh"),
        ("Trà bí thơm", 12, "", "tra"),
        ("Trà mật ong", 12, "", "tra"),
        ("Tinh bột nghệ nếp đỏ", 7, "", "nghe"),
        ("Bí xanh thơm Ba Bể", 1, "", "bi"),
        ("Cam ngọt Thanh Mai", 1, "", "qua"),
        ("Mật ong rừng", 4, "", "matong"),
        ("Rượu men lá Bằng Phúc", 14, "", "ruou"),
        ("Tép chua", 8, "", "thuysan"),
        ("Thịt trâu khô", 8, "", "thit"),
        ("Trịnh Năng Gừng", None, "Dược liệu", "nghe"),
        ("Hạt dẻ Hợp Phát", None, "Rau, củ, quả và chế biến", "qua"),
        ("Quỳnh Mai homestay", 26, "Du lịch nông thôn", "dulich"),
    ],
)
def test_the_drawing_follows_the_name_then_the_set(name, set_no, group, art):
    assert rules.art_for(name=name, set_no=set_no, source_group=group) == art


def test_every_product_of_the_opening_data_and_every_set_has_a_drawing():
    rows = readers.read_products((settings.DATA_DIR / "bac-kan" / "products.csv").read_bytes())
    drawn = {rules.art_for(name=row.name, set_no=row.set_no, source_group=row.source_group) for row in rows}
    drawn |= {rules.art_for(name="x", set_no=number, source_group="") for number in range(1, 27)}
    assert drawn <= set(rules.ART_NAMES)
    assert len(drawn) >= 12


def test_the_searched_text_folds_and_holds_each_word_once():
    assert rules.search_text(["Miến dong Sỹ Bình", "HTX Miến", "", "Bằng Phúc"]) == " mien dong si binh htx bang phuc"


@given(st.text())
def test_a_query_is_letters_and_digits_whatever_was_typed(text):
    words = rules.fold_query(text)
    assert len(words) <= 8
    assert all(word.isalnum() and word == word.lower() for word in words)


def test_a_query_with_other_marks_is_the_same_query():
    assert rules.fold_query("Hoà  bình; “MIẾN”") == rules.fold_query("hòa binh mien")
