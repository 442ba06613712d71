"""Reading notices: what waits for a person, what is due to be sent, what was given up."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ocop.records import rules
from ocop.records.enums import DeliveryState, FileKind
from ocop.records.models import Delivery, Notice, StoredFile


def notices_waiting(user_id: int) -> QuerySet[Notice]:
    """What waits for this person until read or done, nearest deadline first; what has no deadline after it, newest first."""
    waiting = Notice.objects.filter(recipient_id=user_id, done_at__isnull=True, read_at__isnull=True)
    return waiting.order_by(F("due_on").asc(nulls_last=True), "-created_at", "-pk")


def notices_waiting_count(user_id: int) -> int:
    """How many notices wait for this person."""
    return notices_waiting(user_id).count()


def due_deliveries(at: datetime) -> QuerySet[Delivery]:
    """What to send now, oldest first; nothing whose forerunner to the same person must wait."""
    before = Delivery.objects.filter(pk__lt=OuterRef("pk"), channel=OuterRef("channel"))
    before = before.filter(notice__recipient_id=OuterRef("notice__recipient_id"))
    held_up = before.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENDING], next_try_at__gt=at)
    due = Q(state=DeliveryState.PENDING) & (Q(next_try_at__isnull=True) | Q(next_try_at__lte=at))
    stuck = Q(state=DeliveryState.SENDING, next_try_at__lte=at)
    return Delivery.objects.filter(due | stuck).exclude(Exists(held_up)).order_by("pk")


def parked_deliveries() -> QuerySet[Delivery]:
    """What was given up after `rules.ATTEMPTS` attempts, newest first, for the administrator."""
    return Delivery.objects.filter(state=DeliveryState.PARKED).select_related("notice__recipient").order_by("-pk")


def parked_photos() -> QuerySet[StoredFile]:
    """Photos that could not be sized, for the administrator."""
    return StoredFile.objects.filter(kind=FileKind.PHOTO, removed_at__isnull=True, rendition_tries__gte=rules.ATTEMPTS).order_by("-pk")
