"""Taking a backup while people work."""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import Storage, default_storage

from ocop.records import rules
from ocop.records.backup import archive
from ocop.records.backup.databases import Database, default_database
from ocop.records.backup.files import names_in

_NAME, _MOMENT, _ENDING = "ocop-", "%Y%m%d-%H%M%S", ".tar.gz"


@dataclass(frozen=True)
class Made:
    """Where the backup is and what it holds."""

    path: Path
    bytes: int
    rows_hash: str
    files_hash: str
    rows: int
    files: int


def make_backup(*, folder: Path, at: datetime, database: Database | None = None, storage: Storage = default_storage) -> Made:
    """Write `ocop-<moment>.tar.gz` into `folder`. The database is copied first: every file it names is then still to come."""
    database = database or default_database()
    path = folder / f"{_NAME}{at.astimezone(UTC):{_MOMENT}}{_ENDING}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work, archive.writing(path) as tar:
        dump = Path(work) / archive.DATABASE
        rows = database.dump(dump)
        with dump.open("rb") as stream:
            database_sha256 = archive.sha256_of(stream)
            stream.seek(0)
            archive.add(tar, archive.DATABASE, stream, dump.stat().st_size)
        files: dict[str, str] = {}
        for name in names_in(storage):
            with storage.open(name) as stored:
                files[name] = archive.sha256_of(stored)
                stored.seek(0)
                archive.add(tar, archive.FILES + name, stored, stored.size)
        moment = at.astimezone(UTC).isoformat()
        manifest = archive.Manifest(archive.FORMAT, moment, database.engine, database_sha256, rows.hash, rows.tables, files)
        archive.add_manifest(tar, manifest)
    return Made(path, path.stat().st_size, rows.hash, manifest.files_hash, sum(rows.tables.values()), len(files))


def backups_in(folder: Path) -> dict[Path, datetime]:
    """The backups of a folder, the oldest first, each with its moment, which its name tells."""
    found = {}
    for path in sorted(folder.glob(f"{_NAME}*{_ENDING}")):
        try:
            found[path] = datetime.strptime(path.name, f"{_NAME}{_MOMENT}{_ENDING}").replace(tzinfo=UTC)
        except ValueError:
            continue  # somebody else's file
    return found


def remove_old(*, folder: Path, at: datetime) -> list[Path]:
    """Delete the backups of a folder that have lived long enough; returns which."""
    over = [path for path, made_at in backups_in(folder).items() if rules.backup_is_over(made_at, at)]
    for path in over:
        path.unlink()
    return over


def files_hash(storage: Storage) -> str:
    """The hash over the names and contents of all files that a store holds now; comparable with a manifest's."""
    found = {}
    for name in names_in(storage):
        with storage.open(name) as stored:
            found[name] = archive.sha256_of(stored)
    return hashlib.sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
