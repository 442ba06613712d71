"""A producer keeps its page by phone: what waits, texts with a preview, a photo, a price; the public sees it at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.records.pictures import telling_photo

pytestmark = pytest.mark.journey

STORY = "Bà tôi tráng bánh từ năm 1986. Mỗi sáng cả nhà xay củ dong, lọc bột ba lần nước suối rồi mới tráng."


def test_a_producer_edits_its_page_by_phone(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    page, public = open_page(390), open_page(390)
    public.goto("/sp/BKD001")
    expect(public.get_by_text("Bà tôi tráng bánh")).to_have_count(0)

    sign_in(page, "producer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    assert_accessible(page)
    shoot(page, "producer-home-390")

    page.get_by_role("link", name="Sản phẩm", exact=True).first.click()
    page.get_by_role("link", name="Miến dong mẫu (demo)").click()
    assert_accessible(page)
    page.get_by_role("link", name="Sửa trang").click()
    page.get_by_label("Câu chuyện sản phẩm").fill(STORY)
    page.get_by_label("Thành phần").fill("Tinh bột dong riềng 100%")
    assert_accessible(page)
    shoot(page, "producer-edit-390")

    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Xem trước, chưa lưu")).to_be_visible()
    expect(page.get_by_label("Câu chuyện sản phẩm")).to_have_value(STORY)
    assert_accessible(page)
    shoot(page, "producer-preview-390")
    public.reload()
    expect(public.get_by_text("Bà tôi tráng bánh")).to_have_count(0)

    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu. Trang công khai đã đổi.")).to_be_visible()
    public.reload()
    expect(public.get_by_text("Bà tôi tráng bánh từ năm 1986")).to_be_visible()
    assert site.rows("select count(*) from audit_entry where event = 'product.edited' and subject = 'product:BKD001'")[0][0] >= 2


def test_a_producer_sends_a_photo_and_a_price_by_phone(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    page, public = open_page(390), open_page(390)
    sign_in(page, "producer")
    page.goto("/viec/san-pham/BKD001/anh/")
    page.locator("input[type=file]").set_input_files(
        {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": telling_photo(size=(1200, 900))}
    )
    page.get_by_label("Chú thích (không bắt buộc)", exact=True).fill("Phơi miến trước nhà")
    page.get_by_role("button", name="Gửi ảnh").click()
    expect(page.get_by_text("Đã thêm ảnh.")).to_be_visible()
    expect(page.locator(".photos li")).to_have_count(2)
    assert_accessible(page)
    page.get_by_role("button", name="Đưa lên trước ảnh 2").click()
    expect(page.locator(".photos li").first).to_contain_text("Phơi miến trước nhà")

    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Gỡ ảnh 1").click()
    expect(page.locator(".photos li")).to_have_count(2)

    page.goto("/viec/san-pham/BKD001/quy-cach/")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Ghi giá.*Gói nhỏ")).click()
    page.get_by_label("Giá (đồng)").fill("62.000")
    assert_accessible(page)
    shoot(page, "producer-price-390")
    page.get_by_role("button", name="Ghi giá").click()
    expect(page.get_by_text("Đã ghi giá.")).to_be_visible()
    public.goto("/sp/BKD001")
    expect(public.get_by_text("62.000").first).to_be_visible()


def test_a_producer_cannot_touch_stars(page_390: Page, sign_in: Callable[..., None]) -> None:
    page = page_390
    sign_in(page, "producer")
    page.goto("/viec/san-pham/BKD001/")
    expect(page.get_by_text("Chỉ cơ quan OCOP cấp tỉnh ghi quyết định công nhận đã ký.")).to_be_visible()
    page.goto("/viec/san-pham/BKD001/cong-nhan/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn chưa vào được trang này")
