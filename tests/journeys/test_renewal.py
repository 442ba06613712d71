"""A year's renewals: the queue, calls that go out by themselves, a dossier, a late case, letters, the calendar; and a commune that
answers about stars nobody knows of, with the OCOP office looking at the answers."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.records.pictures import PDF

pytestmark = pytest.mark.journey

SCAN = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF}


def sweep(site: Site) -> None:
    """What the worker does by itself: the sweep is enqueued, and the jobs it enqueues are done."""
    site.manage("run_due")
    for _round in range(2):
        site.manage("db_worker", "--batch", "--no-startup-delay")


def letters(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """One Word file with a letter a maker."""
    desk.goto("/viec/danh-gia-lai/?gd=last_call")
    desk.get_by_role("link", name="Lập thư nhắc").click()
    expect(desk.get_by_label("Nhắc lần cuối (130 ngày)")).to_be_checked()
    desk.get_by_label("Mở nhận hồ sơ (180 ngày)").check()
    desk.get_by_label("Số văn bản").fill("15/OCOP")
    desk.get_by_label("Chức vụ người ký").fill("Giám đốc")
    assert_accessible(desk)
    shoot(desk, "renewal-letters-1280", full=True)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Lập thư").click()
    paper = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells
    assert "Lạp sườn mẫu (demo)" in cells
    assert "15/OCOP" in cells


def late_case(desk: Page, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]) -> None:
    """Nothing was handed in by day 120: a dossier at last, and the certificate runs on."""
    desk.goto("/viec/danh-gia-lai/?gd=late")
    desk.get_by_role("link", name="Tinh bột nghệ mẫu (demo)").click()
    expect(desk.locator("main")).to_contain_text("Lỡ hạn")
    desk.get_by_role("link", name="Ghi hồ sơ đã nộp").click()
    desk.get_by_label("Số giấy tiếp nhận").fill("Giấy tiếp nhận 21/DEMO")
    desk.get_by_role("button", name="Ghi vào sổ").click()
    expect(desk.locator("main")).to_contain_text("Nộp muộn")
    desk.get_by_role("link", name="Quyết định lỡ hạn").click()
    desk.get_by_label("Nhận hồ sơ muộn và kéo dài").check()
    desk.get_by_label("Lý do").fill("Đường vào xã sạt lở (demo)")
    assert_accessible(desk)
    desk.get_by_role("button", name="Ghi vào sổ").click()
    expect(desk.locator("main")).to_contain_text("Được kéo dài đến hết")
    assert_accessible(desk)
    shoot(desk, "renewal-product-1280", full=True)


def calendar(desk: Page, assert_accessible: Callable[[Page], None]) -> None:
    """The address is shown once, and read without signing in."""
    desk.goto("/viec/danh-gia-lai/lich/")
    desk.get_by_role("button", name="Lập địa chỉ lịch").click()
    assert_accessible(desk)
    address = desk.get_by_label("Địa chỉ", exact=True).input_value()
    answer = desk.context.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert any("Ngày cuối nhận hồ sơ: Lạp sườn mẫu (demo)" in title for title in titles)


def test_a_years_renewals_from_the_queue_to_letters(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    sweep(site)
    calls = site.rows("select count(*) from register_renewalcall")[0][0]
    assert calls
    sweep(site)
    assert site.rows("select count(*) from register_renewalcall")[0][0] == calls
    desk, phone = open_page(1280), open_page(390)
    sign_in(desk, "ocop_officer")
    desk.get_by_role("link", name="Đánh giá lại", exact=True).click()
    expect(desk.get_by_role("row", name=re.compile("Lạp sườn mẫu"))).to_contain_text("Nhắc lần cuối")
    expect(desk.get_by_role("row", name=re.compile("Lạp sườn mẫu"))).to_contain_text("báo trong phần mềm")
    assert_accessible(desk)
    shoot(desk, "renewal-queue-1280", full=True)
    letters(desk, shoot, assert_accessible)
    desk.goto("/viec/danh-gia-lai/?gd=last_call")
    expect(desk.get_by_role("row", name=re.compile("Lạp sườn mẫu"))).to_contain_text("15/OCOP")
    late_case(desk, shoot, assert_accessible)
    calendar(desk, assert_accessible)

    sign_in(phone, "producer")  # the maker is told what to do and until when
    expect(phone.locator("main")).to_contain_text("Lạp sườn mẫu (demo): lời nhắc cuối")
    phone.goto("/viec/danh-gia-lai/BKD011/")
    expect(phone.locator("main")).to_contain_text("Ngày cuối nhận hồ sơ")
    assert_accessible(phone)
    shoot(phone, "renewal-producer-390")


def test_a_commune_sees_who_has_not_filed(
    open_page: Callable[..., Page], sign_in: Callable[..., None], shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    phone = open_page(390)
    sign_in(phone, "commune_officer")
    phone.goto("/viec/danh-gia-lai/?hs=chua")
    expect(phone.locator("main")).to_contain_text("sao đã mở nhận hồ sơ mà chưa thấy nộp")
    expect(phone.locator("main")).not_to_contain_text("Chè Shan tuyết mẫu")  # of the next commune
    assert_accessible(phone)
    shoot(phone, "renewal-commune-390")
    phone.get_by_role("link", name="Khoai môn mẫu (demo)").click()
    phone.get_by_role("link", name="Ghi hồ sơ đã nộp").click()
    phone.get_by_label("Số giấy tiếp nhận").fill("Giấy tiếp nhận 22/DEMO")
    phone.get_by_role("button", name="Ghi vào sổ").click()
    expect(phone.locator("main")).to_contain_text("Đã nộp đúng hạn")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_commune_confirms_unverified_stars(
    javascript: bool,
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    """By keyboard where it opens a row, and without script as well."""
    today = timezone.localdate()
    clerk, officer = open_page(1280, javascript=javascript), open_page(1280)
    sign_in(clerk, "commune_officer")
    clerk.get_by_role("link", name="Xác minh sao", exact=True).click()
    expect(clerk.locator("main")).to_contain_text("Đã trả lời 1 trên 4")
    clerk.get_by_role("link", name=re.compile("Trả lời.*Bánh gio")).press("Enter")
    clerk.get_by_label("Đã xem giấy tờ nào").fill("Giấy chứng nhận bản gốc số 12 (demo)")
    clerk.get_by_label("Ngày hết hạn in trên giấy").first.fill((today + timedelta(days=200)).isoformat())
    if javascript:
        assert_accessible(clerk)
        shoot(clerk, "confirm-open-1280", full=True)
    clerk.get_by_role("button", name="Ghi: Còn giá trị").press("Enter")
    expect(clerk.locator("main")).to_contain_text("Đã trả lời 2 trên 4")
    expect(clerk).to_have_url(re.compile(r"mo=BKD016#BKD016$"))  # on to the next star

    clerk.locator("summary", has_text="Đã công nhận lại").press("Enter")
    form = clerk.locator("form[action$='/BKD016/cong-nhan-lai/']")
    form.get_by_label("Số quyết định").fill("88/QĐ-DEMO")
    form.get_by_label("Ngày ký").fill((today - timedelta(days=60)).isoformat())
    form.get_by_label("Người ký (chức vụ)").fill("Chủ tịch UBND tỉnh (demo)")
    form.get_by_label("Bản chụp quyết định").set_input_files([SCAN])  # type: ignore[list-item]
    form.get_by_role("button", name="Ghi: Đã công nhận lại").click()
    expect(clerk.locator("main")).to_contain_text("Đã trả lời 3 trên 4")
    if javascript:
        return
    sign_in(officer, "ocop_officer")  # the answers hold already; the office looks at each
    officer.goto("/viec/xac-minh/tra-loi/")
    expect(officer.get_by_role("row", name=re.compile("Bún khô mẫu"))).to_contain_text("88/QĐ-DEMO")
    assert_accessible(officer)
    shoot(officer, "confirm-answers-1280", full=True)
    officer.get_by_role("button", name=re.compile("Đồng ý.*Bún khô")).click()
    officer.get_by_role("link", name=re.compile("Rút lại.*Bánh gio")).click()
    officer.get_by_label("Vì sao rút lại").fill("Giấy của sản phẩm khác (demo)")
    officer.get_by_role("button", name="Ghi vào sổ").click()
    expect(officer.locator("main")).to_contain_text("Đã rút lại. Sao trở về như trước câu trả lời.")
    clerk.goto("/viec/xac-minh/")
    expect(clerk.locator("main")).to_contain_text("Đã trả lời 2 trên 4")
