"""Registers that came as spreadsheets: which there are, how far each is, and its rows a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.core.text import search_key
from ocop.register import policies, rules
from ocop.register.enums import IntakeState
from ocop.register.models import IntakeBatch, IntakeRow
from ocop.register.rules.intake import Outcome

UNDER_WAY = (IntakeState.UPLOADED, IntakeState.READING)
OPEN = (IntakeState.UNMAPPED, IntakeState.READY)


def intakes_visible_to(viewer: Actor) -> QuerySet[IntakeBatch]:
    """All of them for the OCOP office, none for anybody else; the latest first."""
    if not policies.can_take_in(viewer):
        return IntakeBatch.objects.none()
    people = ("uploaded_by", "confirmed_by", "undone_by", "discarded_by")
    return IntakeBatch.objects.select_related("file", *people).defer("effects").order_by("-uploaded_at", "-pk")


def intakes_waiting(viewer: Actor) -> QuerySet[IntakeBatch]:
    """What this person sent and left open."""
    if viewer.user_id is None:
        return IntakeBatch.objects.none()
    return intakes_visible_to(viewer).filter(uploaded_by_id=viewer.user_id, state__in=OPEN, forgotten_at__isnull=True)


def same_file_before(batch: IntakeBatch) -> QuerySet[IntakeBatch]:
    """Earlier batches of the very same bytes, the latest first."""
    same = IntakeBatch.objects.filter(file__sha256=batch.file.sha256, pk__lt=batch.pk)
    return same.select_related("uploaded_by").defer("effects", "summary").order_by("-pk")


def intakes_to_read(at: datetime) -> QuerySet[IntakeBatch]:
    """Batches that wait for a reader, or whose reader has been at it for too long."""
    free = Q(taken_up_at__isnull=True) | Q(taken_up_at__lte=at - rules.READER_GIVEN)
    return IntakeBatch.objects.filter(free, state__in=UNDER_WAY).order_by("pk")


def intakes_to_forget(at: datetime) -> QuerySet[IntakeBatch]:
    """Batches whose file and rows have been kept long enough."""
    return IntakeBatch.objects.filter(uploaded_at__lte=at - rules.INTAKE_KEPT, forgotten_at__isnull=True).order_by("pk")


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Which rows of a preview are looked at: of one kind, with remarks, with these words. Empty: all."""

    kind: str = ""
    text: str = ""


WITH_REMARKS = "remarks"  # beside the outcomes
ROW_CHOICES = (*Outcome, WITH_REMARKS)


def intake_rows(batch: IntakeBatch, choice: RowChoice) -> QuerySet[IntakeRow]:
    """The rows that are looked at, in the order of the sheet, without the cells nobody sees in a list."""
    rows = IntakeRow.objects.filter(batch=batch).defer("cells", "search_text").order_by("n")
    if choice.kind == WITH_REMARKS:
        rows = rows.filter(is_remarked=True)
    elif choice.kind:
        rows = rows.filter(kind=choice.kind)
    for word in search_key(choice.text).split():
        rows = rows.filter(search_text__contains=word)
    return rows
