"""The secret address of an officer's calendar: made, shown once, taken away."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.models import Office
from ocop.people.rules import TOKEN_BYTES, digest_of_token
from ocop.records.actions import record
from ocop.register import policies
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.models import CalendarFeed


@transaction.atomic
def make_feed(*, actor: Actor, at: datetime) -> str:
    """A new address for this person and office; the one before stops working. Returns the token, which nobody can look up again.

    Raises `Refused`.
    """
    demand(policies.can_subscribe(actor))
    office = Office.objects.select_for_update().get(key=actor.office_key)
    CalendarFeed.objects.filter(office=office, user_id=actor.user_id or 0, revoked_at__isnull=True).update(revoked_at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(token_hash=digest_of_token(token), office=office, user_id=actor.user_id or 0, made_at=at)
    record(actor=actor, event="calendar.made", subject=f"user:{actor.user_id}", data={"office": office.key}, at=at, public=False)
    return token


@transaction.atomic
def revoke_feed(*, actor: Actor, at: datetime) -> None:
    """The address stops working at once. Raises `Refused`, `NotFitting` where there is none."""
    demand(policies.can_subscribe(actor))
    own = CalendarFeed.objects.filter(office__key=actor.office_key, user_id=actor.user_id or 0, revoked_at__isnull=True)
    if own.update(revoked_at=at) != 1:
        raise NotFitting(_("Bạn chưa có địa chỉ lịch nào đang dùng."))
    record(actor=actor, event="calendar.revoked", subject=f"user:{actor.user_id}", data={"office": actor.office_key}, at=at, public=False)
