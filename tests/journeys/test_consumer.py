"""A consumer looks for miến dong, reads its star and its history, and checks the code on the pack."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1280, 390])
def test_a_consumer_finds_mien_dong_and_reads_its_star_and_its_history(
    open_page: Callable[..., Page], shoot: Callable[..., None], assert_accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width)
    page.goto("/")
    assert_accessible(page)
    shoot(page, f"consumer-home-{width}")
    page.get_by_role("searchbox").or_(page.locator("main input[name=q]")).first.fill("mien dong tai hoan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/san-pham/?*")
    expect(page.locator("main")).to_contain_text("Miến dong Tài Hoan")
    assert_accessible(page)
    shoot(page, f"consumer-search-{width}")

    page.get_by_role("link", name="Miến dong Tài Hoan").first.click()
    page.wait_for_url("**/sp/BK001")
    answer = page.get_by_role("region", name="Chờ xác minh")
    expect(answer).to_contain_text("Lần cuối được biết: 5 sao")
    expect(answer).to_contain_text("2890/QĐ-BNN-VPĐP")
    history = page.locator("#sao")
    for event in ("Đạt 4 sao", "Đạt 5 sao", "30/6/2021", "Nguồn"):
        expect(history).to_contain_text(event)
    assert_accessible(page)
    shoot(page, f"consumer-star-{width}", full=True)


def test_the_code_on_a_pack_is_answered_at_once(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]) -> None:
    page = open_page(390)
    page.goto("/kiem-tra/")
    page.locator("main input[name=ma]").fill("bk 001")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Miến dong Tài Hoan")
    expect(page.locator("main")).to_contain_text("chờ xác minh", ignore_case=True)
    assert_accessible(page)
    page.goto("/kiem-tra/?ma=BK999")
    expect(page.locator("main")).to_contain_text("Không có mã này")
    assert_accessible(page)
