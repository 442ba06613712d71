"""A traveller and a buyer look for a place: the map with and without script, an old commune's name, a tourism site, the figures."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

PAGES = ("/ban-do/", "/xa/", "/xa/dong-phuc-01933/", "/xa/bang-phuc-02041/?ngay=2025-06-30", "/du-lich/", "/du-lich/quynh-mai-homestay/")
PAGES += ("/diem-ban/", "/su-kien/", "/en/ban-do/")


def test_an_old_name_leads_to_the_commune_and_its_products(
    page_390: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page_390.goto("/xa/")
    page_390.get_by_role("searchbox").fill("bang phuc cho don")
    page_390.get_by_role("button", name="Tìm").click()
    page_390.get_by_role("link", name="xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc").click()
    expect(page_390.get_by_role("heading", level=1)).to_have_text("Xã Đồng Phúc")
    expect(page_390.get_by_role("link", name="Rượu men lá Bằng Phúc", exact=True)).to_be_visible()
    assert_accessible(page_390)
    shoot(page_390, "commune-390", full=True)


def test_the_map_zooms_and_its_points_open_by_keyboard(page_1280: Page, shoot: Callable[..., None]) -> None:
    page_1280.goto("/ban-do/")
    expect(page_1280.locator("path.u.leaflet-interactive")).to_have_count(37)
    expect(page_1280.locator(".map svg.geo")).to_be_hidden()
    expect(page_1280.locator(".leaflet-control-attribution")).to_have_text(
        "Ranh giới: thanglequoc/vietnamese-provinces-database (MIT), gốc sapnhap.bando.com.vn"
    )
    shoot(page_1280, "map-1280")
    site = page_1280.get_by_role("button", name="Hồ Ba Bể")
    site.focus()
    page_1280.keyboard.press("Enter")
    popup = page_1280.locator(".leaflet-popup")
    expect(popup).to_contain_text("Vẽ ở trung tâm xã cũ")
    popup.get_by_role("link", name="Hồ Ba Bể").focus()
    page_1280.keyboard.press("Enter")  # a mouse might miss it while the map still glides to make room
    expect(page_1280).to_have_url(re.compile("/du-lich/ho-ba-be/$"))


def test_without_script_the_map_is_a_drawing_of_links(open_page: Callable[..., Page]) -> None:
    page = open_page(1280, javascript=False)
    page.goto("/ban-do/")
    expect(page.locator(".map svg.geo a path.u")).to_have_count(37)
    page.locator('.map svg.geo a[aria-label^="Xã Ba Bể:"] path').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Ba Bể")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False), (390, True), (360, False)])
def test_the_pages_of_places_are_accessible_and_fit(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], width: int, dark: bool
) -> None:
    page = open_page(width, dark=dark)
    for address in PAGES:
        page.goto(address)
        if "ban-do" in address:
            expect(page.locator("path.u.leaflet-interactive")).to_have_count(37)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
