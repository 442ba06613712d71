"""Dossiers handed in, results, late cases and calls: what is written, who is told, what is refused, and what the star becomes."""

from datetime import date, datetime, timedelta

import pytest

from ocop.core.actor import system_actor
from ocop.people.models import User
from ocop.records.models import AccessEntry, AuditEntry, Delivery, Notice
from ocop.register.actions import (
    FilingTaken,
    NotFitting,
    Refused,
    call_renewal,
    correct_filing,
    decide_late,
    draft_letters,
    record_filing,
    record_recognition,
    record_refusal,
    set_person,
)
from ocop.register.enums import RenewalStage
from ocop.register.jobs import sweep_renewals
from ocop.register.models import LateDecision, Recognition, RenewalCall, RenewalFiling, RenewalLetter
from ocop.register.queries import last_contacts, products_to_call, recipients_of, renewal_of, renewals_kept_by, standing_on
from tests.cast import NOW, TODAY, Cast, make_product, recognise

SWEEP = system_actor("sweep")


def ending_in(cast: Cast, left: int, **more: object) -> Recognition:
    """The producer's star, with so many days to its last valid day, printed."""
    last = TODAY + timedelta(days=left)
    row = recognise(cast.product, signed_on=last - timedelta(days=1095), last_day=last, **more)
    Notice.objects.all().delete()
    return row


def stage_of(cast: Cast, on: date = TODAY) -> str | None:
    found = renewal_of(cast.product, on)
    return found.stage if found else None


def told(event: str) -> set[str]:
    return set(Notice.objects.filter(event=event, done_at__isnull=True).values_list("recipient__full_name", flat=True))


def file_it(cast: Cast, row: Recognition, **more: object) -> RenewalFiling:
    facts = {"actor": cast.clerk, "recognition": row, "filed_on": TODAY, "receipt": "TN 12", "at": NOW, **more}
    return record_filing(**facts)  # type: ignore[arg-type]


def test_a_filing_is_written_once_told_and_audited(cast: Cast) -> None:
    row = ending_in(cast, 150)
    filing = file_it(cast, row, receipt=" TN  12 ")
    assert (filing.receipt, filing.recorded_by_id, stage_of(cast)) == ("TN 12", cast.clerk.user_id, RenewalStage.FILED)
    assert told("renewal.filed") == {"Nông Thị Mai", "Lý Thị Tỉnh", "Đàm Văn Tỉnh"}
    entry = AuditEntry.objects.latest("n")
    assert (entry.event, entry.subject, "TN 12" in entry.body) == ("renewal.filed", "product:BK001", True)
    row = Recognition.objects.get(pk=row.pk)
    with pytest.raises(FilingTaken):
        file_it(cast, row)


@pytest.mark.parametrize(
    ("left", "changes", "part"),
    [
        (181, {}, "Chưa đến ngày nhận hồ sơ"),
        (150, {"filed_on": TODAY + timedelta(days=1)}, "tương lai"),
        (150, {"receipt": "  "}, "giấy tiếp nhận"),
    ],
)
def test_a_filing_that_cannot_be_so(cast: Cast, left: int, changes: dict, part: str) -> None:
    row = ending_in(cast, left)
    with pytest.raises(NotFitting, match=part):
        file_it(cast, row, **changes)
    assert not RenewalFiling.objects.exists()


@pytest.mark.parametrize("who", ["producer", "rival", "rival_clerk", "inspector", "leader"])
def test_who_may_not_write_a_filing(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        file_it(cast, ending_in(cast, 150), actor=getattr(cast, who))


def test_a_filing_typed_wrongly_is_corrected_until_its_result(cast: Cast) -> None:
    filing = file_it(cast, ending_in(cast, 150))
    correct_filing(actor=cast.officer, filing=filing, filed_on=TODAY - timedelta(days=2), receipt="TN 13", at=NOW)
    filing.refresh_from_db()
    assert (filing.filed_on, filing.receipt) == (TODAY - timedelta(days=2), "TN 13")
    stale = RenewalFiling(pk=filing.pk, recognition=filing.recognition, filed_on=TODAY, receipt="TN 12")
    with pytest.raises(FilingTaken):
        correct_filing(actor=cast.officer, filing=stale, filed_on=TODAY, receipt="TN 14", at=NOW)


def test_a_new_recognition_is_the_result_and_ends_the_extension(cast: Cast) -> None:
    row = ending_in(cast, -10)
    file_it(cast, row)
    decide_late(actor=cast.officer, recognition=Recognition.objects.get(pk=row.pk), choice="extend", reason="Bão lũ", at=NOW)
    assert standing_on(cast.product, TODAY).kind == "extended"
    new = recognise(cast.product, kind="danh_gia_lai", signed_on=TODAY, decision_no="9/QĐ", last_day=TODAY + timedelta(days=1094))
    standing = standing_on(cast.product, TODAY)
    assert (standing.kind, standing.recognition_code) == ("valid", new.code)
    filing = RenewalFiling.objects.get()
    assert (filing.result, filing.result_on, filing.result_paper) == ("recognised", TODAY, "9/QĐ")


def test_a_refused_result_ends_a_running_extension_that_day(cast: Cast) -> None:
    row = ending_in(cast, -10)
    file_it(cast, row, filed_on=TODAY - timedelta(days=5))
    row = Recognition.objects.get(pk=row.pk)
    decide_late(actor=cast.officer, recognition=row, choice="extend", reason="Bão lũ", at=NOW)
    row = Recognition.objects.get(pk=row.pk)
    yesterday = TODAY - timedelta(days=1)
    record_refusal(actor=cast.officer, recognition=row, decided_on=yesterday, paper="TB 45/TB-UBND", at=NOW)
    assert [standing_on(cast.product, day).kind for day in (yesterday - timedelta(days=1), yesterday)] == ["extended", "expired"]
    assert stage_of(cast) is None
    with pytest.raises(Refused, match="đã có kết quả"):
        record_refusal(actor=cast.officer, recognition=Recognition.objects.get(pk=row.pk), decided_on=TODAY, paper="TB 46", at=NOW)


def test_a_refused_result_before_the_end_leaves_the_certificate_its_own_term(cast: Cast) -> None:
    """Art. 12.1: what was given holds to its own end."""
    row = ending_in(cast, 30)
    file_it(cast, row, filed_on=TODAY - timedelta(days=1))
    row = Recognition.objects.get(pk=row.pk)
    decide_late(actor=cast.officer, recognition=row, choice="extend", reason="Bão lũ", at=NOW)
    row = Recognition.objects.get(pk=row.pk)
    record_refusal(actor=cast.officer, recognition=row, decided_on=TODAY, paper="TB 45", at=NOW)
    row.refresh_from_db()
    assert (row.extended_until, row.extension_ground, row.ended_on) == (None, "", None)
    last = TODAY + timedelta(days=30)
    assert [standing_on(cast.product, day).kind for day in (last, last + timedelta(days=1))] == ["valid", "expired"]


@pytest.mark.parametrize(
    ("changes", "part"), [({"paper": ""}, "số văn bản"), ({"decided_on": TODAY - timedelta(days=9)}, "trước ngày nộp")]
)
def test_a_result_that_cannot_be_so(cast: Cast, changes: dict, part: str) -> None:
    row = ending_in(cast, 30)
    file_it(cast, row)
    facts = {"actor": cast.officer, "recognition": Recognition.objects.get(pk=row.pk), "decided_on": TODAY, "paper": "TB", "at": NOW}
    with pytest.raises(NotFitting, match=part):
        record_refusal(**{**facts, **changes})


def test_a_late_case_is_let_run_out(cast: Cast) -> None:
    row = ending_in(cast, 60)
    decision = decide_late(actor=cast.officer, recognition=row, choice="let_lapse", reason="Thôi sản xuất", at=NOW)
    assert (decision.choice, decision.filing, stage_of(cast)) == ("let_lapse", None, RenewalStage.LETTING)
    assert told("renewal.decided") == {"Nông Thị Mai", "Hoàng Thị Xã", "Đàm Văn Tỉnh"}
    row.refresh_from_db()
    assert row.extended_until is None


def test_a_late_case_runs_on_to_day_180_with_its_receipt(cast: Cast) -> None:
    row = ending_in(cast, 60)
    with pytest.raises(NotFitting, match="Chưa ghi hồ sơ"):
        decide_late(actor=cast.officer, recognition=row, choice="extend", reason="Bão lũ", at=NOW)
    filing = file_it(cast, row)
    row = Recognition.objects.get(pk=row.pk)
    assert stage_of(cast) == RenewalStage.LATE  # handed in, but after day 120
    decide_late(actor=cast.officer, recognition=row, choice="extend", reason="Bão lũ", at=NOW)
    row.refresh_from_db()
    assert row.extended_until == row.valid_to + timedelta(days=180)
    assert (row.extension_receipt, "Bão lũ" in row.extension_ground) == ("TN 12", True)
    assert (LateDecision.objects.get().filing, stage_of(cast)) == (filing, RenewalStage.EXTENDED)


@pytest.mark.parametrize(("left", "who", "part"), [(150, "officer", "không ở trường hợp lỡ hạn"), (60, "clerk", "cơ quan OCOP cấp tỉnh")])
def test_what_is_not_late_or_not_theirs_is_not_decided(cast: Cast, left: int, who: str, part: str) -> None:
    row = ending_in(cast, left)
    with pytest.raises(Refused, match=part):
        decide_late(actor=getattr(cast, who), recognition=row, choice="let_lapse", reason="x", at=NOW)


CALLS = [
    (240, RenewalStage.PREPARE, {"Nông Thị Mai"}),
    (180, RenewalStage.OPEN, {"Nông Thị Mai", "Hoàng Thị Xã"}),
    (150, RenewalStage.REMIND, {"Nông Thị Mai"}),
    (130, RenewalStage.LAST_CALL, {"Nông Thị Mai", "Hoàng Thị Xã"}),
    (119, RenewalStage.LATE, {"Nông Thị Mai", "Hoàng Thị Xã"}),
    (-1, RenewalStage.PAST, {"Nông Thị Mai"}),
]


@pytest.mark.parametrize(("left", "stage", "who"), CALLS)
def test_each_call_goes_out_once_to_whom_it_concerns(cast: Cast, left: int, stage: str, who: set[str]) -> None:
    ending_in(cast, left)
    call = call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    assert call is not None
    assert (call.stage, call.people, call.channels) == (stage, 1, "email")
    assert told("renewal.called") == who
    assert Delivery.objects.filter(notice__event="renewal.called").count() == len(who)
    assert call_renewal(actor=SWEEP, product=cast.product, at=NOW + timedelta(hours=3)) is None
    assert RenewalCall.objects.count() == 1


@pytest.mark.parametrize("left", [241, 0 - 181])
def test_what_is_not_due_is_not_called(cast: Cast, left: int) -> None:
    ending_in(cast, left)
    assert call_renewal(actor=SWEEP, product=cast.product, at=NOW) is None
    assert not Notice.objects.exists()


def test_who_starts_late_sends_the_latest_call_alone_and_a_missed_day_is_made_up_for(cast: Cast) -> None:
    ending_in(cast, 140)
    call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    assert list(RenewalCall.objects.values_list("stage", flat=True)) == [RenewalStage.REMIND]
    later = NOW + timedelta(days=12)  # day 130 was missed by two days
    call_renewal(actor=SWEEP, product=cast.product, at=later)
    assert set(RenewalCall.objects.values_list("stage", flat=True)) == {RenewalStage.REMIND, RenewalStage.LAST_CALL}
    assert Notice.objects.filter(event="renewal.called", recipient_id=cast.producer.user_id, done_at__isnull=True).count() == 1


def test_a_changed_end_is_called_anew(cast: Cast) -> None:
    row = ending_in(cast, 140)
    call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    ends = TODAY + timedelta(days=145)
    Recognition.objects.filter(pk=row.pk).update(valid_to=ends)
    cast.product.standing_spans.filter(kind="valid").update(until=ends)
    call = call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    assert call is not None
    assert call.ends_on == ends


def test_a_filing_ends_the_calls(cast: Cast) -> None:
    row = ending_in(cast, 140)
    call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    file_it(cast, row)
    assert told("renewal.called") == set()
    assert call_renewal(actor=SWEEP, product=cast.product, at=NOW + timedelta(days=12)) is None


def test_a_producer_without_account_is_counted_as_not_reached(cast: Cast) -> None:
    ending_in(cast, 180)
    User.objects.filter(pk=cast.producer.user_id).update(is_active=False)
    call = call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    assert call is not None
    assert (call.people, call.channels) == (0, "")
    assert told("renewal.called") == {"Hoàng Thị Xã"}


def test_the_sweep_finds_what_is_due_and_nothing_twice(cast: Cast, settings: object) -> None:
    ending_in(cast, 150)
    recognise(cast.rival_product, signed_on=TODAY, last_day=TODAY + timedelta(days=1000), decision_no="5")
    assert products_to_call(TODAY) == [cast.product.pk]
    call_renewal(actor=SWEEP, product=cast.product, at=NOW)
    assert products_to_call(TODAY) == []
    assert products_to_call(TODAY + timedelta(days=20)) == [cast.product.pk]
    assert isinstance(sweep_renewals.call(), int)


def test_the_queue_is_each_ones_own_by_its_end(cast: Cast) -> None:
    ending_in(cast, 60)
    other = make_product("Trà Mai", cast.maker)
    recognise(other, signed_on=TODAY - timedelta(days=1000), last_day=TODAY + timedelta(days=20), decision_no="8")
    recognise(cast.rival_product, signed_on=TODAY - timedelta(days=1000), last_day=TODAY + timedelta(days=40), decision_no="7")
    names = [row.product.name for row in renewals_kept_by(cast.officer, TODAY)]
    assert names == ["Trà Mai", "Rượu men lá Lan", "Miến dong Mai"]
    for who in (cast.clerk, cast.producer):
        assert [row.product.name for row in renewals_kept_by(who, TODAY)] == ["Trà Mai", "Miến dong Mai"]
    assert renewals_kept_by(cast.buyer, TODAY) == []


def test_letters_go_one_to_each_and_the_reading_of_names_is_logged_once(cast: Cast) -> None:
    row = ending_in(cast, 150)
    set_person(actor=cast.producer, producer=cast.maker, values={"representative": "Nông Thị Riêng"}, at=NOW)
    renewals = renewals_kept_by(cast.officer, TODAY)
    before = AccessEntry.objects.count()
    to_makers = recipients_of(renewals, "producer")
    drafts = draft_letters(actor=cast.officer, recipients=to_makers, number="15/OCOP", dated_on=TODAY, at=NOW)
    assert [(draft.recipient.producer, draft.representative) for draft in drafts] == [(cast.maker, "Nông Thị Riêng")]
    assert AccessEntry.objects.count() == before + 1
    to_communes = recipients_of(renewals, "commune")
    assert [each.commune for each in to_communes] == [cast.stage.con_minh]
    draft_letters(actor=cast.officer, recipients=to_communes, number="", dated_on=TODAY, at=NOW)
    assert AccessEntry.objects.count() == before + 1  # no name stands on those
    assert set(RenewalLetter.objects.values_list("kind", "number")) == {("producer", "15/OCOP"), ("commune", "")}
    assert "Nông Thị Riêng" not in "".join(AuditEntry.objects.values_list("body", flat=True))
    assert last_contacts([row.pk])[row.pk].letter_no == "15/OCOP"
    with pytest.raises(NotFitting, match="Không có ai"):
        draft_letters(actor=cast.officer, recipients=[], number="", dated_on=TODAY, at=NOW)
    with pytest.raises(Refused):
        draft_letters(actor=cast.clerk, recipients=to_makers, number="", dated_on=TODAY, at=NOW)


def test_a_recognition_of_another_product_closes_no_filing(cast: Cast) -> None:
    file_it(cast, ending_in(cast, 150))
    record_recognition(
        actor=cast.officer,
        product=cast.rival_product,
        kind="lan_dau",
        stars=3,
        signed_on=TODAY,
        signatory="Chủ tịch",
        decision_no="3/QĐ",
        at=datetime.fromtimestamp(NOW.timestamp(), NOW.tzinfo),
    )
    assert RenewalFiling.objects.get().result == ""
