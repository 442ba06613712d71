"""Who may keep a producer's pages: asked by a person, decided by an officer, turned into a mandate."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people.actions import grant_mandate
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.records.actions import finish_notices, record, send_notice
from ocop.register import policies
from ocop.register.actions.refusals import Moved, NotFitting, demand
from ocop.register.actions.told import tell_officers
from ocop.register.enums import CLAIM_MOVES, ClaimState
from ocop.register.models import Producer, ProducerClaim
from ocop.register.queries.producers import subject_of
from ocop.register.queries.waiting import CLAIM_DAYS

CLAIMS_PATH = "/viec/giu-trang/"
HOME_PATH = "/viec/"
_EVENT = "claim.requested"


class ClaimMoved(Moved):
    """Another officer has decided this claim."""


class ClaimOpen(Moved):
    """This person has asked already and waits for the answer."""


@transaction.atomic
def request_claim(*, actor: Actor, producer: Producer, relation: str, at: datetime) -> ProducerClaim:
    """The signed-in person asks to keep the producer's pages. Raises `Refused`, `NotFitting`, `ClaimOpen`."""
    demand(policies.can_request_claim(actor, producer, localdate(at)))
    said = clean_line(relation)
    if not said or len(said) > 200:
        raise NotFitting(_("Hãy ghi bạn là ai trong cơ sở này, ví dụ “giám đốc”, không quá 200 ký tự."))
    try:
        with transaction.atomic():
            person = User.objects.get(pk=actor.user_id or 0)
            claim = ProducerClaim.objects.create(producer=producer, user=person, relation=said, requested_at=at)
    except IntegrityError as error:
        raise ClaimOpen(_("Bạn đã gửi yêu cầu cho chủ thể này và đang chờ xét.")) from error
    title = _("Có người xin giữ trang của %(producer)s") % {"producer": producer.name}
    where = {"commune": producer.commune_now, "subject": _subject(claim), "path": CLAIMS_PATH}
    due_on = localdate(at) + timedelta(days=CLAIM_DAYS)
    tell_officers(actor=actor, event=_EVENT, title=title, at=at, due_on=due_on, **where)  # type: ignore[arg-type]  # as in reports
    record(actor=actor, event=_EVENT, subject=_subject(claim), data={"producer": producer.code}, at=at, public=False)
    return claim


@transaction.atomic
def approve_claim(*, actor: Actor, claim: ProducerClaim, at: datetime) -> ProducerClaim:
    """The person speaks for the producer from today. Two officers at once: one wins, the other gets `ClaimMoved`. Raises `Refused`."""
    demand(policies.can_decide_claim(actor, claim))
    ProducerClaim.objects.select_for_update().get(pk=claim.pk)
    if not ProducerClaim.objects.filter(pk=claim.pk, state__in=CLAIM_MOVES[ClaimState.APPROVED]).exists():
        raise ClaimMoved(_("Yêu cầu này vừa được cán bộ khác xét."))
    producer = claim.producer
    mandate = grant_mandate(
        actor=actor,
        user=User.objects.get(pk=claim.user_id),
        role=Role.PRODUCER,
        valid_from=localdate(at),
        at=at,
        subject=subject_of(producer),
        subject_name=producer.name,
        unit_key=producer.commune_now.key if producer.commune_now else None,
    )
    _decide(claim, ClaimState.APPROVED, actor, at, mandate=mandate)
    title = _("Bạn được giữ trang của %(producer)s") % {"producer": producer.name}
    send_notice(recipient_id=claim.user_id, event="claim.approved", subject=_subject(claim), title=title, at=at, path=HOME_PATH)
    data = {"producer": producer.code, "mandate": mandate.pk}
    record(actor=actor, event="claim.approved", subject=_subject(claim), data=data, at=at, public=False)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def refuse_claim(*, actor: Actor, claim: ProducerClaim, reason: str, at: datetime) -> ProducerClaim:
    """The person does not speak for the producer, and is told why. Raises `Refused`, `NotFitting`, `ClaimMoved`."""
    demand(policies.can_decide_claim(actor, claim))
    why = clean_line(reason)[:300]
    if not why:
        raise NotFitting(_("Hãy ghi lý do để người xin biết cần làm gì."))
    _decide(claim, ClaimState.REFUSED, actor, at, decision_reason=why)
    title = _("Chưa giao trang của %(producer)s cho bạn") % {"producer": claim.producer.name}
    send_notice(recipient_id=claim.user_id, event="claim.refused", subject=_subject(claim), title=title, body=why, at=at, path=HOME_PATH)
    record(actor=actor, event="claim.refused", subject=_subject(claim), data={"producer": claim.producer.code}, at=at, public=False)
    claim.refresh_from_db()
    return claim


def _decide(claim: ProducerClaim, target: ClaimState, actor: Actor, at: datetime, **facts: object) -> None:
    """The move itself: exactly one of two officers makes it."""
    waiting = ProducerClaim.objects.filter(pk=claim.pk, state__in=CLAIM_MOVES[target])
    if waiting.update(state=target, decided_at=at, decided_by_id=actor.user_id, **facts) != 1:
        raise ClaimMoved(_("Yêu cầu này vừa được cán bộ khác xét."))
    finish_notices(subject=_subject(claim), event=_EVENT, at=at)


def _subject(claim: ProducerClaim) -> str:
    return f"claim:{claim.pk}"
