"""Mandates: given, ended, worn. A mandate in force is never given twice (constraint) and never ended twice (conditional update)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people import policies, queries
from ocop.people.actions.refusal import Refused, demand
from ocop.people.enums import OFFICIAL_ROLES
from ocop.people.models import Mandate, Office, User
from ocop.people.rules import mandate_fits
from ocop.records.actions import record, send_notice

HATS_PATH = "/viec/vai/"


class MandateMoved(Exception):
    """Somebody else gave or ended this mandate a moment ago."""


@transaction.atomic
def grant_mandate(
    *,
    actor: Actor,
    user: User,
    role: str,
    valid_from: date,
    at: datetime,
    office: Office | None = None,
    subject: str = "",
    subject_name: str = "",
    unit_key: str | None = None,
) -> Mandate:
    """One person may act in one capacity from a day on. Raises `Refused`, `MandateMoved`.

    `unit_key` is the commune where the subject sits, for the policy; None if the caller has asked its own policy about the place.
    Whoever becomes an official this way must choose a longer password at the next request.
    """
    demand(policies.can_grant(actor, user=user, role=role, unit_key=office.unit.key if office else unit_key))
    if role in OFFICIAL_ROLES and not Mandate.objects.filter(user=user, role__in=OFFICIAL_ROLES).exists():
        User.objects.filter(pk=user.pk).update(needs_new_password=True)
        user.needs_new_password = True
    return open_mandate(
        actor=actor, user=user, role=role, valid_from=valid_from, at=at, office=office, subject=subject, subject_name=subject_name
    )


def open_mandate(
    *, actor: Actor, user: User, role: str, valid_from: date, at: datetime, office: Office | None, subject: str, subject_name: str
) -> Mandate:
    """The row, its audit entry and the notice to the person; inside the caller's transaction, after the caller's policy."""
    if not mandate_fits(role, office.kind if office else "", subject):
        raise Refused(_("Vai này không giao được cho cơ quan hoặc đối tượng đã chọn."))
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                user=user,
                role=role,
                office=office,
                subject=subject,
                subject_name=clean_line(subject_name)[:200],
                valid_from=valid_from,
                granted_by_id=actor.user_id,
                granted_at=at,
                is_demo=user.is_demo,
            )
    except IntegrityError as error:
        raise MandateMoved(_("Người này đã giữ vai này.")) from error
    where = {"office": office.key} if office else {"for": subject}
    record(
        actor=actor,
        event="mandate.granted",
        subject=f"user:{user.pk}",
        data={"mandate": mandate.pk, "role": role, "from": valid_from.isoformat(), **where},
        at=at,
        public=False,
    )
    send_notice(
        recipient_id=user.pk,
        event="mandate.granted",
        subject=f"mandate:{mandate.pk}",
        title=_("Bạn được giao vai mới"),
        at=at,
        path=HATS_PATH,
    )
    return mandate


@transaction.atomic
def end_mandate(*, actor: Actor, mandate: Mandate, on: date, reason: str, at: datetime, unit_key: str | None = None) -> None:
    """The mandate no longer holds from `on`. Two officers cannot both end it: the second gets `MandateMoved`. Raises `Refused`."""
    where = mandate.office.unit.key if mandate.office else unit_key
    demand(policies.can_end_mandate(actor, mandate=mandate, on=localdate(at), unit_key=where))
    last = max(on, mandate.valid_from)  # one that has not begun is ended before it begins
    ended = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last), pk=mandate.pk, valid_to=mandate.valid_to)
    if ended.update(valid_to=last, end_reason=clean_line(reason)[:200]) != 1:
        raise MandateMoved(_("Vai này vừa được người khác kết thúc."))
    record(
        actor=actor,
        event="mandate.ended",
        subject=f"user:{mandate.user_id}",
        data={"mandate": mandate.pk, "role": mandate.role, "on": last.isoformat(), "reason": clean_line(reason)[:200]},
        at=at,
        public=False,
    )
    send_notice(
        recipient_id=mandate.user_id,
        event="mandate.ended",
        subject=f"mandate:{mandate.pk}",
        title=_("Một vai của bạn đã kết thúc"),
        body=clean_line(reason)[:200],
        at=at,
        path=HATS_PATH,
    )
    mandate.refresh_from_db()


@transaction.atomic
def choose_hat(*, actor: Actor, user: User, mandate: Mandate, at: datetime) -> Actor:
    """The person acts under another of their mandates from now on; the session is the caller's. Raises `Refused`."""
    on = localdate(at)
    demand(policies.can_switch_hat(user, mandate=mandate, on=on))
    worn = queries.actor_for(user, mandate.pk, on)
    record(
        actor=worn,
        event="hat.changed",
        subject=f"user:{user.pk}",
        data={"from": actor.mandate_id, "to": mandate.pk, "role": mandate.role},
        at=at,
        public=False,
    )
    return worn
