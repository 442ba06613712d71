"""Accounts: made, changed, ended. Personal values never enter the audit; it names the fields that changed."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line, search_key, sort_key
from ocop.people import policies
from ocop.people.actions.refusal import Refused, demand
from ocop.people.models import User
from ocop.records.actions import record, send_notice

PROFILE_PATH = "/viec/toi/"


class AddressTaken(Exception):
    """Another account already answers to this phone number or e-mail."""

    def __init__(self) -> None:
        super().__init__(_("Số điện thoại hoặc thư điện tử này đã có tài khoản."))


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    full_name: str,
    password: str | None,
    at: datetime,
    phone: str | None = None,
    email: str | None = None,
    is_email_verified: bool = False,
    is_demo: bool = False,
) -> User:
    """A new account; its password has been judged by the caller's form. Raises `AddressTaken`."""
    user = User(
        username=email or phone or "",
        **_name(full_name),
        phone=phone,
        email=email,
        is_demo=is_demo,
        created_at=at,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AddressTaken from error
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=is_email_verified)
    record(actor=actor, event="user.created", subject=f"user:{user.pk}", data={"by_email": bool(email)}, at=at, public=False)
    return user


@transaction.atomic
def update_profile(*, actor: Actor, user: User, full_name: str, phone: str | None, wants_email: bool, at: datetime) -> User:
    """The person's own name, phone and wish for e-mail. Raises `AddressTaken`, or `Refused` if no address would be left."""
    if phone is None and user.email is None:
        raise Refused(_("Tài khoản cần ít nhất một số điện thoại hoặc một thư điện tử để đăng nhập."))
    named = _name(full_name)
    new = {"full_name": named["full_name"], "phone": phone, "wants_email": wants_email}
    changed = sorted(field for field, value in new.items() if getattr(user, field) != value)
    if not changed:
        return user
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(**named | new)
            _follow_address(user)
    except IntegrityError as error:
        raise AddressTaken from error
    record(actor=actor, event="user.changed", subject=f"user:{user.pk}", data={"fields": changed}, at=at, public=False)
    user.refresh_from_db()
    return user


def _name(text: str) -> dict[str, str]:
    """A name with what it is searched and sorted by."""
    name = clean_line(text)[:120]
    return {"full_name": name, "folded": search_key(name)[:120], "sort_key": sort_key(name)}


def _follow_address(user: User) -> None:
    """The name under which sign-in checks is an address the account answers to today; a former one opens nothing."""
    user.refresh_from_db(fields=["username", "email", "phone"])
    if user.username not in (user.email, user.phone):
        user.username = user.email or user.phone or user.username
        user.save(update_fields=["username"])


@transaction.atomic
def set_password(*, actor: Actor, user: User, password: str, at: datetime, keep_session: str = "") -> None:
    """A new password, judged by the caller's form. Every session of the person ends but `keep_session`, the one it was changed in."""
    user.set_password(password)
    user.needs_new_password = False
    user.save(update_fields=["password", "needs_new_password"])
    end_sessions(user, keep_session)
    record(actor=actor, event="user.password_changed", subject=f"user:{user.pk}", data={}, at=at, public=False)


def end_sessions(user: User, keep: str = "") -> None:
    """A part of other actions: whoever is signed in as this person is not, from now on."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep):
        session.end()


@transaction.atomic
def note_security_event(*, actor: Actor, user: User, event: str, title: str, at: datetime) -> None:
    """A factor, the password or the e-mail changed: into the audit, and to the person, who may not have done it."""
    _follow_address(user)
    record(actor=actor, event=event, subject=f"user:{user.pk}", data={}, at=at, public=False)
    send_notice(recipient_id=user.pk, event=event, subject=f"user:{user.pk}", title=title, at=at, path=PROFILE_PATH)


@transaction.atomic
def note_recovery_codes(*, actor: Actor, user: User, at: datetime) -> None:
    """Recovery codes were made, and count as seen: allauth would note that when a page shows them, and reading does not write."""
    for codes in Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES):
        codes.wrap().mark_as_viewed()
    record(actor=actor, event="factor.codes_made", subject=f"user:{user.pk}", data={}, at=at, public=False)


@transaction.atomic
def deactivate_user(*, actor: Actor, user: User, reason: str, at: datetime) -> None:
    """Nobody signs in with the account any more; its sessions end at once. Raises `Refused`."""
    demand(policies.can_deactivate(actor, user=user))
    moved = User.objects.filter(pk=user.pk, is_active=True).update(is_active=False)
    if moved != 1:
        user.refresh_from_db()
        demand(policies.can_deactivate(actor, user=user))
    end_sessions(user)
    record(actor=actor, event="user.deactivated", subject=f"user:{user.pk}", data={"reason": clean_line(reason)}, at=at, public=False)
    user.refresh_from_db()


@transaction.atomic
def reactivate_user(*, actor: Actor, user: User, reason: str, at: datetime) -> None:
    """The account works again, with the password and the mandates it had. Raises `Refused`."""
    demand(policies.can_reactivate(actor, user=user))
    moved = User.objects.filter(pk=user.pk, is_active=False, erased_at__isnull=True).update(is_active=True)
    if moved != 1:
        user.refresh_from_db()
        demand(policies.can_reactivate(actor, user=user))
    why = clean_line(reason)[:200]
    subject = f"user:{user.pk}"
    title = _("Tài khoản của bạn đã được mở lại")
    send_notice(recipient_id=user.pk, event="user.reactivated", subject=subject, title=title, body=why, at=at, path=PROFILE_PATH)
    record(actor=actor, event="user.reactivated", subject=subject, data={"reason": why}, at=at, public=False)
    user.refresh_from_db()
