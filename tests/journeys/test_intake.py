"""An officer takes in a dirty register: reads what is wrong, mends three cells, confirms, takes it back, confirms again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.sheets import FIRST_ROW, plain_xlsx, register_xlsx

pytestmark = pytest.mark.journey

TEA = {
    "index": 1,
    "name": "Chè Shan tuyết cổ thụ (demo)",
    "group": "Đồ uống",
    "form": "HTX",
    "producer": "HTX Chè Bằng Phúc (demo)",
    "commune": "Xã Bằng Phúc",
    "representative": "Triệu Văn Demo",
    "phone": "0900000955",
    "stars": "4 sao",
    "expiry": "19/12/2026",
    "first_stars": "★★★★",
    "first_date": "20/12/2023",
    "first_decision": "2105/QĐ-DEMO",
    "first_issuer": "UBND tỉnh",
}
# Three cells are wrong: a commune misspelt, six stars, a day that no month has. The last row repeats the first.
ROWS = (
    TEA,
    {**TEA, "index": 2, "name": "Trà xanh túi lọc (demo)", "first_stars": 3, "stars": 3, "first_decision": "2106/QĐ-DEMO"},
    {
        "index": 3,
        "name": "Gạo nếp nương (demo)",
        "producer": "HTX Thượng Quan (demo)",
        "commune": "Xã Thượng Quann",
        "first_stars": "3*",
        "first_date": "ngày 5 tháng 12 năm 2023",
        "first_decision": "2107/QĐ-DEMO",
    },
    {
        "index": 4,
        "name": "Mật ong hoa rừng (demo)",
        "producer": "Tổ hợp tác nuôi ong Ba Bể (demo)",
        "commune": "Xã Ba Bể",
        "first_stars": "6 sao",
        "first_date": "12/09/2025",
        "first_decision": "88/QĐ-DEMO",
    },
    {
        "index": 5,
        "name": "Miến dong sợi nhỏ (demo)",
        "producer": "HTX Miến Na Rì (demo)",
        "commune": "Xã Na Rì",
        "first_stars": 4,
        "first_date": "31/02/2026",
        "first_decision": "12/QĐ-DEMO",
    },
    {**TEA, "index": 6},
)
SHEET = {
    "name": "so-ngan-son-demo.xlsx",
    "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "buffer": register_xlsx(ROWS),
}
MENDS = (
    (FIRST_ROW + 2, "Xã, phường", "Xã Thượng Quan"),
    (FIRST_ROW + 3, "Công nhận lần 1: số sao", "4 sao"),
    (FIRST_ROW + 4, "Công nhận lần 1: ngày", "28/02/2026"),
)


def send(desk: Page, site: Site, sheet: dict[str, object]) -> None:
    """Through the form; the page waits for the reader, and is loaded anew by itself when it has read."""
    desk.get_by_label("Bảng sổ đăng ký").set_input_files([sheet])  # type: ignore[list-item]
    desk.get_by_role("button", name="Gửi và đọc thử").click()
    expect(desk.get_by_text("đang chờ máy đọc")).to_be_visible()
    site.manage("db_worker", "--batch", "--no-startup-delay")


def mend(desk: Page, row: int, label: str, value: str) -> None:
    desk.get_by_role("link", name=f"sửa dòng {row}").click()
    desk.get_by_label(label).fill(value)
    desk.get_by_role("button", name="Lưu và so lại").click()
    expect(desk.get_by_text(f"Đã sửa dòng {row}.")).to_be_visible()


def confirm(desk: Page) -> None:
    desk.get_by_role("link", name="Ghi 5 dòng vào sổ").click()
    desk.get_by_role("button", name="Ghi 5 dòng").click()
    expect(desk.get_by_role("heading", name="Đã ghi vào sổ")).to_be_visible()


def test_an_officer_takes_a_dirty_register_in(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    desk, public = open_page(1280), open_page(390)
    sign_in(desk, "ocop_officer")
    desk.get_by_role("link", name="Nhập sổ", exact=True).click()
    assert_accessible(desk)
    shoot(desk, "intake-list-1280", full=True)

    send(desk, site, SHEET)
    expect(desk.get_by_role("link", name="Không nhận 3")).to_be_visible()
    assert_accessible(desk)
    shoot(desk, "intake-preview-1280")

    desk.get_by_role("link", name="Không nhận 3").click()
    row, label, value = MENDS[0]
    desk.get_by_role("link", name=f"sửa dòng {row}").click()
    assert_accessible(desk)
    shoot(desk, "intake-row-1280", full=True)
    desk.go_back()
    for row, label, value in MENDS:
        mend(desk, row, label, value)
    expect(desk.get_by_role("link", name="Không nhận 0")).to_be_visible()

    desk.get_by_role("link", name="Ghi 5 dòng vào sổ").click()
    assert_accessible(desk)
    shoot(desk, "intake-confirm-1280", full=True)
    desk.go_back()
    confirm(desk)
    assert_accessible(desk)
    shoot(desk, "intake-done-1280", full=True)
    public.goto("/san-pham/?q=mien+dong+soi+nho")
    expect(public.get_by_role("link", name="Miến dong sợi nhỏ (demo)")).to_be_visible()

    desk.get_by_role("link", name="Hoàn tác cả bảng").click()
    assert_accessible(desk)
    shoot(desk, "intake-undo-1280", full=True)
    desk.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(desk.get_by_text("Sổ đăng ký trở lại như trước khi ghi bảng này.").first).to_be_visible()
    assert_accessible(desk)
    public.reload()
    expect(public.get_by_role("link", name="Miến dong sợi nhỏ (demo)")).to_have_count(0)

    desk.get_by_role("button", name="Đọc lại để ghi lần nữa").click()
    confirm(desk)
    public.reload()
    expect(public.get_by_role("link", name="Miến dong sợi nhỏ (demo)")).to_be_visible()
    ((subject,),) = site.rows("select subject from audit_entry where event = 'intake.undone'")
    events = site.rows("select event from audit_entry where subject = ? order by n", subject)
    assert [event for (event,) in events] == [
        "intake.uploaded",
        "intake.read",
        *["intake.mended", "intake.read"] * 3,
        "intake.confirmed",
        "intake.undone",
        "intake.reread",
        "intake.read",
        "intake.confirmed",
    ]


def test_a_sheet_with_headers_nobody_knows_is_mapped_once(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
) -> None:
    desk = open_page(1280)
    sign_in(desk, "ocop_officer")
    heads = ["STT", "Mặt hàng", "Cơ sở làm ra", "Ở đâu", "Mấy sao", "Hôm nào"]
    rows = [["DANH SÁCH"], heads, [1, "Măng khô (demo)", "HTX Măng (demo)", "Xã Ba Bể", 3, "01/09/2025"]]
    for content, n in ((rows, 1), ([*rows, [2, "Măng ớt (demo)", "HTX Măng (demo)", "Xã Ba Bể", 3, "01/09/2025"]], 2)):
        desk.goto("/viec/nhap-so/")
        send(desk, site, {**SHEET, "name": f"bang-la-{n}.xlsx", "buffer": plain_xlsx(content)})
        if n == 1:
            expect(desk.get_by_role("heading", name="Chưa nhận ra cột nào ghi gì")).to_be_visible()
            assert_accessible(desk)
            desk.get_by_role("link", name="Chọn cột").click()
            for label, held in (("Mặt hàng", "Tên sản phẩm"), ("Cơ sở làm ra", "Tên chủ thể"), ("Ở đâu", "Xã, phường")):
                desk.get_by_label(label).select_option(label=held)
            for label, held in (("Mấy sao", "first_stars"), ("Hôm nào", "first_date")):
                desk.get_by_label(label).select_option(held)
            assert_accessible(desk)
            shoot(desk, "intake-columns-1280")
            desk.get_by_role("button", name="Ghi nhớ và đọc bảng").click()
            site.manage("db_worker", "--batch", "--no-startup-delay")
        expect(desk.get_by_role("link", name=f"Mới {n}")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1280, True), (390, False), (360, True)])
def test_every_page_of_a_sheet_is_accessible_and_fits(
    open_page: Callable[..., Page],
    sign_in: Callable[..., None],
    site: Site,
    shoot: Callable[..., None],
    assert_accessible: Callable[[Page], None],
    width: int,
    dark: bool,
) -> None:
    page = open_page(width, dark=dark)
    sign_in(page, "ocop_officer")
    sheets = "register_intakebatch b join register_intakerow r on r.batch_id = b.id"
    code, row = site.rows(f"select b.code, r.n from {sheets} where r.kind = 'refused' order by r.n")[0]
    for name, address in (
        ("list", ""),
        ("preview", f"{code}/?loai=refused"),
        ("row", f"{code}/dong/{row}/"),
        ("columns", f"{code}/cot/"),
        ("confirm", f"{code}/ghi/"),
    ):
        answer = page.goto(f"/viec/nhap-so/{address}")
        assert answer is not None
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
        if (width, name) in {(390, "preview"), (390, "row")}:
            shoot(page, f"intake-{name}-390")


def test_a_sheet_is_taken_in_without_script(open_page: Callable[..., Page], sign_in: Callable[..., None], site: Site) -> None:
    desk = open_page(1280, javascript=False)
    sign_in(desk, "ocop_officer")
    desk.goto("/viec/nhap-so/")
    send(desk, site, {**SHEET, "buffer": register_xlsx(ROWS[:1])})
    desk.get_by_role("link", name="Xem lại").click()
    desk.get_by_role("link", name="Ghi 1 dòng vào sổ").click()
    desk.get_by_role("button", name="Ghi 1 dòng").click()
    expect(desk.get_by_role("heading", name="Đã ghi vào sổ")).to_be_visible()
