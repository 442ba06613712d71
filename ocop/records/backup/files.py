"""The stored files, whatever keeps them: a folder or an S3-compatible store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage

from ocop.records.backup.databases import RestoreRefused


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every stored name, in order."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for inner in sorted(folders):
        yield from names_in(storage, f"{folder}/{inner}" if folder else inner)


class StagedFiles:
    """Files put beside today's, then in their place. A remote store must be empty: it cannot be moved aside."""

    def __init__(self, storage: Storage, stamp: str) -> None:
        self.storage, self.stamp = storage, stamp
        self.today = Path(storage.location) if isinstance(storage, FileSystemStorage) else None
        self.target: Storage = storage
        if self.today is not None:
            self.staged = self.today.with_name(f"{self.today.name}.staged-{stamp}")
            self.aside = self.today.with_name(f"{self.today.name}.before-{stamp}")
            self.target = FileSystemStorage(location=self.staged)
        elif next(names_in(storage), None) is not None:
            raise RestoreRefused("The file store is not empty; restore into a new bucket (STORAGE_URL).")

    def put(self, name: str, source: Path) -> None:
        with source.open("rb") as stream:
            if self.target.save(name, File(stream)) != name:
                raise RestoreRefused(f"The file store does not take the name {name}.")

    def swap(self) -> str:
        """Put the staged files in place; returns where the former ones are kept now."""
        if self.today is None:
            return ""
        self.staged.mkdir(parents=True, exist_ok=True)
        if self.today.exists():
            self.today.rename(self.aside)
        self.staged.rename(self.today)
        return str(self.aside) if self.aside.exists() else ""

    def swap_back(self) -> None:
        """Undo `swap`, because the database could not follow."""
        if self.today is not None:
            self.today.rename(self.staged)
            if self.aside.exists():
                self.aside.rename(self.today)

    def discard(self) -> None:
        """Take the staged files away again."""
        if self.today is not None:
            shutil.rmtree(self.staged, ignore_errors=True)
