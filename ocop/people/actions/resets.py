"""The assisted reset: an officer who saw the person hands over a one-time code. The second factor stays as it is."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people import policies, queries
from ocop.people.actions.accounts import PROFILE_PATH, set_password
from ocop.people.actions.refusal import Refused, demand
from ocop.people.models import AssistedReset, User
from ocop.people.rules import CODE_LENGTH, CODE_LETTERS, RESET_LIVES, digest_of_code
from ocop.records.actions import record, send_notice


class CodeRefused(Exception):
    """Wrong name, wrong code, used or too old: one sentence for all of them."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why or _("Số điện thoại hoặc mã chưa đúng, hoặc mã đã dùng hay đã quá 30 phút. Hãy xin cán bộ xã mã mới."))


@transaction.atomic
def issue_assisted_reset(*, actor: Actor, user: User, identity_seen: str, at: datetime, unit_key: str) -> str:
    """A code valid for 30 minutes, shown to the officer once; earlier codes of the person stop working. Raises `Refused`.

    `unit_key`: the commune whose producer the person speaks for, as the register knows it.
    """
    demand(policies.can_issue_reset(actor, user=user, on=localdate(at), unit_key=unit_key))
    if actor.user_id is None or not clean_line(identity_seen):
        raise Refused(_("Ghi bạn đã nhận ra người này bằng cách nào."))
    queries.open_resets_of(user, at).update(expires_at=at)
    code = new_code()
    reset = AssistedReset.objects.create(
        user=user,
        code_hash=digest_of_code(code),
        identity_seen=clean_line(identity_seen)[:200],
        issued_by_id=actor.user_id,
        issued_at=at,
        expires_at=at + RESET_LIVES,
    )
    record(actor=actor, event="assisted_reset.issued", subject=f"user:{user.pk}", data={"reset": reset.pk}, at=at, public=False)
    send_notice(
        recipient_id=user.pk,
        event="assisted_reset.issued",
        subject=f"user:{user.pk}",
        title=_("Cán bộ xã vừa cấp mã đặt lại mật khẩu cho bạn"),
        at=at,
        path=PROFILE_PATH,
    )
    return code


def new_code() -> str:
    """A one-time code to read aloud: "7K2M-94XT-B0QF", 60 random bits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@transaction.atomic
def use_assisted_reset(*, actor: Actor, login: str, code: str, password: str, at: datetime) -> User:
    """The person sets a new password with the code, once; all sessions end. Sign-in still asks the second factor. Raises `CodeRefused`."""
    user = queries.user_with_address(login)
    digest = digest_of_code(code)
    reset = AssistedReset.objects.filter(code_hash=digest, user=user).first() if user and user.is_active else None
    if user is None or reset is None or not policies.reset_still_fits(user, on=localdate(at)):
        raise CodeRefused
    if AssistedReset.objects.filter(pk=reset.pk, used_at__isnull=True, expires_at__gt=at).update(used_at=at) != 1:
        raise CodeRefused
    person = Actor(user_id=user.pk)
    set_password(actor=person, user=user, password=password, at=at)
    record(actor=person, event="assisted_reset.used", subject=f"user:{user.pk}", data={"reset": reset.pk}, at=at, public=False)
    send_notice(
        recipient_id=reset.issued_by_id,
        event="assisted_reset.used",
        subject=f"user:{user.pk}",
        title=_("Mã đặt lại mật khẩu bạn cấp đã được dùng"),
        at=at,
    )
    return user
