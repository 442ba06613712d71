"""What machines read of the portal: the feed of recognitions and the map of the site, well-formed and without demo."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.register.models import TourismSite
from tests.web.portal.rows import SOURCE, TODAY, far, give_star, make_places, make_producer, make_product

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def items(client: Client, path: str = "/tin.rss") -> list[dict[str, str]]:
    response = client.get(path)
    assert response["Content-Type"].startswith("application/rss+xml")
    root = ET.fromstring(response.content)  # noqa: S314 (our own feed)
    return [{element.tag: element.text or "" for element in item} for item in root.iter("item")]


def test_a_recognition_is_an_entry_with_when_and_by_which_decision(client: Client, settings: Any) -> None:
    give_star(make_product("Miến <dong> & sợi", producer=make_producer()), "valid", 4, far(), decision_no="2890/QĐ")
    entry = items(client)[0]
    assert entry["title"] == "Miến <dong> & sợi được công nhận 4 sao"
    assert entry["description"] == "Chủ thể: HTX Tài Hoan. Thời điểm: 30/6/2021. Quyết định: 2890/QĐ."
    assert entry["link"] == f"{settings.SITE_URL}/sp/BK001"
    assert entry["guid"] == "recognition:BK001-R1"
    assert entry["pubDate"] == "Wed, 30 Jun 2021 00:00:00 +0700"


def test_a_date_known_to_the_year_is_said_and_not_made_up(client: Client) -> None:
    give_star(make_product("Chè"), "valid", 3, far(), recognised_on=date(2024, 1, 1), recognised_precision="year", decision_no="")
    entry = items(client)[0]
    assert "pubDate" not in entry
    assert entry["description"] == "Chủ thể: chưa rõ chủ thể. Thời điểm: năm 2024. Quyết định: Chưa tìm thấy quyết định."


def test_the_feed_is_newest_first_at_most_fifty_and_without_demo(client: Client) -> None:
    for number in range(60):
        give_star(make_product(f"Miến {number}"), "valid", 3, far(), recognised_on=date(2022, 1, 1 + number % 28))
    make_product("Demo", star=("valid", 5, far()), is_demo=True)
    found = items(client)
    assert len(found) == 50
    assert found[0]["pubDate"].startswith("Fri, 28 Jan 2022")
    assert not any("Demo" in entry["title"] for entry in found)


def test_the_english_feed_leads_to_english_pages(client: Client, settings: Any) -> None:
    make_product("Miến", star=("valid", 4, far()))
    assert items(client, "/en/tin.rss")[0]["link"] == f"{settings.SITE_URL}/en/sp/BK001"


def test_control_characters_cannot_break_the_feed(client: Client) -> None:
    give_star(make_product("Miến \u202e đảo \ufffe"), "valid", 3, far())
    assert len(items(client)) == 1


def entries(client: Client) -> list[ET.Element]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    return list(ET.fromstring(response.content))  # noqa: S314 (our own file)


def test_the_map_names_every_public_page_in_both_languages(client: Client, settings: Any) -> None:
    places = make_places()
    make_product("Miến", producer=make_producer(), commune_now=places["con-minh"])
    make_product("Demo", producer=make_producer("HTX Demo", is_demo=True), is_demo=True)
    make_product("Ẩn", is_published=False)
    TourismSite.objects.create(key="ho-ba-be", name="Hồ Ba Bể", folded="ho ba be", kind="hồ", **SOURCE)
    found = {entry.findtext(f"{MAP}loc", "").removeprefix(settings.SITE_URL): entry for entry in entries(client)}
    for path in (
        "/",
        "/san-pham/",
        "/sp/BK001",
        "/chu-the/htx-tai-hoan/",
        f"/xa/con-minh-{places['con-minh'].code}/",
        "/du-lich/ho-ba-be/",
        "/gioi-thieu/",
    ):
        assert path in found
        assert f"/en{path}" in found
        twins = {link.get("hreflang"): link.get("href") for link in found[path].iter(f"{XHTML}link")}
        assert twins == {"vi": f"{settings.SITE_URL}{path}", "en": f"{settings.SITE_URL}/en{path}"}
    assert found["/sp/BK001"].findtext(f"{MAP}lastmod") == TODAY.isoformat()
    assert not any(word in path for path in found for word in ("BK002", "BK003", "htx-demo", "bang-phuc"))


def test_every_address_of_the_map_answers(client: Client, settings: Any) -> None:
    places = make_places()
    make_product("Miến", producer=make_producer(), commune_now=places["con-minh"], star=("valid", 4, far()))
    TourismSite.objects.create(key="ho-ba-be", name="Hồ Ba Bể", folded="ho ba be", kind="hồ", **SOURCE)
    for entry in entries(client):
        path = entry.findtext(f"{MAP}loc", "").removeprefix(settings.SITE_URL)
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("products", [1, 30])
@pytest.mark.parametrize(("path", "questions"), [("/tin.rss", 1), ("/sitemap.xml", 5)])
def test_the_number_of_questions_is_the_same_for_1_and_30(client: Client, products: int, path: str, questions: int) -> None:
    places = make_places()
    for number in range(products):
        maker = make_producer(f"HTX {number}")
        make_product(f"Miến {number}", star=("valid", 3, far()), producer=maker, commune_now=places["con-minh"])
    client.get("/gioi-thieu/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    shelf = [one for one in asked if "public_n FROM audit_head WHERE id = 1" in one["sql"]]
    assert len(asked) - len(shelf) == questions
