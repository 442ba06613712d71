"""The append-only chain: `hash = SHA-256(purpose, n, prev, body)` over canonical JSON (RFC 8785).

Canonical record: strings, whole numbers, booleans, null, lists and dictionaries; text in NFC; moments
"2026-12-20T03:04:05Z"; days "2026-12-20". No floats: a score is the text "78.40".
Each chain has its purpose line, so that an entry of one can never be shown as an entry of the other.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import rfc8785

AUDIT_PURPOSE = "OCOP-AUDIT-1"
ACCESS_PURPOSE = "OCOP-ACCESS-1"
GENESIS = "0" * 64
OPENING_EVENT = "chain.opened"
_BODY_KEYS = {"at", "event", "actor", "mandate", "subject", "data"}


class NotCanonical(ValueError):
    """A value that has no single way of being written down: a float, bytes, a moment without a zone, a key that is no text."""


@dataclass(frozen=True, slots=True)
class Link:
    """One stored entry, with the columns that must agree with its body."""

    n: int
    prev: str
    body: str
    hash: str
    at: datetime
    event: str
    actor_id: int | None
    subject: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends, or once ended: what the database keeps and what a witness holds."""

    n: int
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a chain. `n` is the entry it was seen at."""

    n: int
    code: str
    detail: str


def moment(at: datetime) -> str:
    """A moment as it stands in a record: UTC, whole seconds."""
    if at.tzinfo is None:
        raise NotCanonical("a moment without a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(value: Any) -> str:
    """The one text of a value under RFC 8785. Days, moments and decimals become text first; floats and the rest raise `NotCanonical`."""
    try:
        return rfc8785.dumps(_plain(value)).decode()
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotCanonical(str(error)) from error


def entry_body(*, at: datetime, event: str, actor: int | str | None, mandate: int | None, subject: str, data: dict[str, Any]) -> str:
    """The body of an entry: everything its columns say, and what changed. `actor` is a person's id, a machine's name, or nobody."""
    return canonical({"at": at, "event": event, "actor": actor, "mandate": mandate, "subject": subject, "data": data})


def entry_hash(purpose: str, n: int, prev: str, body: str) -> str:
    """The hash that the next entry carries as `prev` (TRUST.md section 3)."""
    return hashlib.sha256(f"{purpose}\n{n}\n{prev}\n{body}".encode()).hexdigest()


def head_line(day: date, n: int, entry_hash: str) -> str:
    """A day's head as it is published and kept by witnesses: one line of canonical JSON, which `verify_audit --witness` reads."""
    return canonical({"day": day, "n": n, "hash": entry_hash})


def check_links(links: Iterable[Link], head: Head | None, purpose: str) -> Iterator[Finding]:
    """Walk a whole chain in order and say everything that is wrong with it, its two ends included."""
    n, prev = 0, GENESIS
    for link in links:
        if link.n != n + 1:
            yield Finding(link.n, "hole", f"entry {n} is followed by {link.n}")
        if link.prev != prev:
            yield Finding(link.n, "prev", "does not carry the hash of the entry before it")
        if link.hash != entry_hash(purpose, link.n, link.prev, link.body):
            yield Finding(link.n, "hash", "the hash is not that of the body")
        if n == 0 and link.event != OPENING_EVENT:
            yield Finding(link.n, "opening", f"the chain does not begin with {OPENING_EVENT}")
        yield from _check_columns(link)
        n, prev = link.n, link.hash
    if n == 0:
        yield Finding(0, "opening", "the chain is empty")
    if head is None:
        yield Finding(n, "head", "the head is missing")
    elif (head.n, head.hash) != (n, prev):
        yield Finding(n, "head", f"the head names entry {head.n}, the chain ends with {n}")


def check_witness(witnessed: Iterable[Head], hashes: dict[int, str]) -> Iterator[Finding]:
    """Compare heads that somebody outside kept with the chain of today: the only thing that finds a chain rewritten as a whole."""
    for head in witnessed:
        if head.n not in hashes:
            yield Finding(head.n, "witness", "the witness holds a head that the chain no longer has")
        elif hashes[head.n] != head.hash:
            yield Finding(head.n, "witness", "the witness holds another hash for this entry")


def _check_columns(link: Link) -> Iterator[Finding]:
    try:
        body = json.loads(link.body)
    except ValueError:
        yield Finding(link.n, "body", "the body is not JSON")
        return
    if not isinstance(body, dict) or set(body) != _BODY_KEYS:
        yield Finding(link.n, "body", "the body has not the keys of an entry")
        return
    actor = body["actor"] if isinstance(body["actor"], int) else None
    said = {"at": body["at"], "event": body["event"], "actor_id": actor, "subject": body["subject"]}
    columns = {"at": moment(link.at), "event": link.event, "actor_id": link.actor_id, "subject": link.subject}
    for name, value in columns.items():
        if value != said[name]:
            yield Finding(link.n, "column", f"the column {name} is not what the body says")


def _plain(value: Any) -> Any:
    """The value in the few types a record may hold."""
    match value:
        case Enum():
            return _plain(value.value)
        case str():
            return unicodedata.normalize("NFC", str(value))
        case bool() | int() | None:
            return value
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return _plain_dict(value)
        case _:
            raise NotCanonical(f"{type(value).__name__} has no place in a record")


def _plain_dict(value: dict[Any, Any]) -> dict[str, Any]:
    if not all(isinstance(key, str) for key in value):
        raise NotCanonical("a key that is no text")
    plain = {unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise NotCanonical("two keys that are the same text")
    return plain
