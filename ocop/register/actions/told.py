"""Whom a change of the register is told to."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.places.models import Unit
from ocop.records.actions import send_notice
from ocop.register.models import Producer
from ocop.register.queries.producers import officers_for, people_of


def tell_officers(
    *,
    actor: Actor,
    commune: Unit | None,
    event: str,
    subject: str,
    title: str,
    at: datetime,
    path: str,
    due_on: date | None = None,
) -> None:
    """The officers of the commune and the OCOP office, except whoever acts."""
    officers = officers_for(commune, localdate(at))
    _tell(officers, actor, event=event, subject=subject, title=title, at=at, path=path, due_on=due_on)


def tell_producer(*, actor: Actor, producer: Producer | None, event: str, subject: str, title: str, at: datetime, path: str) -> None:
    """Everybody who speaks for the producer, except whoever acts."""
    people = people_of(producer, localdate(at)).values_list("pk", flat=True) if producer else []
    _tell(people, actor, event=event, subject=subject, title=title, at=at, path=path, due_on=None)


def _tell(
    people: Iterable[int], actor: Actor, *, event: str, subject: str, title: str, at: datetime, path: str, due_on: date | None
) -> None:
    for user_id in people:
        if user_id != actor.user_id:
            send_notice(recipient_id=user_id, event=event, subject=subject, title=title, at=at, path=path, due_on=due_on)
