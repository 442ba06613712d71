"""One cell: stars, dates, text that would run, names that are one."""

from datetime import date, datetime, time

import pytest

from ocop.core.dates import PartialDate
from ocop.register.enums import LegalForm
from ocop.register.rules.intake.cells import Calendar, NoStar, NotReadable, star_of, words_of
from ocop.register.rules.intake.formulas import is_formula, reaches_out, unquoted
from ocop.register.rules.intake.names import compare_key, loose_key
from ocop.register.rules.intake.texts import readable
from ocop.register.rules.intake.words import legal_form_of, level_of, words_of_form

DAY = PartialDate(date(2021, 6, 30), "day")
YEAR = PartialDate(date(2021, 1, 1), "year")


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        *(
            ("3*", 3),
            ("3 sao", 3),
            ("★★★", 3),
            ("3", 3),
            (3, 3),
            (3.0, 3),
            ("4.0", 4),
            ("4,0", 4),
            ("****", 4),
            ("4 *", 4),
            ("⭐⭐⭐⭐", 4),
        ),
        *(
            ("5 Sao", 5),
            ("5 SAO", 5),
            ("OCOP 4 sao", 4),
            ("Hạng 3 sao", 3),
            ("04 sao", 4),
            ("4 (bốn) sao", 4),
            ("★★★☆☆", 3),
            ("★ ★ ★ ★", 4),
        ),
        *(("bốn sao", 4), ("3 sao cấp tỉnh", 3), ("3\u00a0sao", 3), ("Đạt 4 sao", 4), ("4★", 4)),
    ],
)
def test_stars_in_every_writing(cell, stars):
    assert star_of(cell) == stars


@pytest.mark.parametrize(
    "cell",
    [
        "6",
        6.0,
        "2 sao",
        "0",
        0,
        "1*",
        "★★",
        "★★★★★★",
        "3,5",
        3.5,
        "3-4 sao",
        "tiềm năng 5 sao",
        "ba",
        "abc",
        True,
        date(2021, 1, 3),
        "33",
        "3 4",
    ],
)
def test_anything_else_is_no_star(cell):
    with pytest.raises(NotReadable):
        star_of(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        *((None, NoStar.EMPTY), ("", NoStar.EMPTY), (" - ", NoStar.EMPTY)),
        *(("đã đăng ký", NoStar.REGISTERED), ("Đăng kí", NoStar.REGISTERED), ("Chưa công nhận", NoStar.REGISTERED)),
        *(("cấp lại", NoStar.REISSUED), ("Cấp đổi GCN", NoStar.REISSUED), ("Công nhận lại", NoStar.REISSUED)),
    ],
)
def test_why_there_is_no_star(cell, reason):
    assert star_of(cell) == reason


@pytest.mark.parametrize(
    "cell",
    [
        *("30/06/2021", "30/6/2021", "30-6-2021", "30.6.2021", "ngày 30 tháng 6 năm 2021", "Ngày 30/6/2021", "30 tháng 06 năm 2021"),
        *("2021-06-30", "2021-06-30 00:00:00", "44377", "44377.0", "'30/06/2021", "30/06/2021 00:00:00", " 30 / 6 / 2021 "),
        *(44377, 44377.0, 44377.4, date(2021, 6, 30), datetime(2021, 6, 30, 7, 0)),  # noqa: DTZ001
    ],
)
def test_days_in_every_writing(cell):
    assert Calendar().when(cell) == DAY


@pytest.mark.parametrize("cell", ["năm 2021", "Năm 2021", "2021", 2021, 2021.0, "2021.0", date(1905, 7, 13)])
def test_a_bare_year_never_becomes_the_first_of_january(cell):
    """13/7/1905 is how Excel shows 2021 in a cell formatted as a date."""
    assert Calendar().when(cell) == YEAR


@pytest.mark.parametrize("cell", ["tháng 6/2021", "6/2021", "06-2021", "tháng 6 năm 2021"])
def test_a_month_stays_a_month(cell):
    assert Calendar().when(cell) == PartialDate(date(2021, 6, 1), "month")


def test_other_calendars_and_a_day_whose_year_stands_elsewhere():
    assert Calendar(counts_from_1904=True).when(42915) == DAY
    assert Calendar(counts_from_1904=True).when(date(1909, 7, 14)) == YEAR
    assert Calendar().when("30/6", 2021) == DAY
    assert Calendar().when("ngày 30 tháng 6", 2021) == DAY


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "…", "chưa rõ"])
def test_an_empty_date(cell):
    assert Calendar().when(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2021",
        "06/30/2021",
        "32/1/2021",
        "abc",
        "30/6/21",
        "30/6",
        "quý II/2021",
        "30/6/1021",
        1234,
        123456789,
        -5,
        True,
        time(5, 6),
        "30/6/2021 và 1/7/2021",
        "0/0/2021",
    ],
)
def test_what_is_no_date(cell):
    with pytest.raises(NotReadable):
        Calendar().when(cell)


@pytest.mark.parametrize(
    "text",
    [
        *(
            '=HYPERLINK("http://x")',
            "=1+1",
            "= A1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(1)",
            "+1+1",
            "-SUM(A1)",
            "+A1+B1",
            "@A1",
            "-cmd|'x'!A",
        ),
        *("＝1+1", "＠SUM(1)", "=cmd|'/C calc'!A1", "--1+1", "+HYPERLINK(A1)"),
    ],
)
def test_text_that_a_spreadsheet_would_run(text):
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "- Chè khô",
        "-Chè khô",
        "+84912345678",
        "+84 912 345 678",
        "+84-912-345-678",
        "@shop.cua.mai",
        "-5",
        "-B12 vitamin",
        "- 10% đường",
        "a=b",
        "",
        "Chè = ngon",
        "'=1",
    ],
)
def test_text_that_only_looks_so(text):
    assert not is_formula(text)


def test_what_our_own_tables_quoted_reads_back():
    assert unquoted("'=cmd()") == ("=cmd()", True)
    assert unquoted("'- Chè khô") == ("- Chè khô", True)
    assert unquoted("'Chè'") == ("'Chè'", False)


def test_formulas_that_open_addresses_or_programs():
    assert reaches_out('HYPERLINK("http://x","Chè")')
    assert reaches_out("cmd|'/C calc'!A1")
    assert not reaches_out("VLOOKUP(A1,B:C,2,0)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Hoà Bình", "Hòa Bình"), ("HTX  Sỹ Bình ", "htx Sĩ Bình"), ("Thuý", "Thúy"), ("Quý", "Quí"), ("Lý", "Lí"), ("Kim Hỷ", "Kim Hỉ")),
        *(("Miến dong", "Mie\u0302\u0301n dong"), ("“Khẩu Nua Lếch”", '"Khẩu Nua Lếch"'), ("Khoẻ", "Khỏe"), ("Mỹ Phương", "Mĩ Phương")),
    ],
)
def test_spellings_of_one_name(one, other):
    assert compare_key(one) == compare_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoa"), ("Mai", "May"), ("Phương", "Phường"), ("Tây", "Tâi"), ("Hòa", "Hỏa"), ("Đông", "Dông"), ("HTX Mai", "Hợp tác xã Mai")],
)
def test_other_names(one, other):
    assert compare_key(one) != compare_key(other)


def test_perhaps_one_producer():
    assert loose_key("HTX Mai") == loose_key("Hợp tác xã Mai")


@pytest.mark.parametrize(
    ("said", "form", "subtype"),
    [
        *(
            ("HTX", LegalForm.COOPERATIVE, ""),
            ("Hợp tác xã", LegalForm.COOPERATIVE, ""),
            ("HTX Nông nghiệp Công ty", LegalForm.COOPERATIVE, ""),
        ),
        *(("THT", LegalForm.COOPERATIVE_GROUP, ""), ("Tổ hợp tác", LegalForm.COOPERATIVE_GROUP, "")),
        *(
            ("Công ty TNHH", LegalForm.ENTERPRISE, "TNHH"),
            ("Công ty cổ phần", LegalForm.ENTERPRISE, "Cổ phần"),
            ("DNTN", LegalForm.ENTERPRISE, "Tư nhân"),
        ),
        *(("Hộ kinh doanh", LegalForm.REGISTERED_PRODUCTION_HOUSEHOLD, ""), ("HKD", LegalForm.REGISTERED_PRODUCTION_HOUSEHOLD, "")),
        *(
            ("Hộ gia đình", LegalForm.REGISTERED_FAMILY_HOUSEHOLD, ""),
            ("Trang trại", LegalForm.FARM, ""),
            ("Hội nông dân", LegalForm.SOCIETY, ""),
        ),
    ],
)
def test_words_for_legal_forms(said, form, subtype):
    found = legal_form_of(said)
    assert (found.form, found.subtype) == (form, subtype)


def test_every_form_that_we_write_is_understood_again():
    for form in LegalForm:
        assert legal_form_of(words_of_form(form, "")).form == form
    for subtype in ("TNHH", "Cổ phần", "Tư nhân"):
        assert legal_form_of(words_of_form(LegalForm.ENTERPRISE, subtype)).subtype == subtype
    assert words_of_form("", "") == ""
    assert legal_form_of("Chè ngon") is None


def test_only_bodies_have_addresses_of_business():
    """A household's address is where people live."""
    assert legal_form_of("HTX").has_business_address
    assert not legal_form_of("Hộ kinh doanh").has_business_address
    assert not legal_form_of("Tổ hợp tác").has_business_address


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("UBND tỉnh Bắc Kạn", "province"),
        ("Bộ NN&PTNT", "centre"),
        ("Bộ Nông nghiệp và Môi trường", "centre"),
        ("UBND huyện Ba Bể", "district"),
        ("UBND TP Bắc Kạn", "district"),
        ("", ""),
    ],
)
def test_levels_of_issuers(issuer, level):
    assert level_of(issuer) == level


def test_cells_in_words_and_old_fonts():
    assert [words_of(each) for each in (2021.0, 3.5, date(2021, 6, 30), None, True, "  a  b ")] == [
        "2021",
        "3.5",
        "30/6/2021",
        "",
        "TRUE",
        "a b",
    ]
    assert readable("ChÌ Shan tuyÕt") == "Chè Shan tuyết"
