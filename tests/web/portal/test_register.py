"""The register on any date: the answer of that day with reason and source, and a sentence for what is no date."""

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ocop.records.rules import LIMITS
from ocop.register.models import Product, StandingSpan
from tests.web.portal.rows import AT, far, make_places, make_producer, make_product, past

pytestmark = pytest.mark.django_db
TURN = date(2024, 6, 30)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def noodles() -> Product:
    """Five stars until 29/6/2024, unverified since."""
    places = make_places()
    product = make_product("Miến dong", producer=make_producer(), commune_now=places["con-minh"])
    StandingSpan.objects.create(product=product, ends_on=TURN, kind="valid", stars=5, until=TURN, reason="holds_to_computed_end")
    StandingSpan.objects.create(product=product, starts_on=TURN, kind="unverified", stars=5, until=TURN, reason="computed_end_passed")
    make_product("Demo", star=("valid", 5, far()), is_demo=True)
    return product


def page(client: Client, day: str = "", status: int = 200, path: str = "/so-dang-ky/") -> str:
    response = client.get(path, {"ngay": day} if day else {})
    assert response.status_code == status
    return response.content.decode()


def test_today_is_the_day_when_none_is_asked(client: Client, noodles: Product) -> None:
    html = page(client)
    assert "Ngày 24/11/2026" in html
    assert "5 sao, chờ xác minh" in html
    assert "Quá 36 tháng từ 30/6/2024, chưa thấy quyết định công nhận lại." in html
    assert "1 sản phẩm" in html
    assert "Demo" not in html[html.index("<table") :]


@pytest.mark.parametrize("day", ["2024-06-29", "29/6/2024", "29-06-2024"])
def test_a_day_before_the_turn_says_what_was_true_then(client: Client, noodles: Product, day: str) -> None:
    html = page(client, day)
    assert "Ngày 29/6/2024" in html
    assert "5 sao</b>" in html
    assert "chờ xác minh</b>" not in html
    assert 'value="2024-06-29"' in html
    assert 'href="/so-dang-ky.xlsx?ngay=2024-06-29"' in html


def test_the_counts_are_of_the_day_asked(client: Client, noodles: Product) -> None:
    counts = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page(client, "2024-06-29")))
    assert counts == {"Sao còn hiệu lực": "1", "Chờ xác minh": "0", "Hết hạn": "0", "Đã thu hồi": "0", "Chưa có sao": "0"}


def test_reason_decision_and_source_stand_in_the_row(client: Client) -> None:
    make_product("Chè", star=("expired", 3, past()))
    make_product("Mật ong", star=("none", None, None))
    html = page(client)
    for words in ("Đã hết hạn từ 16/8/2026", "BK001/QĐ-UBND", "example.vn", "đọc ngày 1/11/2026", "Chưa thấy quyết định công nhận nào."):
        assert words in html


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("hom-qua", "“hom-qua” không phải một ngày."),
        ("2024-02-30", "“2024-02-30” không phải một ngày."),
        ("2024", "“2024” không phải một ngày."),
        ("<b>", "“&lt;b&gt;” không phải một ngày."),
        ("1" * 400, "không phải một ngày."),
        ("2017-12-31", "Sổ trả lời cho ngày từ 1/1/2018 đến"),
        ("9999-12-31", "Sổ trả lời cho ngày từ 1/1/2018 đến"),
        ("0001-01-01", "Sổ trả lời cho ngày từ 1/1/2018 đến"),
    ],
)
def test_what_is_no_date_gets_a_sentence(client: Client, noodles: Product, day: str, said: str) -> None:
    html = page(client, day, status=400)
    assert said in html
    assert 'aria-invalid="true"' in html
    assert "Ngày 24/11/2026" in html  # today's register is shown meanwhile
    assert page(client, day, 400, "/so-dang-ky.xlsx").startswith(("“", "Sổ"))


def test_a_long_register_has_pages(client: Client) -> None:
    for number in range(53):
        make_product(f"Miến {number:03d}", star=("valid", 3, far()))
    first, second = page(client), client.get("/so-dang-ky/", {"trang": "2", "ngay": "2026-11-24"}).content.decode()
    assert len(re.findall(r"<tr><td", first)) == 50
    assert len(re.findall(r"<tr><td", second)) == 3
    assert 'href="/so-dang-ky/?ngay=2026-11-24&amp;trang=2"' in first
    assert "Trang 2 trên 2" in client.get("/so-dang-ky/", {"trang": "99"}).content.decode()
    assert client.get("/so-dang-ky/", {"trang": "x"}).status_code == 200


def test_the_spreadsheet_is_the_whole_register_of_that_day(client: Client, noodles: Product) -> None:
    response = client.get("/so-dang-ky.xlsx", {"ngay": "2024-06-29"})
    assert response["Content-Disposition"] == 'attachment; filename="so-ocop-2024-06-29.xlsx"'
    lines = list(load_workbook(io.BytesIO(response.content)).active.values)
    head = next(number for number, line in enumerate(lines) if line[0] == "Mã")
    assert "29/6/2024" in str(lines[1][0])
    rows = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert [(row["Sản phẩm"], row["Tình trạng sao"], row["Hạng sao đang giữ hoặc lần cuối biết"]) for row in rows] == [
        ("Miến dong", "Sắp hết hạn", 5)
    ]


def test_the_spreadsheet_has_a_limit(client: Client, noodles: Product) -> None:
    for _number in range(LIMITS["export"].capacity):
        assert client.get("/so-dang-ky.xlsx").status_code == 200
    assert client.get("/so-dang-ky.xlsx").status_code == 429


@pytest.mark.parametrize("products", [1, 30])
def test_one_question_for_1_and_for_30(client: Client, products: int) -> None:
    for number in range(products):
        make_product(f"Miến {number}", star=("valid", 3, far()), producer=make_producer(f"HTX {number}"))
    client.get("/gioi-thieu/")
    with CaptureQueriesContext(connection) as asked:
        page(client)
    shelf = [one for one in asked if "public_n FROM audit_head WHERE id = 1" in one["sql"]]
    assert len(asked) - len(shelf) == 1
