"""Two officers at once: exactly one wins, the other is told, and nothing of the loser's is left (RELIABILITY.md P2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from ocop.core.actor import VISITOR, system_actor
from ocop.people.models import Mandate
from ocop.records.models import AuditEntry
from ocop.records.queries import verify_audit
from ocop.register import actions
from ocop.register.models import (
    Merge,
    Producer,
    ProducerClaim,
    Product,
    ProductCode,
    Recognition,
    RenewalCall,
    Report,
    ReportMove,
    StandingAnswer,
)
from ocop.register.queries import standing_spans, timeline_of
from tests.cast import NOW, TODAY, cast_on, make_product, recognise, stage

ROUNDS = 5
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return cast_on(stage())


def together(*acts):
    """Run the acts at the same moment, each on a connection of its own; returns what each gave or raised."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(timeout=10)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def one_winner(results, loss):
    """Exactly one result is no error, every other is the named one."""
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == len(results) - 1, losers
    assert all(isinstance(each, loss) for each in losers), losers
    return next(result for result in results if not isinstance(result, Exception))


def events(event):
    return AuditEntry.objects.filter(event=event).count()


def fresh(model, row):
    """Its own copy for each thread, as two requests have."""
    return model._default_manager.get(pk=row.pk)


def test_two_officers_save_the_same_product(cast):
    for version in range(1, ROUNDS + 1):
        copies = [fresh(Product, cast.product) for _ in range(2)]
        results = together(
            *(
                lambda actor=actor, copy=copy, version=version: actions.edit_product(
                    actor=actor, product=copy, changes={"storage": f"{actor.user_id} {version}"}, version=version, at=NOW
                )
                for actor, copy in zip((cast.officer, cast.clerk), copies, strict=True)
            )
        )
        winner = one_winner(results, actions.ProductMoved)
        loser = next(result for result in results if isinstance(result, Exception))
        assert (loser.differences[0].theirs, loser.product.version) == (winner.storage, version + 1)
        assert fresh(Product, cast.product).storage == winner.storage
    assert events("product.edited") == ROUNDS
    assert verify_audit().sound


def test_two_officers_copy_the_same_decision(cast):
    for number in range(ROUNDS):
        copies = [fresh(Product, cast.product) for _ in range(2)]
        results = together(
            *(
                lambda actor=actor, copy=copy, number=number: recognise(
                    copy, actor=actor, decision_no=f"{number}/QĐ-UBND", signed_on=date(2025, 1, number + 1)
                )
                for actor, copy in zip((cast.officer, cast.second_officer), copies, strict=True)
            )
        )
        one_winner(results, actions.DecisionTaken)
    assert list(Recognition.objects.order_by("code").values_list("code", flat=True)) == [f"BK001-R{n}" for n in range(1, ROUNDS + 1)]
    assert events("recognition.recorded") == ROUNDS
    assert standing_spans(cast.product) == timeline_of(cast.product)


def test_two_different_decisions_at_once_are_both_kept_and_the_standing_is_right(cast):
    for number in range(ROUNDS):
        copies = [fresh(Product, cast.product) for _ in range(2)]
        results = together(
            *(
                lambda copy=copy, letter=letter, number=number: recognise(
                    copy, decision_no=f"{number}{letter}/QĐ", signed_on=date(2025, 1, 1)
                )
                for copy, letter in zip(copies, "ab", strict=True)
            )
        )
        assert not [result for result in results if isinstance(result, Exception)]
    assert Recognition.objects.count() == 2 * ROUNDS
    assert standing_spans(cast.product) == timeline_of(cast.product)


def test_two_officers_withdraw_the_same_star(cast):
    row = recognise(cast.product)
    facts = {"withdrawn_on": TODAY, "authority": "province_chairman", "signatory": "Chủ tịch", "reason": "x", "at": NOW}
    copies = [fresh(Recognition, row) for _ in range(2)]
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.record_withdrawal(
                actor=actor, recognition=copy, decision_no=f"{actor.user_id}/QĐ", **facts
            )
            for actor, copy in zip((cast.officer, cast.second_officer), copies, strict=True)
        )
    )
    winner = one_winner(results, actions.RecognitionMoved)
    assert fresh(Recognition, row).withdrawal_decision_no == winner.withdrawal_decision_no
    assert events("recognition.withdrawn") == 1


def test_two_officers_close_the_same_report(cast):
    for _ in range(ROUNDS):
        report = actions.file_report(actor=VISITOR, kind="misuse", text="x", place_seen="y", at=NOW, product=cast.product)
        copies = [fresh(Report, report) for _ in range(2)]
        results = together(
            *(
                lambda actor=actor, copy=copy: actions.close_report(
                    actor=actor, report=copy, is_upheld=False, outcome=f"do {actor.user_id}", at=NOW
                )
                for actor, copy in zip((cast.officer, cast.clerk), copies, strict=True)
            )
        )
        winner = one_winner(results, actions.ReportMoved)
        assert fresh(Report, report).outcome == winner.outcome
        assert ReportMove.objects.filter(report=report).count() == 2
    assert events("report.closed") == ROUNDS


def test_two_officers_take_the_same_report(cast):
    report = actions.file_report(actor=VISITOR, kind="misuse", text="x", place_seen="y", at=NOW, product=cast.product)
    copies = [fresh(Report, report) for _ in range(2)]
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.take_report(actor=actor, report=copy, at=NOW)
            for actor, copy in zip((cast.officer, cast.clerk), copies, strict=True)
        )
    )
    assert fresh(Report, report).handler_id == one_winner(results, actions.ReportMoved).handler_id


def test_two_officers_approve_the_same_claim(cast):
    claim = actions.request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    copies = [ProducerClaim.objects.select_related("producer__commune_now").get(pk=claim.pk) for _ in range(2)]
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.approve_claim(actor=actor, claim=copy, at=NOW)
            for actor, copy in zip((cast.officer, cast.clerk), copies, strict=True)
        )
    )
    one_winner(results, actions.ClaimMoved)
    assert Mandate.objects.filter(user_id=cast.newcomer.user_id).count() == 1
    assert events("claim.approved") == 1
    assert verify_audit().sound


def test_one_approves_and_one_refuses(cast):
    claim = actions.request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    copies = [ProducerClaim.objects.select_related("producer__commune_now").get(pk=claim.pk) for _ in range(2)]
    results = together(
        lambda: actions.approve_claim(actor=cast.officer, claim=copies[0], at=NOW),
        lambda: actions.refuse_claim(actor=cast.clerk, claim=copies[1], reason="không", at=NOW),
    )
    winner = one_winner(results, actions.ClaimMoved)
    assert Mandate.objects.filter(user_id=cast.newcomer.user_id).exists() is (winner.state == "approved")


def test_one_person_asks_twice_at_once(cast):
    asks = [lambda: actions.request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)] * 2
    one_winner(together(*asks), actions.ClaimOpen)


def test_two_officers_merge_the_same_pair(cast):
    def merge(actor, kept, merged):
        copies = {"kept": fresh(Producer, kept), "merged": fresh(Producer, merged)}
        versions = (copies["kept"].version, copies["merged"].version)
        return lambda: actions.merge_producers(actor=actor, choices={}, versions=versions, reason="x", at=NOW, **copies)

    results = together(merge(cast.officer, cast.maker, cast.rival_maker), merge(cast.second_officer, cast.maker, cast.rival_maker))
    done = one_winner(results, actions.MergeMoved)
    part = [lambda: actions.unmerge(actor=cast.officer, merge=Merge.objects.get(pk=done.pk), reason="y", at=NOW)] * 2
    one_winner(together(*part), actions.MergeMoved)
    # the same two the other way round: neither vanishes into the other and back
    results = together(merge(cast.officer, cast.maker, cast.rival_maker), merge(cast.second_officer, cast.rival_maker, cast.maker))
    one_winner(results, actions.MergeMoved)
    assert Producer.objects.count() == 1
    assert (events("producer.merged"), events("producer.unmerged")) == (2, 1)
    assert verify_audit().sound


def test_codes_given_at_once_are_never_the_same(cast):
    products = [cast.product, *(make_product(f"Miến {n}", cast.maker) for n in range(3))]
    results = together(
        *(
            lambda product=product: actions.issue_product_code(actor=cast.officer, product=product, year=2026, at=NOW)
            for product in products
        )
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(ProductCode.objects.values_list("code", flat=True)) == [f"19-02185-{n:02d}-2026" for n in range(1, 5)]


def ending(cast, left):
    """The producer's star with so many days to its last valid day."""
    last = TODAY + timedelta(days=left)
    return recognise(cast.product, signed_on=last - timedelta(days=1095), last_day=last)


def test_two_workers_call_the_same_renewal_once(cast):
    ending(cast, 150)
    for day in (0, 20):
        copies = [fresh(Product, cast.product) for _ in range(2)]
        at = NOW + timedelta(days=day)
        results = together(
            *(lambda copy=copy, at=at: actions.call_renewal(actor=system_actor("sweep"), product=copy, at=at) for copy in copies)
        )
        assert sum(result is None for result in results) == 1, results
        assert sum(isinstance(result, RenewalCall) for result in results) == 1, results
    assert events("renewal.called") == 2


def test_two_officers_write_the_same_filing(cast):
    row = ending(cast, 150)
    copies = [fresh(Recognition, row) for _ in range(2)]
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.record_filing(actor=actor, recognition=copy, filed_on=TODAY, receipt="TN", at=NOW)
            for actor, copy in zip((cast.officer, cast.clerk), copies, strict=True)
        )
    )
    one_winner(results, (actions.FilingTaken, actions.Refused))
    assert events("renewal.filed") == 1


def test_two_officers_answer_about_the_same_star(cast):
    row = recognise(cast.product, signed_on=date(2021, 9, 1))
    copies = [fresh(Recognition, row) for _ in range(2)]
    results = together(
        lambda: actions.record_end(actor=cast.clerk, recognition=copies[0], ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW),
        lambda: actions.answer_holds(actor=cast.officer, recognition=copies[1], last_day=TODAY, paper="Bản gốc", at=NOW),
    )
    one_winner(results, (actions.RecognitionMoved, actions.Refused))
    assert StandingAnswer.objects.count() == 1
    assert standing_spans(cast.product) == timeline_of(cast.product)


def test_two_officers_agree_with_the_same_answer(cast):
    row = recognise(cast.product, signed_on=date(2021, 9, 1))
    actions.record_end(actor=cast.clerk, recognition=row, ended_on=date(2024, 9, 1), reason="Biên bản", at=NOW)
    copies = [StandingAnswer.objects.get() for _ in range(2)]
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.check_answer(actor=actor, answer=copy, at=NOW)
            for actor, copy in zip((cast.officer, cast.second_officer), copies, strict=True)
        )
    )
    one_winner(results, (actions.AnswerMoved, actions.Refused))
    assert events("answer.checked") == 1
