"""Claims on a producer's pages, and reports from the public: outcome, audit, notices, refusals."""

import pytest

from ocop.core.actor import VISITOR
from ocop.people.actions import Refused
from ocop.people.models import Mandate, User
from ocop.people.queries import actor_for
from ocop.records.models import AccessEntry, AuditEntry, AuditHead, Notice
from ocop.register import policies
from ocop.register.actions import (
    ClaimMoved,
    ClaimOpen,
    NotFitting,
    ReportMoved,
    approve_claim,
    close_report,
    file_report,
    read_reporter,
    refuse_claim,
    request_claim,
    take_report,
)
from ocop.register.models import ProducerClaim, Report, ReportMove
from ocop.register.queries import report_status
from tests.cast import NOW, TODAY, picture


def claim_of(cast):
    return request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)


def report_on(cast, **more):
    facts = {"actor": VISITOR, "kind": "misuse", "text": "Bao bì in 5 sao", "place_seen": "Chợ Yến Lạc", "at": NOW, "product": cast.product}
    return file_report(**{**facts, **more})


def told(event):
    return set(Notice.objects.filter(event=event, done_at=None).values_list("recipient__full_name", flat=True))


def test_a_claim_reaches_the_officers_it_concerns(cast):
    claim_of(cast)
    assert told("claim.requested") == {"Hoàng Thị Xã", "Lý Thị Tỉnh", "Đàm Văn Tỉnh"}


def test_one_person_asks_once_at_a_time(cast):
    claim_of(cast)
    with pytest.raises(ClaimOpen):
        claim_of(cast)
    with pytest.raises(NotFitting):
        request_claim(actor=cast.newcomer, producer=cast.rival_maker, relation=" ", at=NOW)


def test_an_approved_claim_makes_the_person_speak_for_the_producer(cast):
    claim = approve_claim(actor=cast.clerk, claim=claim_of(cast), at=NOW)
    person = actor_for(User.objects.get(pk=cast.newcomer.user_id), None, TODAY)
    assert (person.role, person.subject) == ("producer", "producer:htx-mai")
    assert policies.can_edit_product(person, cast.product)
    assert (claim.state, claim.decided_by_id, claim.mandate.subject) == ("approved", cast.clerk.user_id, "producer:htx-mai")
    assert told("claim.requested") == set()
    assert told("claim.approved") == {"Quách Văn Mới"}


def test_a_refused_claim_says_why_and_gives_nothing(cast):
    claim = claim_of(cast)
    with pytest.raises(NotFitting):
        refuse_claim(actor=cast.clerk, claim=claim, reason="", at=NOW)
    refuse_claim(actor=cast.clerk, claim=claim, reason="không thấy tên trong giấy", at=NOW)
    assert Notice.objects.get(event="claim.refused").body == "không thấy tên trong giấy"
    assert not Mandate.objects.filter(user_id=cast.newcomer.user_id).exists()
    claim_of(cast)  # and may ask again


def test_a_claim_decided_meanwhile_is_not_decided_again(cast):
    claim = claim_of(cast)
    stale = ProducerClaim.objects.get(pk=claim.pk)
    refuse_claim(actor=cast.clerk, claim=claim, reason="không", at=NOW)
    with pytest.raises(ClaimMoved):
        approve_claim(actor=cast.officer, claim=stale, at=NOW)
    assert not Mandate.objects.filter(user_id=cast.newcomer.user_id).exists()


@pytest.mark.parametrize("who", ["rival_clerk", "producer", "inspector", "administrator"])
def test_others_decide_no_claim(cast, who):
    claim = claim_of(cast)
    with pytest.raises(Refused):
        approve_claim(actor=getattr(cast, who), claim=claim, at=NOW)


def test_a_report_has_a_code_a_deadline_and_reaches_the_officers(cast):
    report = report_on(cast)
    assert len(report.code) == 10
    assert (report.due_on - TODAY).days == 21  # fifteen working days
    assert report.commune == cast.stage.con_minh
    assert told("report.filed") == {"Hoàng Thị Xã", "Lý Thị Tỉnh", "Đàm Văn Tỉnh"}


def test_what_was_said_and_by_whom_is_not_in_audit_or_notices(cast):
    report_on(cast, text="Canary-loi", name="Canary-ten", phone="0912 345 678", email="canary@thu.vn", photo=picture())
    written = " ".join([*AuditEntry.objects.values_list("body", flat=True), *Notice.objects.values_list("title", flat=True)])
    for value in ("Canary", "canary", "912345678"):
        assert value not in written


def test_a_report_touches_no_public_page(cast):
    before = AuditHead.objects.get().public_n
    close_report(actor=cast.officer, report=report_on(cast), is_upheld=False, outcome="không phải", at=NOW)
    assert AuditHead.objects.get().public_n == before


def test_a_report_goes_from_new_to_its_outcome_and_the_reporter_reads_it(cast):
    report = report_on(cast)
    assert report_status(report.code.lower()).state == "new"
    take_report(actor=cast.clerk, report=report, at=NOW)
    close_report(actor=cast.clerk, report=report, is_upheld=True, outcome="Đã thu hồi bao bì cũ.", at=NOW)
    status = report_status(report.code)
    assert (status.state, status.outcome, status.product_code) == ("closed_upheld", "Đã thu hồi bao bì cũ.", "BK001")
    moves = ReportMove.objects.filter(report=report).order_by("pk").values_list("source", "target")
    assert list(moves) == [("", "new"), ("new", "in_hand"), ("in_hand", "closed_upheld")]
    assert told("report.filed") == set()
    assert report_status("KHONGCO") is None


def test_a_report_taken_meanwhile_is_not_taken_again(cast):
    report = report_on(cast)
    stale = Report.objects.get(pk=report.pk)
    take_report(actor=cast.clerk, report=report, at=NOW)
    with pytest.raises(ReportMoved) as moved:
        take_report(actor=cast.officer, report=stale, at=NOW)
    assert moved.value.report.handler_id == cast.clerk.user_id


def test_an_outcome_is_said(cast):
    with pytest.raises(NotFitting):
        close_report(actor=cast.officer, report=report_on(cast), is_upheld=False, outcome=" ", at=NOW)


@pytest.mark.parametrize("who", ["producer", "rival", "rival_clerk", "inspector", "newcomer"])
def test_others_handle_no_report(cast, who):
    with pytest.raises(Refused):
        take_report(actor=getattr(cast, who), report=report_on(cast), at=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "praise"},
        {"text": ""},
        {"text": "x" * 4001},
        {"place_seen": "x" * 201},
        {"code_seen": "x" * 81},
        {"phone": "12"},
        {"email": "a@"},
    ],
)
def test_a_report_must_fit(cast, values):
    with pytest.raises(NotFitting):
        report_on(cast, **values)
    assert not Report.objects.exists()


def test_a_report_of_an_unknown_code_has_no_product(cast):
    report = report_on(cast, product=None, code_seen="19-99999-01-2026\u202e")
    assert (report.product, report.code_seen, report.commune) == (None, "19-99999-01-2026", None)
    assert told("report.filed") == {"Lý Thị Tỉnh", "Đàm Văn Tỉnh"}


def test_how_to_reach_the_reporter_is_read_with_a_log_entry(cast):
    report = report_on(cast, phone="0912 345 678")
    assert read_reporter(actor=cast.clerk, report=report, at=NOW).phone == "+84912345678"
    assert AccessEntry.objects.get(event="reporter.read").subject == f"report:{report.code}"
    with pytest.raises(Refused):
        read_reporter(actor=cast.producer, report=report, at=NOW)
