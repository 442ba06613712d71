"""What the records hold of one person: notices, files, and what the two chains say."""

from typing import Any

from django.db.models import Q, QuerySet

from ocop.core.person import Fate, Holding, PersonKeys
from ocop.records.models import AccessEntry, AuditEntry, Notice, StoredFile


def holdings_of(keys: PersonKeys, subjects: frozenset[str]) -> list[Holding]:
    """`subjects` are what of other rooms is about the person ("user:7", "producer:htx-mai"): who read them stands in the access log."""
    notice = ("title", "body", "created_at", "read_at", "done_at")
    file = ("key", "kind", "subject", "name", "content_type", "size", "uploaded_at", "removed_at")
    entry = ("n", "at", "event", "subject", "actor_id")
    files = StoredFile.objects.filter(uploaded_by__in=keys.user_ids).order_by("pk")
    there = tuple(files.filter(removed_at__isnull=True).exclude(blob="").values_list("key", flat=True))
    return [
        Holding("notice", Fate.GOES, _rows(Notice.objects.filter(recipient__in=keys.user_ids).order_by("pk"), notice)),
        Holding("file", Fate.NAMELESS, _rows(files, file), there),
        Holding("reading", Fate.STAYS, _rows(AccessEntry.objects.filter(subject__in=subjects).order_by("n"), entry)),
        Holding("act", Fate.STAYS, _rows(_acts(keys), entry)),
    ]


def _acts(keys: PersonKeys) -> QuerySet[AuditEntry]:
    accounts = [f"user:{pk}" for pk in keys.user_ids]
    return AuditEntry.objects.filter(Q(actor_id__in=keys.user_ids) | Q(subject__in=accounts)).order_by("n")


def _rows(rows: QuerySet[Any], fields: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(rows.values(*fields))
