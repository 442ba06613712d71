"""Every constraint of the register is seen to refuse, on whichever database the suite runs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from ocop.core.actor import VISITOR
from ocop.people.models import Office
from ocop.register.actions import add_photo, file_report, request_claim, set_price, set_variant, start_intake
from ocop.register.models import (
    Award,
    CalendarFeed,
    DistinctPair,
    IntakeBatch,
    IntakeMend,
    IntakeRow,
    LateDecision,
    LegalFormSpan,
    Merge,
    Photo,
    Price,
    Producer,
    ProducerClaim,
    ProducerLink,
    Product,
    ProductCode,
    Recognition,
    RenewalCall,
    RenewalFiling,
    RenewalLetter,
    Report,
    StandingAnswer,
    StandingSpan,
    Variant,
)
from tests.cast import NOW, TODAY, picture, recognise

SOURCED = {"confidence": "high", "as_of": TODAY}
DAY, NEXT = date(2026, 1, 1), date(2026, 1, 2)


def _row(cast):
    return Recognition.objects.filter(pk=recognise(cast.product).pk)


def _variant(cast, name="Túi", **more):
    return Variant.objects.create(product=cast.product, name=name, quantity=Decimal(1), unit="g", **more)


def _price(cast, **more):
    return Price.objects.create(
        **{"variant": _variant(cast, str(Variant.objects.count())), "kind": "retail", "amount": 1, "valid_from": DAY, **more}
    )


def _twice(model, **facts):
    for _ in range(2):
        model.objects.create(**facts)


def _claim(cast, **facts):
    claim = request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    ProducerClaim.objects.filter(pk=claim.pk).update(**facts)


def _report(cast, **facts):
    report = file_report(actor=VISITOR, kind="misuse", text="x", place_seen="y", at=NOW, product=cast.product)
    Report.objects.filter(pk=report.pk).update(**facts)


def _two_prices(cast, second):
    first = _price(cast, valid_to=second.pop("ends", None))
    Price.objects.create(variant=first.variant, kind="retail", amount=2, **second)


def _merge(**facts):
    Merge.objects.create(**{"reason": "x", "moved": {}, "merged_at": NOW, **facts})


def _photo_of_nothing(cast):
    photo = add_photo(actor=cast.producer, of=cast.product, upload=picture(), at=NOW)
    Photo.objects.filter(pk=photo.pk).update(product=None)


def _filing(cast, **facts):
    return RenewalFiling.objects.create(**{"recognition": _row(cast).get(), "filed_on": DAY, "receipt": "1", "recorded_at": NOW, **facts})


def _late(cast, **facts):
    return LateDecision.objects.create(recognition=_row(cast).get(), decided_at=NOW, **facts)


def _answer(cast, **facts):
    row = _row(cast).get()
    given = {"kind": "ended", "paper": "x", "given_at": NOW, "needs_check": True}
    return StandingAnswer.objects.create(**{"product": row.product, "recognition": row, **given, **facts})


def _feeds(cast):
    office = Office.objects.get(key=cast.clerk.office_key)
    for n in range(2):
        CalendarFeed.objects.create(token_hash=str(n), office=office, user_id=cast.clerk.user_id, made_at=NOW)


def _batch(cast, **facts):
    batch = start_intake(actor=cast.officer, upload=ContentFile(b"a;b", name="so.csv"), at=NOW)
    IntakeBatch.objects.filter(pk=batch.pk).update(**facts)
    return batch


def _two_rows(cast):
    _twice(IntakeRow, batch=_batch(cast), n=6, kind="new", is_remarked=False, search_text="", shown={}, cells={})


CONFIRMED = {"state": "confirmed", "digest": "x", "confirmed_at": NOW, "effects": {}}
WITHDRAWN = {"withdrawn_on": DAY, "withdrawal_decision_no": "1", "withdrawal_reason": "a", "withdrawal_signatory": "b"}
BROKEN = {
    "producer_not_merged_into_itself": lambda c: Producer.objects.filter(pk=c.maker.pk).update(merged_into=c.maker),
    "product_not_merged_into_itself": lambda c: Product.objects.filter(pk=c.product.pk).update(merged_into=c.product, is_published=False),
    "product_merged_is_hidden": lambda c: Product.objects.filter(pk=c.product.pk).update(merged_into=c.rival_product),
    "merge_of_two_of_one_kind": lambda c: _merge(kept_producer=c.maker, merged_product=c.product),
    "merge_has_reason": lambda c: _merge(kept_producer=c.maker, merged_producer=c.rival_maker, reason=""),
    "merge_undone_has_reason": lambda c: _merge(kept_product=c.product, merged_product=c.rival_product, undone_at=NOW),
    "merge_of_producer_once": lambda c: [_merge(kept_producer=c.maker, merged_producer=c.rival_maker) for _ in range(2)],
    "merge_of_product_once": lambda c: [_merge(kept_product=c.product, merged_product=c.rival_product) for _ in range(2)],
    "distinct_pair_in_order": lambda c: DistinctPair.objects.create(first_product=c.rival_product, second_product=c.product, judged_at=NOW),
    "distinct_producers_once": lambda c: _twice(DistinctPair, first_producer=c.maker, second_producer=c.rival_maker, judged_at=NOW),
    "distinct_products_once": lambda c: _twice(DistinctPair, first_product=c.product, second_product=c.rival_product, judged_at=NOW),
    "producer_consent_has_person": lambda c: Producer.objects.filter(pk=c.maker.pk).update(contact_consent_at=NOW),
    "legal_form_span_forward": lambda c: LegalFormSpan.objects.create(
        producer=c.maker, form="hoi", valid_from=NEXT, valid_to=NEXT, **SOURCED
    ),
    "legal_form_one_open": lambda c: LegalFormSpan.objects.create(producer=c.maker, form="hoi", **SOURCED),
    "producer_link_once": lambda c: _twice(ProducerLink, producer=c.maker, kind="website", url="https://a.vn"),
    "claim_one_open": lambda c: _twice(ProducerClaim, producer=c.maker, user_id=c.newcomer.user_id, relation="x", requested_at=NOW),
    "claim_state_has_its_facts": lambda c: _claim(c, state="approved", decided_at=NOW, decided_by_id=c.officer.user_id),
    "product_set_in_rubric": lambda c: Product.objects.filter(pk=c.product.pk).update(set_no=27),
    "product_set_has_chooser": lambda c: Product.objects.filter(pk=c.product.pk).update(set_chosen_at=NOW),
    "variant_quantity_positive": lambda c: Variant.objects.create(product=c.product, name="a", quantity=Decimal(0), unit="g"),
    "variant_gtin_once": lambda c: [_variant(c, name, gtin="8936012345671") for name in "ab"],
    "variant_gtin_13_digits": lambda c: _variant(c, gtin="89360123456"),
    "variant_name_once": lambda c: [_variant(c, "a") for _ in range(2)],
    "price_positive": lambda c: _price(c, amount=0),
    "price_span_forward": lambda c: _price(c, valid_to=DAY),
    "price_one_open": lambda c: _two_prices(c, {"valid_from": NEXT}),
    "price_once_a_day": lambda c: _two_prices(c, {"valid_from": DAY, "ends": NEXT}),
    "photo_of_one_thing": _photo_of_nothing,
    "award_once": lambda c: _twice(Award, product=c.product, name="a", level="province", year=2024, **SOURCED),
    "recognition_stars_1_to_5": lambda c: _row(c).update(stars=6),
    "recognition_span_forward": lambda c: _row(c).update(valid_from=NEXT, valid_to=NEXT),
    "recognition_date_has_precision": lambda c: _row(c).update(recognised_on=None),
    "withdrawn_has_decision_and_reason": lambda c: _row(c).update(
        **{**WITHDRAWN, "withdrawal_reason": "", "withdrawal_authority": "province_chairman"}
    ),
    "withdrawn_by_the_right_authority": lambda c: _row(c).update(**WITHDRAWN, withdrawal_authority="minister"),
    "extension_has_ground_and_receipt": lambda c: _row(c).update(extended_until=DAY),
    "ended_has_reason": lambda c: _row(c).update(ended_on=DAY),
    "recognition_decision_once": lambda c: Recognition.objects.create(
        code="BK001-R9",
        product=_row(c).get().product,
        decision_no="1/QĐ-UBND",
        recognised_precision="unknown",
        end_basis="unknown",
        recorded_at=NOW,
        **SOURCED,
    ),
    "standing_span_once": lambda c: _twice(StandingSpan, product=c.product, starts_on=DAY, kind="none", reason="no_recognition"),
    "standing_span_forward": lambda c: StandingSpan.objects.create(
        product=c.product, starts_on=NEXT, ends_on=NEXT, kind="none", reason="no_recognition"
    ),
    "filing_has_receipt": lambda c: _filing(c, receipt=""),
    "filing_result_has_its_facts": lambda c: _filing(c, result="refused", result_on=DAY),
    "late_decision_has_reason": lambda c: _late(c, choice="let_lapse", reason=""),
    "late_extension_has_filing": lambda c: _late(c, choice="extend", reason="x"),
    "renewal_call_once": lambda c: _twice(
        RenewalCall, recognition=Recognition.objects.first() or _row(c).get(), stage="open", ends_on=DAY, called_at=NOW, people=0
    ),
    "letter_to_one": lambda c: RenewalLetter.objects.create(kind="producer", commune=c.stage.con_minh, dated_on=DAY, made_at=NOW),
    "answer_has_paper": lambda c: _answer(c, paper=""),
    "answer_renewed_has_scan_and_star": lambda c: _answer(c, kind="renewed"),
    "answer_checked_has_person": lambda c: _answer(c, checked_at=NOW),
    "answer_taken_back_has_reason": lambda c: _answer(c, taken_back_at=NOW, taken_back_by_id=c.officer.user_id),
    "calendar_feed_one_open": _feeds,
    "intake_unreadable_has_reason": lambda c: _batch(c, state="unreadable"),
    "intake_ready_has_digest": lambda c: _batch(c, state="ready"),
    "intake_confirmed_has_person": lambda c: _batch(c, **CONFIRMED),
    "intake_undone_was_confirmed": lambda c: _batch(
        c, state="undone", confirmed_at=NOW, undone_at=NOW - timedelta(seconds=1), undone_by_id=c.officer.user_id
    ),
    "intake_discarded_has_person": lambda c: _batch(c, state="discarded", discarded_at=NOW),
    "intake_reads_no_more_than_there_is": lambda c: _batch(c, rows_total=4, rows_read=5),
    "intake_row_once": _two_rows,
    "intake_mend_once": lambda c: _twice(IntakeMend, batch=_batch(c), n=6, field="name", at=NOW),
    "report_closed_has_outcome": lambda c: _report(c, state="closed_upheld"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(cast, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](cast)
    said = str(refused.value)
    # SQLite names a unique constraint by its columns; every other one by its name.
    assert name in said or "UNIQUE constraint failed: register_" in said


def test_every_constraint_of_the_register_stands_in_the_table():
    declared = {constraint.name for model in apps.get_app_config("register").get_models() for constraint in model._meta.constraints}
    assert set(BROKEN) == declared


def test_codes_of_products_and_producers_are_used_once(cast):
    for act in (
        lambda: Product.objects.filter(pk=cast.product.pk).update(public_id=cast.rival_product.public_id),
        lambda: Producer.objects.filter(pk=cast.maker.pk).update(code=cast.rival_maker.code),
        lambda: [ProductCode.objects.create(product=each, code="x", kind="old", **SOURCED) for each in (cast.product, cast.rival_product)],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_what_the_actions_write_the_constraints_allow(cast):
    variant = set_variant(actor=cast.producer, product=cast.product, name="Túi", quantity=Decimal(1), unit="g", at=NOW)
    set_price(actor=cast.producer, variant=variant, kind="retail", amount=1, valid_from=TODAY, at=NOW)
    assert Price.objects.get().valid_to is None
