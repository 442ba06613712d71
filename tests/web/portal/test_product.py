"""A product's page: its one address, the star first, everything true and nothing personal, within its budgets."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from ocop.market.models import Channel
from ocop.papers.qr import qr_svg
from ocop.records.actions import record
from ocop.register.models import Price, Producer, Product, ProductCode, Recognition, Variant
from tests.cast import SEED
from tests.web.portal.rows import AT, SOURCE, make_product
from tests.web.portal.stars import CANARIES, EVERY_STAR, one_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maker() -> Producer:
    return one_of_each()


def page(client: Client, address: str = "/sp/BK001") -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def jsonld(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    whole: dict[str, Any] = json.loads(found[1])
    return whole


@pytest.mark.parametrize("code", EVERY_STAR)
def test_the_star_of_today_is_said_first(client: Client, code: str) -> None:
    html = page(client, f"/sp/{code}")
    words = EVERY_STAR[code][3]
    assert html.index("<h1") < html.index(f'id="sao-hom-nay">{words}') < html.index("product-gallery")
    assert f"{code}/QĐ-UBND" in html or EVERY_STAR[code][0] == "none"


def test_a_withdrawal_is_told_with_its_decision_and_reason(client: Client) -> None:
    html = page(client, "/sp/BK005")
    assert "2100/QĐ-UBND" in html
    assert "Dùng nhãn OCOP trên sản phẩm chưa được công nhận" in html


def test_a_recognition_without_decision_says_so(client: Client) -> None:
    Recognition.objects.filter(product__public_id="BK001").update(decision_no="")
    assert page(client).count("Chưa tìm thấy quyết định") == 2  # in the answer and in the history


@pytest.mark.parametrize(
    "address",
    ["/sp/bk001", "/sp/BK1", "/sp/Bk-0001", "/sp/19-02185-01-2026", "/sp/bk-nr-01-2020", "/v/BK001", "/v/bk001", "/v/19-02185-01-2026"],
)
def test_every_code_is_sent_to_the_one_address(client: Client, address: str) -> None:
    product = Product.objects.get(public_id="BK001")
    ProductCode.objects.create(product=product, code="19-02185-01-2026", kind="official", issued_year=2026, **SOURCE)
    ProductCode.objects.create(product=product, code="BK-NR-01-2020", kind="old", **SOURCE)
    for prefix in ("", "/en"):
        response = client.get(prefix + address)
        assert (response.status_code, response["Location"]) == (301, f"{prefix}/sp/BK001")


@pytest.mark.parametrize(
    "code",
    ["BK999", "bk999", "19-02185-99-2026", "%E2%80%AEBK999", "%E2%80%AE", "a" * 300, "Mie%CC%82%CC%81n", "%27%20OR%201=1", "%ff", "<b>"],
)
def test_an_unknown_code_gets_a_page_that_helps(client: Client, code: str) -> None:
    response = client.get(f"/sp/{code}")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Không có mã này trong sổ" in html
    assert 'action="/san-pham/"' in html
    assert "/bao-sai/?ma=" in html
    assert "\u202e" not in html
    assert "<b></bdi>" not in html


def test_a_marked_code_with_invisible_letters_still_leads_home(client: Client) -> None:
    assert client.get("/sp/%E2%80%AEBK001%E2%80%8B")["Location"] == "/sp/BK001"


@pytest.mark.parametrize("address", ["/sp/%00", "/sp/BK%00001", "/v/%00", "/sp/B%00/qr.png", "/kiem-tra/?ma=%00"])
def test_a_nul_byte_is_never_a_server_error(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 400, 404)


def test_which_products_of_the_maker_are_certified(client: Client) -> None:
    html = page(client, "/sp/BK006")
    tiles = re.search(r'<ul class="maker-tiles">(.*?)</ul>', html, re.DOTALL)
    assert tiles
    assert re.findall(r'href="/sp/(BK\d+)"', tiles[1]) == ["BK001", "BK002", "BK003"]
    assert "Bao bì không giống? Báo cho chúng tôi" in html
    assert "/bao-sai/?sp=BK006" in html


def test_a_demo_product_never_vouches_for_a_real_one(client: Client, maker: Producer) -> None:
    until = timezone.localdate() + timedelta(days=400)
    make_product("Miến minh họa", code="DM001", producer=maker, star=("valid", 3, until), is_demo=True)
    assert "DM001" not in page(client)
    assert "Dữ liệu demo" in page(client, "/sp/DM001")


def test_the_place_today_with_the_old_one(client: Client) -> None:
    assert "xã Côn Minh (Côn Minh, Na Rì cũ)" in page(client)


def test_contradicting_sources_stand_side_by_side(client: Client) -> None:
    product = Product.objects.get(public_id="BK001")
    product.recognitions.update(conflict_group="BK001-stars")
    facts = {"recognised_precision": "unknown", "end_basis": "unknown", "recorded_at": AT, "conflict_group": "BK001-stars"}
    Recognition.objects.create(
        product=product, code="BK001-R2", stars=4, **facts, **SOURCE | {"source_url": "https://bao-khac.example.vn/a"}
    )
    rivals = re.search(r'<div class="rivals">(.*?)</div></li>', page(client), re.DOTALL)
    assert rivals
    assert "Đạt 3 sao" in rivals[1]
    assert "Đạt 4 sao" in rivals[1]
    assert "bao-khac.example.vn" in rivals[1]


def test_prices_are_those_of_today_with_their_day(client: Client) -> None:
    variant = Variant.objects.create(product=Product.objects.get(public_id="BK001"), name="Túi 500 g", quantity=500, unit="g")
    other = Variant.objects.create(product=variant.product, name="Túi 1 kg", quantity=1, unit="kg")
    today = timezone.localdate()
    Price.objects.create(variant=variant, kind="retail", amount=40_000, valid_from=today - timedelta(days=90), valid_to=today)
    Price.objects.create(variant=variant, kind="retail", amount=45_000, valid_from=today)
    Price.objects.create(variant=other, kind="retail", amount=85_000, valid_from=today)
    html = page(client)
    assert "45.000–85.000\N{NO-BREAK SPACE}đ" in html
    assert "40.000" not in html
    assert f"{today.day}/{today.month}/{today.year}" in html


def test_reported_channels_are_listed_with_their_source(client: Client) -> None:
    channel = Channel.objects.create(
        key="xuat-khau", kind="export", name="Lô sang Cộng hòa Séc", starts_on=AT.date(), start_precision="year", is_ocop=True, **SOURCE
    )
    channel.products.add(Product.objects.get(public_id="BK001"))
    html = page(client)
    assert "Lô sang Cộng hòa Séc" in html[html.index('id="mua-o-dau"') :]


def test_call_and_zalo_only_with_consent(client: Client, django_user_model: Any) -> None:
    Producer.objects.update(business_phone="+84912345678", business_zalo="+84912345678")
    assert "tel:" not in page(client)
    assert "zalo.me" not in page(client)
    person = django_user_model.objects.create(full_name="Mai", email="mai@example.vn", created_at=AT)
    Producer.objects.update(contact_consent_at=AT, contact_consent_by=person)
    client = Client()
    response = client.get("/en/sp/BK001").content.decode()
    assert 'href="tel:+84912345678"' in response
    assert 'href="https://zalo.me/84912345678"' in response


def test_the_data_for_search_engines_claims_only_what_holds(client: Client) -> None:
    today = timezone.localdate()
    certified = jsonld(page(client, "/sp/BK001"))["hasCertification"]
    assert certified["@type"] == "Certification"
    assert certified["certificationIdentification"] == "BK001/QĐ-UBND"
    assert certified["certificationStatus"] == "https://schema.org/CertificationActive"
    assert certified["issuedBy"]["name"] == "Chủ tịch UBND tỉnh"
    assert certified["validFrom"] == "2021-06-30"
    assert certified["expires"] == (today + timedelta(days=399)).isoformat()
    for code in ("BK004", "BK005", "BK006", "BK007"):
        product = jsonld(page(client, f"/sp/{code}"))
        assert product["productID"] == code
        assert not {"hasCertification", "gtin13", "offers", "aggregateRating"} & product.keys()


def test_hostile_names_stay_text(client: Client) -> None:
    Product.objects.filter(public_id="BK001").update(name="</script><script>alert(1)</script>&", story_vi='<img src=x onerror="x">')
    html = page(client)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert jsonld(html)["name"] == "</script><script>alert(1)</script>&"


def test_a_source_that_is_no_web_address_is_no_link(client: Client) -> None:
    Product.objects.filter(public_id="BK001").update(source_url="javascript:alert(1) ; https://bao.example.vn/x")
    html = page(client)
    assert "javascript:" not in html
    assert 'href="https://bao.example.vn/x"' in html


def test_english_pages_mark_what_nobody_translated(client: Client) -> None:
    Product.objects.filter(public_id="BK001").update(
        story_vi="Chuyện kể về củ dong.", description_vi="Sợi dai.", description_en="Springy noodles."
    )
    html = page(client, "/en/sp/BK001")
    assert re.search(r'<div[^>]* lang="vi"><p>Chuyện kể về củ dong\.', html)
    assert "Springy noodles." in html
    assert "Sợi dai." not in html


@pytest.mark.parametrize("code", EVERY_STAR)
def test_no_personal_value_no_cookie_no_session(client: Client, code: str) -> None:
    response = client.get(f"/sp/{code}")
    assert not response.cookies
    assert not any(canary in response.content.decode() for canary in CANARIES)


@pytest.mark.parametrize("more", [0, 40])
def test_questions_and_size_keep_to_their_budget(client: Client, maker: Producer, more: int, django_assert_num_queries: Any) -> None:
    until = timezone.localdate() + timedelta(days=400)
    for number in range(more):
        make_product(f"Bánh khẩu sli {number} " + "dài " * 30, producer=maker, star=("valid", 3, until))
    with django_assert_num_queries(6):
        html = page(client)
    assert len(html.encode()) <= 40_000


def test_a_kept_page_changes_with_the_next_public_entry(client: Client) -> None:
    page(client)
    Product.objects.filter(public_id="BK001").update(name="Miến đổi tên")
    assert "Miến đổi tên" not in page(client)
    with transaction.atomic():
        record(actor=SEED, event="product.edited", subject="product:BK001", data={}, at=AT)
    assert "Miến đổi tên" in page(client)


def test_qr_files_carry_the_one_address(client: Client) -> None:
    address = f"{settings.SITE_URL}/sp/BK001"
    for prefix in ("", "/en"):
        assert client.get(f"{prefix}/sp/BK001/qr.svg").content == qr_svg(address)
    zxingcpp = pytest.importorskip("zxingcpp")
    for size, at_most in (("", 480), ("600", 600), ("99999", 2000), ("abc", 480), ("-5", 480), ("1", 120)):
        response = client.get(f"/sp/BK001/qr.png?size={size}")
        picture = Image.open(BytesIO(response.content))
        assert picture.width <= at_most
        assert zxingcpp.read_barcodes(picture.convert("L"))[0].text == address


@pytest.mark.parametrize("name", ["qr.svg", "qr.png", "nhan.pdf"])
@pytest.mark.parametrize("code", ["BK999", "bk001", "B%20", "a" * 300])
def test_no_qr_code_of_what_has_no_page(client: Client, code: str, name: str) -> None:
    assert client.get(f"/sp/{code}/{name}").status_code == 404


def test_a_sheet_of_labels_is_limited(client: Client) -> None:
    response = client.get("/sp/BK001/nhan.pdf")
    assert response.content.startswith(b"%PDF-")
    assert "nhan-BK001.pdf" in response["Content-Disposition"]
    answers = [client.get("/sp/BK999/nhan.pdf").status_code for _ in range(3)]
    assert answers == [404] * 3  # what does not exist costs no token
    while response.status_code == 200:
        response = client.get("/sp/BK001/nhan.pdf")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_the_small_map_marks_one_commune(client: Client) -> None:
    assert client.get("/vi-tri/00000.svg").status_code == 404
