"""Taking a register in at the desk: sent, seen, mended, confirmed, undone; what is shown, logged, refused, and how fast it stays."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ocop.records import rules as records_rules
from ocop.records.models import AccessEntry, StoredFile
from ocop.register import rules
from ocop.register.actions import confirm_intake, discard_intake, start_intake
from ocop.register.models import IntakeBatch, IntakeRow, Product
from tests.cast import NOW, Cast, recognise
from tests.sheets import FIRST_ROW, plain_xlsx, register_xlsx
from tests.web.desk.register.conftest import ROWS, TEA, SignIn

LIST = "/viec/nhap-so/"
BAD_ROW = FIRST_ROW + 1
PRIVATE = {**TEA, "representative": "Ma Thị Kín", "phone": "0912345678", "first_stars": 6}
UNKNOWN = [["Sổ của huyện"], ["Mặt hàng", "Cơ sở", "Hạng"], ["Trà hoa vàng", "HTX Hoa Vàng", "3 sao"]]


def page_of(batch: IntakeBatch, act: str = "") -> str:
    return f"{LIST}{batch.code}/" + (f"{act}/" if act else "")


def send(client: Any, content: bytes, name: str = "so.xlsx") -> Any:
    return client.post(LIST, {"upload": SimpleUploadedFile(name, content)})


def html_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def opened(answer: Any) -> Any:
    return load_workbook(io.BytesIO(answer.content)).active


def latest() -> IntakeBatch:
    return IntakeBatch.objects.latest("pk")


def mend(client: Any, batch: IntakeBatch, n: int = BAD_ROW, **values: str) -> Any:
    """The row's form as the page fills it, with some cells typed anew."""
    cells = IntakeRow.objects.get(batch=batch, n=n).cells
    return client.post(page_of(batch, f"dong/{n}"), {**cells, **values})


def confirm(client: Any, batch: IntakeBatch, digest: str | None = None) -> Any:
    return client.post(page_of(batch, "ghi"), {"digest": batch.digest if digest is None else digest})


def test_a_sheet_is_sent_and_read(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert "Chưa gửi bảng nào" in html_of(client.get(LIST))
    answer = send(client, register_xlsx(ROWS))
    assert answer["Location"] == page_of(latest())
    html = html_of(client.get(answer["Location"]))
    for said in (
        "Trà hoa vàng",
        "HTX Hoa Vàng",
        "Mới",
        "Không nhận",
        "Công nhận lần 1 / Số sao:",
        "chỉ nhận 3, 4 hoặc 5 sao",
        "Ghi 1 dòng",
    ):
        assert said in html, said
    assert "so.xlsx" in html_of(client.get(LIST))
    assert not Product.objects.filter(name="Trà hoa vàng").exists()


@pytest.mark.parametrize(
    ("content", "said"), [(b"\x89PNG\r\n\x1a\n" + bytes(40), "Chỉ nhận tệp XLSX hoặc CSV"), (b"", "trống"), (b"<html>", "Chỉ nhận")]
)
def test_what_is_no_table_stays_on_the_page_with_its_reason(content: bytes, said: str, cast: Cast, sign_in: SignIn) -> None:
    answer = send(sign_in(cast.officer), content)
    assert (answer.status_code, said in html_of(answer)) == (422, True)
    assert not IntakeBatch.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_page_without_a_file_says_so(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.officer).post(LIST).status_code == 422


def test_a_register_that_cannot_be_read_says_why(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    html = html_of(client.get(send(client, b"PK\x03\x04 xl/workbook.xml")["Location"]))
    assert latest().problem in html
    assert "Gửi tệp khác" in html


def test_the_same_file_twice_is_said_and_allowed(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.second_officer)
    with sheet.file.blob.open("rb") as blob:
        html = html_of(client.get(send(client, blob.read())["Location"]))
    assert "đã được gửi trước đây" in html
    assert page_of(sheet) in html
    assert "đã được gửi trước đây" not in html_of(client.get(page_of(sheet)))


def test_rows_are_filtered_and_found_without_accents(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)

    def listed(query: str) -> set[str]:
        html = html_of(client.get(f"{page_of(sheet)}?{query}"))
        return {name for name in ("Trà hoa vàng", "Trà túi lọc", "Miến dong Mai") if name in html}

    assert listed("loai=refused") == {"Trà túi lọc"}
    assert listed("loai=new") == {"Trà hoa vàng"}
    assert listed("q=tra+tui") == {"Trà túi lọc"}
    assert listed("loai=khac&trang=x") == {"Trà hoa vàng", "Trà túi lọc", "Miến dong Mai"}
    assert "Không có dòng nào" in html_of(client.get(f"{page_of(sheet)}?q=khongcogi"))


def test_a_cell_is_mended_next_to_its_reason_and_judged_at_once(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    html = html_of(client.get(f"{page_of(sheet, f'dong/{BAD_ROW}')}?loai=refused"))
    assert html.index("chỉ nhận 3, 4 hoặc 5 sao") < html.index("Các ô còn lại của dòng")
    answer = mend(client, sheet, first_stars="4")
    assert answer["Location"].startswith(page_of(sheet))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.get(n=BAD_ROW).kind) == ("ready", "new")
    assert "Trong bảng gốc: 6." in html_of(client.get(page_of(sheet, f"dong/{BAD_ROW}")))


def test_the_filter_is_still_on_after_a_mend(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    cells = {**IntakeRow.objects.get(batch=sheet, n=BAD_ROW).cells, "first_stars": "4"}
    answer = client.post(f"{page_of(sheet, f'dong/{BAD_ROW}')}?loai=refused&q=tra&xyz=1", cells)
    assert answer["Location"] == f"{page_of(sheet)}?loai=refused&q=tra"


def test_what_does_not_fit_stays_typed(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    answer = mend(client, sheet, note="x" * 500)
    assert (answer.status_code, "x" * 500 in html_of(answer)) == (422, True)
    answer = mend(client, sheet)
    assert (answer.status_code, "chưa sửa ô nào" in html_of(answer)) == (422, True)
    assert client.get(page_of(sheet, "dong/999")).status_code == 404


def test_confirming_shows_the_numbers_and_writes_once(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client, other = sign_in(cast.officer), sign_in(cast.second_officer)
    html = html_of(client.get(page_of(sheet, "ghi")))
    assert sheet.digest in html
    assert "Ghi 1 dòng" in html
    html = html_of(client.post(page_of(sheet, "ghi"), {"digest": sheet.digest}, follow=True))
    assert "Đã ghi vào sổ" in html
    assert "1 sản phẩm mới, 1 chủ thể mới, 1 lần công nhận" in html
    answer = confirm(other, sheet)
    assert (answer.status_code, "đã ghi vào sổ" in html_of(answer)) == (409, True)
    assert Product.objects.filter(name="Trà hoa vàng").count() == 1


@pytest.mark.parametrize("digest", ["", "x" * 64])
def test_only_what_was_seen_is_confirmed(digest: str, cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    assert confirm(sign_in(cast.officer), sheet, digest).status_code == 409
    assert not Product.objects.filter(name="Trà hoa vàng").exists()


def test_a_register_changed_meanwhile_is_shown_and_the_sheet_read_anew(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    upload = SimpleUploadedFile("khac.xlsx", register_xlsx([TEA]))
    client = sign_in(cast.officer)
    send(client, upload.read())
    confirm(client, latest())
    answer = confirm(client, sheet)
    html = html_of(answer)
    assert answer.status_code == 409
    assert "Sổ đăng ký vừa thay đổi" in html
    assert "Trà hoa vàng" in html
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.get(n=FIRST_ROW).kind) == ("ready", "same")


def test_undone_as_a_whole_and_taken_in_again(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    confirm(client, sheet)
    assert "Hoàn tác cả bảng" in html_of(client.get(page_of(sheet)))
    assert "1 sản phẩm, 1 chủ thể và 1 lần công nhận" in html_of(client.get(page_of(sheet, "hoan-tac")))
    html = html_of(client.post(page_of(sheet, "hoan-tac"), follow=True))
    assert "Đọc lại để ghi lần nữa" in html
    assert not Product.objects.filter(name="Trà hoa vàng").exists()
    client.post(page_of(sheet, "doc-lai"))
    sheet.refresh_from_db()
    confirm(client, sheet)
    assert Product.objects.filter(name="Trà hoa vàng").exists()


def test_what_others_built_upon_is_not_undone_and_the_page_names_the_rows(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    confirm(client, sheet)
    recognise(Product.objects.get(name="Trà hoa vàng"), decision_no="99/QĐ-UBND")
    answer = client.post(page_of(sheet, "hoan-tac"))
    assert (answer.status_code, str(FIRST_ROW) in html_of(answer), "Không hoàn tác được" in html_of(answer)) == (409, True, True)
    assert Product.objects.filter(name="Trà hoa vàng").exists()


def test_nothing_is_undone_twice_or_before(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert client.get(page_of(sheet, "hoan-tac")).status_code == 403
    assert client.post(page_of(sheet, "hoan-tac")).status_code == 403
    confirm(client, sheet)
    assert [client.post(page_of(sheet, "hoan-tac")).status_code for _n in range(2)] == [302, 409]


def test_a_discarded_sheet_says_who_did_it(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert "Lý Thị Tỉnh bỏ lúc" in html_of(client.post(page_of(sheet, "bo"), follow=True))
    assert "Bảng này đã bỏ." in html_of(client.post(page_of(sheet, "bo"), follow=True))
    assert client.get(page_of(sheet, f"dong/{BAD_ROW}")).status_code == 403
    assert mend(client, sheet, first_stars="4").status_code == 409


def test_a_waiting_sheet_tells_how_far_it_is(cast: Cast, sign_in: SignIn) -> None:
    batch = start_intake(actor=cast.officer, upload=SimpleUploadedFile("so.xlsx", register_xlsx(ROWS)), at=NOW)
    client = sign_in(cast.officer)
    html = html_of(client.get(page_of(batch)))
    assert "đang chờ máy đọc" in html
    assert f'hx-get="{page_of(batch, "tien-do")}"' in html
    IntakeBatch.objects.filter(pk=batch.pk).update(state="reading", taken_up_at=NOW, rows_total=20_000, rows_read=500)
    html = html_of(client.get(page_of(batch, "tien-do"), headers={"HX-Request": "true"}))
    assert "Đã đọc 500 trên 20.000 dòng." in html
    assert '<progress class="meter" aria-label="Tiến độ đọc" max="20000" value="500">' in html


def test_a_finished_reading_loads_the_page_anew_and_stops_asking(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert client.get(page_of(sheet, "tien-do"), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "hx-get" not in html_of(client.get(page_of(sheet, "tien-do")))


def test_unknown_headers_are_asked_about_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    place = send(client, plain_xlsx(UNKNOWN))["Location"]
    assert "Chưa nhận ra cột nào ghi gì" in html_of(client.get(place))
    html = html_of(client.get(f"{place}cot/"))
    assert "Mặt hàng" in html
    assert "HTX Hoa Vàng" in html
    assert client.post(f"{place}cot/", {"cot_1": "name"}).status_code == 422
    answer = client.post(f"{place}cot/", {"cot_1": "name", "cot_2": "producer", "cot_3": "first_stars"})
    assert answer["Location"] == place
    assert "Ghi 1 dòng" in html_of(client.get(place))
    again = send(client, plain_xlsx([*UNKNOWN, ["Mật ong", "HTX Ong", "4"]]))["Location"]
    assert "Mật ong" in html_of(client.get(again))


def test_another_header_row_shows_other_columns_and_nonsense_shows_the_likely_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    place = send(client, plain_xlsx(UNKNOWN))["Location"]
    assert "Sổ của huyện</label>" in html_of(client.get(f"{place}cot/?bang=0&hang=1"))
    for query in ("bang=9&hang=99", "bang=-1&hang=x", "hang=99999999999999999999", "bang=²"):
        assert "Mặt hàng</label>" in html_of(client.get(f"{place}cot/?{query}")), query


def test_a_known_layout_shows_what_was_recognised(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    html = html_of(sign_in(cast.officer).get(page_of(sheet, "cot")))
    assert "Công nhận lần 2/nâng hạng / Số QĐ" in html
    assert html.count(" selected") == 24  # 22 columns, the tab and the header row


def test_personal_cells_are_on_the_rows_own_page_alone_and_each_look_is_logged(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    send(client, register_xlsx([PRIVATE]))
    batch = latest()
    for act in ("", "ghi", "tien-do"):
        html = html_of(client.get(page_of(batch, act)))
        assert "Ma Thị Kín" not in html
        assert "912345678" not in html
    assert "Ma Thị Kín" not in html_of(client.get(LIST)) + html_of(client.get("/viec/"))
    assert not AccessEntry.objects.filter(subject=f"intake:{batch.code}").exists()
    assert "Ma Thị Kín" in html_of(client.get(page_of(batch, f"dong/{FIRST_ROW}")))
    client.get(page_of(batch, "cot"))
    client.get(page_of(batch, "ghi-chu"))
    assert b"".join(client.get(f"/tep/{batch.file.key}").streaming_content).startswith(b"PK")
    logged = AccessEntry.objects.filter(subject=f"intake:{batch.code}").order_by("n").values_list("event", flat=True)
    assert list(logged) == ["intake.row_read", "intake.sheet_read", "intake.sheet_read", "file.read"]


def test_the_sheet_comes_back_with_its_remarks(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    mend(client, sheet, n=FIRST_ROW, note="=1+1")
    answer = client.get(page_of(sheet, "ghi-chu"))
    tab = opened(answer)
    last = tab.max_column
    assert "attachment" in answer["Content-Disposition"]
    assert [tab.cell(4, 2).value, tab.cell(5, last).value, tab.cell(BAD_ROW, 2).value] == [
        "Tên sản phẩm",
        "Ghi chú của hệ thống",
        "Trà túi lọc",
    ]
    assert tab.cell(BAD_ROW, last).value.startswith("Công nhận lần 1 / Số sao: “6” không phải hạng sao")
    assert "Ghi chú: đã sửa trên màn hình thành: =1+1" in tab.cell(FIRST_ROW, last).value


def test_the_sheet_with_its_remarks_is_read_like_the_first(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    send(client, client.get(page_of(sheet, "ghi-chu")).content)
    batch = latest()
    assert batch.state == "ready"
    assert list(batch.rows.order_by("n").values_list("kind", flat=True)) == list(sheet.rows.order_by("n").values_list("kind", flat=True))


def test_the_template_and_the_register_are_handed_out_in_the_same_layout(cast: Cast, sign_in: SignIn) -> None:
    recognise(cast.product)
    client = sign_in(cast.officer)
    assert opened(client.get(f"{LIST}mau/")).max_column == 22
    answer = client.get(f"{LIST}so-hien-nay/")
    assert AccessEntry.objects.latest("n").event == "persons.exported"
    send(client, answer.content)
    assert latest().summary["counts"] == {"new": 0, "changed": 0, "same": 2, "duplicate": 0, "refused": 0}
    send(client, client.get(f"{LIST}mau/").content)
    assert sum(latest().summary["counts"].values()) == 0


def test_sending_is_bounded(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    for _n in range(records_rules.LIMITS["intake"].capacity):
        send(client, b"a;b")
    answer = send(client, b"a;b")
    assert (answer.status_code, "Hãy chờ" in html_of(answer)) == (429, True)


def test_a_long_sheet_is_mended_in_the_background(
    cast: Cast, sheet: IntakeBatch, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(rules, "READ_AT_ONCE", 1)
    client = sign_in(cast.officer)
    mend(client, sheet, first_stars="4")
    sheet.refresh_from_db()
    assert sheet.state == "reading"
    assert "đang chờ máy đọc" in html_of(client.get(page_of(sheet)))


def test_an_open_sheet_waits_on_the_home_page_of_who_sent_it(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    assert page_of(sheet) in html_of(sign_in(cast.officer).get("/viec/"))
    assert page_of(sheet) not in html_of(sign_in(cast.second_officer).get("/viec/"))
    discard_intake(actor=cast.officer, batch=sheet, at=NOW)
    assert page_of(sheet) not in html_of(sign_in(cast.officer).get("/viec/"))


def more_rows(cast: Cast, batch: IntakeBatch) -> None:
    rows = [
        IntakeRow(batch=batch, n=n, kind="new", is_remarked=True, search_text="x", shown={"product": f"P{n}"}, cells={}, remarks=[])
        for n in range(100, 129)
    ]
    IntakeRow.objects.bulk_create(rows)


def more_batches(cast: Cast, batch: IntakeBatch) -> None:
    for n in range(29):
        start_intake(actor=cast.officer, upload=SimpleUploadedFile("so.csv", b"a;b%d" % n), at=NOW)


@pytest.mark.parametrize(("act", "more"), [("", more_rows), (None, more_batches)])
def test_thirty_rows_ask_no_more_than_one(
    act: str | None, more: Callable[[Cast, IntakeBatch], None], cast: Cast, sheet: IntakeBatch, sign_in: SignIn
) -> None:
    path = LIST if act is None else page_of(sheet, act)
    client = sign_in(cast.officer)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    more(cast, sheet)
    with CaptureQueriesContext(connection) as thirty:
        html = html_of(client.get(path))
    assert len(one) == len(thirty), "\n".join(query["sql"] for query in thirty)
    assert html.count("<tr>") >= 30


def test_a_confirmed_sheet_of_another_day_offers_no_undo(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    confirm_intake(actor=cast.officer, batch=sheet, digest=sheet.digest, at=NOW)
    IntakeBatch.objects.filter(pk=sheet.pk).update(confirmed_at=NOW.replace(year=2025))
    html = html_of(sign_in(cast.officer).get(page_of(sheet)))
    assert "Đã quá 24 giờ" in html
    assert page_of(sheet, "hoan-tac") not in html


def test_nobody_else_knows_of_a_sheet_or_its_file(cast: Cast, sheet: IntakeBatch, sign_in: SignIn) -> None:
    for who in (cast.clerk, cast.inspector, cast.administrator, cast.producer):
        client = sign_in(who)
        assert client.get(page_of(sheet)).status_code == 403
        assert client.get(f"/tep/{sheet.file.key}").status_code == 404
