"""The home page and the page about the register: counts with day and source, a rule for what is shown first, no empty promise."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.places.models import Unit
from ocop.programme.models import Figure
from tests.web.portal.rows import AT, SOURCE, far, give_star, make_places, make_producer, make_product, past, soon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def stock() -> dict[str, Unit]:
    places = make_places()
    maker = make_producer(facts="Liên kết gần 800 hộ trồng dong", source_url="https://bao.vn/dong ; https://khuyennong.vn/x")
    here = {"producer": maker, "commune_now": places["con-minh"]}
    make_product("Miến dong", star=("valid", 5, far()), art="mien", **here)
    make_product("Miến rong", star=("valid", 4, soon()), art="mien", **here)
    make_product("Chè", star=("expired", 3, past()), art="tra", **here)
    make_product("Gạo", star=("unverified", 3, None), art="gao", commune_now=places["ba-be"])
    make_product("Mật ong", star=("none", None, None), art="matong")
    make_product("Demo", star=("valid", 5, far()), art="bi", is_demo=True)
    return places


def home(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def facts(html: str) -> dict[str, str]:
    block = html[html.index('<dl class="facts">') : html.index("</dl>")]
    return {label: number for label, number in re.findall(r"<dt>([^<]*)</dt><dd>([\d.]+)", block)}


def test_the_counts_are_the_registers_own_of_today_without_demo(client: Client, stock: dict[str, Unit]) -> None:
    html = home(client)
    assert facts(html) == {
        "Sản phẩm trong sổ": "5",
        "Sao còn hiệu lực hôm nay": "2",
        "Sao chờ xác minh": "1",
        "Đã hết hạn hoặc thu hồi": "1",
        "Chưa có sao": "1",
    }
    assert "Đếm từ sổ này, ngày 24/11/2026" in html
    assert 'href="/so-lieu/chi-so/"' in html


def test_stars_stand_beside_the_count_only_when_they_are_of_one_class(client: Client) -> None:
    make_product("Miến", star=("valid", 5, far()))
    html = home(client)
    assert "stars-5" in html[: html.index("</dl>")]


def test_stars_of_several_classes_are_not_shown_as_one(client: Client, stock: dict[str, Unit]) -> None:
    html = home(client)
    assert "#stars-" not in html[: html.index("</dl>")]


def reported() -> None:
    Figure.objects.create(
        code="IND081",
        indicator_code="tong-san-pham",
        indicator="Tổng sản phẩm",
        kind="fact",
        value_text="245",
        value_low=245,
        value_high=245,
        unit_text="sản phẩm",
        stated_from=date(2025, 4, 1),
        stated_last=date(2025, 4, 30),
        stated_precision="month",
        area="tỉnh Bắc Kạn",
        area_level="province",
        **{**SOURCE, "source_url": "https://nongnghiepmoitruong.vn/bai"},
    )


def test_what_the_province_reported_is_a_remark_with_its_source(client: Client, stock: dict[str, Unit]) -> None:
    reported()
    html = home(client)
    assert "Số tỉnh đã báo: 245 sản phẩm (tháng 4/2025)." in html
    assert 'href="https://nongnghiepmoitruong.vn/bai"' in html
    assert "245" not in facts(html).values()


def test_nothing_reported_is_nothing_said(client: Client, stock: dict[str, Unit]) -> None:
    assert "Số tỉnh đã báo" not in home(client)


def test_first_products_are_one_of_each_kind_by_the_rule_said(client: Client, stock: dict[str, Unit]) -> None:
    html = home(client)
    assert re.findall(r'<h3><a href="/sp/[^"]*">([^<]*)', html) == ["Miến dong", "Gạo", "Chè", "Mật ong"]
    assert "Mỗi nhóm hàng một sản phẩm: sao còn hiệu lực trước, rồi hạng cao hơn, rồi theo bảng chữ cái." in html


def test_communes_lead_to_their_pages_with_counts_and_goods(client: Client, stock: dict[str, Unit]) -> None:
    html = home(client)
    code = stock["con-minh"].code
    line = re.search(rf'<a href="/xa/con-minh-{code}/"><span>Xã Côn Minh<small>([^<]*)</small></span><b>(\d+)', html)
    assert line is not None
    assert line.groups() == ("Chè, Miến dong", "3")
    assert "Bản đồ tính 4 sản phẩm đã biết xã; 1 sản phẩm chưa rõ xã." in html


def test_the_maker_told_of_comes_with_its_source(client: Client, stock: dict[str, Unit]) -> None:
    html = home(client)
    assert "Xã Côn Minh: Miến dong" in html
    assert "Liên kết gần 800 hộ trồng dong" in html
    assert 'href="https://bao.vn/dong"' in html
    assert 'href="https://khuyennong.vn/x"' in html


def test_newest_recognitions_say_when_by_which_decision_and_from_where(client: Client) -> None:
    give_star(make_product("Miến"), "valid", 4, far(), recognised_on=date(2024, 1, 1), recognised_precision="year", decision_no="")
    html = home(client)
    table = html[html.index('id="h-moi"') :]
    for words in ("Miến", "4 sao", "năm 2024", "Chưa tìm thấy quyết định", "example.vn", "đọc ngày 1/11/2026"):
        assert words in table


def test_an_empty_register_still_has_a_home(client: Client) -> None:
    html = home(client)
    assert facts(html)["Sản phẩm trong sổ"] == "0"
    assert 'id="h-noi"' not in html
    assert 'id="h-moi"' not in html


@pytest.mark.parametrize("path", ["/", "/gioi-thieu/", "/en/", "/en/gioi-thieu/"])
def test_every_link_of_the_page_leads_somewhere(client: Client, stock: dict[str, Unit], path: str) -> None:
    html = home(client, path)
    inner = {href.partition("#")[0] for href in re.findall(r'href="(/[^"]*)"', html) if not href.startswith("/static/")}
    for href in sorted(inner - {""}):
        status = client.get(href.replace("&amp;", "&")).status_code
        assert status in (200, 302), (href, status)
    anchors = re.findall(r'href="#([^"]+)"', html)
    assert all(f'id="{name}"' in html for name in anchors)


def test_every_tile_is_a_question_the_catalogue_understands(client: Client, stock: dict[str, Unit]) -> None:
    tiles = re.findall(r'<a class="tile" href="([^"]*)"', home(client))
    assert len(tiles) == 8
    for address in tiles:
        assert "Đã bỏ qua" not in client.get(address.replace("&amp;", "&")).content.decode()


def test_the_page_shows_itself_when_shared(client: Client, stock: dict[str, Unit], settings: Any) -> None:
    html = client.get("/", HTTP_HOST="localhost").content.decode()
    assert f'<meta property="og:url" content="{settings.SITE_URL}/">' in html
    assert f'<meta property="og:image" content="{settings.SITE_URL}/static/portal/img/og' in html
    assert '<meta property="og:locale" content="vi_VN">' in html


@pytest.mark.parametrize("products", [1, 30])
def test_the_number_of_questions_is_the_same_for_1_and_30(client: Client, products: int) -> None:
    places = make_places()
    for number in range(products):
        maker = make_producer(f"HTX {number}", facts="x")
        arts = ("mien", "tra", "gao", "ruou", "bi", "qua", "matong", "thit")
        make_product(f"Miến {number}", star=("valid", 3, far()), art=arts[number % 8], producer=maker, commune_now=places["con-minh"])
    client.get("/gioi-thieu/")
    with CaptureQueriesContext(connection) as asked:
        home(client)
    shelf = [one for one in asked if "public_n FROM audit_head WHERE id = 1" in one["sql"]]
    assert len(asked) - len(shelf) == 7


def test_about_explains_every_look_of_a_star(client: Client) -> None:
    html = home(client, "/gioi-thieu/")
    for words in ("Còn hạn đến", "Sắp hết hạn:", "Được kéo dài đến", "3 sao, chờ xác minh", "Hết hạn ", "Đã thu hồi", "Chưa có sao OCOP"):
        assert words in html
    assert "240 ngày" in html
    assert "Đây là bản trình diễn" in html


def test_about_in_production_says_nothing_of_a_demo(client: Client, settings: Any) -> None:
    settings.IS_PRODUCTION = True
    assert "Đây là bản trình diễn" not in home(client, "/gioi-thieu/")
