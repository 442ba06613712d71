"""What is read: dates, numbers, money, partial knowledge."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from ocop.core.dates import PartialDate
from ocop.register.enums import StandingKind
from ocop.web.kit.templatetags import kit_parts, kit_text

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "table", "sentence"),
    [
        (date(2021, 6, 3), "03/06/2021", "3/6/2021"),
        (datetime(2021, 6, 2, 17, 30, tzinfo=UTC), "03/06/2021", "3/6/2021"),  # already the third in Vietnam
        (None, "–", "chưa rõ ngày"),
    ],
)
def test_days(value: date | None, table: str, sentence: str) -> None:
    assert kit_text.day(value) == table
    assert kit_text.day_words(value) == sentence


def test_moments_are_told_in_vietnam_s_time() -> None:
    assert kit_text.moment(datetime(2021, 6, 2, 17, 31, tzinfo=UTC)) == "03/06/2021, 00:31"
    assert kit_text.clock(datetime(2021, 6, 2, 17, 31, tzinfo=UTC)) == "00:31"


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        (date(2021, 6, 3), "day", "3/6/2021"),
        (date(2021, 6, 1), "month", "tháng 6/2021"),
        (date(2021, 1, 1), "year", "năm 2021"),
        (PartialDate(date(2020, 1, 1), "year"), "day", "năm 2020"),
        (None, "day", "chưa rõ ngày"),
        (date(2021, 1, 1), "unknown", "chưa rõ ngày"),
    ],
)
def test_partial_days(value: date | PartialDate | None, precision: str, words: str) -> None:
    assert kit_text.partial(value, precision) == words


def test_an_exclusive_end_is_shown_as_its_last_day() -> None:
    assert kit_text.last_day(date(2024, 7, 1)) == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(1234.5, "1.234,5", "1,234.5"), (0, "0", "0"), (None, "–", "–"), (Decimal("1250.00"), "1.250", "1,250")]
)
def test_numbers(value: float | None, vi: str, en: str) -> None:
    assert kit_text.number(value) == vi
    with translation.override("en"):
        assert kit_text.number(value) == en


def test_money_and_quantities_carry_their_unit() -> None:
    assert kit_text.dong(1234000) == f"1.234.000{NBSP}đ"
    assert kit_text.dong_range(25000, 30000) == f"25.000–30.000{NBSP}đ"
    assert kit_text.dong_range(25000, 25000) == f"25.000{NBSP}đ"
    assert kit_text.dong_range(None, None) == "–"
    assert kit_text.quantity(1250, "kg") == f"1.250{NBSP}kg"
    assert kit_text.quantity(2, "t") == f"2{NBSP}tấn"
    assert kit_text.file_size(1_250_000) == f"1,2{NBSP}MB"
    assert kit_text.file_size(840_000) == f"840{NBSP}kB"


def test_found_words_are_marked_and_the_rest_escaped() -> None:
    assert kit_text.mark_found("Miến dong <Tài> Hoan", "mien tai") == "<mark>Miến</mark> dong &lt;<mark>Tài</mark>&gt; Hoan"
    assert kit_text.mark_found("Miến", "") == "Miến"


def test_a_code_nobody_named_stays_a_code() -> None:
    assert kit_text.word("hop_tac_xa", "LEGAL_FORMS") == "Hợp tác xã"
    assert kit_text.word("new", "REPORT_STATES") == "Mới nhận"
    assert kit_text.word("khac", "LEGAL_FORMS") == "khac"


@pytest.mark.parametrize(
    ("kind", "count", "until", "is_due", "words"),
    [
        (StandingKind.VALID, 4, date(2027, 12, 16), False, ["4 sao", "Còn hạn đến 15/12/2027", "stars-4-of-5"]),
        (StandingKind.VALID, 4, date(2027, 2, 16), True, ["4 sao", "Sắp hết hạn: 15/02/2027", "till-due"]),
        (StandingKind.EXTENDED, 3, date(2027, 6, 1), False, ["3 sao", "Được kéo dài đến 31/05/2027"]),
        (StandingKind.EXPIRED, 3, date(2023, 1, 11), False, ["Từng đạt 3 sao", "Hết hạn 10/01/2023", "stars-past"]),
        (StandingKind.WITHDRAWN, 3, date(2023, 1, 11), False, ["Từng đạt 3 sao", "Đã thu hồi", "till-stop"]),
        (StandingKind.UNVERIFIED, 5, None, False, ["5 sao, chờ xác minh", "Chưa rõ ngày hết hạn", "stars-unknown"]),
        (StandingKind.UNVERIFIED, 5, date(2024, 7, 1), False, ["chờ xác minh", "Hạn tính 30/06/2024"]),
        (StandingKind.NONE, None, None, False, ["Chưa có sao OCOP", "Chưa phân hạng"]),
    ],
)
def test_every_standing_says_its_class_and_its_end(
    kind: str, count: int | None, until: date | None, is_due: bool, words: list[str]
) -> None:
    badge = kit_parts.starbadge(SimpleNamespace(kind=kind, stars=count, until=until, is_due=is_due))
    assert all(word in badge for word in words)


def test_only_valid_stars_are_filled() -> None:
    for kind in (StandingKind.EXPIRED, StandingKind.WITHDRAWN, StandingKind.UNVERIFIED):
        badge = kit_parts.starbadge(SimpleNamespace(kind=kind, stars=3, until=None, is_due=False))
        assert "stars-3-of-5" not in badge
    assert '<svg class="stars' not in kit_parts.starbadge(SimpleNamespace(kind=StandingKind.NONE, stars=3, until=None, is_due=False))


def test_an_icon_that_does_not_exist_fails() -> None:
    with pytest.raises(kit_parts.UnknownIcon):
        kit_parts.icon("no-such-thing")


def _query(template: str, path: str) -> str:
    return Template(template).render(Context({"request": RequestFactory().get(path)}))


def test_links_keep_the_rest_of_the_query() -> None:
    assert _query("{% query sao=4 %}", "/?q=mi%E1%BA%BFn&sao=3") == "?q=mi%E1%BA%BFn&amp;sao=4"
    assert _query("{% query sao=None %}", "/?q=a&sao=3") == "?q=a"
    assert _query("{% query_page 'trang' 1 %}", "/?trang=3&q=a") == "?q=a"
    assert _query("{% query_page 'trang' 4 %}", "/?trang=3") == "?trang=4"
    assert _query("{% query_without 'xa' 'a' %}", "/?xa=a&xa=b&trang=2") == "?xa=b"


def test_the_other_language_is_the_same_page() -> None:
    request = RequestFactory().get("/san-pham/?q=che")
    request.resolver_match = SimpleNamespace(namespace="portal", url_name="catalogue")  # type: ignore[assignment]
    assert kit_parts.other_language_path(request) == "/en/san-pham/?q=che"
    request = RequestFactory().get("/en/san-pham/")
    request.resolver_match = SimpleNamespace(namespace="portal", url_name="catalogue")  # type: ignore[assignment]
    with translation.override("en"):
        assert kit_parts.other_language_path(request) == "/san-pham/"
        assert kit_parts.other_language_path(None) == "/"
    assert kit_parts.other_language_path(None) == "/en/"
