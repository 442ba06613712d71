"""Answers about stars that wait to be verified: in effect at once, told to the OCOP office, agreed with or taken back."""

from datetime import date, timedelta

import pytest

from ocop.records.models import AuditEntry, Notice, StoredFile
from ocop.register import policies
from ocop.register.actions import (
    AnswerMoved,
    DecisionTaken,
    NotFitting,
    Refused,
    answer_holds,
    answer_renewed,
    check_answer,
    record_end,
    record_filing,
    record_recognition,
    take_back_answer,
)
from ocop.register.models import Recognition, StandingAnswer
from ocop.register.queries import (
    answer_progress,
    answers_to_check,
    answers_visible_to,
    file_visible_to,
    standing_on,
    unverified_stars,
)
from tests.cast import NOW, TODAY, Cast, make_product, picture, recognise

LAST = TODAY + timedelta(days=400)
RENEWED = {
    "kind": "danh_gia_lai",
    "stars": 4,
    "decision_no": "88/QĐ-UBND",
    "signed_on": date(2025, 3, 1),
    "signatory": "Chủ tịch UBND tỉnh",
}


@pytest.fixture
def waiting(cast: Cast) -> Recognition:
    """A star whose computed end has passed: nobody has said more."""
    row = recognise(cast.product, signed_on=date(2021, 9, 1))
    Notice.objects.all().delete()
    assert standing_on(cast.product, TODAY).kind == "unverified"
    return row


def renew(cast: Cast, row: Recognition, **more: object) -> Recognition:
    facts = {"actor": cast.clerk, "recognition": row, "scan": picture("qd.png"), "at": NOW, **RENEWED, **more}
    return answer_renewed(**facts)  # type: ignore[arg-type]


def kind(cast: Cast) -> str:
    return standing_on(cast.product, TODAY).kind


def test_a_star_that_holds_is_valid_to_its_printed_end(cast: Cast, waiting: Recognition) -> None:
    answer_holds(actor=cast.clerk, recognition=waiting, last_day=LAST, paper="Bản gốc số 12", scan=picture(), at=NOW)
    standing = standing_on(cast.product, LAST)
    assert (standing.kind, standing.until) == ("valid", LAST + timedelta(days=1))
    answer = StandingAnswer.objects.get()
    assert (answer.kind, answer.paper, answer.needs_check, answer.given_by_id) == ("holds", "Bản gốc số 12", True, cast.clerk.user_id)
    assert set(Notice.objects.values_list("recipient__full_name", "event")) == {
        ("Lý Thị Tỉnh", "answer.given"),
        ("Đàm Văn Tỉnh", "answer.given"),
    }
    assert AuditEntry.objects.latest("n").event == "recognition.confirmed"


@pytest.mark.parametrize(
    ("last_day", "paper", "part"),
    [(TODAY - timedelta(days=1), "Bản gốc", "đã qua"), (TODAY + timedelta(days=1200), "Bản gốc", "36 tháng"), (LAST, " ", "giấy tờ nào")],
)
def test_a_holding_answer_that_cannot_be_so(cast: Cast, waiting: Recognition, last_day: date, paper: str, part: str) -> None:
    with pytest.raises(NotFitting, match=part):
        answer_holds(actor=cast.clerk, recognition=waiting, last_day=last_day, paper=paper, at=NOW)
    assert not StandingAnswer.objects.exists()


def test_a_star_that_ended_is_expired_at_once(cast: Cast, waiting: Recognition) -> None:
    record_end(actor=cast.clerk, recognition=waiting, ended_on=date(2024, 9, 1), reason="Biên bản số 3", at=NOW)
    assert kind(cast) == "expired"
    assert StandingAnswer.objects.get().kind == "ended"


def test_a_renewal_is_written_down_medium_sure_until_the_office_agrees(cast: Cast, waiting: Recognition) -> None:
    new = renew(cast, waiting)
    standing = standing_on(cast.product, TODAY)
    assert (standing.kind, standing.recognition_code, standing.stars) == ("valid", new.code, 4)
    assert new.confidence == "medium"
    answer = StandingAnswer.objects.get()
    assert (answer.kind, answer.renewed, answer.scan) == ("renewed", new, new.scan)
    check_answer(actor=cast.officer, answer=answer, at=NOW)
    new.refresh_from_db()
    assert new.confidence == "high"
    assert not Notice.objects.filter(event="answer.given", done_at__isnull=True).exists()
    assert AuditEntry.objects.latest("n").event == "answer.checked"
    with pytest.raises(Refused):
        check_answer(actor=cast.second_officer, answer=StandingAnswer.objects.get(), at=NOW)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"decision_no": " "}, "bản chụp"),
        ({"scan": None}, "bản chụp"),
        ({"signed_on": date(2021, 9, 1)}, "sau lần công nhận"),
        ({"stars": 2}, "3, 4 hoặc 5"),
        ({"signatory": ""}, "chức danh"),
    ],
)
def test_a_renewal_that_cannot_be_so_leaves_nothing(cast: Cast, waiting: Recognition, changes: dict, part: str) -> None:
    with pytest.raises(NotFitting, match=part):
        renew(cast, waiting, **changes)
    assert (Recognition.objects.count(), StandingAnswer.objects.count(), StoredFile.objects.count()) == (1, 0, 0)


def test_the_same_decision_is_not_written_twice(cast: Cast, waiting: Recognition) -> None:
    Recognition.objects.filter(pk=waiting.pk).update(decision_no="88/QĐ-UBND")
    with pytest.raises(DecisionTaken):
        renew(cast, waiting)


@pytest.mark.parametrize("who", ["producer", "rival", "rival_clerk", "inspector", "leader", "administrator"])
def test_who_may_not_answer(cast: Cast, waiting: Recognition, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Refused):
        answer_holds(actor=actor, recognition=waiting, last_day=LAST, paper="Bản gốc", at=NOW)
    with pytest.raises(Refused):
        record_end(actor=actor, recognition=waiting, ended_on=TODAY, reason="x", at=NOW)
    with pytest.raises(Refused):
        renew(cast, waiting, actor=actor)


def test_a_commune_answers_only_what_waits_and_never_records_stars_elsewhere(cast: Cast, waiting: Recognition) -> None:
    assert policies.can_confirm(cast.clerk, waiting, TODAY)
    assert not policies.can_record_recognition(cast.clerk, cast.product)
    with pytest.raises(Refused):
        record_recognition(
            actor=cast.clerk, product=cast.product, kind="lan_dau", stars=3, signed_on=TODAY, signatory="x", decision_no="1", at=NOW
        )
    answer_holds(actor=cast.clerk, recognition=waiting, last_day=LAST, paper="Bản gốc", at=NOW)
    waiting.refresh_from_db()
    verdict = policies.can_confirm(cast.clerk, waiting, TODAY)
    assert not verdict
    assert "không chờ xác minh" in verdict.reason
    assert policies.can_confirm(cast.officer, waiting, TODAY)
    assert not policies.can_answer_renewed(cast.officer, waiting, TODAY)


@pytest.mark.parametrize("which", ["holds", "renewed", "ended"])
def test_a_wrong_answer_is_taken_back_as_if_it_had_not_been_given(cast: Cast, waiting: Recognition, which: str) -> None:
    before = Recognition.objects.filter(pk=waiting.pk).values().get()
    if which == "holds":
        answer_holds(actor=cast.clerk, recognition=waiting, last_day=LAST, paper="Bản gốc", at=NOW)
    elif which == "renewed":
        renew(cast, waiting)
    else:
        record_end(actor=cast.clerk, recognition=waiting, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)
    assert kind(cast) != "unverified"
    take_back_answer(actor=cast.officer, answer=StandingAnswer.objects.get(), reason="Nhầm sản phẩm", at=NOW)
    assert kind(cast) == "unverified"
    assert Recognition.objects.filter(pk=waiting.pk).values().get() == before
    assert Recognition.objects.count() == 1
    answer = StandingAnswer.objects.get()
    assert (answer.taken_back_reason, answer.taken_back_by_id) == ("Nhầm sản phẩm", cast.officer.user_id)
    assert AuditEntry.objects.latest("n").event == "answer.taken_back"
    assert "Nông Thị Mai" in set(Notice.objects.filter(event="answer.taken_back").values_list("recipient__full_name", flat=True))
    with pytest.raises(Refused):
        take_back_answer(actor=cast.officer, answer=answer, reason="lần nữa", at=NOW)


def test_taking_back_needs_the_office_and_a_reason(cast: Cast, waiting: Recognition) -> None:
    record_end(actor=cast.clerk, recognition=waiting, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)
    answer = StandingAnswer.objects.get()
    with pytest.raises(Refused):
        take_back_answer(actor=cast.clerk, answer=answer, reason="x", at=NOW)
    with pytest.raises(NotFitting):
        take_back_answer(actor=cast.officer, answer=answer, reason=" ", at=NOW)


def test_a_recognition_that_more_rests_on_is_not_removed(cast: Cast, waiting: Recognition) -> None:
    new = renew(cast, waiting, signed_on=TODAY - timedelta(days=950))
    record_filing(actor=cast.clerk, recognition=new, filed_on=TODAY, receipt="TN", at=NOW)
    with pytest.raises(AnswerMoved, match="việc ghi tiếp theo"):
        take_back_answer(actor=cast.officer, answer=StandingAnswer.objects.get(), reason="Nhầm", at=NOW)
    assert Recognition.objects.filter(pk=new.pk).exists()


def test_the_later_answer_goes_first(cast: Cast, waiting: Recognition) -> None:
    answer_holds(actor=cast.clerk, recognition=waiting, last_day=LAST, paper="Bản gốc", at=NOW)
    waiting.refresh_from_db()
    record_end(actor=cast.officer, recognition=waiting, ended_on=TODAY, reason="Công văn 5", at=NOW)
    first, second = StandingAnswer.objects.order_by("pk")
    with pytest.raises(AnswerMoved, match="câu sau cùng"):
        take_back_answer(actor=cast.officer, answer=first, reason="Nhầm", at=NOW)
    assert not second.needs_check
    take_back_answer(actor=cast.officer, answer=second, reason="Nhầm", at=NOW)
    assert kind(cast) == "valid"
    take_back_answer(actor=cast.officer, answer=first, reason="Nhầm", at=NOW)
    assert kind(cast) == "unverified"


def test_one_notice_a_commune_until_all_its_answers_are_looked_at(cast: Cast, waiting: Recognition) -> None:
    other = make_product("Trà Mai", cast.maker)
    second = recognise(other, signed_on=date(2021, 9, 1), decision_no="2")
    Notice.objects.all().delete()
    for row in (waiting, second):
        record_end(actor=cast.clerk, recognition=row, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)
    given = Notice.objects.filter(event="answer.given", done_at__isnull=True)
    assert given.count() == 2  # one to each officer of the office
    for answer, left in zip(answers_to_check(cast.officer), (2, 0), strict=True):
        check_answer(actor=cast.officer, answer=answer, at=NOW)
        assert given.count() == left


def test_lists_and_progress_are_each_ones_own(cast: Cast, waiting: Recognition) -> None:
    recognise(cast.rival_product, signed_on=date(2021, 9, 1), decision_no="3")
    recognise(make_product("Trà Mai", cast.maker), signed_on=date(2021, 9, 1), decision_no="4")
    assert [span.product.name for span in unverified_stars(cast.clerk, TODAY)] == ["Miến dong Mai", "Trà Mai"]
    assert unverified_stars(cast.officer, TODAY).count() == 3
    assert not unverified_stars(cast.producer, TODAY).exists()
    record_end(actor=cast.clerk, recognition=waiting, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)
    progress = answer_progress(cast.clerk, TODAY)
    assert (progress.done, progress.total) == (1, 2)
    assert (answer_progress(cast.rival_clerk, TODAY).done, answer_progress(cast.officer, TODAY).total) == (0, 3)
    assert answers_visible_to(cast.clerk).count() == 1
    assert not answers_visible_to(cast.rival_clerk).exists()
    assert not answers_to_check(cast.clerk).exists()


def test_the_paper_behind_an_answer_is_for_officers(cast: Cast, waiting: Recognition) -> None:
    answer_holds(actor=cast.clerk, recognition=waiting, last_day=LAST, paper="Bản gốc", scan=picture(), at=NOW)
    scan = StandingAnswer.objects.get().scan
    assert scan is not None
    seers = {
        who
        for who in ("producer", "clerk", "rival_clerk", "officer", "inspector", "leader", "buyer")
        if file_visible_to(getattr(cast, who), scan, TODAY)
    }
    assert seers == {"clerk", "officer", "inspector", "leader"}
