"""Invitations: sent once, accepted once. Only the token's digest is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people import policies
from ocop.people.actions.accounts import create_user
from ocop.people.actions.mandates import open_mandate
from ocop.people.actions.refusal import Refused, demand
from ocop.people.models import Invitation, Office, User
from ocop.people.rules import INVITATION_LIVES, TOKEN_BYTES, digest_of_token, mandate_fits
from ocop.records.actions import record, send_notice

INVITATIONS_PATH = "/viec/loi-moi/"


class InvitationClosed(Exception):
    """Somebody accepted or revoked it a moment ago, or it has run out."""


@dataclass(frozen=True, slots=True)
class Sent:
    """`token` is shown or sent now and never again."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite_person(
    *,
    actor: Actor,
    address: str,
    full_name: str,
    role: str,
    at: datetime,
    link: str,
    office: Office | None = None,
    subject: str = "",
    subject_name: str = "",
    unit_key: str | None = None,
) -> Sent:
    """Ask somebody to open an account under one mandate. `address` is normal (E.164 or small-letter e-mail).

    `link` is the page's full address with "{token}" in it; it goes by e-mail if the address is one. To a phone the officer
    passes it on. `unit_key`: where the subject sits, as in `grant_mandate`. Raises `Refused`.
    """
    demand(policies.can_invite(actor, role=role, unit_key=office.unit.key if office else unit_key))
    if actor.user_id is None or not mandate_fits(role, office.kind if office else "", subject):
        raise Refused(_("Vai này không giao được cho cơ quan hoặc đối tượng đã chọn."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        token_hash=digest_of_token(token),
        address=address,
        full_name=clean_line(full_name)[:120],
        role=role,
        office=office,
        subject=subject,
        subject_name=clean_line(subject_name)[:200],
        invited_by_id=actor.user_id,
        invited_at=at,
        expires_at=at + INVITATION_LIVES,
    )
    where = {"office": office.key} if office else {"for": subject}
    data = {"role": role, "by_email": "@" in address, **where}
    record(actor=actor, event="invitation.sent", subject=f"invitation:{invitation.pk}", data=data, at=at, public=False)
    if "@" in address:
        transaction.on_commit(lambda: _mail(invitation, link.format(token=token)))
    return Sent(invitation, token)


def _mail(invitation: Invitation, address: str) -> None:
    """A mail that cannot leave must not undo the invitation: the officer sees it as open and may send another."""
    place = invitation.office.name if invitation.office else invitation.subject_name
    body = _(
        "Chào %(name)s,\n\n%(inviter)s mời bạn mở tài khoản cho: %(place)s.\n\nMở liên kết sau trước ngày %(until)s và đặt mật khẩu:\n"
        "%(address)s\n\nNếu bạn không rõ lời mời này, hãy bỏ qua thư. Đừng chuyển tiếp liên kết cho người khác."
    ) % {
        "name": invitation.full_name,
        "inviter": invitation.invited_by.full_name,
        "place": place,
        "until": f"{localtime(invitation.expires_at):%d/%m/%Y}",
        "address": address,
    }
    send_mail(_("Lời mời mở tài khoản OCOP"), body, None, [invitation.address], fail_silently=True)


@transaction.atomic
def accept_invitation(*, actor: Actor, invitation: Invitation, at: datetime, user: User | None = None, password: str = "") -> User:
    """Take the mandate up, with the account signed in now (`user`) or with a new one under `password`.

    The token opened the page, so whoever holds it is the person invited. Used twice, or against a revocation at the same moment,
    exactly one wins; the other gets `InvitationClosed` and nothing is left of the try. Raises `Refused`, `AddressTaken`.
    """
    demand(policies.can_accept_invitation(invitation, at=at))
    if user is not None:
        demand(policies.can_take_up(invitation, user=user))
    open_now = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    # Held before anything is recorded: whoever takes it back locks the invitation first and the audit's head last, and so do we.
    if not list(open_now.select_for_update()):
        raise InvitationClosed(_("Lời mời này vừa được nhận hoặc vừa được rút."))
    if user is None:
        user = _new_account(actor=actor, invitation=invitation, password=password, at=at)
    if open_now.update(accepted_at=at, accepted_by=user) != 1:
        raise InvitationClosed(_("Lời mời này vừa được nhận hoặc vừa được rút."))
    inviter = Actor(user_id=invitation.invited_by_id)
    open_mandate(
        actor=inviter,
        user=user,
        role=invitation.role,
        valid_from=localdate(at),
        at=at,
        office=invitation.office,
        subject=invitation.subject,
        subject_name=invitation.subject_name,
    )
    person = Actor(user_id=user.pk)
    record(actor=person, event="invitation.accepted", subject=f"invitation:{invitation.pk}", data={"user": user.pk}, at=at, public=False)
    send_notice(
        recipient_id=invitation.invited_by_id,
        event="invitation.accepted",
        subject=f"invitation:{invitation.pk}",
        title=_("Lời mời của bạn đã được nhận"),
        at=at,
        path=INVITATIONS_PATH,
    )
    return user


def _new_account(*, actor: Actor, invitation: Invitation, password: str, at: datetime) -> User:
    by_email = "@" in invitation.address
    return create_user(
        actor=actor,
        full_name=invitation.full_name,
        password=password,
        at=at,
        email=invitation.address if by_email else None,
        phone=None if by_email else invitation.address,
        is_email_verified=by_email,  # the link went to this address and nowhere else
    )


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation, at: datetime) -> None:
    """The link no longer works. Raises `Refused`, or `InvitationClosed` if it was accepted at the same moment."""
    demand(policies.can_revoke_invitation(actor, invitation=invitation, at=at))
    open_now = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if open_now.update(revoked_at=at) != 1:
        raise InvitationClosed(_("Lời mời này vừa được nhận hoặc vừa được rút."))
    record(actor=actor, event="invitation.revoked", subject=f"invitation:{invitation.pk}", data={}, at=at, public=False)
    invitation.refresh_from_db()
