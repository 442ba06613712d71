"""A developer reads the API's documentation, gets the stars valid on a day, and walks through the pages of the list."""

import json
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from ocop.people.demo import ACCOUNTS
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
    stars.evaluate("article => article.scrollIntoView({block: 'start'})")
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


def test_a_producer_gives_its_shop_a_token_and_takes_it_back(
    open_page: Callable[..., Page],
    site: Site,
    sign_in: Callable[..., None],
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = open_page(1280)
    sign_in(page, "producer")
    page.goto("/viec/toi/")
    page.get_by_role("link", name="Khóa API cho phần mềm").click()
    expect(page.get_by_text("Chưa có khóa nào")).to_be_visible()
    page.get_by_label("Dùng cho việc gì").fill("Phần mềm bán hàng")
    page.get_by_role("radio", name="Đọc và ghi").check()
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_label("Mật khẩu").fill(next(each.password for each in ACCOUNTS if each.role == "producer"))
    page.locator("main form button[type=submit]").first.click()
    assert_accessible(page)
    secret = page.get_by_label("Khóa", exact=True).input_value()
    assert ask(f"{site.url}/api/v1/me", secret)["token"]["scope"] == "write"

    page.get_by_role("link", name="Xong").click()
    expect(page.get_by_role("row", name="Phần mềm bán hàng")).to_contain_text("Chủ thể")
    assert_accessible(page)
    shoot(page, "api-tokens-1280")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "api-tokens-390", full=True)
    page.get_by_role("button", name="Thu hồi Phần mềm bán hàng").click()
    expect(page.get_by_text("Đã thu hồi khóa.")).to_be_visible()
    with pytest.raises(HTTPError, match="401"):
        ask(f"{site.url}/api/v1/me", secret)
