"""The answer to a code: one card for every standing, the same for machines, in two questions and a few kilobytes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.register.models import ProductCode
from tests.web.portal.rows import SOURCE
from tests.web.portal.stars import CANARIES, EVERY_STAR, one_of_each

pytestmark = pytest.mark.django_db

BANDS = {
    "BK001": "v-ok",
    "BK002": "v-due",
    "BK003": "v-ok",
    "BK004": "v-past",
    "BK005": "v-stop",
    "BK006": "v-unknown",
    "BK007": "v-unknown",
}


@pytest.fixture(autouse=True)
def register() -> None:
    maker = one_of_each()
    product = maker.products.get(public_id="BK001")
    ProductCode.objects.create(product=product, code="19-02185-01-2026", kind="official", issued_year=2026, **SOURCE)


def card(client: Client, code: str) -> str:
    response = client.get("/kiem-tra/", {"ma": code})
    assert response.status_code == 200
    html = response.content.decode()
    cards = re.findall(r'<article class="verify".*?</article>', html, re.DOTALL)
    assert len(cards) == 1
    return str(cards[0])


@pytest.mark.parametrize("code", EVERY_STAR)
def test_one_card_for_every_standing(client: Client, code: str) -> None:
    html = card(client, code)
    assert f'class="verdict {BANDS[code]}"' in html
    assert f"<h2>{EVERY_STAR[code][3]}</h2>" in html
    assert f"Miến dong {code}" in html
    assert f'href="/sp/{code}"' in html
    assert f"/bao-sai/?sp={code}" in html


def test_stars_are_filled_only_while_they_hold(client: Client) -> None:
    looks = {code: re.findall(r'<svg class="(stars[^"]*)"', card(client, code)) for code in EVERY_STAR}
    filled = {code for code, classes in looks.items() if classes == ["stars"]}
    assert filled == {"BK001", "BK002", "BK003"}
    assert looks["BK006"] == ["stars stars-unknown"]
    assert looks["BK007"] == []


def test_how_long_it_still_holds(client: Client) -> None:
    html, last = card(client, "BK002"), timezone.localdate() + timedelta(days=99)
    assert f"Hợp lệ đến hết {last.day}/{last.month}/{last.year}" in html
    assert "100 ngày" in html


@pytest.mark.parametrize("code", ["bk001", "BK 1", "19-02185-01-2026", "19 02185 01 2026", "https://x.vn/sp/BK001", "\u202eBK001", "BK001"])
def test_a_code_typed_any_way(client: Client, code: str) -> None:
    assert "Miến dong BK001" in card(client, code)


@pytest.mark.parametrize("code", ["BK999", "19-00000-99-2025", "mie\u0302\u0301n", "a" * 300, "<script>alert(1)</script>", "' OR 1=1 --"])
def test_an_unknown_code_is_said_and_reported(client: Client, code: str) -> None:
    html = card(client, code)
    assert "Không có mã này trong sổ" in html
    assert "<script>" not in html
    assert "/bao-sai/?ma=" in html


@pytest.mark.parametrize("address", ["/kiem-tra/", "/kiem-tra/?ma=%20", "/en/kiem-tra/"])
def test_without_a_code_every_answer_is_explained(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    anchors = re.findall(r'<a class="chip" href="#([a-z-]+)"', html)
    assert len(anchors) == 8
    assert all(f'id="{anchor}"' in html for anchor in anchors)


@pytest.mark.parametrize("code", EVERY_STAR)
def test_the_same_for_machines(client: Client, code: str) -> None:
    kind, stars, days, _words = EVERY_STAR[code]
    answer = client.get("/kiem-tra.json", {"ma": code.lower()}).json()
    today = timezone.localdate()
    assert answer["known"] is True
    assert (answer["product"], answer["standing"], answer["stars"]) == (code, kind, stars)
    assert answer["until"] == ((today + timedelta(days=days - 1)).isoformat() if days else None)
    assert answer["as_of"] == today.isoformat()
    assert answer["reason_text"]
    assert answer["url"].endswith(f"/sp/{code}")
    assert answer["is_due"] is (code == "BK002")


def test_machines_are_told_what_is_wrong(client: Client) -> None:
    unknown, empty = client.get("/kiem-tra.json", {"ma": "BK999"}), client.get("/kiem-tra.json")
    assert (unknown.status_code, unknown.json()["known"]) == (404, False)
    assert (empty.status_code, list(empty.json())) == (400, ["error"])


@pytest.mark.parametrize("path", ["/kiem-tra/", "/kiem-tra.json"])
@pytest.mark.parametrize("code", ["BK001", "19-02185-01-2026"])
def test_two_questions_a_few_kilobytes_no_cookie(client: Client, path: str, code: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # the version of the public pages, and the answer
        response = client.get(path, {"ma": code})
    assert len(response.content) <= 10_000
    assert not response.cookies
    assert not any(canary in response.content.decode() for canary in CANARIES)


def test_english_answers_in_english_addresses(client: Client) -> None:
    html = client.get("/en/kiem-tra/", {"ma": "BK001"}).content.decode()
    assert 'href="/en/sp/BK001"' in html


def test_the_scanning_page_works_without_its_script(client: Client) -> None:
    response = client.get("/quet/")
    html = response.content.decode()
    assert 'action="/kiem-tra/"' in html
    assert re.search(r'data-part="camera"[^>]* hidden', html)  # only the script shows it
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert "camera=(self)" in response["Permissions-Policy"]
    assert not response.cookies
