"""A journalist takes the register along; a maker's barcode leads a shopper to the product; an officer fetches the Ministry's table."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

GTIN13 = "9521234543213"  # GS1's own example number, kept for demonstrations
PAGES = ("/so-lieu/", "/so-lieu/register/", "/so-lieu/places/", "/so-lieu/thay-doi/", "/so-lieu/chi-so/", "/so-lieu/chi-so/2021/")
PAGES += (
    "/so-lieu/chi-so/muc-tieu/",
    "/sp/BK001/tren-nhan/?10=L1&15=261231&3103=000500",
    "/01/04006381333931",
    "/01/1",
    "/en/so-lieu/5277/",
)


def test_a_journalist_reads_what_a_set_holds_and_takes_it_along(
    page_1280: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page_1280.goto("/")
    page_1280.get_by_role("contentinfo").get_by_role("link", name="Số liệu mở").click()
    expect(page_1280.get_by_role("heading", level=1)).to_have_text("Số liệu mở")
    assert_accessible(page_1280)
    shoot(page_1280, "open-data-1280")
    page_1280.get_by_role("link", name="Sổ sản phẩm OCOP theo ngày").first.click()
    expect(page_1280.get_by_role("row", name=re.compile("^valid_through"))).to_contain_text("Ngày cuối cùng còn hiệu lực")
    shoot(page_1280, "open-data-set-1280")
    with page_1280.expect_download() as taken:
        page_1280.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 126
    assert all(row["source_url"] or row["source_name"] for row in rows)
    assert not any(row["product_id"].startswith("BKD") for row in rows)


def test_a_barcode_on_a_pack_leads_a_shopper_to_what_is_known(
    open_page: Callable[..., Page], sign_in: Callable[..., None], shoot: Callable[..., None]
) -> None:
    maker, shopper = open_page(390), open_page(390)
    shopper.goto(f"/01/0{GTIN13}")
    expect(shopper.get_by_role("heading", level=1)).to_have_text("Chưa biết mã vạch này")
    sign_in(maker, "producer")
    maker.goto("/viec/san-pham/BKD001/quy-cach/1/")
    maker.get_by_label(re.compile("Mã vạch GTIN")).fill(GTIN13)
    maker.get_by_role("button", name="Lưu").first.click()
    expect(maker.get_by_text(GTIN13).first).to_be_visible()
    shopper.goto(f"/01/0{GTIN13}/10/L24-11?15=271231")
    expect(shopper).to_have_url(re.compile(r"/sp/BKD001/tren-nhan/\?10=L24-11&15=271231$"))
    expect(shopper.get_by_role("region", name="Theo nhãn, chưa kiểm chứng")).to_contain_text("31/12/2027")
    shoot(shopper, "barcode-390", full=True)
    shopper.goto(f"/01/0{GTIN13}")
    expect(shopper).to_have_url(re.compile("/sp/BKD001$"))


def test_an_officer_looks_the_ministry_s_table_through_and_fetches_it(
    page_1280: Page, sign_in: Callable[..., None], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page_1280, "ocop_officer")
    page_1280.goto("/viec/san-pham/")
    page_1280.get_by_role("link", name="Biểu 5277").click()
    page_1280.get_by_label("Năm").select_option("2024")
    page_1280.get_by_role("button", name="Xem").click()
    expect(page_1280.get_by_role("heading", name="73 dòng, tính đến 31/12/2024")).to_be_visible()
    assert_accessible(page_1280)
    shoot(page_1280, "national-1280")
    answer = page_1280.request.get(page_1280.get_by_role("link", name="JSON").get_attribute("href") or "")
    rows = json.loads(answer.body())["rows"]
    assert {row["Ma_ThoiGian"] for row in rows} == {"2024"}


@pytest.mark.parametrize(("width", "dark"), [(1280, True), (390, False), (360, False)])
def test_the_pages_of_open_data_are_accessible_and_fit(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], width: int, dark: bool
) -> None:
    page = open_page(width, dark=dark)
    for address in PAGES:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
