"""A person with two mandates changes hats; an officer looks people up, invites one, and hands over a code."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from ocop.people.demo import TWO_HATS, WITHOUT_EMAIL
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey


def enter(page: Page, login: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/viec/")


def test_a_person_with_two_mandates_changes_hats(
    page_390: Page, site: Site, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page = page_390
    enter(page, TWO_HATS.username, TWO_HATS.password)
    page.goto("/viec/vai/")
    expect(page.locator("[aria-current=true]")).to_contain_text("Cán bộ xã, phường")
    assert_accessible(page)
    shoot(page, "people-hats-390")
    page.get_by_role("button", name="Thành viên Tổ tư vấn").click()
    page.wait_for_url("**/viec/")
    expect(page.get_by_text("Bạn đang làm việc với vai trò Thành viên Tổ tư vấn")).to_be_visible()
    page.goto("/viec/nguoi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn chưa vào được trang này")
    assert site.rows("select count(*) from audit_entry where event = 'hat.changed'") == [(1,)]


def test_an_officer_looks_people_up_and_invites_one(
    page_1280: Page, sign_in: Callable[..., None], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page = page_1280
    sign_in(page, "administrator")
    page.goto("/viec/nguoi/")
    assert_accessible(page)
    shoot(page, "people-list-1280")
    page.get_by_label("Tìm người").fill("con minh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Hoàng Thị Demo Ba").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hoàng Thị Demo Ba")
    assert_accessible(page)
    shoot(page, "people-person-1280")
    page.get_by_role("link", name="Giao thêm vai trò").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giao vai trò")
    assert_accessible(page)
    page.goto("/viec/loi-moi/gui/")
    page.locator("input[name=full_name]").fill("Nông Văn Thử")
    page.locator("input[name=address]").fill("0987 654 321")
    page.locator("select[name=role]").select_option("inspector")
    page.get_by_role("button", name="Gửi lời mời").click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn cơ quan nơi người này làm việc")
    assert_accessible(page)
    page.locator("select[name=office]").select_option(label="Thanh tra tỉnh Thái Nguyên")
    page.get_by_role("button", name="Gửi lời mời").click()
    link = page.get_by_label("Liên kết").input_value()
    assert_accessible(page)
    page.goto("/viec/loi-moi/")
    assert_accessible(page)
    page.context.clear_cookies()
    page.goto(link)
    assert_accessible(page)
    page.locator("input[name=password1]").fill("suong-som-ven-nuong-thu")
    page.locator("input[name=password2]").fill("suong-som-ven-nuong-thu")
    page.get_by_role("button", name="Mở tài khoản và nhận vai trò").click()
    expect(page.get_by_text("Tài khoản đã mở. Mời bạn đăng nhập.")).to_be_visible()


def test_a_clerk_hands_over_a_code_and_the_maker_uses_it_on_a_phone(
    open_page: Callable[..., Page], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    desk, phone = open_page(1280), open_page(390)
    enter(desk, TWO_HATS.username, TWO_HATS.password)  # the officer of her commune
    desk.goto("/viec/nguoi/")
    desk.get_by_role("link", name=WITHOUT_EMAIL.full_name).click()
    desk.get_by_role("link", name="Cấp mã đặt lại mật khẩu").click()
    desk.locator("input[name=identity_seen]").fill("Gặp tại trụ sở xã")
    assert_accessible(desk)
    desk.get_by_role("button", name="Cấp mã").click()
    code = desk.locator("[data-one-time]").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)
    shoot(desk, "people-code-1280")

    phone.goto("/accounts/login/")
    phone.get_by_role("link", name="Không có thư điện tử").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu bằng mã của xã")
    assert_accessible(phone)
    phone.locator("input[name=login]").fill(WITHOUT_EMAIL.phone.replace("+84", "0"))
    phone.locator("input[name=code]").fill(code.lower())
    phone.locator("input[name=password1]").fill("mua-rao-tren-doi-che-12")
    phone.locator("input[name=password2]").fill("mua-rao-tren-doi-che-12")
    shoot(phone, "people-code-390")
    phone.get_by_role("button", name="Đặt mật khẩu mới").click()
    expect(phone.get_by_text("Đã đặt mật khẩu mới")).to_be_visible()
    enter(phone, WITHOUT_EMAIL.phone.replace("+84", "0"), "mua-rao-tren-doi-che-12")
