"""A hash of every row of a database: equal after a restore, or something is missing."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


class Cursor(Protocol):
    """The part of a DB-API cursor that is needed here; both drivers have it."""

    def execute(self, sql: Any, /) -> Any: ...
    def fetchmany(self, size: int, /) -> list[Any]: ...


@dataclass(frozen=True)
class Rows:
    """The hash over all tables, and how many rows each holds."""

    hash: str
    tables: dict[str, int]


def hash_rows(cursor: Cursor, tables: Iterable[tuple[str, Iterable[str]]], quote: Callable[[str], str]) -> Rows:
    """SHA-256 over every table's name, columns and rows. The order of rows in the database does not count."""
    whole, counts = hashlib.sha256(), {}
    for table, columns in sorted((table, sorted(columns)) for table, columns in tables):
        cursor.execute(f"SELECT {', '.join(quote(column) for column in columns)} FROM {quote(table)}")  # noqa: S608 (names from the catalogue)
        digests = sorted(hashlib.sha256(_text(row).encode()).digest() for row in _all(cursor))
        whole.update(json.dumps([table, columns, len(digests)]).encode())
        for digest in digests:
            whole.update(digest)
        counts[table] = len(digests)
    return Rows(hash=whole.hexdigest(), tables=counts)


def _all(cursor: Cursor) -> Iterator[Any]:
    while rows := cursor.fetchmany(2000):
        yield from rows


def _text(row: Iterable[Any]) -> str:
    return json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    return f"0x{bytes(value).hex()}" if isinstance(value, bytes | memoryview) else value
