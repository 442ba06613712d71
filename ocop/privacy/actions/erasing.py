"""Erasing one person in every room at once, remembering that it was done, and doing it again after a restore."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.person import PersonKeys
from ocop.people.actions import erase_accounts
from ocop.people.actions.refusal import demand
from ocop.privacy import policies, queries, rules
from ocop.privacy.actions.requests import move, subject_of
from ocop.privacy.enums import RequestState
from ocop.privacy.models import DataRequest, ErasureMark
from ocop.records.actions import erase_traces, record
from ocop.register.actions import erase_personal

_FORGOTTEN: dict[str, Any] = {
    "name": "",
    "phone": "",
    "email": "",
    "said": "",
    "identity_seen": "",
    "producer": None,
    "is_forgotten": True,
}


@transaction.atomic
def erase_person(*, actor: Actor, keys: PersonKeys, at: datetime, request: DataRequest | None = None) -> dict[str, int]:
    """Erase what no law obliges to keep; returns how much of each kind was found. Raises `Refused`, `RequestMoved`.

    Decisions, scores, numbers and both chains stay: they hold no personal value. The `request` is closed with it, and so is every
    other request of the same person. Running it again finds nothing and writes nothing.
    """
    known = queries.known_as(keys)
    demand(policies.can_erase(actor, known, localdate(at)))
    found = {holding.what: len(holding.rows) for holding in queries.holdings_of(known)}
    if request is not None:
        demand(policies.can_carry_out(actor, request))
        move(request, RequestState.DONE, **_closing(actor, at))
    elif not found:
        return {}
    erase_personal(actor=actor, keys=known, at=at)
    erase_accounts(actor=actor, keys=known, at=at)
    erase_traces(keys=known)
    requests = queries.requests_of(known)
    requests.filter(state__in=queries.OPEN).update(state=RequestState.DONE, **_closing(actor, at))
    requests.update(**_FORGOTTEN, outcome=_outcome())
    _remember(known, at)
    subject = subject_of(request) if request else f"person:{_marks_of(known)[0][:16]}"
    record(actor=actor, event="personal_data.erased", subject=subject, data={"found": found}, at=at, public=False)
    return found


@transaction.atomic
def replay_erasures(*, actor: Actor, marks: Iterable[rules.Mark], at: datetime) -> int:
    """After a restore: put the list together again and erase everybody on it whom the backup brought back. Returns how many addresses."""
    for mark in marks:
        _put_mark(mark.digest, mark.erased_at)
    back = {(each.kind, each.value) for each in rules.returned(queries.marks(), queries.addresses_held(), list_keys())}
    for kind, value in sorted(back):
        erase_person(actor=actor, keys=PersonKeys().with_more(**{_KINDS[kind]: [value]}), at=at)
    return len(back)


_KINDS = {"phone": "phones", "email": "emails", "producer": "producer_codes"}


def list_keys() -> tuple[bytes, ...]:
    """Keys of the list, drawn from the secret key and its predecessors: a change of key must not forget who was erased."""
    return tuple(_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _key(secret: str | bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"ocop list of the erased").derive(force_bytes(secret))


def _marks_of(known: PersonKeys) -> list[str]:
    """The digests of a person's addresses under today's key."""
    key = list_keys()[0]
    values = [(kind, value) for kind, field in _KINDS.items() for value in getattr(known, field)]
    return sorted(rules.mark_digest(key, kind, value) for kind, value in values)


def _remember(known: PersonKeys, at: datetime) -> None:
    for digest in _marks_of(known):
        _put_mark(digest, at)


def _put_mark(digest: str, at: datetime) -> None:
    """The latest erasure of an address counts."""
    mark, is_new = ErasureMark.objects.get_or_create(digest=digest, defaults={"erased_at": at})
    if not is_new and mark.erased_at < at:
        ErasureMark.objects.filter(pk=mark.pk).update(erased_at=at)


def _closing(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"closed_at": at, "closed_by_id": actor.user_id, "outcome": _outcome()}


def _outcome() -> str:
    """Stands instead of what was told about single things, which may name the person."""
    return _("Đã xóa dữ liệu cá nhân, trừ phần pháp luật yêu cầu giữ.")
