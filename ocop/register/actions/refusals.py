"""How an action of this room says no: not allowed, not fitting, or somebody was faster."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ocop.core.verdict import Verdict
from ocop.people.actions.refusal import Refused, demand
from ocop.people.models import User
from ocop.records.models import AuditEntry

__all__ = ["Difference", "Moved", "NotFitting", "Refused", "demand", "last_change", "suit"]


class NotFitting(ValueError):
    """What was typed cannot be written down so; the message is the sentence for the form."""


class Moved(Exception):
    """Somebody else changed or took the same thing first: the view answers 409 and keeps what was typed. The message says so."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field where the stored value is no longer the one the form started from."""

    field: str
    theirs: str  # stored now
    yours: str  # typed by the second


def suit(verdict: Verdict) -> None:
    """Go on only if the values fit the rules."""
    if not verdict:
        raise NotFitting(verdict.reason)


def last_change(subject: str) -> tuple[str, datetime | None]:
    """Who changed a thing last, by name, and when."""
    entry = AuditEntry.objects.filter(subject=subject).order_by("-n").first()
    if entry is None:
        return "", None
    user = User.objects.filter(pk=entry.actor_id).first() if entry.actor_id else None
    return user.full_name if user else _("hệ thống"), entry.at
