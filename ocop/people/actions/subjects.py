"""Whom people speak for gets another key: a producer is merged into another, or parted from it. Everybody keeps their access."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.models import Invitation, Mandate
from ocop.records.actions import record


@dataclass(frozen=True, slots=True)
class Redirected:
    """What `redirect_subject` did, enough to take it back. Keys of rows, and the name each mandate had."""

    mandates: dict[str, str] = field(default_factory=dict)  # now for the other subject: primary key → name before
    ended: dict[str, list[str]] = field(default_factory=dict)  # the holder speaks for the other already: last day excluded, reason before
    invitations: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@transaction.atomic
def redirect_subject(*, actor: Actor, subject: str, to: str, to_name: str, at: datetime) -> Redirected:
    """Mandates for `subject` that hold or begin later, and open invitations, are for `to` from now on. After the caller's policy.

    Who has both keeps one: the mandate for `subject` ends today.
    """
    on = localdate(at)
    not_over = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    done = Redirected()
    for mandate in not_over.select_for_update().filter(subject=subject).order_by("pk"):
        if not_over.filter(user=mandate.user_id, role=mandate.role, subject=to).exists():
            Mandate.objects.filter(pk=mandate.pk).update(valid_to=max(on, mandate.valid_from), end_reason=_ended(to_name))
            done.ended[str(mandate.pk)] = [mandate.valid_to.isoformat() if mandate.valid_to else "", mandate.end_reason]
        else:
            Mandate.objects.filter(pk=mandate.pk).update(subject=to, subject_name=to_name)
            done.mandates[str(mandate.pk)] = mandate.subject_name
    for invitation in Invitation.objects.filter(subject=subject, accepted_at__isnull=True, revoked_at__isnull=True).order_by("pk"):
        Invitation.objects.filter(pk=invitation.pk).update(subject=to, subject_name=to_name)
        done.invitations[str(invitation.pk)] = invitation.subject_name
    _record(actor, subject, to, done, at)
    return done


@transaction.atomic
def restore_subject(*, actor: Actor, subject: str, to: str, to_name: str, done: dict[str, Any], at: datetime) -> None:
    """Take back what `redirect_subject` did; what others did to these mandates since, such as ending one, stays."""
    what = Redirected(**done)
    for model, names in ((Mandate, what.mandates), (Invitation, what.invitations)):
        for pk, name in names.items():
            model.objects.filter(pk=int(pk), subject=to).update(subject=subject, subject_name=name)
    for pk, (valid_to, reason) in what.ended.items():
        by_merge = Mandate.objects.filter(pk=int(pk), subject=subject, end_reason=_ended(to_name))
        by_merge.update(valid_to=date.fromisoformat(valid_to) if valid_to else None, end_reason=reason)
    _record(actor, to, subject, what, at)


def _ended(to_name: str) -> str:
    return (_("Đã gộp vào %(name)s.") % {"name": to_name})[:200]


def _record(actor: Actor, subject: str, to: str, done: Redirected, at: datetime) -> None:
    if done == Redirected():
        return
    data = {
        "to": to,
        "mandates": sorted(map(int, done.mandates)),
        "ended": sorted(map(int, done.ended)),
        "invitations": len(done.invitations),
    }
    record(actor=actor, event="mandate.redirected", subject=subject, data=data, at=at, public=False)
