"""Forgetting an account: what it is known by goes, what it did keeps its number. Law 91/2025/QH15; Decree 356/2025/NĐ-CP.

Whoever held public office keeps the name under what they decided then (product decision: records of office name who acted);
addresses, password, factors and sessions go all the same.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.core.person import PersonKeys
from ocop.core.text import search_key, sort_key
from ocop.people import policies, queries
from ocop.people.actions.accounts import end_sessions
from ocop.people.actions.refusal import demand
from ocop.people.enums import OFFICIAL_ROLES
from ocop.people.models import AssistedReset, FactorReset, Mandate, User
from ocop.people.rules import ERASED_NAME, SIGN_INS_KEPT
from ocop.records.actions import record


@transaction.atomic
def erase_accounts(*, actor: Actor, keys: PersonKeys, at: datetime) -> None:
    """Forget the accounts, invitations and sign-ins of a person; `keys` come from `queries.known_as`. Raises `Refused`."""
    users = list(User.objects.select_for_update().filter(pk__in=keys.user_ids, erased_at__isnull=True).order_by("pk"))
    for user in users:
        demand(policies.can_erase_account(actor, user=user, on=localdate(at)))
    for rows in queries.sign_ins_of(keys):
        rows.delete()
    invitations = queries.invitations_of(keys)
    invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    invitations.update(address="", full_name=ERASED_NAME)
    for user in users:
        _erase(actor, user, at)


@transaction.atomic
def forget_old_sign_ins(*, actor: Actor, at: datetime) -> int:
    """Sessions that have ended, and names and addresses of sign-ins past their time; returns how many sign-ins were forgotten.

    Without an audit entry: it says nothing about anybody, and happens every day.
    """
    SessionStore.clear_expired()
    since = at - SIGN_INS_KEPT
    old = (model.objects.filter(attempt_time__lt=since) for model in (AccessAttempt, AccessFailureLog, AccessLog))
    return sum(rows.delete()[0] for rows in old)


def _erase(actor: Actor, user: User, at: datetime) -> None:
    end_sessions(user)
    _end_mandates(user, at)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    AssistedReset.objects.filter(user=user).update(identity_seen="")
    FactorReset.objects.filter(user=user).update(identity_seen="", reason="")
    keeps_name = Mandate.objects.filter(user=user, role__in=OFFICIAL_ROLES).exists()
    name = user.full_name if keeps_name else ERASED_NAME
    User.objects.filter(pk=user.pk).update(
        username=f"erased-{user.code}",
        full_name=name,
        folded=search_key(name)[:120],
        sort_key=sort_key(name),
        phone=None,
        email=None,
        password=make_password(None),
        last_login=None,
        is_active=False,
        wants_email=False,
        erased_at=at,
    )
    record(actor=actor, event="user.erased", subject=f"user:{user.pk}", data={"keeps_name": keeps_name}, at=at, public=False)


def _end_mandates(user: User, at: datetime) -> None:
    """Nobody speaks under this account any more; officers' remarks on past mandates go with the person."""
    today = localdate(at)
    open_now = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), user=user)
    open_now.update(valid_to=Greatest(F("valid_from"), today))
    Mandate.objects.filter(user=user).update(end_reason="")
