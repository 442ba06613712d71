"""An officer sees two producers that may be one, merges them, and parts them again; the old address follows each time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey

OLD, KEPT = "htx-ruou-chuoi-tan-dan", "htx-tan-dan"


def merge(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """From the list to the button, asked once more on the way."""
    desk.get_by_role("link", name=re.compile("^Có thể ghi hai lần")).click()
    expect(desk.get_by_text("Nguồn ghi có thể là một")).to_have_count(3)
    assert_accessible(desk)
    shoot(desk, "duplicates-list-1280", full=True)
    desk.get_by_role("link", name=re.compile("Xem và gộp.*HTX Tân Dân, HTX rượu chuối Tân Dân")).click()
    expect(desk.locator("main")).to_contain_text("Địa chỉ cũ vẫn dùng được")
    assert_accessible(desk)
    shoot(desk, "duplicates-merge-1280", full=True)
    desk.get_by_label("Căn cứ").fill("Cùng giấy đăng ký hợp tác xã")
    desk.get_by_role("button", name="Gộp").click()


def test_an_officer_merges_two_producers_and_parts_them(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    desk, visitor = open_page(1280), open_page(390)
    desk.on("dialog", lambda dialog: dialog.accept())
    sign_in(desk, "ocop_officer")
    merge(desk, shoot, assert_accessible)
    expect(desk.get_by_text("Địa chỉ, mã và nhãn QR cũ dẫn tới trang giữ lại.")).to_be_visible()
    assert_accessible(desk)
    shoot(desk, "duplicates-merged-1280", full=True)

    visitor.goto(f"/chu-the/{OLD}/")
    expect(visitor).to_have_url(f"{site.url}/chu-the/{KEPT}/")
    expect(visitor.locator("main")).to_contain_text("Rượu chuối Tân Dân")
    expect(visitor.locator("main")).not_to_contain_text("Có thể trùng với chủ thể khác")

    desk.get_by_role("link", name=re.compile("Tách.*HTX rượu chuối Tân Dân")).click()
    desk.get_by_label("Lý do tách").fill("UBND phường trả lời là hai hợp tác xã")
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.get_by_text("Đã tách. Trang cũ hiện lại.")).to_be_visible()
    visitor.goto(f"/chu-the/{OLD}/")
    expect(visitor).to_have_url(f"{site.url}/chu-the/{OLD}/")
    assert site.rows("select count(*) from audit_entry where event in ('producer.merged', 'producer.unmerged')") == [(2,)]


def test_what_is_not_one_is_not_asked_about_again(
    open_page: Callable[..., Page], sign_in: Callable[..., None], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(390)
    sign_in(page, "ocop_officer")
    page.goto("/viec/trung-lap/?xem=san-pham")
    assert_accessible(page)
    shoot(page, "duplicates-products-390")
    page.get_by_role("button", name=re.compile("Không trùng.*Trà hoa vàng Bắc Kạn")).click()
    expect(page.get_by_text("Đã ghi là hai bên khác nhau.")).to_be_visible()
    expect(page.get_by_role("link", name="Trà hoa vàng Bắc Kạn túi lọc", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Khác nhau", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("Xem lại.*Trà hoa vàng")).click()
    page.goto("/viec/trung-lap/?xem=san-pham")
    expect(page.locator("main").get_by_text("Trà hoa vàng Bắc Kạn túi lọc").first).to_be_visible()
    page.goto("/viec/trung-lap/san-pham/BK008/BK009/")
    assert_accessible(page)
    shoot(page, "duplicates-merge-390", full=True)
