"""Home, catalogue, register and about in a real browser: axe in both looks and at both widths, filters with and without script."""

import pytest
from playwright.sync_api import expect

from tests.axe import assert_axe_clean
from tests.web.portal.test_product_in_browser import Visit, browser, launch, visit  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (360, "light")]
PAGES = [
    "/",
    "/san-pham/",
    "/san-pham/?xem=ban-do&sao=3&demo=1",
    "/san-pham/?q=khong+co&sao=9",
    "/so-dang-ky/",
    "/so-dang-ky/?ngay=x",
    "/gioi-thieu/",
]
PAGES += ["/en/", "/en/san-pham/"]


@pytest.mark.parametrize(("width", "look"), LOOKS)
def test_no_finding_by_axe_and_no_sideways_scroll(visit: Visit, width: int, look: str) -> None:  # noqa: F811
    page = visit("/", width, look)
    for path in PAGES:
        page.goto(path)
        assert_axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_tick_filters_at_once_and_keeps_its_focus(visit: Visit) -> None:  # noqa: F811
    page = visit("/san-pham/")
    expect(page.get_by_role("heading", name="7 sản phẩm")).to_be_visible()
    expect(page.get_by_role("button", name="Xếp")).to_be_hidden()
    page.get_by_label("5 sao").check()
    page.wait_for_url("**sao=5**")
    expect(page.get_by_role("heading", name="1 sản phẩm", exact=True)).to_be_visible()
    expect(page.get_by_label("5 sao")).to_be_focused()
    page.get_by_label("Sắp xếp").select_option("ten")
    page.wait_for_url("**xep=ten**")
    assert "sao=5" in page.url


def test_filters_work_without_script(visit: Visit) -> None:  # noqa: F811
    page = visit("/san-pham/", 390, java_script_enabled=False)
    page.get_by_text("Bộ lọc").first.click()
    page.get_by_label("4 sao").check()
    page.get_by_role("button", name="Lọc sản phẩm").click()
    expect(page.get_by_role("heading", name="2 sản phẩm", exact=True)).to_be_visible()
    page.get_by_role("link", name="Bỏ 4 sao").click()
    expect(page.get_by_role("heading", name="7 sản phẩm")).to_be_visible()


def test_on_a_phone_several_boxes_are_ticked_before_anything_is_sent(visit: Visit) -> None:  # noqa: F811
    page = visit("/san-pham/", 390)
    page.get_by_text("Bộ lọc").first.click()
    page.get_by_label("4 sao").check()
    page.get_by_label("5 sao").check()
    assert page.url.endswith("/san-pham/")
    page.get_by_role("button", name="Lọc sản phẩm").click()
    expect(page.get_by_role("heading", name="3 sản phẩm", exact=True)).to_be_visible()
