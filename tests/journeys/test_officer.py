"""An officer writes signed decisions down: a renewal, then its withdrawal, each with its scan; page and QR answer at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.records.pictures import PDF

pytestmark = pytest.mark.journey

SCAN = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF}
CHAIRMAN = "Chủ tịch UBND tỉnh Thái Nguyên"


def renew(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """From the old code on the paper to the button."""
    desk.get_by_role("link", name="Ghi quyết định", exact=True).click()
    assert_accessible(desk)
    desk.get_by_label("Mã sản phẩm").fill("06-066-DEMO-03")  # the old code on the paper
    desk.get_by_role("button", name="Tiếp tục").click()
    today = timezone.localdate()
    desk.get_by_label("Loại quyết định").select_option(label="Đánh giá lại")
    desk.get_by_label("Hạng sao").select_option(label="4 sao")
    desk.locator("input[name=decision_no]").fill("1234/QĐ-DEMO")
    desk.get_by_label("Ngày ký").fill((today - timedelta(days=10)).isoformat())
    desk.get_by_label("Người ký (chức vụ)").fill(CHAIRMAN)
    desk.get_by_label("Bản chụp quyết định").set_input_files([SCAN])  # type: ignore[list-item]
    assert_accessible(desk)
    shoot(desk, "officer-renewal-1280", full=True)
    desk.get_by_role("button", name="Ghi vào sổ").click()


def withdraw(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """Asked before it is written, since the public sees it at once."""
    desk.get_by_role("link", name=re.compile("Thu hồi.*BKD003-R2")).click()
    desk.get_by_label("Số quyết định thu hồi").fill("1299/QĐ-DEMO")
    desk.get_by_label("Người ký (chức vụ)").fill(CHAIRMAN)
    desk.get_by_label("Lý do").fill("Không còn sản xuất sản phẩm")
    desk.get_by_label("Bản chụp quyết định").set_input_files([SCAN])  # type: ignore[list-item]
    assert_accessible(desk)
    shoot(desk, "officer-withdrawal-1280", full=True)
    answers = iter((False, True))  # the first time the officer thinks better of it; the form may be sent again
    desk.on("dialog", lambda dialog: dialog.accept() if next(answers) else dialog.dismiss())
    desk.get_by_role("button", name="Ghi vào sổ").click()
    expect(desk.get_by_label("Lý do")).to_have_value("Không còn sản xuất sản phẩm")
    desk.get_by_role("button", name="Ghi vào sổ").click()


def test_an_officer_records_a_renewal_and_a_withdrawal(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    desk, phone = open_page(1280), open_page(390)
    phone.goto("/v/BKD003")  # as printed in the QR
    expect(phone.locator("main")).to_contain_text("Từng đạt 3 sao")
    sign_in(desk, "ocop_officer")
    assert_accessible(desk)
    shoot(desk, "officer-home-1280")

    renew(desk, shoot, assert_accessible)
    expect(desk.get_by_text("Đã ghi quyết định. Sao trên trang công khai đã đổi.")).to_be_visible()
    expect(desk.get_by_role("link", name="Bản chụp quyết định")).to_have_count(1)
    assert_accessible(desk)
    shoot(desk, "officer-product-1280", full=True)
    phone.goto("/v/BKD003")
    expect(phone).to_have_url(f"{site.url}/sp/BKD003")
    expect(phone.locator("main")).to_contain_text("1234/QĐ-DEMO")
    expect(phone.locator("main")).not_to_contain_text("Từng đạt")
    shoot(phone, "officer-renewed-390")

    withdraw(desk, shoot, assert_accessible)
    expect(desk.get_by_text("Trang công khai và mã QR đã báo thu hồi.")).to_be_visible()
    assert_accessible(desk)
    phone.goto("/v/BKD003")
    expect(phone.locator("main")).to_contain_text("thu hồi")
    expect(phone.locator("main")).to_contain_text("1299/QĐ-DEMO")
    assert_accessible(phone)
    shoot(phone, "officer-withdrawn-390")
    assert site.rows("select count(*) from audit_entry where event in ('recognition.recorded', 'recognition.withdrawn')")[0][0] >= 2
    # the scan is for officers; whoever came by QR gets nothing
    scan = desk.get_by_role("link", name="Bản chụp quyết định thu hồi").get_attribute("href")
    assert scan is not None
    assert phone.request.get(scan, max_redirects=0).status in (302, 403, 404)


def test_two_officers_save_the_same_product_and_nothing_is_lost(
    open_page: Callable[..., Page], sign_in: Callable[..., None], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    first, second = open_page(1280), open_page(1280)
    for page, which in ((first, 0), (second, 1)):
        sign_in(page, "ocop_officer", which)
        page.goto("/viec/san-pham/BKD007/sua/")
    first.get_by_label("Cách bảo quản").fill("Nơi khô, tránh nắng")
    first.get_by_role("button", name="Lưu").click()
    expect(first.get_by_text("Đã lưu. Trang công khai đã đổi.")).to_be_visible()
    second.get_by_label("Cách bảo quản").fill("Ngăn mát tủ lạnh")
    second.get_by_role("button", name="Lưu").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Có người vừa sửa trước bạn")
    expect(second.get_by_role("cell", name="Nơi khô, tránh nắng")).to_be_visible()
    expect(second.get_by_label("Cách bảo quản")).to_have_value("Ngăn mát tủ lạnh")
    assert_accessible(second)
    shoot(second, "officer-conflict-1280")
    second.get_by_role("button", name="Ghi bản của tôi").click()
    expect(second.get_by_text("Ngăn mát tủ lạnh")).to_be_visible()


PAGES = {
    "ocop_officer": (
        "/viec/",
        "/viec/san-pham/",
        "/viec/san-pham/BK001/",
        "/viec/san-pham/them/",
        "/viec/san-pham/BKD001/sua/",
        "/viec/san-pham/BKD001/bo/",
        "/viec/san-pham/BKD001/ma/",
        "/viec/san-pham/BKD001/hien/",
        "/viec/cong-nhan/BKD001-R1/keo-dai/",
        "/viec/cong-nhan/BKD006-R1/xac-nhan/",
        "/viec/chu-the/",
        "/viec/chu-the/them/",
        "/viec/chu-the/demo-htx-con-minh/",
        "/viec/chu-the/demo-htx-con-minh/sua/",
        "/viec/chu-the/demo-htx-con-minh/dai-dien/sua/",
        "/viec/chu-the/demo-htx-con-minh/loai-hinh/",
        "/viec/bao-sai/",
        "/viec/giu-trang/",
        "/viec/giu-trang/demo-co-so-xuan-duong/1/",
    ),
    "producer": ("/viec/chu-the/demo-htx-con-minh/duong-dan/", "/viec/chu-the/demo-htx-con-minh/lien-he/", "/viec/xin-giu-trang/"),
}


@pytest.mark.parametrize(("width", "dark"), [(1280, True), (390, False), (360, True)])
def test_every_page_of_the_desk_is_accessible_and_fits(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    assert_accessible: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    for role, addresses in PAGES.items():
        page = open_page(width, dark=dark)
        sign_in(page, role)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert_accessible(page)


def test_the_desk_works_without_script(open_page: Callable[..., Page], sign_in: Callable[..., None]) -> None:
    page = open_page(1280, javascript=False)
    sign_in(page, "ocop_officer")
    page.goto("/viec/san-pham/?q=men+la")
    page.get_by_role("link", name="Rượu men lá mẫu (demo)").click()
    page.get_by_role("link", name="Sửa trang").click()
    page.get_by_label("Cách bảo quản").fill("Tránh nắng")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Tránh nắng")).to_be_visible()
