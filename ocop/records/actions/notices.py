"""Telling people: a notice in the product, and its way out by mail or phone.

A notice is committed together with what it tells of; sending comes after, by a job, one delivery at a time for a person
and a channel, so that the order is kept. A delivery is taken by a conditional update, so two workers never send it twice.
"""

import logging
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q, QuerySet

from ocop.core.actor import Actor
from ocop.core.text import clean_line, clean_text
from ocop.records import rules
from ocop.records.actions.chain import record
from ocop.records.enums import DELIVERY_MOVES, Channel, DeliveryState
from ocop.records.messengers import Message, NeverDeliverable, NotDelivered, messenger_for
from ocop.records.models import Delivery, Notice

logger = logging.getLogger(__name__)


class NoticeNotFound(Exception):
    """No such notice for this person."""


class NotParked(Exception):
    """Only a delivery that was given up can be tried anew."""


@transaction.atomic
def send_notice(
    *, recipient_id: int, event: str, subject: str, title: str, at: datetime, body: str = "", path: str = "", due_on: date | None = None
) -> Notice:
    """Tell one person something, in the product and by the ways the person has. `path` is where to act, without the host.

    Title and body leave the house by mail and phone: no personal data of others in them.
    """
    recipient = get_user_model().objects.get(pk=recipient_id)
    notice = Notice.objects.create(
        recipient=recipient,
        event=event,
        subject=subject,
        title=_cut(clean_line(title), 200),
        body=clean_text(body),
        path=path,
        due_on=due_on,
        created_at=at,
    )
    Delivery.objects.bulk_create(Delivery(notice=notice, channel=channel) for channel in _channels(recipient))
    return notice


def read_notice(*, actor: Actor, notice_id: int, at: datetime) -> None:
    """The person has seen it. Only one's own; seeing it twice changes nothing."""
    own = Notice.objects.filter(pk=notice_id, recipient_id=actor.user_id)
    if not own.filter(read_at__isnull=True).update(read_at=at) and not own.exists():
        raise NoticeNotFound(notice_id)


def finish_notices(*, subject: str, event: str, at: datetime) -> int:
    """What these notices asked for is done, whoever did it; they leave every list. Returns how many."""
    return Notice.objects.filter(subject=subject, event=event, done_at__isnull=True).update(done_at=at)


def deliver(*, actor: Actor, delivery_id: int, at: datetime) -> bool:
    """Send one delivery now, if it is its turn. True: it was sent by this call.

    Not inside a transaction: that it was taken must be committed before anything leaves the house.
    """
    delivery = _take(delivery_id, at)
    if delivery is None:
        return False
    try:
        messenger_for(delivery.channel).send(_message(delivery))
    except NotDelivered as error:
        _put_back(delivery, at, str(error), for_good=isinstance(error, NeverDeliverable))
        return False
    except Exception as error:
        logger.error("a messenger failed", extra={"event": f"deliver.{delivery.channel}", "code": type(error).__name__})
        _put_back(delivery, at, type(error).__name__, for_good=False)
        return False
    _held(delivery).update(state=DeliveryState.SENT, sent_at=at, next_try_at=None, last_error="")
    return True


@transaction.atomic
def retry_delivery(*, actor: Actor, delivery_id: int, at: datetime) -> None:
    """An administrator sends a given-up delivery on its way again, from the first attempt."""
    parked = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.PARKED)
    if parked.update(state=DeliveryState.PENDING, attempts=0, next_try_at=None) != 1:
        raise NotParked(delivery_id)
    record(actor=actor, event="delivery.retried", subject=f"delivery:{delivery_id}", data={}, at=at, public=False)


def _channels(recipient: Any) -> list[str]:
    """E-mail where there is an address and the wish, else the phone. Product decision: a message by phone costs money each time."""
    if recipient.email:
        return [Channel.EMAIL] if recipient.wants_email else []
    return [settings.NOTICE_PHONE_CHANNEL] if recipient.phone else []


def _take(delivery_id: int, at: datetime) -> Delivery | None:
    """Make the delivery ours, if it is due and none before it is still on its way to the same person; None: not now.

    The update looks at its own row only: with a join PostgreSQL would not look again after waiting for another worker.
    """
    with transaction.atomic(durable=True):
        wanted = Delivery.objects.filter(pk=delivery_id)
        _release(wanted, at)
        delivery = wanted.select_related("notice__recipient").first()
        if delivery is None or _has_one_before(delivery):
            return None
        due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
        taken = wanted.filter(due, state__in=DELIVERY_MOVES[DeliveryState.SENDING]).update(
            state=DeliveryState.SENDING, attempts=F("attempts") + 1, next_try_at=at + rules.LEASE
        )
        if taken != 1:
            return None
        delivery.refresh_from_db(fields=["state", "attempts", "next_try_at"])
        return delivery


def _release(wanted: QuerySet[Delivery], at: datetime) -> None:
    """Who held it past the lease has died with it. Attempts go on counting, so that what kills senders is parked too."""
    stuck = wanted.filter(state=DeliveryState.SENDING, next_try_at__lte=at)
    stuck.filter(attempts__gte=rules.ATTEMPTS).update(state=DeliveryState.PARKED, next_try_at=None, last_error="the sender died each time")
    stuck.update(state=DeliveryState.PENDING)


def _has_one_before(delivery: Delivery) -> bool:
    """An earlier delivery to the same person by the same channel that is not over: order is kept."""
    return Delivery.objects.filter(
        pk__lt=delivery.pk,
        channel=delivery.channel,
        notice__recipient_id=delivery.notice.recipient_id,
        state__in=[DeliveryState.PENDING, DeliveryState.SENDING],
    ).exists()


def _message(delivery: Delivery) -> Message:
    notice, recipient = delivery.notice, delivery.notice.recipient
    address = recipient.email if delivery.channel == Channel.EMAIL else recipient.phone
    if not recipient.is_active or not address:
        raise NeverDeliverable("the person has no address by this channel any more")
    link = f"{settings.SITE_URL}{notice.path}" if notice.path else ""
    return Message(key=f"notice-{notice.pk}-{delivery.channel}", to=address, title=notice.title, body=notice.body, link=link)


def _put_back(delivery: Delivery, at: datetime, why: str, *, for_good: bool) -> None:
    again_at = None if for_good else rules.next_try(delivery.attempts, at)
    state = DeliveryState.PENDING if again_at else DeliveryState.PARKED
    _held(delivery).update(state=state, next_try_at=again_at, last_error=_cut(why, 200))
    if state == DeliveryState.PARKED:
        logger.error("a delivery is parked", extra={"event": f"deliver.{delivery.channel}", "code": f"delivery:{delivery.pk}"})


def _held(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, as long as it is still ours: a later sender has a higher attempt."""
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, attempts=delivery.attempts)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
