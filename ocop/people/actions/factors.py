"""The way back for an official without second factor: one officer asks, another approves, the factors go. Neither can do it alone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people import policies
from ocop.people.actions.accounts import PROFILE_PATH, end_sessions
from ocop.people.actions.refusal import Refused, demand
from ocop.people.models import FactorReset, User
from ocop.people.rules import FACTOR_RESET_LIVES
from ocop.records.actions import record, send_notice


class FactorResetMoved(Exception):
    """Somebody else decided a moment ago, or the day has passed."""


@transaction.atomic
def ask_factor_reset(*, actor: Actor, user: User, reason: str, identity_seen: str, at: datetime) -> FactorReset:
    """Write down who was seen and why; a second officer has a day to decide. The person is told. Raises `Refused`."""
    demand(policies.can_ask_factor_reset(actor, user=user, at=at))
    why, seen = clean_line(reason)[:200], clean_line(identity_seen)[:200]
    if actor.user_id is None or not why or not seen:
        raise Refused(_("Ghi lý do và cách bạn đã nhận ra người này."))
    reset = FactorReset.objects.create(
        user=user, reason=why, identity_seen=seen, asked_by_id=actor.user_id, asked_at=at, expires_at=at + FACTOR_RESET_LIVES
    )
    _tell(user.pk, reset, "factor.reset_asked", _("Có yêu cầu gỡ bảo mật hai lớp của bạn"), at)
    record(actor=actor, event="factor.reset_asked", subject=f"user:{user.pk}", data={"factor_reset": reset.pk}, at=at, public=False)
    return reset


@transaction.atomic
def approve_factor_reset(*, actor: Actor, reset: FactorReset, at: datetime) -> None:
    """App, passkeys and recovery codes go, every session ends; at the next sign-in the official must set a factor up anew.

    Raises `Refused`, `FactorResetMoved`.
    """
    demand(policies.can_approve_factor_reset(actor, reset=reset, at=at))
    _decide(actor, reset, at, is_approved=True)
    Authenticator.objects.filter(user=reset.user_id).delete()
    end_sessions(reset.user)
    title = _("Bảo mật hai lớp của bạn đã được gỡ. Hãy đặt lại ngay khi đăng nhập")
    _tell(reset.user_id, reset, "factor.reset_approved", title, at)
    _tell(reset.asked_by_id, reset, "factor.reset_approved", _("Yêu cầu gỡ bảo mật hai lớp của bạn đã được duyệt"), at)
    data = {"factor_reset": reset.pk, "asked_by": reset.asked_by_id}
    record(actor=actor, event="factor.reset_approved", subject=f"user:{reset.user_id}", data=data, at=at, public=False)


@transaction.atomic
def refuse_factor_reset(*, actor: Actor, reset: FactorReset, at: datetime) -> None:
    """Nothing changes for the person. Raises `Refused`, `FactorResetMoved`."""
    demand(policies.can_refuse_factor_reset(actor, reset=reset, at=at))
    _decide(actor, reset, at, is_approved=False)
    _tell(reset.asked_by_id, reset, "factor.reset_refused", _("Yêu cầu gỡ bảo mật hai lớp bạn gửi đã bị bác"), at)
    data = {"factor_reset": reset.pk}
    record(actor=actor, event="factor.reset_refused", subject=f"user:{reset.user_id}", data=data, at=at, public=False)


def _decide(actor: Actor, reset: FactorReset, at: datetime, *, is_approved: bool) -> None:
    """Of two who decide at once exactly one does."""
    waiting = FactorReset.objects.filter(pk=reset.pk, decided_at__isnull=True, expires_at__gt=at)
    if waiting.update(decided_at=at, decided_by_id=actor.user_id, is_approved=is_approved) != 1:
        raise FactorResetMoved(_("Yêu cầu này vừa được người khác duyệt hoặc bác."))


def _tell(recipient_id: int, reset: FactorReset, event: str, title: str, at: datetime) -> None:
    send_notice(recipient_id=recipient_id, event=event, subject=f"user:{reset.user_id}", title=title, at=at, path=PROFILE_PATH)
