"""Forgetting a person in the register: the representative's data, published numbers, claims, and who reported.

What stays: the producer and its products, recognitions and decisions, and what a report said happened, since officers act on it
(Law 91/2025/QH15 leaves what a public duty needs; the ground is shown before anything is erased).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.person import ERASED_TEXT, PersonKeys, without
from ocop.records.actions import finish_notices, forget_file_names, record
from ocop.register import policies
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.enums import ClaimState
from ocop.register.models import Producer, ProducerPerson, Report, ReportMove
from ocop.register.queries import personal


@transaction.atomic
def clear_person(*, actor: Actor, producer: Producer, fields: frozenset[str], at: datetime) -> None:
    """Take single values of the representative away, or all of them; with the last one the row goes. Raises `Refused`, `NotFitting`."""
    demand(policies.can_set_person(actor, producer))
    if not fields or not fields <= set(personal.PERSONAL_FIELDS):
        raise NotFitting(_("Hãy chọn ít nhất một mục muốn xóa."))
    person = ProducerPerson.objects.select_for_update().filter(producer=producer).first()
    gone = sorted(field for field in fields if person is not None and getattr(person, field) not in ("", None))
    if person is None or not gone:
        return
    for field in gone:
        setattr(person, field, None if field == "has_disability" else "")
    if any(getattr(person, field) not in ("", None) for field in personal.PERSONAL_FIELDS):
        person.updated_at = at
        person.save(update_fields=[*gone, "updated_at"])
    else:
        person.delete()
    record(actor=actor, event="person.cleared", subject=f"producer:{producer.code}", data={"fields": gone}, at=at, public=False)


@transaction.atomic
def erase_personal(*, actor: Actor, keys: PersonKeys, at: datetime) -> None:
    """Everything of `queries.personal.holdings_of` goes or is made nameless. The caller's policy has allowed it."""
    for person in list(personal.representatives_of(keys)):
        producer = person.producer
        person.delete()
        record(actor=actor, event="person.erased", subject=f"producer:{producer.code}", data={}, at=at, public=False)
    for producer in list(personal.contacts_of(keys)):
        _withdraw_numbers(actor, producer, keys, at)
    _erase_claims(keys, at)
    for contact in list(personal.reporters_of(keys)):
        report = contact.report
        contact.delete()
        _without_person(report, keys)
        forget_file_names(subjects=[f"misuse:{report.code}"])
        record(actor=actor, event="reporter.erased", subject=f"report:{report.code}", data={}, at=at, public=False)


def _withdraw_numbers(actor: Actor, producer: Producer, keys: PersonKeys, at: datetime) -> None:
    """The person's own numbers leave the producer's page; another's number stays, and the consent with it."""
    left = {name: "" if getattr(producer, name) in keys.phones else getattr(producer, name) for name in ("business_phone", "business_zalo")}
    consent = {} if any(left.values()) else {"contact_consent_at": None, "contact_consent_by": None}
    Producer.objects.filter(pk=producer.pk).update(**left, **consent, updated_at=at)
    record(actor=actor, event="producer.contact_withdrawn", subject=f"producer:{producer.code}", data={}, at=at)


def _erase_claims(keys: PersonKeys, at: datetime) -> None:
    """What was only asked for goes; what an officer decided stays without the words about the person."""
    claims = personal.claims_of(keys)
    for claim in list(claims.filter(state=ClaimState.REQUESTED)):
        finish_notices(subject=f"claim:{claim.pk}", event="claim.requested", at=at)
        claim.delete()
    claims.update(relation=ERASED_TEXT)
    claims.exclude(decision_reason="").update(decision_reason=ERASED_TEXT)


def _without_person(report: Report, keys: PersonKeys) -> None:
    """What was seen stays, without name, phone or e-mail of who saw it, wherever they were written into the text."""
    texts = keys.texts
    said = {name: without(texts, getattr(report, name)) for name in ("text", "place_seen", "outcome")}
    Report.objects.filter(pk=report.pk).update(**said)
    for move in ReportMove.objects.filter(~Q(remark=""), report=report):
        ReportMove.objects.filter(pk=move.pk).update(remark=without(texts, move.remark)[:400])
