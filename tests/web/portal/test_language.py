"""The portal in English: the same pages under /en/, twins named, Vietnamese words marked as Vietnamese."""

import re

import pytest
from django.test import Client

from tests.web.portal.rows import far, make_places, make_producer, make_product

pytestmark = pytest.mark.django_db
PAGES = ["/", "/san-pham/", "/san-pham/?xem=ban-do", "/so-dang-ky/", "/gioi-thieu/"]


@pytest.fixture(autouse=True)
def _stock() -> None:
    places = make_places()
    maker = make_producer(facts="Liên kết 800 hộ")
    make_product("Miến dong", star=("valid", 4, far()), producer=maker, commune_now=places["con-minh"])
    english = make_producer("HTX Chè", name_en="Tea Cooperative")
    make_product("Chè Shan tuyết", name_en="Shan snow tea", star=("valid", 3, far()), producer=english, art="tra")


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_each_page_says_its_language_and_names_its_twin(client: Client, path: str) -> None:
    bare = path.partition("?")[0]
    for address, language in ((path, "vi"), (f"/en{path}", "en")):
        html = page(client, address)
        assert f'<html lang="{language}">' in html
        assert re.search(rf'<link rel="alternate" hreflang="vi" href="[^"]*//[^/"]*{re.escape(bare)}">', html)
        assert re.search(rf'<link rel="alternate" hreflang="en" href="[^"]*//[^/"]*/en{re.escape(bare)}">', html)


@pytest.mark.parametrize("path", PAGES)
def test_links_of_an_english_page_stay_in_english(client: Client, path: str) -> None:
    html = page(client, f"/en{path}")
    main = html[html.index("<main") : html.index("</main>")]
    inner = re.findall(r'(?:href|action)="(/[^"]*)"', main)
    strays = [href for href in inner if not href.startswith(("/en/", "/static/", "/viec/"))]
    assert inner
    assert strays == []


def test_vietnamese_names_are_marked_as_vietnamese_on_english_cards(client: Client) -> None:
    html = page(client, "/en/san-pham/")
    assert re.search(r'<h3><a href="/en/sp/BK001" lang="vi">Miến dong</a></h3>', html)
    assert re.search(r'<h3><a href="/en/sp/BK002">Shan snow tea</a></h3>', html)
    assert '<p class="maker" lang="vi">HTX Tài Hoan</p>' in html
    assert "Tea Cooperative" in html


def test_vietnamese_cards_mark_nothing(client: Client) -> None:
    html = page(client, "/san-pham/")
    assert 'lang="vi">Miến' not in html
    assert "Chè Shan tuyết" in html
    assert "Shan snow tea" not in html


def test_a_text_without_english_says_so(client: Client) -> None:
    html = page(client, "/en/")
    told = html[html.index("panel-dark") :]
    assert 'lang="vi">HTX Tài Hoan. Liên kết 800 hộ' in told
    assert "(chưa có bản tiếng Anh)" not in page(client, "/")


def test_english_numbers_and_counts_follow_the_language(client: Client) -> None:
    assert '<meta property="og:locale" content="en_GB">' in page(client, "/en/san-pham/")
