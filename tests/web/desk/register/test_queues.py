"""Reports and claims at the desk: taken, answered, decided; who is told, who may read whom, and two officers at once."""

import pytest
from django.test import Client

from ocop.people.models import Mandate
from ocop.records.models import AccessEntry, Notice
from ocop.register.actions import close_report, refuse_claim, take_report
from ocop.register.models import ProducerClaim, Report
from tests.cast import NOW, Cast
from tests.web.desk.register.conftest import SECRETS, SignIn

UPHELD = {"is_upheld": "yes", "outcome": "Đã yêu cầu gỡ nhãn sai."}


def path(report: Report, act: str = "") -> str:
    return f"/viec/bao-sai/{report.code}/" + (f"{act}/" if act else "")


def waits_for(event: str) -> set[str]:
    return set(Notice.objects.filter(event=event, done_at__isnull=True).values_list("recipient__full_name", flat=True))


def test_a_report_is_taken_closed_and_answered(cast: Cast, report: Report, sign_in: SignIn, client: Client) -> None:
    clerk = sign_in(cast.clerk)
    assert waits_for("report.filed") == {"Hoàng Thị Xã", "Lý Thị Tỉnh", "Đàm Văn Tỉnh"}
    assert report.code in clerk.get("/viec/bao-sai/").content.decode()
    assert "Bạn đã nhận xử lý" in clerk.post(path(report, "nhan"), follow=True).content.decode()
    html = clerk.post(path(report), UPHELD, follow=True).content.decode()
    assert "Đã đóng báo cáo." in html
    assert waits_for("report.filed") == set()
    assert "Đã yêu cầu gỡ nhãn sai." in client.get(f"/bao-sai/{report.code}/").content.decode()
    assert report.code not in clerk.get("/viec/bao-sai/").content.decode()
    assert report.code in clerk.get("/viec/bao-sai/?xem=xong").content.decode()


def test_right_is_said_only_after_somebody_took_it(cast: Cast, report: Report, sign_in: SignIn) -> None:
    answer = sign_in(cast.clerk).post(path(report), UPHELD)
    assert answer.status_code == 422
    assert "Hãy nhận xử lý báo cáo trước" in answer.content.decode()
    assert "Đã yêu cầu gỡ nhãn sai." in answer.content.decode()
    unfounded = {"is_upheld": "no", "outcome": "Nhãn đúng, sao còn hạn."}
    assert sign_in(cast.clerk).post(path(report), unfounded).status_code == 302


@pytest.mark.parametrize("values", [{"is_upheld": "no", "outcome": " "}, {"outcome": "Đã xem."}, {"is_upheld": "có", "outcome": "Đã xem."}])
def test_an_answer_needs_both_its_end_and_its_words(values: dict, cast: Cast, report: Report, sign_in: SignIn) -> None:
    answer = sign_in(cast.officer).post(path(report), values)
    assert answer.status_code == 422
    assert values["outcome"].strip() in answer.content.decode()
    report.refresh_from_db()
    assert report.closed_at is None


def test_the_slower_of_two_officers_is_told_and_loses_nothing(cast: Cast, report: Report, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    take_report(actor=cast.clerk, report=report, at=NOW)
    assert "vừa được cán bộ khác xử lý" in client.post(path(report, "nhan"), follow=True).content.decode()
    close_report(actor=cast.clerk, report=report, is_upheld=True, outcome="Xã đã xử lý.", at=NOW)
    answer = client.post(path(report), UPHELD)
    assert answer.status_code == 422
    assert "Báo cáo này đã đóng." in answer.content.decode()
    assert "Đã yêu cầu gỡ nhãn sai." in answer.content.decode()
    report.refresh_from_db()
    assert report.outcome == "Xã đã xử lý."


def test_an_inspector_reads_and_answers_nothing(cast: Cast, report: Report, sign_in: SignIn) -> None:
    client = sign_in(cast.inspector)
    html = client.get(path(report)).content.decode()
    assert "In sao sau khi bị thu hồi." in html
    assert "Chỉ cán bộ xã liên quan và cơ quan OCOP xử lý báo cáo này." in html
    assert client.post(path(report), UPHELD).status_code == 403
    assert client.post(path(report, "nhan")).status_code == 403
    assert client.post(path(report, "nguoi-bao")).status_code == 403


def test_the_reporter_is_shown_by_a_logged_reading_only(cast: Cast, report: Report, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    for address in ("/viec/", "/viec/bao-sai/", path(report)):
        assert not any(secret in client.get(address).content.decode() for secret in SECRETS), address
    assert not AccessEntry.objects.filter(event="reporter.read").exists()
    assert "Người Báo Tin" in client.post(path(report, "nguoi-bao")).content.decode()
    assert AccessEntry.objects.get(event="reporter.read").subject == f"report:{report.code}"


def test_a_report_of_another_commune_is_unknown(cast: Cast, report: Report, sign_in: SignIn) -> None:
    for client in (sign_in(cast.rival_clerk),):
        assert client.get(path(report)).status_code == 404
        assert client.post(path(report), UPHELD).status_code == 404
        assert report.code not in client.get("/viec/bao-sai/").content.decode()


def test_somebody_asks_and_an_officer_agrees(cast: Cast, sign_in: SignIn) -> None:
    asker = sign_in(cast.newcomer)
    typed = {"producer": "https://ocop.vn/chu-the/htx-mai/", "relation": "kế toán"}
    assert "Cán bộ xã sẽ trả lời" in asker.post("/viec/xin-giu-trang/", typed, follow=True).content.decode()
    assert waits_for("claim.requested") == {"Hoàng Thị Xã", "Lý Thị Tỉnh", "Đàm Văn Tỉnh"}
    assert Notice.objects.filter(event="claim.requested", due_on__isnull=True).count() == 0
    clerk = sign_in(cast.clerk)
    assert "/viec/giu-trang/htx-mai/1/" in clerk.get("/viec/giu-trang/").content.decode()
    assert "Đã đồng ý." in clerk.post("/viec/giu-trang/htx-mai/1/", {"approve": "1"}, follow=True).content.decode()
    assert waits_for("claim.requested") == set()
    assert waits_for("claim.approved") == {"Quách Văn Mới"}
    assert Mandate.objects.get(user_id=cast.newcomer.user_id).subject == "producer:htx-mai"
    assert sign_in(cast.newcomer).get("/viec/san-pham/BK001/sua/").status_code == 200
    assert clerk.get("/viec/giu-trang/htx-mai/1/").status_code == 403


def test_a_refusal_says_why_to_who_asked(cast: Cast, claim: ProducerClaim, sign_in: SignIn) -> None:
    clerk = sign_in(cast.clerk)
    assert clerk.post("/viec/giu-trang/htx-mai/1/", {"reason": " "}).status_code == 422
    assert clerk.post("/viec/giu-trang/htx-mai/1/", {"reason": "Mang giấy giới thiệu."}).status_code == 302
    html = sign_in(cast.newcomer).get("/viec/").content.decode()
    assert "Mang giấy giới thiệu." in html
    assert "Mang giấy giới thiệu." in sign_in(cast.newcomer).get("/viec/xin-giu-trang/").content.decode()
    assert not Mandate.objects.filter(user_id=cast.newcomer.user_id).exists()


def test_what_was_decided_meanwhile_is_not_decided_again(cast: Cast, claim: ProducerClaim, sign_in: SignIn) -> None:
    refuse_claim(actor=cast.officer, claim=claim, reason="Không rõ ai.", at=NOW)
    answer = sign_in(cast.clerk).post("/viec/giu-trang/htx-mai/1/", {"approve": "1"})
    assert answer.status_code == 403
    assert "Yêu cầu này đã được xét." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"producer": "khong-co", "relation": "giám đốc"}, 422, "Không có chủ thể mang mã này"),
        ({"producer": "htx-mai", "relation": " "}, 422, ""),
        ({"producer": "htx-mai", "relation": "giám đốc"}, 409, "đang chờ xét"),
    ],
)
def test_what_cannot_be_asked_stays_typed(typed: dict, status: int, said: str, cast: Cast, claim: ProducerClaim, sign_in: SignIn) -> None:
    answer = sign_in(cast.newcomer).post("/viec/xin-giu-trang/", typed)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert f'value="{typed["producer"]}"' in answer.content.decode()


def test_who_keeps_the_pages_already_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.producer).post("/viec/xin-giu-trang/", {"producer": "htx-mai", "relation": "giám đốc"})
    assert answer.status_code == 422
    assert "Bạn đang giữ trang của chủ thể này." in answer.content.decode()


def test_nobody_decides_an_own_claim(cast: Cast, sign_in: SignIn) -> None:
    clerk = sign_in(cast.clerk)
    clerk.post("/viec/xin-giu-trang/", {"producer": "htx-mai", "relation": "giám đốc"})
    assert "/viec/giu-trang/htx-mai/1/" not in clerk.get("/viec/giu-trang/").content.decode()
    assert clerk.post("/viec/giu-trang/htx-mai/1/", {"approve": "1"}).status_code == 403
