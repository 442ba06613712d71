"""Reading the chains: the version public pages are kept under, the entries for those who may see them, the proof that all is whole."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.records import policies, rules
from ocop.records.models import AccessEntry, AccessHead, AuditEntry, AuditHead, ChainEntry

PAGE_SIZE = 50
_Entry = TypeVar("_Entry", bound=ChainEntry)
EntryPage = Page[AuditEntry] | Page[AccessEntry]


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What a reader looks for; empty fields do not narrow. `until` is the last day, included. `actor_ids`: any of these people."""

    event: str = ""
    subject: str = ""
    actor_ids: tuple[int, ...] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChainVerification:
    """What a whole check of a chain found."""

    entries: int
    findings: tuple[rules.Finding, ...]

    @property
    def sound(self) -> bool:
        return not self.findings


def public_version() -> int:
    """The number of the last entry that may have changed a public page. One row by its key.

    Asked before every public page is taken from the shelf, so it goes around the ORM, which takes twenty times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_n FROM audit_head WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def public_changed_at() -> datetime | None:
    """When that entry was written: nothing public has changed since."""
    return AuditEntry.objects.filter(n__in=AuditHead.objects.values("public_n")).values_list("at", flat=True).first()


def audit_entries(viewer: Actor, filters: AuditFilters, page: int = 1) -> Page[AuditEntry]:
    """One page of the audit chain, newest first; empty for those who may not read it."""
    return _page(viewer, AuditEntry.objects.all(), filters, page)


def access_entries(viewer: Actor, filters: AuditFilters, page: int = 1) -> Page[AccessEntry]:
    """One page of the access log, newest first; empty for those who may not read it."""
    return _page(viewer, AccessEntry.objects.all(), filters, page)


def audit_entry(viewer: Actor, n: int) -> AuditEntry | None:
    """One entry by its number, for those who may read the chain."""
    return AuditEntry.objects.filter(pk=n).first() if policies.can_read_audit(viewer) else None


def entries_of_subject(subject: str) -> QuerySet[AuditEntry]:
    """The history of one subject, newest first. Its room decides who may see it."""
    return AuditEntry.objects.filter(subject=subject).order_by("-n")


def recorded(events: Collection[str], *, limit: int) -> list[tuple[datetime, str, str]]:
    """The newest entries of these kinds as (moment, event, subject): what happened, never who did it."""
    entries = AuditEntry.objects.filter(event__in=events).order_by("-n")
    return list(entries.values_list("at", "event", "subject")[:limit])


def last_recorded(events: Collection[str]) -> Mapping[str, datetime]:
    """When each of these kinds of event last happened; one question."""
    return dict(AuditEntry.objects.filter(event__in=events).order_by().values_list("event").annotate(last=Max("at")))


def known_events() -> list[str]:
    """Every kind of event the audit chain holds."""
    return list(AuditEntry.objects.order_by("event").values_list("event", flat=True).distinct())


def known_readings() -> list[str]:
    """Every kind of reading the access log holds."""
    return list(AccessEntry.objects.order_by("event").values_list("event", flat=True).distinct())


def verify_audit(*, witnessed: Iterable[rules.Head] = (), access_log: bool = False) -> ChainVerification:
    """Check a whole chain, entry by entry, both ends, and against heads that witnesses outside kept (TRUST.md section 3)."""
    entries = AccessEntry.objects if access_log else AuditEntry.objects
    head = (AccessHead.objects if access_log else AuditHead.objects).filter(pk=1).first()
    purpose = rules.ACCESS_PURPOSE if access_log else rules.AUDIT_PURPOSE
    witnesses = tuple(witnessed)
    counted = _Counted(_links(entries.order_by("n")), {witness.n for witness in witnesses})
    findings = [*rules.check_links(counted, rules.Head(head.n, head.hash) if head else None, purpose)]
    if isinstance(head, AuditHead) and head.public_n > head.n:
        findings.append(rules.Finding(head.n, "head", f"public pages are kept under entry {head.public_n}, which does not exist"))
    findings.extend(rules.check_witness(witnesses, counted.hashes))
    return ChainVerification(counted.count, tuple(findings))


class _Counted:
    """Passes links on, counts them, and keeps the hashes that are asked for afterwards."""

    def __init__(self, links: Iterator[rules.Link], wanted: set[int]) -> None:
        self._links, self._wanted = links, wanted
        self.count, self.hashes = 0, dict[int, str]()

    def __iter__(self) -> Iterator[rules.Link]:
        for link in self._links:
            self.count += 1
            if link.n in self._wanted:
                self.hashes[link.n] = link.hash
            yield link


def _links(entries: QuerySet[Any]) -> Iterator[rules.Link]:
    rows = entries.values_list("n", "prev", "body", "hash", "at", "event", "actor_id", "subject")
    return (rules.Link(*row) for row in rows.iterator(chunk_size=2000))


def _page(viewer: Actor, entries: QuerySet[_Entry], filters: AuditFilters, page: int) -> Page[_Entry]:
    if not policies.can_read_audit(viewer):
        entries = entries.none()
    return Paginator(_narrowed(entries, filters).order_by("-n"), PAGE_SIZE).get_page(page)


def _narrowed(entries: QuerySet[_Entry], filters: AuditFilters) -> QuerySet[_Entry]:
    if filters.event:
        entries = entries.filter(event=filters.event)
    if filters.subject:
        entries = entries.filter(subject__startswith=filters.subject)
    if filters.actor_ids is not None:
        entries = entries.filter(actor_id__in=filters.actor_ids)
    if filters.since:
        entries = entries.filter(at__gte=_midnight(filters.since))
    if filters.until:
        entries = entries.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
