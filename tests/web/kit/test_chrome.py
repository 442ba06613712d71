"""The public header and footer on the real addresses: complete, in both languages, the same for everybody."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

VIETNAMESE = ["/", "/san-pham/", "/ban-do/", "/diem-ban/", "/kiem-tra/"]


def _menu(page: str) -> list[str]:
    nav = re.search(r'<nav class="nav".*?</nav>', page, re.S)
    assert nav
    return re.findall(r'href="([^"]+)"', nav[0])


def test_the_menu_is_whole_in_both_languages(client: Client) -> None:
    assert _menu(client.get("/khong-co/").content.decode()) == VIETNAMESE
    assert _menu(client.get("/en/khong-co/").content.decode()) == [f"/en{path}" for path in VIETNAMESE]


def test_the_footer_leads_on(client: Client) -> None:
    page = client.get("/khong-co/").content.decode()
    footer = page[page.index('<footer class="site-footer"') :]
    for path in ("/so-dang-ky/", "/so-lieu/", "/so-lieu/chi-so/", "/bao-sai/", "/gioi-thieu/", "/su-kien/", "/tin.rss"):
        assert f'href="{path}"' in footer


def test_a_portal_page_marks_its_place_and_links_its_twin(client: Client) -> None:
    page = client.get("/kiem-tra/").content.decode()
    assert '<a href="/kiem-tra/" aria-current="page">' in page
    assert 'href="/en/kiem-tra/" lang="en" hreflang="en"' in page
    assert re.search(r'<link rel="canonical" href="http[^"]+/kiem-tra/">', page)
    assert re.search(r'<link rel="alternate" hreflang="en" href="http[^"]+/en/kiem-tra/">', page)


def test_the_demo_says_so(client: Client) -> None:
    assert "Bản trình diễn: dữ liệu demo có nhãn." in client.get("/khong-co/").content.decode()
