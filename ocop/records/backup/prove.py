"""A restore that changes nothing: unpacked beside the site, compared to the last byte, timed, taken away again."""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from ocop.records.backup import archive
from ocop.records.backup.databases import Database, RestoreRefused, default_database
from ocop.records.backup.files import StagedFiles
from ocop.records.backup.restore import stage


@dataclass(frozen=True)
class Proved:
    """What was restored, and how long it took."""

    made_at: str
    rows_hash: str
    files_hash: str
    rows: int
    files: int
    seconds: float


def prove_restore(*, path: Path, at: datetime, database: Database | None = None) -> Proved:
    """Restore `path` into an empty place. Raises `BackupDamaged` when a hash does not agree and `RestoreRefused` when it does not fit."""
    database = database or default_database()
    stamp = f"proof_{at.astimezone(UTC):%Y%m%d_%H%M%S}"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=path.parent) as work:
        manifest = archive.unpack(path, Path(work))
        if manifest.engine != database.engine:
            raise RestoreRefused(f"The backup is of {manifest.engine}, and this site runs on {database.engine}.")
        files = StagedFiles(FileSystemStorage(location=Path(work) / "files"), stamp)
        try:
            rows = stage(Path(work), manifest, database, files, stamp)
        finally:
            database.discard(stamp)
            files.discard()
    seconds = round(time.monotonic() - begun, 1)
    return Proved(manifest.made_at, rows.hash, manifest.files_hash, sum(rows.tables.values()), len(manifest.files), seconds)
