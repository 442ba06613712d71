"""The two databases: a consistent copy taken while people work, looked at before it is trusted, put back in one step."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db.backends.sqlite3._functions import register as register_functions
from psycopg import sql

from ocop.records.backup.rows import Rows, hash_rows


class RestoreRefused(Exception):
    """The backup does not fit here; the message says why and what to do."""


class Database(Protocol):
    """What backup and restore ask of a database. `stamp` names what is set aside."""

    engine: str

    def dump(self, target: Path) -> Rows:
        """Write a consistent copy and return the hash of its rows."""
        ...

    def stage(self, dump: Path, stamp: str) -> Rows:
        """Unpack the copy beside today's data, which stays as it is; return the hash of its rows."""
        ...

    def swap(self, stamp: str) -> str:
        """Put the staged copy in the place of today's data; return where that is kept now."""
        ...

    def discard(self, stamp: str) -> None:
        """Take the staged copy away again."""
        ...


def database_of(entry: dict[str, Any]) -> Database:
    """The database that a `DATABASES` entry names."""
    return Sqlite(Path(entry["NAME"])) if entry["ENGINE"].endswith("sqlite3") else Postgres(entry)


def default_database() -> Database:
    return database_of(settings.DATABASES["default"])


class Sqlite:
    """A file. Copied by SQLite's own backup, never as a file: half of it may still be in the write-ahead log."""

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.staged: Path | None = None

    def dump(self, target: Path) -> Rows:
        if not self.path.exists():
            raise RestoreRefused(f"There is no database at {self.path}.")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return _sqlite_rows(target)

    def stage(self, dump: Path, stamp: str) -> Rows:
        self.staged = dump
        with closing(sqlite3.connect(dump)) as copy:
            register_functions(copy)  # the check asks the tables' own constraints, and those call Django's functions
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise RestoreRefused("SQLite finds the copy damaged.")
        return _sqlite_rows(dump)

    def swap(self, stamp: str) -> str:
        """One transaction of SQLite's: a process that has the database open sees the old rows or the new, never a mixture."""
        aside = self.path.with_name(f"{self.path.name}.before-{stamp}")
        if self.staged is None:
            raise RestoreRefused("Nothing was staged.")
        if self.path.exists():
            self.dump(aside)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.staged)) as source, closing(sqlite3.connect(self.path, timeout=20)) as today:
            today.execute("PRAGMA synchronous=FULL")
            source.backup(today)
        return str(aside) if aside.exists() else ""

    def discard(self, stamp: str) -> None:
        self.staged = None


def _sqlite_rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").fetchall()
        names = [name for (name,) in found if not name.startswith("sqlite_")]
        tables = [(name, [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]) for name in names]
        return hash_rows(connection.cursor(), tables, lambda name: f'"{name}"')


class Postgres:
    """A database on a server, by the server's own programs. The owner's role needs CREATEDB to restore."""

    engine = "postgresql"

    def __init__(self, entry: dict[str, Any]) -> None:
        options = entry.get("OPTIONS", {})
        self.name = str(entry["NAME"])
        self.where = {"host": entry["HOST"], "port": str(entry["PORT"] or 5432), "user": entry["USER"], "password": entry["PASSWORD"]}
        self.where |= {key: str(value) for key, value in options.items() if key.startswith("ssl")}

    def dump(self, target: Path) -> Rows:
        """`pg_dump` and the hash read the same exported snapshot, so that nothing can come between them."""
        with self._connect(self.name) as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone() or ("",)
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", self.name)
            rows = _postgres_rows(cursor)
            cursor.execute("COMMIT")
        return rows

    def stage(self, dump: Path, stamp: str) -> Rows:
        with self._connect(self._elsewhere()) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(self._staged(stamp)))
        try:
            self._run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={self.name}_staged_{stamp}", str(dump))
            with self._connect(f"{self.name}_staged_{stamp}") as connection, connection.cursor() as cursor:
                return _postgres_rows(cursor)
        except BaseException:
            self.discard(stamp)
            raise

    def swap(self, stamp: str) -> str:
        """Both renames are one transaction. PostgreSQL refuses while anybody is connected to the database."""
        aside = f"{self.name}_before_{stamp}"
        today = sql.Identifier(self.name)
        try:
            with self._connect(self._elsewhere()) as connection, connection.transaction():
                if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone():
                    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(today, sql.Identifier(aside)))
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(self._staged(stamp), today))
        except psycopg.errors.ObjectInUse as error:
            raise RestoreRefused("Somebody is still connected to the database: stop the web processes and the workers first.") from error
        return aside

    def discard(self, stamp: str) -> None:
        with self._connect(self._elsewhere()) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(self._staged(stamp)))

    def _staged(self, stamp: str) -> sql.Identifier:
        return sql.Identifier(f"{self.name}_staged_{stamp}")

    def _elsewhere(self) -> str:
        """A database to stand in while another is renamed."""
        return "postgres" if self.name != "postgres" else "template1"

    @contextmanager
    def _connect(self, name: str) -> Iterator["psycopg.Connection[Any]"]:
        with psycopg.connect(dbname=name, autocommit=True, connect_timeout=5, **self.where) as connection:
            yield connection

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; the password goes by the environment, where the process list does not show it."""
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        known = {names.get(key, f"PG{key.upper()}"): value for key, value in self.where.items()}
        command = [_program(program), *arguments]
        done = subprocess.run(command, env=os.environ | known, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise RestoreRefused(f"{program} failed: {done.stderr.strip()}")


def _program(name: str) -> str:
    """Debian keeps PostgreSQL's programs by version; the newest can read every older server."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise RestoreRefused(f"{name} is not installed here (on Debian: apt install postgresql-client).")
    return program


def _postgres_rows(cursor: Any) -> Rows:
    cursor.execute(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY table_name"
    )
    tables = [(str(name), list(columns)) for name, columns in cursor.fetchall()]
    return hash_rows(cursor, tables, lambda name: '"' + name.replace('"', '""') + '"')
