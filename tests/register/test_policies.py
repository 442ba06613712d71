"""One table: who may do what to whose, and that every refusal says why."""

from datetime import timedelta

import pytest

from ocop.core.actor import VISITOR, system_actor
from ocop.register import policies
from ocop.register.actions import close_report, file_report, record_end, record_withdrawal, request_claim, take_report
from ocop.register.enums import IntakeState
from ocop.register.models import IntakeBatch, Recognition
from tests.cast import NOW, TODAY, recognise

EVERYBODY = (
    *("producer", "rival", "clerk", "rival_clerk", "officer", "advisor", "member", "chair", "secretary", "leader"),
    *("promoter", "keeper", "buyer", "inspector", "administrator", "newcomer"),
)
KEEPERS = {"producer", "clerk", "officer"}  # of the producer's own page
OFFICERS = {"clerk", "officer"}  # the clerk of its commune and the OCOP office
OFFICE = {"officer"}

# act → who may, on the producer's own things
TABLE = {
    "edit_product": (lambda actor, on: policies.can_edit_product(actor, on.product), KEEPERS),
    "edit_producer": (lambda actor, on: policies.can_edit_producer(actor, on.maker), KEEPERS),
    "touch_price": (lambda actor, on: policies.can_touch_price(actor, on.product), KEEPERS),
    "touch_photos_of_product": (lambda actor, on: policies.can_touch_photos(actor, on.product), KEEPERS),
    "touch_photos_of_producer": (lambda actor, on: policies.can_touch_photos(actor, on.maker), KEEPERS),
    "set_person": (lambda actor, on: policies.can_set_person(actor, on.maker), KEEPERS),
    "read_person": (lambda actor, on: policies.can_read_person(actor, on.maker), KEEPERS | {"inspector"}),
    "publish_contact": (lambda actor, on: policies.can_publish_contact(actor, on.maker), {"producer"}),
    "withdraw_contact": (lambda actor, on: policies.can_withdraw_contact(actor, on.maker), KEEPERS),
    "create_producer": (lambda actor, on: policies.can_create_producer(actor, on.stage.con_minh), OFFICERS),
    "create_product": (lambda actor, on: policies.can_create_product(actor, on.stage.con_minh), OFFICERS),
    "change_legal_form": (lambda actor, on: policies.can_change_legal_form(actor, on.maker), OFFICERS),
    "choose_set": (lambda actor, on: policies.can_choose_set(actor, on.product), OFFICERS),
    "issue_code": (lambda actor, on: policies.can_issue_code(actor, on.product), OFFICERS),
    "publish_product": (lambda actor, on: policies.can_publish_product(actor, on.product), OFFICE),
    "record_recognition": (lambda actor, on: policies.can_record_recognition(actor, on.product), OFFICE),
    "merge_producers": (lambda actor, on: policies.can_merge(actor, on.maker, on.rival_maker, TODAY), OFFICE),
    "merge_products": (lambda actor, on: policies.can_merge(actor, on.product, on.rival_product, TODAY), OFFICE),
    "unmerge": (lambda actor, on: policies.can_merge_at_all(actor), OFFICE),
    "take_in": (lambda actor, on: policies.can_take_in(actor), OFFICE),
}


@pytest.mark.parametrize("act", TABLE)
def test_who_may_do_it_to_the_producers_own(cast, act):
    ask, allowed = TABLE[act]
    verdicts = {name: ask(getattr(cast, name), cast) for name in EVERYBODY}
    assert {name for name, verdict in verdicts.items() if verdict} == allowed
    assert all(verdict.reason.endswith(".") for name, verdict in verdicts.items() if name not in allowed)
    assert not ask(VISITOR, cast)


@pytest.mark.parametrize("act", ["edit_product", "edit_producer", "set_person", "create_product", "record_recognition"])
def test_what_the_house_does_itself_is_allowed(cast, act):
    assert TABLE[act][0](system_actor("seed"), cast)


def test_a_producer_writes_texts_and_never_names_groups_or_stars(cast):
    assert policies.can_edit_fields(cast.producer, frozenset({"story_vi", "storage"}))
    for field in ("name", "key_group", "set_no", "stars", "is_published", "search_text"):
        assert not policies.can_edit_fields(cast.producer, frozenset({"story_vi", field}))
    assert policies.can_edit_fields(cast.officer, frozenset({"name", "key_group"}))
    assert not policies.can_edit_fields(cast.officer, frozenset({"stars"}))
    assert not policies.can_edit_page_fields(cast.producer, frozenset({"tax_code"}))
    assert policies.can_edit_page_fields(cast.clerk, frozenset({"tax_code"}))


def can_confirm(actor, row):
    return policies.can_confirm(actor, row, TODAY)


STARS = (policies.can_withdraw, policies.can_extend, can_confirm)


@pytest.mark.parametrize("policy", STARS)
def test_only_the_office_writes_on_a_recognition(cast, policy):
    row = recognise(cast.product)
    assert {name for name in EVERYBODY if policy(getattr(cast, name), row)} == OFFICE


def _withdrawn(cast, row):
    facts = {
        "decision_no": "9/QĐ-UBND",
        "withdrawn_on": TODAY,
        "authority": "province_chairman",
        "signatory": "Chủ tịch",
        "reason": "ngừng",
    }
    return record_withdrawal(actor=cast.officer, recognition=row, at=NOW, **facts)


def _ended(cast, row):
    return record_end(actor=cast.officer, recognition=row, ended_on=TODAY, reason="xã xác nhận", at=NOW)


def _district(cast, row):
    Recognition.objects.filter(pk=row.pk).update(record_type="district_rating")
    return Recognition.objects.get(pk=row.pk)


def _endless(cast, row):
    Recognition.objects.filter(pk=row.pk).update(valid_to=None, end_basis="unknown")
    return Recognition.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (lambda cast, row: row, {"can_withdraw", "can_extend", "can_confirm"}),
        (_withdrawn, set()),
        (_ended, {"can_confirm"}),
        (_district, set()),
        (_endless, {"can_withdraw", "can_confirm"}),
    ],
)
def test_what_the_state_of_a_recognition_allows(cast, state, allowed):
    row = state(cast, recognise(cast.product))
    assert {policy.__name__ for policy in STARS if policy(cast.officer, row)} == allowed


def test_a_claim_is_asked_by_a_person_who_has_no_such_mandate(cast):
    assert policies.can_request_claim(cast.newcomer, cast.maker, TODAY)
    assert policies.can_request_claim(cast.rival, cast.maker, TODAY)
    assert not policies.can_request_claim(cast.producer, cast.maker, TODAY)
    assert not policies.can_request_claim(VISITOR, cast.maker, TODAY)


def test_a_claim_is_decided_by_the_communes_officer_or_the_office_once(cast):
    claim = request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    assert {name for name in EVERYBODY if policies.can_decide_claim(getattr(cast, name), claim)} == OFFICERS
    claim.state = "approved"
    assert not policies.can_decide_claim(cast.officer, claim)


def test_nobody_decides_their_own_claim(cast):
    claim = request_claim(actor=cast.clerk, producer=cast.maker, relation="vợ giám đốc", at=NOW)
    assert not policies.can_decide_claim(cast.clerk, claim)
    assert policies.can_decide_claim(cast.officer, claim)


def test_a_report_is_handled_where_it_was_seen_where_the_product_is_made_and_by_the_office(cast):
    report = file_report(
        actor=VISITOR, kind="misuse", text="sao giả", place_seen="chợ", at=NOW, product=cast.product, commune=cast.stage.dong_phuc
    )
    assert {name for name in EVERYBODY if policies.can_handle_report(getattr(cast, name), report)} == {"clerk", "rival_clerk", "officer"}


def test_a_report_is_upheld_only_after_it_was_taken_in_hand(cast):
    report = file_report(actor=VISITOR, kind="misuse", text="sao giả", place_seen="chợ", at=NOW, product=cast.product)
    assert not policies.can_close_report(cast.officer, report, is_upheld=True)
    assert policies.can_close_report(cast.officer, report, is_upheld=False)
    take_report(actor=cast.officer, report=report, at=NOW)
    assert policies.can_close_report(cast.officer, report, is_upheld=True)
    close_report(actor=cast.officer, report=report, is_upheld=True, outcome="đã nhắc", at=NOW)
    assert not policies.can_handle_report(cast.officer, report)


def test_no_code_without_a_commune(cast):
    cast.product.commune_now = None
    verdict = policies.can_issue_code(cast.officer, cast.product)
    assert not verdict
    assert "xã nào" in verdict.reason


# state of a sheet → what the office may do with it: mend or lay out anew, confirm, undo, discard
INTAKE = {
    "uploaded": {"mend", "discard"},
    "reading": {"discard"},
    "unreadable": {"discard"},
    "unmapped": {"mend", "discard"},
    "ready": {"mend", "confirm", "discard"},
    "confirmed": {"undo"},
    "undone": {"mend", "discard"},
    "discarded": set(),
}


@pytest.mark.parametrize("state", IntakeState)
def test_what_the_state_of_a_sheet_allows(cast, state):
    batch = IntakeBatch(state=state, confirmed_at=NOW)
    verdicts = {
        "mend": policies.can_change_intake(cast.officer, batch, "reading"),
        "confirm": policies.can_change_intake(cast.officer, batch, "confirmed"),
        "undo": policies.can_undo_intake(cast.officer, batch, NOW),
        "discard": policies.can_change_intake(cast.officer, batch, "discarded"),
    }
    assert {act for act, verdict in verdicts.items() if verdict} == INTAKE[state]
    assert all(verdict.reason.endswith(".") for verdict in verdicts.values() if not verdict)
    assert not any(policies.can_change_intake(cast.clerk, batch, target) for target in ("reading", "confirmed", "discarded"))


def test_a_sheet_is_undone_within_a_day_by_the_office(cast):
    batch = IntakeBatch(state="confirmed", confirmed_at=NOW)
    assert policies.can_undo_intake(cast.officer, batch, NOW + timedelta(hours=24))
    assert not policies.can_undo_intake(cast.officer, batch, NOW + timedelta(hours=24, seconds=1))
    assert not policies.can_undo_intake(cast.clerk, batch, NOW)
