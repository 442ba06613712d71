"""Tokens of the API: made once, shown once, taken back at any time. Only the secret's digest is kept."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people import policies
from ocop.people.actions.refusal import Refused, demand
from ocop.people.enums import TokenScope
from ocop.people.models import ApiToken, ApiTokenUse, Mandate, User
from ocop.people.rules import API_TOKEN_DAYS, API_TOKEN_HINT, API_TOKEN_PREFIX, TOKEN_BYTES, digest_of_api_token
from ocop.records.actions import record, send_notice

TOKENS_PATH = "/viec/toi/khoa-api/"


class TokenClosed(Exception):
    """It was revoked a moment ago."""


@dataclass(frozen=True, slots=True)
class Made:
    """`secret` is shown now and never again."""

    token: ApiToken
    secret: str


@transaction.atomic
def create_api_token(*, actor: Actor, mandate: Mandate, name: str, scope: str, days: int, at: datetime) -> Made:
    """A program may act under this mandate for so many days. Its holder is told, so that a token they did not make is noticed.

    Raises `Refused`.
    """
    User.objects.select_for_update().get(pk=mandate.user_id)  # the number of open tokens is counted under this lock
    demand(policies.can_create_api_token(actor, mandate=mandate, on=localdate(at), at=at))
    called = clean_line(name)[:80]
    if not called or scope not in TokenScope.values or days not in API_TOKEN_DAYS:
        raise Refused(_("Hãy ghi tên khóa, chọn quyền và thời hạn."))
    secret = f"{API_TOKEN_PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"
    token = ApiToken.objects.create(
        token_hash=digest_of_api_token(secret),
        hint=secret[: len(API_TOKEN_PREFIX) + API_TOKEN_HINT],
        name=called,
        mandate=mandate,
        scope=scope,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    ApiTokenUse.objects.create(token=token)
    send_notice(
        recipient_id=mandate.user_id,
        event="api_token.created",
        subject=f"user:{mandate.user_id}",
        title=_("Bạn vừa tạo một khóa API"),
        body=called,
        at=at,
        path=TOKENS_PATH,
    )
    data = {"token": token.code, "mandate": mandate.pk, "scope": scope, "until": localdate(token.expires_at)}
    record(actor=actor, event="api_token.created", subject=f"user:{mandate.user_id}", data=data, at=at, public=False)
    return Made(token, secret)


@transaction.atomic
def revoke_api_token(*, actor: Actor, token: ApiToken, at: datetime) -> None:
    """The token opens nothing any more. Raises `Refused`, `TokenClosed`."""
    demand(policies.can_revoke_api_token(actor, token=token))
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at) != 1:
        raise TokenClosed(_("Khóa này vừa được thu hồi."))
    subject = f"user:{token.mandate.user_id}"
    record(actor=actor, event="api_token.revoked", subject=subject, data={"token": token.code}, at=at, public=False)
    token.refresh_from_db()


def note_api_token_use(*, actor: Actor, token: ApiToken, on: date) -> None:
    """The day of the last use, written once a day; no audit entry, as for a session that is alive."""
    ApiTokenUse.objects.filter(Q(last_on__isnull=True) | Q(last_on__lt=on), token=token).update(last_on=on)
