"""Putting a backup back: everything is unpacked and compared beside today's data before any of that is touched."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import Storage, default_storage

from ocop.records.backup import archive
from ocop.records.backup.databases import Database, RestoreRefused, default_database
from ocop.records.backup.files import StagedFiles
from ocop.records.backup.make import files_hash
from ocop.records.backup.rows import Rows


@dataclass(frozen=True)
class Restored:
    """The hashes, equal to the backup's, and where the former data is kept (empty when there was none)."""

    made_at: str
    rows_hash: str
    files_hash: str
    rows: int
    files: int
    database_aside: str
    files_aside: str


def restore_backup(*, path: Path, at: datetime, database: Database | None = None, storage: Storage = default_storage) -> Restored:
    """Restore `path`. Raises `BackupDamaged` when a hash does not agree and `RestoreRefused` when it does not fit; nothing changed then."""
    database = database or default_database()
    stamp = f"{at.astimezone(UTC):%Y%m%d_%H%M%S}"
    with tempfile.TemporaryDirectory(dir=path.parent) as work:
        manifest = archive.unpack(path, Path(work))
        if manifest.engine != database.engine:
            raise RestoreRefused(f"The backup is of {manifest.engine}, and this site runs on {database.engine}.")
        files = StagedFiles(storage, stamp)
        try:
            rows = stage(Path(work), manifest, database, files, stamp)
            files_aside = files.swap()
            try:
                database_aside = database.swap(stamp)
            except BaseException:
                files.swap_back()
                raise
        except BaseException:
            database.discard(stamp)
            files.discard()
            raise
    count = sum(rows.tables.values())
    return Restored(manifest.made_at, rows.hash, manifest.files_hash, count, len(manifest.files), database_aside, files_aside)


def stage(work: Path, manifest: archive.Manifest, database: Database, files: StagedFiles, stamp: str) -> Rows:
    """Everything beside today's data, compared with what was written down when it was saved."""
    for name in manifest.files:
        files.put(name, archive.unpacked(work, archive.FILES + name))
    rows = database.stage(archive.unpacked(work, archive.DATABASE), stamp)
    if rows.hash != manifest.rows_hash or files_hash(files.target) != manifest.files_hash:
        raise archive.BackupDamaged("The restored rows or files do not have the hash that was written down when they were saved.")
    return rows
