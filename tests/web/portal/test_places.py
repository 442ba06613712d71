"""The map, the communes through time and the tourism sites, on the real data."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.places.models import Unit
from ocop.register.models import Product, TourismSite
from ocop.web.portal.pages.map import unit_address
from tests.opening import load_opening


@pytest.fixture(autouse=True)
def _opening(db):
    load_opening()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    assert not response.cookies
    return response.content.decode()


def test_the_map_is_a_drawing_of_links_with_names_and_counts_and_a_list_beside_it(client):
    html = page(client, "/ban-do/")
    assert html.count('<path class="u') == 37
    made = Product.objects.filter(commune_now__code="01933", is_published=True).count()
    assert f'<a href="/xa/dong-phuc-01933/" tabindex="-1" aria-label="Xã Đồng Phúc: {made} sản phẩm">' in html
    for unit in Unit.objects.filter(is_home=True, valid_to=None):
        assert html.count(f'href="{unit_address(unit.name, unit.code)}"') >= 2  # on the map and in the list
    assert "style=" not in html


def test_small_maps_stay_small(client):
    html = page(client, "/xa/")
    drawing = html[html.index('<svg class="geo"') : html.index("</svg>", html.index('<svg class="geo"'))]
    assert len(drawing.encode()) < 14_000
    assert len(html.encode()) < 40_000


def test_the_zoomable_map_gets_outlines_and_points(client):
    response = client.get(reverse("portal:map_data"))
    assert response["Content-Type"] == "application/geo+json"
    data = json.loads(response.content)
    layers = [feature["properties"]["layer"] for feature in data["features"]]
    assert layers.count("outline") == 37
    sites = [
        item["name"] for feature in data["features"] if feature["properties"]["layer"] == "site" for item in feature["properties"]["items"]
    ]
    assert len(sites) == TourismSite.objects.exclude(lat=None).count()
    assert all(feature["properties"]["note"] for feature in data["features"] if feature["properties"]["layer"] == "site")


def test_an_old_name_leads_to_the_commune_of_today(client):
    for typed in ("Bằng Phúc, Chợ Đồn", "bang phuc cho don", "Bang Phuc"):
        html = page(client, f"/xa/?q={typed}")
        assert "xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc" in html
        assert html.index('href="/xa/dong-phuc-01933/"') < html.index('<svg class="geo"')


def test_any_text_may_be_looked_for(client):
    for typed in ("%ff", "a" * 400, "<script>alert(1)</script>", "%E2%80%AE", "'; --", ",,,"):
        assert "<script>alert" not in page(client, f"/xa/?q={typed}")


def test_a_commune_shows_what_it_was_made_of_and_what_is_made_there(client):
    html = page(client, "/xa/dong-phuc-01933/")
    assert "Nhập ngày 1/7/2025." in html
    assert '<a class="tap" href="/xa/bang-phuc-02041/?ngay=2025-06-30">Xã Bằng Phúc</a>' in html
    assert "Nghị quyết 1683/NQ-UBTVQH15" in html
    for product in Product.objects.filter(commune_now__code="01933", is_published=True):
        assert f'href="/sp/{product.public_id}"' in html
        assert f'href="/chu-the/{product.producer.code}/"' in html


def test_an_old_commune_says_so_and_leads_to_today(client):
    html = page(client, "/xa/bang-phuc-02041/?ngay=2025-06-30")
    assert "Đơn vị này có đến hết ngày 30/6/2025." in html
    assert '<a class="chip" href="/xa/dong-phuc-01933/">Xã Đồng Phúc</a>' in html
    assert 'href="/xa/cho-don-064/?ngay=2025-06-30"' in html


def test_an_old_district_lists_the_communes_of_today(client):
    html = page(client, "/xa/cho-don-064/?ngay=2025-06-30")
    assert '<a class="chip" href="/xa/cho-don-02020/">Xã Chợ Đồn</a>' in html
    assert '<a class="chip" href="/xa/dong-phuc-01933/">Xã Đồng Phúc</a>' in html
    assert 'href="/san-pham/?huyen=064"' in html


def test_every_address_of_a_unit_has_one_form(client):
    one_form = {
        "/xa/quang-phong-02185/": "/xa/quang-phong-02185/?ngay=2025-06-30",  # the name decides, since the code has two units
        "/xa/con-minh-02185/?ngay=2026-01-01": "/xa/con-minh-02185/",
        "/xa/con-minh-02185/?ngay=2025-06-30": "/xa/quang-phong-02185/?ngay=2025-06-30",  # code and day decide over the name
        "/xa/ten-khac-02185/": "/xa/con-minh-02185/",
        "/en/xa/ten-khac-02185/": "/en/xa/con-minh-02185/",
    }
    for asked, leads_to in one_form.items():
        response = client.get(asked)
        assert (response.status_code, response.get("Location")) == (302, leads_to), asked
        assert client.get(leads_to).status_code == 200


def test_what_is_not_there_is_404(client):
    for asked in (
        "/xa/x-99999/",
        "/xa/con-minh-02185/?ngay=hôm-qua",
        "/xa/bang-phuc-02041/?ngay=2026-01-01",
        "/xa/x-'/",
        "/du-lich/khong-co/",
    ):
        assert client.get(asked).status_code == 404, asked


def test_every_unit_has_a_page(client):
    for unit in Unit.objects.filter(key__in=["06@1997-01-01", "19@1997-01-01", "19@2025-07-01", "058@to-2025-06-30", "05953@2025-07-01"]):
        address = unit_address(unit.name, unit.code, date(2025, 6, 30) if unit.valid_to else None)
        assert unit.name in page(client, address)


def test_all_tourism_sites_are_listed_and_those_without_a_point_of_their_own_say_so(client):
    html = page(client, "/du-lich/")
    sites = list(TourismSite.objects.all())
    assert len(sites) == 29
    for site in sites:
        assert f'href="/du-lich/{site.key}/"' in html
    assert html.count("Vẽ ở trung tâm xã cũ.") == sum(site.coord_basis == "old_commune_centre" for site in sites)
    assert html.count("Chưa rõ vị trí.") == sum(site.lat is None for site in sites)


def test_a_site_shows_its_place_its_source_and_its_star(client):
    html = page(client, "/du-lich/quynh-mai-homestay/")
    assert "Vẽ ở trung tâm xã cũ, không phải đúng địa điểm." in html
    assert "xã Ba Bể (Nam Mẫu, Ba Bể cũ)" in html
    assert 'href="/sp/BK077"' in html
    assert "doanhnghiepkinhtexanh.vn" in html


def test_a_site_that_was_surveyed_shows_its_point(client):
    TourismSite.objects.filter(key="quynh-mai-homestay").update(coord_basis="survey")
    html = page(client, "/du-lich/quynh-mai-homestay/")
    assert "trung tâm xã cũ" not in html
    assert "22.4112, 105.6061" in html


def test_the_pages_speak_english_too(client):
    for address in ("/ban-do/", "/xa/", "/xa/ba-be-01906/", "/du-lich/", "/du-lich/ho-ba-be/"):
        html = page(client, f"/en{address}")
        assert '<html lang="en">' in html
        assert 'href="/en/xa/' in html


def test_the_number_of_questions_does_not_grow_with_the_products(client, django_assert_max_num_queries):
    for address in ("/xa/", "/xa/dong-phuc-01933/", "/xa/con-minh-02185/", "/ban-do/", "/du-lich/", "/du-lich/ho-ba-be/"):
        with django_assert_max_num_queries(16):
            client.get(address)
