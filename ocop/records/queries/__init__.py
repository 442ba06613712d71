"""Every read of the records that others use."""

from ocop.records.queries.chain import (
    PAGE_SIZE,
    AuditFilters,
    ChainVerification,
    EntryPage,
    access_entries,
    audit_entries,
    audit_entry,
    entries_of_subject,
    known_events,
    known_readings,
    last_recorded,
    public_changed_at,
    public_version,
    recorded,
    verify_audit,
)
from ocop.records.queries.files import blobs_missing, file_by_key, file_facts, files_to_erase, files_to_size, rendition_by_name, stray_blobs
from ocop.records.queries.heads import daily_heads, heads_to_mail
from ocop.records.queries.notices import due_deliveries, notices_waiting, notices_waiting_count, parked_deliveries, parked_photos
from ocop.records.queries.personal import holdings_of
from ocop.records.queries.proofs import last_proof

__all__ = [
    "PAGE_SIZE",
    "AuditFilters",
    "ChainVerification",
    "EntryPage",
    "access_entries",
    "audit_entries",
    "audit_entry",
    "blobs_missing",
    "daily_heads",
    "due_deliveries",
    "entries_of_subject",
    "file_by_key",
    "file_facts",
    "files_to_erase",
    "files_to_size",
    "heads_to_mail",
    "holdings_of",
    "known_events",
    "known_readings",
    "last_proof",
    "last_recorded",
    "notices_waiting",
    "notices_waiting_count",
    "parked_deliveries",
    "parked_photos",
    "public_changed_at",
    "public_version",
    "recorded",
    "rendition_by_name",
    "stray_blobs",
    "verify_audit",
]
