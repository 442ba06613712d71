"""Somebody sees a star where it should not be, reports it with a photo; an officer closes it; the reporter reads the answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.records.pictures import telling_photo

pytestmark = pytest.mark.journey

OUTCOME = "Xã đã đến quầy, yêu cầu gỡ nhãn in sai và nhắc chủ quầy."


def test_a_report_with_a_photo_is_closed_and_its_reporter_reads_the_answer(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    phone, desk = open_page(390), open_page(1280)
    phone.goto("/sp/BKD001")
    phone.get_by_role("link", name="Bao bì không giống? Báo cho chúng tôi").click()
    expect(phone.locator("main")).to_contain_text("Miến dong mẫu (demo)")
    phone.get_by_label("Dùng sai").check()
    phone.locator("input[name=place_seen]").fill("Chợ Bắc Kạn, dãy hàng khô")
    phone.locator("textarea[name=text]").fill("Túi này in 5 sao, trang ghi 4 sao.")
    phone.locator("input[name=photo]").set_input_files({"name": "tui.jpg", "mimeType": "image/jpeg", "buffer": telling_photo()})
    phone.locator("input[name=name]").fill("Người Báo Thử")
    phone.locator("input[name=phone]").fill("0912 345 670")
    assert_accessible(phone)
    shoot(phone, "misuse-report-390", full=True)
    phone.get_by_role("button", name="Gửi báo cáo").click()
    phone.wait_for_url(re.compile(r"/bao-sai/[0-9A-Z]{10}/"))
    code = phone.url.rstrip("/").rsplit("/", 1)[-1]
    expect(phone.locator("main")).to_contain_text("Mới nhận")
    assert_accessible(phone)

    sign_in(desk, "commune_officer")
    desk.get_by_role("link", name="Báo dùng sai sao: Miến dong mẫu (demo)", exact=True).click()
    expect(desk.get_by_text("Túi này in 5 sao, trang ghi 4 sao.")).to_be_visible()
    expect(desk.get_by_text("Người Báo Thử")).to_have_count(0)
    assert_accessible(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Xem ảnh").click()
    assert download.value.path().stat().st_size > 0
    desk.get_by_role("button", name="Nhận xử lý").click()
    expect(desk.get_by_text("Bạn đã nhận xử lý báo cáo này.")).to_be_visible()
    desk.get_by_label("Đúng như báo, đã xử lý").check()
    desk.get_by_label("Trả lời người báo").fill(OUTCOME)
    assert_accessible(desk)
    shoot(desk, "misuse-desk-1280", full=True)
    desk.get_by_role("button", name="Đóng báo cáo").click()
    expect(desk.get_by_text("Đã đóng báo cáo.")).to_be_visible()
    assert_accessible(desk)
    desk.goto("/viec/bao-sai/")
    expect(desk.get_by_role("link", name=code)).to_have_count(0)
    desk.goto("/viec/bao-sai/?xem=xong")
    expect(desk.get_by_role("link", name=code)).to_be_visible()
    assert_accessible(desk)

    phone.reload()
    expect(phone.locator("main")).to_contain_text(OUTCOME)
    assert_accessible(phone)
    shoot(phone, "misuse-answer-390", full=True)
    assert site.rows("select count(*) from access_log where event = 'file.read'") == [(1,)]


def test_how_to_reach_the_reporter_is_shown_on_asking_and_logged(
    page_1280: Page, sign_in: Callable[..., None], site: Site, assert_accessible: Callable[[Page], None]
) -> None:
    page = page_1280
    sign_in(page, "ocop_officer")
    code = site.rows("select code from register_report where kind = 'misuse'")[0][0]
    page.goto(f"/viec/bao-sai/{code}/")
    expect(page.get_by_text("Canary-Nguoi-Bao-1")).to_have_count(0)
    page.get_by_role("button", name="Cách liên hệ người báo").click()
    expect(page.get_by_text("Canary-Nguoi-Bao-1")).to_be_visible()
    assert_accessible(page)
    assert site.rows("select count(*) from access_log where event = 'reporter.read'") == [(1,)]
