"""Appending to the two chains: what was done, and what personal data was read."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ocop.core.actor import Actor
from ocop.records import rules
from ocop.records.models import AccessEntry, AccessHead, AuditEntry, AuditHead


class NotInTransaction(Exception):
    """An audit entry must come and go with the change it tells of."""


def record(*, actor: Actor, event: str, subject: str, data: dict[str, Any], at: datetime, public: bool = True) -> AuditEntry:
    """Append one audit entry inside the caller's transaction. Call it last: it locks the head until that transaction ends.

    `data` holds what changed and never a personal value, only the names of personal fields; it is text, whole numbers, booleans, null,
    days, moments, decimals, lists and dictionaries (floats raise `rules.NotCanonical`). `public` means that a public page may look
    different from now on: it throws away the cached ones.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(event)
    head = AuditHead.objects.select_for_update().get()
    entry = AuditEntry(**_link(rules.AUDIT_PURPOSE, head, actor, event, subject, data, at))
    entry.save(force_insert=True)
    head.n, head.hash = entry.n, entry.hash
    if public:
        head.public_n = entry.n
    head.save(update_fields=["n", "hash", "public_n"])
    return entry


@transaction.atomic
def record_access(*, actor: Actor, event: str, subject: str, fields: list[str], at: datetime) -> AccessEntry:
    """Append one entry to the access log: who read which fields of whom. The names of the fields, never their values."""
    head = AccessHead.objects.select_for_update().get()
    entry = AccessEntry(**_link(rules.ACCESS_PURPOSE, head, actor, event, subject, {"fields": fields}, at))
    entry.save(force_insert=True)
    head.n, head.hash = entry.n, entry.hash
    head.save(update_fields=["n", "hash"])
    return entry


def _link(
    purpose: str, head: AuditHead | AccessHead, actor: Actor, event: str, subject: str, data: dict[str, Any], at: datetime
) -> dict[str, Any]:
    """The fields of the entry that follows `head`."""
    at = at.replace(microsecond=0)  # the body knows whole seconds, and the column must say the same
    who = actor.user_id if actor.is_signed_in else actor.system or None
    body = rules.entry_body(at=at, event=event, actor=who, mandate=actor.mandate_id, subject=subject, data=data)
    n = head.n + 1
    return {
        "n": n,
        "prev": head.hash,
        "body": body,
        "hash": rules.entry_hash(purpose, n, head.hash, body),
        "at": at,
        "event": event,
        "actor_id": actor.user_id,
        "subject": subject,
    }
