"""Signed decisions at the desk: written down with their scan, told to those concerned, shown to the public at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ocop.records.models import Notice
from ocop.register.actions import record_withdrawal
from ocop.register.models import Recognition
from tests.cast import NOW, Cast, picture, recognise
from tests.web.desk.register.conftest import SignIn, scan

RECOGNISE = "/viec/san-pham/BK001/cong-nhan/"
DECISION = {
    "kind": "danh_gia_lai",
    "stars": "4",
    "decision_no": "77/QĐ-UBND",
    "signed_on": "2026-09-01",
    "signatory": "Chủ tịch UBND tỉnh Thái Nguyên",
    "last_day": "2029-08-31",
}
WITHDRAWAL = {
    "decision_no": "88/QĐ-UBND",
    "withdrawn_on": "2026-10-01",
    "authority": "province_chairman",
    "signatory": "Chủ tịch UBND tỉnh Thái Nguyên",
    "reason": "Ngừng sản xuất",
}


def told() -> set[str]:
    return set(Notice.objects.filter(event__startswith="recognition.").values_list("recipient__full_name", flat=True))


def test_a_renewal_with_its_scan_changes_the_public_page(cast: Cast, sign_in: SignIn, client: Client) -> None:
    recognise(cast.product, signed_on=timezone.localdate() - timedelta(days=1200), last_day=timezone.localdate() - timedelta(days=100))
    assert "Từng đạt 4 sao" in client.get("/sp/BK001").content.decode()
    Notice.objects.all().delete()
    html = sign_in(cast.officer).post(RECOGNISE, {**DECISION, "scan": scan()}, follow=True).content.decode()
    assert "Đã ghi quyết định. Sao trên trang công khai đã đổi." in html
    assert "Bản chụp quyết định" in html
    row = Recognition.objects.get(decision_no="77/QĐ-UBND")
    assert row.scan is not None
    page = client.get("/sp/BK001").content.decode()
    assert "Từng đạt 4 sao" not in page
    assert "31/8/2029" in page
    assert row.scan.key not in page
    assert told() == {"Nông Thị Mai", "Hoàng Thị Xã", "Đàm Văn Tỉnh"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision_no": ""}, ""),
        ({"signed_on": "2099-01-01"}, ""),
        ({"signed_on": "32/13/2026"}, "Nhập ngày theo dạng 30/6/2026."),
        ({"last_day": "2020-01-01"}, ""),
        ({"stars": "6"}, ""),
        ({"signatory": " "}, ""),
    ],
)
def test_a_decision_that_cannot_be_so_is_kept_typed(change: dict, said: str, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.officer).post(RECOGNISE, {**DECISION, "note": "Chép từ bản gốc", **change})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Chép từ bản gốc" in html
    assert not Recognition.objects.exists()


def test_a_decision_without_number_says_so(cast: Cast, sign_in: SignIn, client: Client) -> None:
    answer = sign_in(cast.officer).post(RECOGNISE, {**DECISION, "decision_no": "", "is_without_number": "on"})
    assert answer.status_code == 302
    assert "Chưa tìm thấy quyết định" in client.get("/sp/BK001").content.decode()


def test_a_scan_that_is_none_is_refused_and_nothing_is_written(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.officer).post(RECOGNISE, {**DECISION, "scan": picture("quyet-dinh.png")})
    assert answer.status_code == 302
    bad = scan("quyet-dinh.svg")
    bad.file.seek(0)
    bad.file.write(b"<svg/>")
    bad.file.truncate()
    bad.file.seek(0)
    bad.size = 6
    answer = sign_in(cast.officer).post(RECOGNISE, {**DECISION, "decision_no": "78/QĐ-UBND", "scan": bad})
    assert answer.status_code == 422
    assert not Recognition.objects.filter(decision_no="78/QĐ-UBND").exists()


def test_the_same_decision_twice_is_said_and_kept(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    client.post(RECOGNISE, DECISION)
    answer = client.post(RECOGNISE, DECISION)
    assert answer.status_code == 409
    assert "đã được ghi cho sản phẩm này" in answer.content.decode()
    assert 'value="77/QĐ-UBND"' in answer.content.decode()
    assert Recognition.objects.count() == 1


def test_a_withdrawal_is_shown_at_once(cast: Cast, star: Recognition, sign_in: SignIn, client: Client) -> None:
    officer, path = sign_in(cast.officer), f"/viec/cong-nhan/{star.code}/thu-hoi/"
    Notice.objects.all().delete()
    assert "Chủ tịch UBND tỉnh (3 và 4 sao)" in officer.get(path).content.decode()
    html = officer.post(path, {**WITHDRAWAL, "scan": scan()}, follow=True).content.decode()
    assert "Trang công khai và mã QR đã báo thu hồi." in html
    page = client.get("/sp/BK001").content.decode()
    assert "thu hồi" in page
    assert "Ngừng sản xuất" in page
    assert told() == {"Nông Thị Mai", "Hoàng Thị Xã", "Đàm Văn Tỉnh"}


@pytest.mark.parametrize(
    "change", [{"authority": "minister"}, {"reason": ""}, {"withdrawn_on": "2024-01-01"}, {"withdrawn_on": "2099-01-01"}]
)
def test_a_withdrawal_that_cannot_be_so_is_kept_typed(change: dict, cast: Cast, star: Recognition, sign_in: SignIn) -> None:
    answer = sign_in(cast.officer).post(f"/viec/cong-nhan/{star.code}/thu-hoi/", {**WITHDRAWAL, **change})
    assert answer.status_code == 422
    assert 'value="88/QĐ-UBND"' in answer.content.decode()
    assert Recognition.objects.get(pk=star.pk).withdrawn_on is None


def test_what_is_withdrawn_is_not_withdrawn_again(cast: Cast, star: Recognition, sign_in: SignIn) -> None:
    facts = {**WITHDRAWAL, "withdrawn_on": NOW.date() - timedelta(days=30)}
    record_withdrawal(actor=cast.second_officer, recognition=star, at=NOW, **facts)  # type: ignore[arg-type]
    client = sign_in(cast.officer)
    for act in ("thu-hoi", "keo-dai", "xac-nhan", "het-gia-tri"):
        answer = client.get(f"/viec/cong-nhan/{star.code}/{act}/")
        assert answer.status_code == 403, act
        assert "Bạn chưa vào được trang này" in answer.content.decode()
    desk = client.get("/viec/san-pham/BK001/").content.decode()
    assert f"/viec/cong-nhan/{star.code}/thu-hoi/" not in desk


def test_an_extension_within_180_days(cast: Cast, sign_in: SignIn, client: Client) -> None:
    today = timezone.localdate()
    row = recognise(cast.product, signed_on=today - timedelta(days=1080), last_day=today + timedelta(days=10))
    officer, path = sign_in(cast.officer), f"/viec/cong-nhan/{row.code}/keo-dai/"
    typed = {"ground": "Điều 12 khoản 3", "receipt": "Biên nhận 5"}
    far = {**typed, "last_day": (today + timedelta(days=400)).isoformat()}
    assert officer.post(path, far).status_code == 422
    until = today + timedelta(days=100)
    assert officer.post(path, {**typed, "last_day": until.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.extended_until == until + timedelta(days=1)
    assert f"{until.day}/{until.month}/{until.year}" in client.get("/sp/BK001").content.decode()


def test_an_officers_word_confirms_or_ends_a_star(cast: Cast, star: Recognition, sign_in: SignIn) -> None:
    officer, today = sign_in(cast.officer), timezone.localdate().isoformat()
    confirm, end = (f"/viec/cong-nhan/{star.code}/{act}/" for act in ("xac-nhan", "het-gia-tri"))
    assert officer.post(confirm, {"confirmed_on": today, "paper": ""}).status_code == 422
    assert officer.post(confirm, {"confirmed_on": today, "paper": "Bản gốc", "last_day": "2028-08-31"}).status_code == 302
    star.refresh_from_db()
    assert (star.end_basis, star.confirmed_by_id) == ("stated", cast.officer.user_id)
    assert officer.post(end, {"ended_on": today, "reason": ""}).status_code == 422
    assert officer.post(end, {"ended_on": today, "reason": "Công văn 5"}).status_code == 302
    star.refresh_from_db()
    assert star.ended_reason == "Công văn 5"


@pytest.mark.parametrize(("typed", "status"), [("BK001", 302), ("bk001 ", 302), ("BK999", 422), ("", 422), ("x" * 90, 422)])
def test_a_decision_begins_with_the_products_code(typed: str, status: int, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert client.get("/viec/cong-nhan/").status_code == 200
    answer = client.get("/viec/cong-nhan/", {"product": typed})
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == RECOGNISE


def test_the_home_page_leads_to_recording_a_decision(cast: Cast, sign_in: SignIn) -> None:
    assert 'href="/viec/cong-nhan/"' in sign_in(cast.officer).get("/viec/").content.decode()
    assert 'href="/viec/cong-nhan/"' not in sign_in(cast.clerk).get("/viec/").content.decode()
    assert sign_in(cast.clerk).get("/viec/cong-nhan/").status_code == 403
