"""A backup restores to the same hash of rows and files, on both databases, and nothing damaged is ever put in place."""

import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db import connection

from ocop.records.backup import BackupDamaged, RestoreRefused, make_backup, restore_backup
from ocop.records.backup.databases import Database, Postgres, Sqlite
from ocop.records.backup.make import files_hash

ROOT = Path(__file__).resolve().parents[3]
THEN = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC)
SCHEMA = "CREATE TABLE product (id integer PRIMARY KEY, name text, price numeric(12, 2), photo {bytes})"


class Shop:
    """A small database on either engine, with a file store, to be saved, spoilt and restored."""

    def __init__(self, database: Database, folder: Path, run: Callable[[str], list[tuple[object, ...]]], blob: str) -> None:
        self.database, self.run = database, run
        self.storage = FileSystemStorage(location=folder / "files")
        self.folder = folder
        run(SCHEMA.format(bytes=blob))
        run("INSERT INTO product VALUES (1, 'Miến dong Tài Hoan', 60000, NULL), (2, 'Rượu men lá', 120000.50, NULL)")
        self.storage.save("files/2026/11/ảnh.webp", ContentFile(b"photo"))
        self.storage.save("files/2026/11/b.pdf", ContentFile(b"scan" * 5000))

    def backup(self) -> Path:
        return make_backup(folder=self.folder / "backups", at=THEN, database=self.database, storage=self.storage).path

    def spoil(self) -> None:
        self.run("DELETE FROM product WHERE id = 2")
        self.storage.delete("files/2026/11/b.pdf")

    def restore(self, path: Path):
        return restore_backup(path=path, at=LATER, database=self.database, storage=self.storage)

    def names(self) -> list[object]:
        return [name for (name,) in self.run("SELECT name FROM product ORDER BY id")]


def _sqlite_shop(folder: Path) -> Shop:
    path = folder / "shop.sqlite3"

    def run(sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as shop, shop:
            return shop.execute(sql).fetchall()

    run("PRAGMA journal_mode=WAL")
    return Shop(Sqlite(path), folder, run, "blob")


def _postgres_shop(folder: Path, name: str) -> Shop:
    entry = connection.settings_dict | {"NAME": name}
    where = {"host": entry["HOST"], "port": entry["PORT"], "user": entry["USER"], "password": entry["PASSWORD"], "autocommit": True}

    def run(sql: str, database: str = name) -> list[tuple[object, ...]]:
        with psycopg.connect(dbname=database, **where) as shop:
            done = shop.execute(sql)
            return done.fetchall() if done.description else []

    run(f"CREATE DATABASE {name}", "postgres")
    return Shop(Postgres(entry), folder, run, "bytea")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """On the database this run of the suite is about."""
    if connection.vendor == "sqlite":
        yield _sqlite_shop(tmp_path)
        return
    name = f"shop_{secrets.token_hex(4)}"
    yield _postgres_shop(tmp_path, name)
    entry = connection.settings_dict
    with psycopg.connect(
        dbname="postgres", host=entry["HOST"], port=entry["PORT"], user=entry["USER"], password=entry["PASSWORD"], autocommit=True
    ) as server:
        for (found,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]).fetchall():
            server.execute(f'DROP DATABASE "{found}"')


def test_restore_gives_the_same_hash_of_rows_and_files(shop: Shop) -> None:
    made = make_backup(folder=shop.folder / "backups", at=THEN, database=shop.database, storage=shop.storage)
    shop.spoil()
    restored = shop.restore(made.path)
    assert (restored.rows_hash, restored.files_hash) == (made.rows_hash, made.files_hash)
    assert (restored.rows, restored.files) == (2, 2)
    assert shop.names() == ["Miến dong Tài Hoan", "Rượu men lá"]
    assert files_hash(shop.storage) == made.files_hash
    again = make_backup(folder=shop.folder / "again", at=LATER, database=shop.database, storage=shop.storage)
    assert (again.rows_hash, again.files_hash) == (made.rows_hash, made.files_hash)


def test_the_hash_sees_one_changed_value(shop: Shop) -> None:
    before = make_backup(folder=shop.folder / "a", at=THEN, database=shop.database, storage=shop.storage)
    shop.run("UPDATE product SET price = 60001 WHERE id = 1")
    after = make_backup(folder=shop.folder / "b", at=THEN, database=shop.database, storage=shop.storage)
    assert before.rows_hash != after.rows_hash
    assert before.files_hash == after.files_hash


def test_what_was_there_is_set_aside(shop: Shop) -> None:
    path = shop.backup()
    shop.spoil()
    restored = shop.restore(path)
    assert restored.database_aside
    assert sorted(os.listdir(f"{restored.files_aside}/files/2026/11")) == ["ảnh.webp"]


def test_the_backup_is_for_its_owner_s_eyes(shop: Shop) -> None:
    assert shop.backup().stat().st_mode & 0o777 == 0o600


def test_restores_into_an_empty_file_store(shop: Shop) -> None:
    path = shop.backup()
    empty = FileSystemStorage(location=shop.folder / "new-files")
    restored = restore_backup(path=path, at=LATER, database=shop.database, storage=empty)
    assert files_hash(empty) == restored.files_hash
    assert restored.files_aside == ""


@pytest.mark.parametrize("member", ["database", "files/files/2026/11/b.pdf", "manifest.json"])
def test_a_changed_byte_is_refused_and_nothing_is_touched(shop: Shop, member: str) -> None:
    path = shop.backup()
    _rewrite(path, lambda name, data: data.replace(b"scan", b"scam", 1)[::-1] if name == member else data)
    shop.spoil()
    before = files_hash(shop.storage)
    with pytest.raises(BackupDamaged):
        shop.restore(path)
    assert shop.names() == ["Miến dong Tài Hoan"]
    assert files_hash(shop.storage) == before
    assert not [name for name in os.listdir(shop.folder) if "staged" in name]


def test_a_forged_manifest_is_found_by_the_hash_of_the_rows(shop: Shop) -> None:
    """Somebody replaces the database and its file hash, but cannot make the rows hash agree without knowing how it is made."""
    path = shop.backup()

    def forge(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        return json.dumps(json.loads(data) | {"rows_hash": "0" * 64}).encode()

    _rewrite(path, forge)
    with pytest.raises(BackupDamaged, match="rows or files"):
        shop.restore(path)
    assert len(shop.names()) == 2


def test_a_torn_file_is_refused(shop: Shop) -> None:
    path = shop.backup()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BackupDamaged):
        shop.restore(path)


def test_a_member_outside_the_folder_is_refused(shop: Shop) -> None:
    path = shop.backup()
    _rewrite(path, lambda name, data: data, rename={"files/files/2026/11/b.pdf": "../../escaped"})
    with pytest.raises(BackupDamaged):
        shop.restore(path)
    assert not list(shop.folder.parent.rglob("escaped"))


def test_another_engine_is_refused(shop: Shop) -> None:
    path = shop.backup()
    _rewrite(path, lambda name, data: data.replace(f'"{shop.database.engine}"'.encode(), b'"other"') if name == "manifest.json" else data)
    with pytest.raises(RestoreRefused, match="runs on"):
        shop.restore(path)


def test_a_remote_store_must_be_empty(shop: Shop) -> None:
    path = shop.backup()
    remote = InMemoryStorage()
    remote.save("old.pdf", ContentFile(b"x"))
    with pytest.raises(RestoreRefused, match="not empty"):
        restore_backup(path=path, at=LATER, database=shop.database, storage=remote)


def test_nobody_may_be_connected_while_postgres_swaps(shop: Shop) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite swaps under the eyes of its readers; `make test` runs this on PostgreSQL")
    path = shop.backup()
    entry = connection.settings_dict
    shop.spoil()
    name = shop.database.name  # type: ignore[attr-defined]
    where = {"host": entry["HOST"], "port": entry["PORT"], "user": entry["USER"], "password": entry["PASSWORD"]}
    with psycopg.connect(dbname=name, **where), pytest.raises(RestoreRefused, match="still connected"):
        shop.restore(path)
    assert shop.names() == ["Miến dong Tài Hoan"]
    assert shop.storage.exists("files/2026/11/ảnh.webp")


def test_a_reader_of_sqlite_sees_the_restored_rows(shop: Shop) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses instead; see above")
    path = shop.backup()
    shop.spoil()
    with closing(sqlite3.connect(shop.folder / "shop.sqlite3")) as reader:
        assert reader.execute("SELECT count(*) FROM product").fetchone() == (1,)
        shop.restore(path)
        assert reader.execute("SELECT count(*) FROM product").fetchone() == (2,)


def test_the_commands_bring_a_whole_project_back(tmp_path: Path) -> None:
    """`migrate`, `backup`, an intruder's change, `restore`, on a database of the project's own."""
    if connection.vendor != "sqlite":
        pytest.skip("the commands are the same on PostgreSQL; its engine is tested above")
    database = tmp_path / "ocop.sqlite3"
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{database}", "STORAGE_URL": f"file://{tmp_path}/files"}

    def manage(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    migrated = manage("migrate", "--noinput", "-v0")
    assert migrated.returncode == 0, migrated.stderr
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.webp").write_bytes(b"photo")
    saved = manage("backup", str(tmp_path / "backups"))
    assert saved.returncode == 0, saved.stderr
    made = json.loads(saved.stdout)
    database.unlink()
    (tmp_path / "files" / "a.webp").unlink()
    put_back = manage("restore", made["path"])
    assert put_back.returncode == 0, put_back.stderr
    restored = json.loads(put_back.stdout)
    assert (restored["rows_hash"], restored["files_hash"]) == (made["rows_hash"], made["files_hash"])
    assert manage("migrate", "--check").returncode == 0
    refused = manage("restore", str(tmp_path / "absent.tar.gz"))
    assert refused.returncode == 1
    assert "There is no file" in refused.stderr


def _rewrite(path: Path, change: Callable[[str, bytes], bytes], rename: dict[str, str] | None = None) -> None:
    """The archive again, with other contents."""
    with tarfile.open(path) as archive:
        members = [(member.name, archive.extractfile(member).read()) for member in archive]  # type: ignore[union-attr]
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members:
            data = change(name, data)
            member = tarfile.TarInfo((rename or {}).get(name, name))
            member.size = len(data)
            with (path.parent / "member").open("w+b") as stream:
                stream.write(data)
                stream.seek(0)
                archive.addfile(member, stream)
