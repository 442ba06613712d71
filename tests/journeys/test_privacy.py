"""Somebody asks to be forgotten; and an official who lost the phone is brought back by two others."""

import json
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey

PHONE = "0900 000 030"  # the demo producer without e-mail
LOSE = """
from allauth.mfa.models import Authenticator
from ocop.people.models import User
user = User.objects.get(username="chu-tich-hoi-dong-1@demo.ocop.vn")
Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
print(user.code)
"""


def write_down(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """The request as the office received it."""
    desk.get_by_role("navigation", name="Đi đến").get_by_role("link", name="Yêu cầu về dữ liệu cá nhân").click()
    assert_accessible(desk)
    shoot(desk, "privacy-list-1280", full=True)
    desk.get_by_role("link", name="Ghi yêu cầu mới").click()
    desk.get_by_label("Người này muốn gì").select_option(label="Xóa dữ liệu")
    desk.get_by_label("Họ và tên").fill("Nông Thị Demo Không Thư")
    desk.get_by_label("Số điện thoại").fill(PHONE)
    desk.get_by_label("Bạn nhận ra người này bằng cách nào").fill("Gặp tại trụ sở, xem căn cước có ảnh")
    assert_accessible(desk)
    shoot(desk, "privacy-new-1280", full=True)
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.get_by_text("Các hạn đã bắt đầu tính")).to_be_visible()


def test_somebody_is_forgotten_after_a_second_look(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    desk = open_page(1280)
    sign_in(desk, "administrator")
    assert_accessible(desk)
    shoot(desk, "privacy-home-1280", full=True)
    write_down(desk, shoot, assert_accessible)
    desk.get_by_role("button", name="Đã trả lời người này").click()
    expect(desk.get_by_text("Đã trả lời, đang làm")).to_be_visible()
    assert_accessible(desk)
    shoot(desk, "privacy-request-1280", full=True)
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="Tải bản sao (ZIP)").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert json.loads(archive.read("du-lieu.json"))["held"]["account"][0]["full_name"] == "Nông Thị Demo Không Thư"
    phone = open_page(390)
    sign_in(phone, "administrator", 1)
    phone.goto(desk.url)
    assert_accessible(phone)
    shoot(phone, "privacy-request-390", full=True)
    desk.get_by_role("link", name="Xóa dữ liệu…").click()
    assert_accessible(desk)
    shoot(desk, "privacy-erase-1280", full=True)
    phone.goto(desk.url)
    shoot(phone, "privacy-erase-390", full=True)
    desk.get_by_role("button", name="Xóa dữ liệu").click()
    expect(desk.get_by_label("Tôi đã kiểm tra")).to_be_visible()  # nothing happens without the second look
    desk.get_by_label("Tôi đã kiểm tra").check()
    desk.get_by_role("button", name="Xóa dữ liệu").click()
    expect(desk.get_by_text("Phần pháp luật yêu cầu giữ không còn nhận ra được người.")).to_be_visible()
    assert_accessible(desk)
    shoot(desk, "privacy-done-1280", full=True)
    assert site.rows("SELECT count(*) FROM people_user WHERE phone = '+84900000030'") == [(0,)]
    assert json.loads(site.manage("verify_audit"))["sound"]


def test_two_officers_bring_an_official_back(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    code = site.manage("shell", "-c", LOSE).split()[-1]
    first, second = open_page(390), open_page(1280)
    sign_in(first, "ocop_officer")
    first.goto(f"/viec/nguoi/{code}/")
    first.get_by_role("link", name="Mất bảo mật hai lớp").click()
    assert_accessible(first)
    shoot(first, "factor-ask-390", full=True)
    first.get_by_label("Lý do").fill("Mất điện thoại và giấy ghi mã dự phòng")
    first.get_by_label("Bạn nhận ra người này bằng cách nào").fill("Gặp tại cơ quan, xem thẻ công chức")
    first.get_by_role("button", name="Gửi yêu cầu").click()
    expect(first.get_by_text("Phải có một người khác duyệt.")).to_be_visible()
    assert_accessible(first)
    shoot(first, "factor-waits-390", full=True)
    sign_in(second, "administrator")
    second.get_by_role("link", name="Duyệt gỡ bảo mật hai lớp cho Phùng Thị Demo Mười Một", exact=True).click()
    assert_accessible(second)
    shoot(second, "factor-approve-1280", full=True)
    second.get_by_role("button", name="Duyệt: gỡ bảo mật hai lớp").click()
    expect(second.get_by_text("Đã gỡ bảo mật hai lớp")).to_be_visible()
    shoot(second, "factor-person-1280", full=True)
    assert site.rows("SELECT count(*) FROM mfa_authenticator") == [(0,)]
