"""Signed decisions written down: what stands afterwards, who is told, what is refused."""

from datetime import date, timedelta

import pytest

from ocop.people.actions import Refused
from ocop.records.models import AuditEntry, Notice
from ocop.register.actions import (
    DecisionTaken,
    NotFitting,
    RecognitionMoved,
    confirm_standing,
    record_end,
    record_extension,
    record_withdrawal,
)
from ocop.register.models import Recognition
from ocop.register.queries import standing_on, standing_spans, timeline_of
from tests.cast import NOW, TODAY, picture, recognise

WITHDRAWAL = {
    "decision_no": "9/QĐ-UBND",
    "withdrawn_on": date(2026, 11, 1),
    "authority": "province_chairman",
    "signatory": "Chủ tịch UBND tỉnh",
    "reason": "ngừng sản xuất",
}


def told() -> set[str]:
    return set(Notice.objects.values_list("recipient__full_name", flat=True))


def test_a_recognition_holds_36_months_and_everybody_concerned_is_told(cast):
    Notice.objects.all().delete()
    row = recognise(cast.product, actor=cast.officer)
    assert (row.code, row.level, row.end_basis, row.valid_to) == ("BK001-R1", "province", "computed_36_months", date(2028, 9, 1))
    standing = standing_on(cast.product, TODAY)
    assert (standing.kind, standing.stars, standing.until, standing.recognition_code) == ("valid", 4, date(2028, 9, 1), "BK001-R1")
    assert told() == {"Nông Thị Mai", "Hoàng Thị Xã", "Đàm Văn Tỉnh"}
    entry = AuditEntry.objects.order_by("-n").first()
    assert (entry.event, entry.subject) == ("recognition.recorded", "product:BK001")
    assert "1/QĐ-UBND" in entry.body


def test_a_printed_end_is_the_last_valid_day(cast):
    row = recognise(cast.product, last_day=date(2028, 8, 31))
    assert (row.valid_to, row.end_basis) == (date(2028, 9, 1), "stated")


def test_five_stars_are_the_centres(cast):
    assert recognise(cast.product, stars=5).level == "centre"


def test_an_upgrade_supersedes_and_the_history_stays(cast):
    recognise(cast.product, stars=3, signed_on=date(2024, 1, 10))
    recognise(cast.product, stars=4, kind="nang_hang", decision_no="2/QĐ-UBND", signed_on=date(2025, 9, 1))
    assert standing_on(cast.product, date(2025, 8, 31)).stars == 3
    assert standing_on(cast.product, date(2025, 9, 1)).stars == 4
    assert standing_spans(cast.product) == timeline_of(cast.product)


def test_a_missing_number_must_be_said(cast):
    with pytest.raises(NotFitting):
        recognise(cast.product, decision_no="")
    row = recognise(cast.product, decision_no="", is_without_number=True)
    assert (row.decision_no, row.confidence) == ("", "medium")


def test_the_same_decision_is_written_down_once(cast):
    recognise(cast.product)
    with pytest.raises(DecisionTaken):
        recognise(cast.product)
    recognise(cast.rival_product)  # one decision recognises many products
    assert Recognition.objects.count() == 2


@pytest.mark.parametrize("values", [{"kind": "khac"}, {"signatory": " "}, {"stars": 2}, {"signed_on": TODAY + timedelta(days=1)}])
def test_what_no_decision_can_say_is_refused(cast, values):
    with pytest.raises(NotFitting):
        recognise(cast.product, **values)


@pytest.mark.parametrize("who", ["producer", "clerk", "chair", "leader", "administrator"])
def test_nobody_but_the_office_writes_stars(cast, who):
    with pytest.raises(Refused):
        recognise(cast.product, actor=getattr(cast, who))
    assert not Recognition.objects.exists()


def test_the_scan_is_kept_private_with_its_digest_in_the_audit(cast):
    row = recognise(cast.product, scan=picture("quyet-dinh.png"))
    assert (row.scan.kind, row.scan.subject) == ("decision_scan", "recognition:BK001-R1")
    assert row.scan.sha256 in AuditEntry.objects.order_by("-n").first().body


def test_a_withdrawal_holds_from_its_day(cast):
    row = recognise(cast.product)
    Notice.objects.all().delete()
    record_withdrawal(actor=cast.officer, recognition=row, at=NOW, scan=picture(), **WITHDRAWAL)
    assert standing_on(cast.product, date(2026, 10, 31)).kind == "valid"
    assert standing_on(cast.product, date(2026, 11, 1)).kind == "withdrawn"
    assert "Nông Thị Mai" in told()
    assert row.withdrawal_scan is not None


def test_a_stale_withdrawal_is_refused_after_another_was_written(cast):
    row = recognise(cast.product)
    stale = Recognition.objects.get(pk=row.pk)
    record_withdrawal(actor=cast.officer, recognition=row, at=NOW, **WITHDRAWAL)
    with pytest.raises(RecognitionMoved):
        record_withdrawal(actor=cast.second_officer, recognition=stale, at=NOW, **{**WITHDRAWAL, "decision_no": "10/QĐ-UBND"})
    assert Recognition.objects.get(pk=row.pk).withdrawal_decision_no == "9/QĐ-UBND"


@pytest.mark.parametrize(
    "values", [{"authority": "minister"}, {"decision_no": ""}, {"reason": " "}, {"signatory": ""}, {"withdrawn_on": date(2025, 8, 1)}]
)
def test_a_withdrawal_needs_its_papers_and_the_right_authority(cast, values):
    row = recognise(cast.product)
    with pytest.raises(NotFitting):
        record_withdrawal(actor=cast.officer, recognition=row, at=NOW, **{**WITHDRAWAL, **values})


def test_five_stars_are_withdrawn_by_the_minister(cast):
    row = recognise(cast.product, stars=5)
    with pytest.raises(NotFitting, match="Bộ trưởng"):
        record_withdrawal(actor=cast.officer, recognition=row, at=NOW, **WITHDRAWAL)
    record_withdrawal(actor=cast.officer, recognition=row, at=NOW, **{**WITHDRAWAL, "authority": "minister"})
    assert standing_on(cast.product, TODAY).kind == "withdrawn"


def test_an_extension_runs_on_for_180_days_at_most(cast):
    row = recognise(cast.product, signed_on=date(2023, 10, 1), last_day=date(2026, 9, 30))
    facts = {"actor": cast.officer, "recognition": row, "at": NOW, "ground": "Điều 12.3", "receipt": "GTN 5"}
    assert standing_on(cast.product, TODAY).kind == "expired"
    with pytest.raises(NotFitting, match="180"):
        record_extension(**facts, extended_until=date(2027, 3, 31))
    with pytest.raises(NotFitting):
        record_extension(**{**facts, "receipt": ""}, extended_until=date(2027, 3, 30))
    record_extension(**facts, extended_until=date(2027, 3, 30))
    assert standing_on(cast.product, TODAY).kind == "extended"
    assert standing_on(cast.product, date(2027, 3, 30)).kind == "expired"


def test_an_officers_word_ends_what_nobody_could_verify(cast):
    row = recognise(cast.product, signed_on=date(2022, 1, 10))
    assert standing_on(cast.product, TODAY).kind == "unverified"
    record_end(actor=cast.officer, recognition=row, ended_on=date(2025, 1, 10), reason="xã xác nhận không làm lại", at=NOW)
    assert standing_on(cast.product, TODAY).kind == "expired"


@pytest.mark.parametrize("values", [{"reason": ""}, {"ended_on": TODAY + timedelta(days=1)}, {"ended_on": date(2022, 1, 10)}])
def test_an_end_needs_a_reason_and_a_day_that_has_come(cast, values):
    row = recognise(cast.product, signed_on=date(2022, 1, 10))
    with pytest.raises(NotFitting):
        record_end(**{"actor": cast.officer, "recognition": row, "ended_on": TODAY, "reason": "b", "at": NOW, **values})


def test_a_paper_with_an_end_makes_a_computed_end_a_stated_one(cast):
    row = recognise(cast.product, signed_on=date(2023, 12, 1))
    confirm_standing(actor=cast.officer, recognition=row, confirmed_on=TODAY, paper="bản gốc", last_day=date(2027, 1, 31), at=NOW)
    standing = standing_on(cast.product, TODAY)
    assert (standing.kind, standing.until, standing.confirmed_on, standing.is_due) == ("valid", date(2027, 2, 1), TODAY, True)
    assert standing_on(cast.product, date(2027, 2, 1)).kind == "expired"


@pytest.mark.parametrize(
    "values",
    [{"paper": ""}, {"confirmed_on": TODAY + timedelta(days=1)}, {"confirmed_on": date(2025, 8, 31)}, {"last_day": date(2025, 8, 31)}],
)
def test_a_confirmation_needs_a_paper_and_days_in_order(cast, values):
    row = recognise(cast.product)
    with pytest.raises(NotFitting):
        confirm_standing(**{"actor": cast.officer, "recognition": row, "confirmed_on": TODAY, "paper": "b", "at": NOW, **values})
