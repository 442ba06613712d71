"""The catalogue: searching, filtering, sorting, paging, the map, the files, and whatever anybody may type into its address."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ocop.core.actor import system_actor
from ocop.places.models import Unit
from ocop.records.actions import record
from ocop.records.rules import LIMITS
from ocop.register.models import Price, Product, Variant
from ocop.web.portal.forms.catalogue import PARAMS
from tests.web.portal.rows import AT, TODAY, far, make_places, make_producer, make_product, past, soon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def places() -> dict[str, Unit]:
    return make_places()


@pytest.fixture
def stock(places: dict[str, Unit]) -> dict[str, Unit]:
    group, maker = make_producer("Tổ hợp tác Chè Bản Dao", form="to_hop_tac"), make_producer()
    dong_phuc = {"unit": places["bang-phuc"], "commune_now": places["dong-phuc"]}
    con_minh = {"unit": places["con-minh-cu"], "commune_now": places["con-minh"]}
    make_product("Chè Shan tuyết", star=("valid", 4, far()), producer=group, set_no=11, key_group="che", art="tra", **dong_phuc)
    make_product("Rượu men lá", star=("valid", 3, soon()), producer=group, set_no=14, art="ruou", **dong_phuc)
    make_product("Miến dong", star=("unverified", 5, None), producer=maker, set_no=7, key_group="rau_cu_qua", **con_minh)
    make_product("Gạo nếp", star=("expired", 3, past()), producer=maker, set_no=3, key_group="gao", art="gao")
    make_product("Mật ong Sỹ Bình", star=("none", None, None), set_no=4, art="matong")
    make_product("Miến mẫu", star=("valid", 3, far()), is_demo=True)
    return places


def page(client: Client, path: str = "/san-pham/", **query: Any) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, response
    return response.content.decode()


def found(html: str) -> list[str]:
    """The names on the cards."""
    return [unescape(name) for name in re.findall(r'<h3><a href="[^"]*/sp/[^"]*"[^>]*>([^<]*)</a></h3>', html)]


def boxes(html: str, name: str) -> dict[str, tuple[int, bool]]:
    """The boxes of one filter: value → (count, ticked)."""
    pattern = rf'<input type="checkbox" name="{name}" value="([^"]*)"( checked)?>[^<]*<small>([^<]*)</small>'
    return {value: (int(count), bool(checked)) for value, checked, count in re.findall(pattern, html)}


def test_all_products_are_listed_those_that_hold_first(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client)
    assert found(html) == ["Chè Shan tuyết", "Rượu men lá", "Miến dong", "Gạo nếp", "Mật ong Sỹ Bình"]
    assert "<h2>5 sản phẩm</h2>" in html
    assert 'href="/sp/BK001"' in html
    assert "24/11/2026" in html


def test_filters_show_counts_and_keep_what_is_ticked(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, sao=["3", "4"], **{"tinh-trang": "con-han"})
    assert found(html) == ["Chè Shan tuyết", "Rượu men lá"]
    assert boxes(html, "sao") == {"4": (1, True), "3": (1, True)}
    assert boxes(html, "tinh-trang") == {"con-han": (2, True), "sap-het-han": (1, False), "het-han": (1, False)}
    assert boxes(html, "xa") == {stock["dong-phuc"].code: (2, False)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tinh-trang": "sap-het-han"}, ["Rượu men lá"]),
        ({"tinh-trang": ["cho-xac-minh", "chua-co-sao"]}, ["Miến dong", "Mật ong Sỹ Bình"]),
        ({"tinh-trang": "het-han"}, ["Gạo nếp"]),
        ({"nhom": "che"}, ["Chè Shan tuyết"]),
        ({"bo": ["3", "4"]}, ["Gạo nếp", "Mật ong Sỹ Bình"]),
        ({"loai-hinh": "to_hop_tac"}, ["Chè Shan tuyết", "Rượu men lá"]),
        ({"xep": "ten"}, ["Chè Shan tuyết", "Gạo nếp", "Mật ong Sỹ Bình", "Miến dong", "Rượu men lá"]),
        ({"xep": "nhieu-sao"}, ["Miến dong", "Chè Shan tuyết", "Rượu men lá", "Gạo nếp", "Mật ong Sỹ Bình"]),
    ],
)
def test_each_filter_and_order(client: Client, stock: dict[str, Unit], query: dict[str, Any], expected: list[str]) -> None:
    assert found(page(client, **query)) == expected


def test_places_filter_today_and_before(client: Client, stock: dict[str, Unit]) -> None:
    assert found(page(client, xa=stock["con-minh"].code)) == ["Miến dong"]
    assert found(page(client, huyen=stock["cho-don"].code)) == ["Chè Shan tuyết", "Rượu men lá"]


def test_newest_first(client: Client, stock: dict[str, Unit]) -> None:
    Product.objects.get(name="Gạo nếp").recognitions.update(recognised_on=TODAY - timedelta(days=1))
    assert found(page(client, xep="moi"))[0] == "Gạo nếp"


@pytest.mark.parametrize("text", ["miến dong", "mien dong", "MIEN  DONG", "miê\u0301n", "dong mien"])
def test_search_with_and_without_accents_in_any_order(client: Client, stock: dict[str, Unit], text: str) -> None:
    assert found(page(client, q=text)) == ["Miến dong"]


@pytest.mark.parametrize("text", ["Sĩ Bình", "sy binh", "si binh"])
def test_search_takes_i_for_y(client: Client, stock: dict[str, Unit], text: str) -> None:
    assert found(page(client, q=text)) == ["Mật ong Sỹ Bình"]


@pytest.mark.parametrize("text", ["Hoà Mục", "Hòa Mục", "hoa muc"])
def test_search_does_not_mind_where_the_tone_stands(client: Client, text: str) -> None:
    make_product("Trà Hòa Mục")
    assert found(page(client, q=text)) == ["Trà Hòa Mục"]


@pytest.mark.parametrize("text", ["Bằng Phúc, Chợ Đồn", "bang phuc cho don", "xã Bằng Phúc"])
def test_an_old_place_name_finds_todays_commune_and_says_so(client: Client, stock: dict[str, Unit], text: str) -> None:
    make_product("Bí xanh", commune_now=stock["dong-phuc"])  # nothing in its text names Bằng Phúc
    html = page(client, q=text)
    assert "Xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc." in html
    assert found(html) == ["Rượu men lá", "Chè Shan tuyết", "Bí xanh"]


def test_a_place_that_kept_its_name_is_found_without_a_remark(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, q="Côn Minh")
    assert found(html) == ["Miến dong"]
    assert "nay là" not in html


def test_search_and_filters_work_together(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, q="Bằng Phúc", sao="3")
    assert found(html) == ["Rượu men lá"]
    assert boxes(html, "sao") == {"4": (1, False), "3": (1, True)}


def test_conditions_in_force_can_be_dropped_one_by_one(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, q="men", sao=["3", "4"])
    chips = [
        (unescape(label).strip(), unescape(address))
        for address, label in re.findall(r'class="chip" href="([^"]*)"><span class="sr">Bỏ</span>([^<]*)', html)
    ]
    assert chips == [
        ("Tìm: men", "/san-pham/?sao=4&sao=3"),
        ("4 sao", "/san-pham/?q=men&sao=3"),
        ("3 sao", "/san-pham/?q=men&sao=4"),
    ]


def test_nothing_found_says_what_to_do(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, sao="5", nhom="che")
    assert "Chưa có sản phẩm nào khớp" in html
    offered = re.findall(r'href="/san-pham/\?([^"]*)">(Bỏ điều kiện[^<]*)<small>(\d+)', unescape(html))
    assert [(address, count) for address, _label, count in offered] == [("nhom=che", "1"), ("sao=5", "1")]
    assert found(html) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"sao": "9"}, "sao=9"),
        ({"tinh-trang": "vinh-vien"}, "tinh-trang=vinh-vien"),
        ({"bo": ["11", "99"]}, "bo=99"),
        ({"xa": "99999"}, "xa=99999"),
        ({"huyen": "x"}, "huyen=x"),
        ({"xep": "phu-hop"}, "xep=phu-hop"),
        ({"trang": "0"}, "trang=0"),
        ({"trang": "-1"}, "trang=-1"),
        ({"trang": "٣"}, "trang=٣"),
        ({"trang": "9" * 50}, "trang=" + "9" * 40 + "…"),
        ({"xem": "3d"}, "xem=3d"),
        ({"nhom": "<script>alert(1)</script>"}, "nhom=&lt;script&gt;alert(1)&lt;/script&gt;"),
        ({"sao": "\u202e3"}, "sao=3"),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(client: Client, stock: dict[str, Unit], query: dict[str, Any], said: str) -> None:
    html = page(client, **query)
    assert "Đã bỏ qua điều kiện không hiểu được:" in html
    assert said in html
    assert found(html)


def test_empty_values_of_the_form_are_nothing_to_speak_of(client: Client, stock: dict[str, Unit]) -> None:
    html = page(client, q="", xep="hieu-luc", sao="", trang="")
    assert "Đã bỏ qua" not in html
    assert len(found(html)) == 5


HOSTILE = [
    "%",
    "_",
    "'",
    '"',
    "\\",
    "' OR 1=1 --",
    "mien* OR NEAR(a b)",
    '"mien',
    "(",
    "😀",
    "\u202emien\u202c",
    "a" * 300,
    "mi\u0065\u0302\u0301n",
    "\u200bmien",
    "-",
    "^",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_find_something_or_nothing_and_never_break(client: Client, stock: dict[str, Unit], text: str) -> None:
    for path in ("/san-pham/", "/en/san-pham/", "/san-pham.csv"):
        assert client.get(path, {"q": text}).status_code == 200


def test_signs_of_a_pattern_match_nothing(client: Client, stock: dict[str, Unit]) -> None:
    for text in ("%", "_", "'"):
        assert found(page(client, q=text)) == []


def test_nul_is_refused_before_it_reaches_anything(client: Client) -> None:
    assert client.get("/san-pham/?q=mien%00dong").status_code == 400


def test_long_decomposed_and_reversed_names_are_shown_whole(client: Client) -> None:
    make_product("Miến " + "dong " * 39)
    make_product('Trà <b>"Hoa" & vàng')
    html = page(client)
    assert "Trà &lt;b&gt;&quot;Hoa&quot; &amp; vàng" in html
    assert "Miến " + "dong " * 38 in html


def test_a_page_holds_24_and_paging_neither_repeats_nor_forgets(client: Client) -> None:
    for number in range(53):
        make_product(f"Miến {number % 5}", code=f"BK{number:03d}", star=("valid", 3, far()))
    pages = [re.findall(r'<h3><a href="/sp/(BK\d+)"', page(client, trang=number)) for number in (1, 2, 3)]
    assert [len(codes) for codes in pages] == [24, 24, 5]
    assert len({code for codes in pages for code in codes}) == 53
    assert "Trang 3 trên 3" in page(client, trang="8")
    assert re.findall(r'href="/san-pham/\?trang=(\d)"( aria-current="page")?', page(client, trang="2")) == [
        ("2", ' aria-current="page"'),
        ("3", ""),
        ("3", ""),
    ]


def test_the_map_view_narrows_to_a_commune_and_back(client: Client, stock: dict[str, Unit]) -> None:
    code = stock["dong-phuc"].code
    html = page(client, xem="ban-do", sao="4")
    assert f'href="/san-pham/?sao=4&amp;xem=ban-do&amp;xa={code}"' in html
    assert 'name="xem" value="ban-do"' in html
    narrowed = page(client, xem="ban-do", xa=code)
    assert 'href="/san-pham/?xem=ban-do" aria-current="true"' in narrowed
    assert found(narrowed) == ["Chè Shan tuyết", "Rượu men lá"]


def test_demo_products_show_only_when_asked_for_and_with_their_label(client: Client, stock: dict[str, Unit], settings: Any) -> None:
    assert "Miến mẫu" not in page(client)
    html = page(client, demo="1")
    assert "Miến mẫu" in found(html)
    assert "Dữ liệu demo" in html
    assert 'name="demo" value="1"' in html
    settings.IS_PRODUCTION = True
    refused = page(client, demo="1", trang="1")
    assert "Miến mẫu" not in refused
    assert "demo=1" in refused  # said as not understood


def test_prices_stand_on_the_card(client: Client, stock: dict[str, Unit]) -> None:
    pack = Variant.objects.create(product=Product.objects.get(name="Miến dong"), name="Túi", quantity=500, unit="g")
    Price.objects.create(variant=pack, kind="retail", amount=45_000, valid_from=TODAY)
    Product.objects.filter(name="Gạo nếp").update(price_text="25.000–30.000 đ/kg")
    html = page(client)
    assert '<span class="price">45.000\N{NO-BREAK SPACE}đ</span>' in html
    assert '<span class="price">25.000–30.000 đ/kg</span>' in html


@pytest.mark.parametrize("products", [1, 30])
@pytest.mark.parametrize(("query", "questions"), [({}, 3), ({"q": "mien", "xep": "moi", "sao": "3", "xem": "ban-do"}, 7)])
def test_the_number_of_questions_is_the_same_for_1_and_30(client: Client, products: int, query: dict[str, str], questions: int) -> None:
    places = make_places()
    for number in range(products):
        maker = make_producer(f"HTX {number}")
        make_product(f"Miến {number}", star=("valid", 3, far()), producer=maker, commune_now=places["con-minh"], set_no=1 + number % 26)
    client.get("/gioi-thieu/")  # the version of the shelf, and what is made once a process
    with CaptureQueriesContext(connection) as asked:
        client.get("/san-pham/", query)
    shelf = [one for one in asked if "public_n FROM audit_head WHERE id = 1" in one["sql"]]
    assert len(asked) - len(shelf) == questions


def test_a_full_page_stays_within_70_kilobytes(client: Client) -> None:
    places = make_places()
    for number in range(60):
        maker = make_producer(f"Hợp tác xã Nông nghiệp và Dịch vụ tổng hợp số {number}")
        make_product(
            f"Miến dong sợi nhỏ thủ công truyền thống loại {number}",
            star=("unverified", 5, past()),
            producer=maker,
            commune_now=places["con-minh"],
            unit=places["con-minh-cu"],
            set_no=1 + number % 26,
            key_group="rau_cu_qua",
            source_group="Rau, củ, quả và chế biến",
        )
    response = client.get("/san-pham/", {"xem": "ban-do", "trang": "2"})
    assert len(response.content) <= 70_000
    assert len(found(response.content.decode())) == 24


def test_an_edit_shows_at_once(client: Client, stock: dict[str, Unit]) -> None:
    assert "Miến dong" in found(page(client))
    Product.objects.filter(name="Miến dong").update(name="Miến dong Nà Deng")
    record(actor=system_actor("test"), event="product.edited", subject="product:BK003", data={}, at=AT)
    assert "Miến dong Nà Deng" in found(page(client))


def test_search_has_a_limit_and_says_how_long_to_wait(client: Client) -> None:
    for number in range(LIMITS["search"].capacity):
        assert client.get("/san-pham/", {"q": f"mien {number}"}).status_code == 200
    response = client.get("/san-pham/", {"q": "chè"})
    assert response.status_code == 429
    assert "Hãy chờ" in response.content.decode()
    assert client.get("/san-pham/").status_code == 200  # looking through the list costs nothing


# --- The selection as files ---


def test_the_spreadsheet_holds_the_selection_in_its_order_with_sources(client: Client, stock: dict[str, Unit]) -> None:
    Product.objects.filter(name="Chè Shan tuyết").update(name="=cmd|' /C calc'!A0")
    response = client.get("/san-pham.xlsx", {"huyen": stock["cho-don"].code, "xep": "nhieu-sao", "demo": "1", "trang": "9"})
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="san-pham-ocop.xlsx"'
    lines = list(load_workbook(io.BytesIO(response.content)).active.values)
    head = next(number for number, line in enumerate(lines) if line[0] == "Mã")
    above = " ".join(str(cell) for line in lines[:head] for cell in line if cell)
    assert "24/11/2026" in above
    assert "Huyện Chợ Đồn" in above
    rows = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert [row["Sản phẩm"] for row in rows] == ["'=cmd|' /C calc'!A0", "Rượu men lá"]
    assert rows[1]["Tình trạng sao"] == "Sắp hết hạn"
    assert rows[1]["Nguồn của dòng"] == "https://example.vn/bai-bao"
    assert rows[1]["Quyết định"] == "BK002/QĐ-UBND"
    assert rows[1]["Ngày đọc nguồn"].date().isoformat() == "2026-11-01"
    assert rows[1]["Có giá trị đến hết"].date() == soon() - timedelta(days=1)


def test_the_csv_holds_the_same(client: Client, stock: dict[str, Unit]) -> None:
    response = client.get("/san-pham.csv", {"q": "mien"})
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Mã"], row["Tình trạng sao"]) for row in rows] == [("BK003", "Chờ xác minh")]
    assert "24/11/2026" in rows[0]["Thời điểm số liệu"]


def test_files_have_a_limit_of_their_own(client: Client, stock: dict[str, Unit]) -> None:
    for _number in range(LIMITS["export"].capacity):
        assert client.get("/san-pham.csv").status_code == 200
    assert client.get("/san-pham.csv").status_code == 429
    assert client.get("/san-pham.xlsx", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 429
    assert client.get("/san-pham/").status_code == 200


def test_every_parameter_of_the_form_reaches_the_view(client: Client, stock: dict[str, Unit]) -> None:
    """The gate lets only named parameters through: one forgotten there would be a filter that does nothing."""
    html = page(client)
    named = set(re.findall(r'name="([a-z-]+)"', html[html.index("<main") :])) - {"viewport"}
    assert named <= set(PARAMS)


def test_the_address_of_a_selection_is_not_for_search_engines(client: Client, stock: dict[str, Unit]) -> None:
    assert "noindex" not in page(client)
    assert "noindex" in page(client, sao="4")
    assert f"/en/san-pham/?{urlencode({'q': 'chè'})}" in page(client, q="chè").replace("&amp;", "&")
    assert quote("chè") in page(client, q="chè")
