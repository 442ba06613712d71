"""Renewals at the desk: the queue and its filters, what is written down, letters, the spreadsheet, the calendar."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from ocop.people.actions import end_mandate
from ocop.people.models import Mandate
from ocop.records.models import AccessEntry
from ocop.register.actions import set_person
from ocop.register.models import CalendarFeed, LateDecision, Recognition, RenewalFiling, RenewalLetter
from tests.cast import NOW, Cast, make_product, recognise
from tests.web.desk.register.conftest import SignIn

QUEUE = "/viec/danh-gia-lai/"
HEAD = {"dated_on": "2026-11-24", "place": "Thái Nguyên", "superior": "UBND tỉnh", "issuer": "Cơ quan OCOP", "signer_title": "Giám đốc"}


def ending(cast: Cast, left: int) -> Recognition:
    """The producer's star, with so many days to its last valid day."""
    last = timezone.localdate() + timedelta(days=left)
    return recognise(cast.product, signed_on=last - timedelta(days=1095), last_day=last)


def page(client: Client, address: str = QUEUE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_queue_shows_each_stage_with_its_count(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    client = sign_in(cast.officer)
    html = page(client)
    for part in ("Miến dong Mai", "HTX Mai", "Nhắc lại (150 ngày)", "Chưa nộp", "Chưa gọi", "theo giấy chứng nhận"):
        assert part in html
    assert "Miến dong Mai" not in page(client, f"{QUEUE}?gd=late")
    assert "Miến dong Mai" in page(client, f"{QUEUE}?gd=remind&hs=chua&sao=4&xa=02185&q=mien+dong")
    for query in ("hs=co", "sao=3", "xa=01933", "q=ruou"):
        assert "Không có sao nào ở đây" in page(client, f"{QUEUE}?{query}"), query


def test_a_commune_sees_its_own_and_where_to_call_but_no_number(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    set_person(actor=cast.producer, producer=cast.maker, values={"phone": "0912 345 678"}, at=NOW)
    html = page(sign_in(cast.clerk))
    assert "1 sao đã mở nhận hồ sơ mà chưa thấy nộp" in html
    assert 'href="/viec/chu-the/htx-mai/"' in html
    assert "345" not in html
    assert "Miến dong Mai" not in page(sign_in(cast.rival_clerk))
    assert sign_in(cast.producer).get(QUEUE).status_code == 403


def test_thirty_rows_ask_no_more_than_one(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    client = sign_in(cast.officer)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    last = timezone.localdate() + timedelta(days=100)
    for n in range(29):
        recognise(make_product(f"Miến {n}", cast.maker), decision_no=f"{n}", signed_on=last - timedelta(days=1000), last_day=last)
    with CaptureQueriesContext(connection) as thirty:
        assert "Miến 28" in page(client)
    assert len(thirty) == len(one), "\n".join(query["sql"] for query in thirty)


def test_a_filing_is_written_down_by_the_commune_and_shown(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    client, today = sign_in(cast.clerk), timezone.localdate()
    answer = client.post(f"{QUEUE}BK001/nop/", {"filed_on": today.isoformat(), "receipt": ""})
    assert answer.status_code == 422
    answer = client.post(f"{QUEUE}BK001/nop/", {"filed_on": today.isoformat(), "receipt": "TN 12"}, follow=True)
    assert "Đã ghi hồ sơ." in answer.content.decode()
    assert "Đã nộp đúng hạn" in page(client)
    client.post(f"{QUEUE}BK001/nop/", {"filed_on": today.isoformat(), "receipt": "TN 13"})
    assert RenewalFiling.objects.get().receipt == "TN 13"


def test_a_late_case_is_decided_and_shown(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 60)
    officer, address = sign_in(cast.officer), f"{QUEUE}BK001/quyet-dinh/"
    assert sign_in(cast.clerk).get(address).status_code == 403
    assert officer.post(address, {"choice": "extend", "reason": "Bão lũ"}).status_code == 422  # nothing handed in
    officer.post(f"{QUEUE}BK001/nop/", {"filed_on": timezone.localdate().isoformat(), "receipt": "TN 12"})
    far = (timezone.localdate() + timedelta(days=900)).isoformat()
    answer = officer.post(address, {"choice": "extend", "reason": "Bão lũ", "last_day": far})
    assert answer.status_code == 422
    assert "180 ngày" in answer.content.decode()
    assert officer.post(address, {"choice": "extend", "reason": "Bão lũ"}).status_code == 302
    html = page(officer, f"{QUEUE}BK001/")
    for part in ("Được kéo dài", "Bão lũ", "TN 12", "Nộp muộn", "Ngày cuối được kéo dài"):
        assert part in html
    assert LateDecision.objects.get().choice == "extend"
    assert officer.post(f"{QUEUE}BK001/khong-dat/", {"decided_on": timezone.localdate().isoformat(), "paper": "TB 4"}).status_code == 302
    assert "Không đạt" in page(officer, f"{QUEUE}BK001/")


def test_a_producer_reads_the_own_renewal_and_writes_nothing(cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    client = sign_in(cast.producer)
    html = page(client, f"{QUEUE}BK001/")
    assert "Mở nhận hồ sơ" in html
    assert f"{QUEUE}BK001/nop/" not in html
    assert client.get(f"{QUEUE}BK001/nop/").status_code == 403
    assert sign_in(cast.rival).get(f"{QUEUE}BK001/").status_code in (403, 404)
    assert "BK001/" in page(client, "/viec/")


def test_a_star_without_renewal_says_so(cast: Cast, sign_in: SignIn) -> None:
    assert "không ở kỳ đánh giá lại" in page(sign_in(cast.officer), f"{QUEUE}BK001/")
    assert sign_in(cast.officer).get(f"{QUEUE}BK001/nop/").status_code == 404


def test_the_spreadsheet_holds_what_was_chosen(cast: Cast, sign_in: SignIn) -> None:
    row = ending(cast, 140)
    answer = sign_in(cast.officer).get(f"{QUEUE}tai-ve.xlsx?gd=remind")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    values = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5)]
    assert values[0][:3] == ["Mã", "Sản phẩm", "Chủ thể"]
    assert values[1][:3] == ["BK001", "Miến dong Mai", "HTX Mai"]
    assert values[1][5].date() == row.valid_to - timedelta(days=1)
    empty = load_workbook(io.BytesIO(sign_in(cast.officer).get(f"{QUEUE}tai-ve.xlsx?gd=late").content)).active
    assert empty.max_row == 5


@pytest.mark.parametrize(("kind", "parts"), [("producer", ("HTX Mai", "Nông Thị Riêng")), ("commune", ("UBND xã Côn Minh", "HTX Mai"))])
def test_letters_come_as_one_file_and_are_on_record(kind: str, parts: tuple[str, ...], cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    set_person(actor=cast.producer, producer=cast.maker, values={"representative": "Nông Thị Riêng"}, at=NOW)
    client, before = sign_in(cast.officer), AccessEntry.objects.count()
    typed = {**HEAD, "kind": kind, "stages": ["remind"], "file_kind": "docx", "number": "15/OCOP"}
    answer = client.post(f"{QUEUE}thu/", typed)
    paper = Document(io.BytesIO(answer.content))
    text = "\n".join(
        [*(line.text for line in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)]
    )
    for part in (*parts, "15/OCOP", "Miến dong Mai", "26/2026/QĐ-TTg", "GIÁM ĐỐC", "Nhắc lại (150 ngày)"):
        assert part in text, part
    assert RenewalLetter.objects.get().kind == kind
    assert AccessEntry.objects.count() - before == (1 if kind == "producer" else 0)
    pdf = client.post(f"{QUEUE}thu/", {**typed, "file_kind": "pdf"})
    assert (pdf.content[:5], pdf["Content-Type"]) == (b"%PDF-", "application/pdf")


@pytest.mark.parametrize("change", [{"stages": []}, {"stages": ["late"]}, {"signer_title": ""}, {"kind": "x"}, {"dated_on": "32/1/2026"}])
def test_letters_to_nobody_or_half_typed_keep_what_was_typed(change: dict, cast: Cast, sign_in: SignIn) -> None:
    ending(cast, 140)
    typed = {**HEAD, "kind": "producer", "stages": ["remind"], "file_kind": "docx", "number": "15/OCOP", **change}
    answer = sign_in(cast.officer).post(f"{QUEUE}thu/", typed)
    assert answer.status_code == 422
    assert 'value="15/OCOP"' in answer.content.decode()
    assert not RenewalLetter.objects.exists()


def feed_address(client: Client) -> str:
    html = client.post(f"{QUEUE}lich/").content.decode()
    return html.split('readonly value="')[1].split('"')[0].split("/viec/", 1)[1]


def test_the_calendar_is_read_by_its_address_alone(cast: Cast, sign_in: SignIn, client: Client) -> None:
    row = ending(cast, 140)
    recognise(cast.rival_product, signed_on=timezone.localdate() - timedelta(days=1000), decision_no="2")
    clerk = sign_in(cast.clerk)
    address = f"/viec/{feed_address(clerk)}"
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(event["uid"]).split("@")[0] for event in events} == {f"{row.code}-{key}" for key in ("open", "close", "end")}
    end = next(event for event in events if str(event["uid"]).startswith(f"{row.code}-end"))
    assert (end["dtend"].dt - end["dtstart"].dt).days == 1
    assert end["dtend"].dt == row.valid_to
    assert address.split("/")[-1] not in clerk.get(f"{QUEUE}lich/").content.decode()  # shown once
    assert CalendarFeed.objects.get().token_hash not in address
    assert len(Calendar.from_ical(client.get(f"/viec/{feed_address(sign_in(cast.officer))}").content).walk("VEVENT")) > 3


def test_a_calendar_ends_with_its_address_and_with_the_mandate(cast: Cast, sign_in: SignIn, client: Client) -> None:
    clerk = sign_in(cast.clerk)
    first = f"/viec/{feed_address(clerk)}"
    second = f"/viec/{feed_address(clerk)}"
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    clerk.post(f"{QUEUE}lich/thoi/")
    assert client.get(second).status_code == 404
    third = f"/viec/{feed_address(clerk)}"
    mandate = Mandate.objects.get(pk=cast.clerk.mandate_id)
    end_mandate(actor=cast.administrator, mandate=mandate, on=timezone.localdate(), reason="Chuyển việc", at=NOW)
    assert client.get(third).status_code == 404
    assert client.get(f"{QUEUE}lich/{'x' * 200}.ics").status_code == 404


def test_a_calendar_is_asked_for_only_so_often(cast: Cast, sign_in: SignIn, client: Client) -> None:
    address = f"/viec/{feed_address(sign_in(cast.clerk))}"
    statuses = {client.get(address).status_code for _n in range(70)}
    assert statuses == {200, 429}
