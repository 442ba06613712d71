"""The backup's form: a tar with `manifest.json`, `database`, and the stored files under `files/`; every byte is under a hash."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
_CHUNK = 1024 * 1024


class BackupDamaged(Exception):
    """A hash does not agree, or the file is no backup; the message says where."""


@dataclass(frozen=True)
class Manifest:
    """What the backup holds. `files` maps each stored file's name to its SHA-256."""

    format: int
    made_at: str
    engine: str
    database_sha256: str
    rows_hash: str
    rows: dict[str, int]
    files: dict[str, str]

    @property
    def files_hash(self) -> str:
        """One hash over the names and contents of all stored files."""
        return hashlib.sha256(json.dumps(self.files, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sha256_of(stream: IO[bytes]) -> str:
    whole = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        whole.update(chunk)
    return whole.hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """A new archive that only its owner may read; it appears under its name when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
                yield archive
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def add(archive: tarfile.TarFile, name: str, stream: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, stream)


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    add(archive, MANIFEST, io.BytesIO(data), len(data))


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack into an empty folder and check every hash; raises `BackupDamaged` at the first that does not agree.

    Names are compared with the manifest and never used as paths before that: an archive cannot write outside the folder.
    """
    hashes: dict[str, str] = {}
    raw: dict[str, Any] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            for number, member in enumerate(archive):
                stream = archive.extractfile(member)
                if not member.isfile() or stream is None:
                    raise BackupDamaged(f"{member.name} is no plain file.")
                if member.name == MANIFEST:
                    raw = json.load(stream)
                    continue
                hashes[member.name] = _write(stream, folder / str(number))
                (folder / str(number)).rename(folder / hashlib.sha256(member.name.encode()).hexdigest())
        manifest = Manifest(**raw)
    except (tarfile.TarError, OSError, EOFError, ValueError, TypeError) as error:
        raise BackupDamaged(f"{path.name} is no whole backup: {error}") from error
    _compare(manifest, hashes)
    return manifest


def unpacked(folder: Path, name: str) -> Path:
    """Where `unpack` put a member: under the hash of its name."""
    return folder / hashlib.sha256(name.encode()).hexdigest()


def _write(stream: IO[bytes], target: Path) -> str:
    whole = hashlib.sha256()
    with target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            whole.update(chunk)
            out.write(chunk)
    return whole.hexdigest()


def _compare(manifest: Manifest, hashes: dict[str, str]) -> None:
    if manifest.format != FORMAT:
        raise BackupDamaged(f"This backup has format {manifest.format}; this version reads format {FORMAT}.")
    wanted = {DATABASE: manifest.database_sha256} | {FILES + name: digest for name, digest in manifest.files.items()}
    for name in sorted(wanted.keys() | hashes.keys()):
        if wanted.get(name) != hashes.get(name):
            raise BackupDamaged(f"{name}: the hash of the manifest and that of the content differ.")
