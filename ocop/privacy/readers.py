"""What is typed at a command line or stands in a list → values: a person's keys, and the list of the erased as JSON lines."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from ocop.core.person import PersonKeys
from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line
from ocop.privacy.rules import Mark

LIST_NAME = "erasures.jsonl"  # beside the backups


class BadList(ValueError):
    """The file is no list of erasures; the message says which line."""


def keys_typed(*, phone: str = "", email: str = "", producer: str = "") -> PersonKeys:
    """A person by what somebody typed. Raises `core.phones.NotAPhone`."""
    number = normalise_phone(phone) if phone else ""
    return PersonKeys().with_more(phones=[number], emails=[clean_line(email).casefold()], producer_codes=[clean_line(producer)])


def read_list(path: Path) -> list[Mark]:
    """The marks of a list; nothing if there is no such file. Raises `BadList`."""
    if not path.is_file():
        return []
    return list(_marks(path.read_text(encoding="utf-8-sig").splitlines()))


def list_lines(marks: Iterable[Mark]) -> str:
    """The list as it is kept: one mark a line, the later of two for one digest, the oldest first."""
    latest = {mark.digest: mark for mark in sorted(marks, key=lambda mark: mark.erased_at)}
    rows = sorted(latest.values(), key=lambda mark: (mark.erased_at, mark.digest))
    return "".join(f"{json.dumps({'digest': mark.digest, 'erased_at': mark.erased_at.isoformat()})}\n" for mark in rows)


def _marks(lines: Iterable[str]) -> Iterator[Mark]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            mark = Mark(str(row["digest"]), datetime.fromisoformat(row["erased_at"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BadList(f"line {number} of the list of erasures cannot be read") from error
        if mark.erased_at.tzinfo is None or len(mark.digest) != 64:
            raise BadList(f"line {number} of the list of erasures has no zone or no digest")
        yield mark
