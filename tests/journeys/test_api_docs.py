"""A developer reads the API's documentation, gets the stars valid on a day, and walks through the pages of the list."""

import json
from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey


def ask(url: str, token: str = "") -> dict:
    """A program of the developer's, outside the browser."""
    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})) as answer:
        return dict(json.load(answer))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_developer_reads_the_documentation_and_gets_the_stars_of_a_day(
    open_page: Callable[..., Page], site: Site, shoot: Callable[..., None], assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width)
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="API").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OCOP Bắc Kạn API")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)
    shoot(page, f"api-docs-{width}")

    stars = page.get_by_role("article", name="The stars of a day")
    stars.scroll_into_view_if_needed()
    shoot(page, f"api-stars-{width}")
    stars.get_by_role("link", name="Star", exact=True).click()
    expect(page.locator("#shape-Star")).to_be_in_viewport()
    command = stars.locator("code").last.inner_text()
    address = command.split('"')[1]
    assert address == f"{site.url}/api/v1/standings?on=2024-06-30"

    first = ask(f"{address}&limit=5")
    assert first["on"] == "2024-06-30"
    assert first["items"]
    assert {item["standing"]["state"] for item in first["items"]} <= {"valid", "extended"}
    found, following = list(first["items"]), first["next"]
    while following:
        later = ask(following)
        found, following = found + later["items"], later["next"]
    codes = [item["product"]["code"] for item in found]
    assert len(codes) == len(set(codes))
    assert set(codes) == {item["product"]["code"] for item in ask(f"{address}&limit=100")["items"]}
