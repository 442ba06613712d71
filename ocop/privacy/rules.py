"""The clocks of a request, and how an erased person is remembered without being known.

Decree 356/2025/NĐ-CP, under Law 91/2025/QH15: an answer within 2 working days, a withdrawal or objection carried out within 15 days.
Product decision: the same 15 days for the other kinds.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ocop.core.working_days import add_working_days

ANSWER_WORKING_DAYS = 2
DONE_DAYS = 15
MARK_PURPOSE = "OCOP-ERASED-1"


@dataclass(frozen=True, slots=True)
class Mark:
    """One address of an erased person: a keyed digest, and when it was erased. Nobody can be told from it without the site's key."""

    digest: str
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """One address that the site holds today, and since when. `kind` is "phone", "email" or "producer"."""

    kind: str
    value: str
    since: datetime


def answer_by(received_on: date) -> date:
    """The last day to answer. Raises `working_days.CalendarUnknown` when the year's holidays are not known."""
    return add_working_days(received_on, ANSWER_WORKING_DAYS)


def done_by(received_on: date) -> date:
    """The last day to carry a request out; the day it came is not counted (Civil Code 2015, Art. 147)."""
    return received_on + timedelta(days=DONE_DAYS)


def mark_digest(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"{MARK_PURPOSE}\n{kind}\n{value}".encode(), hashlib.sha256).hexdigest()


def returned(marks: Iterable[Mark], known: Iterable[Known], keys: tuple[bytes, ...]) -> Iterator[Known]:
    """Which addresses of today belong to somebody erased after the site had learned them: a backup has brought them back.

    Whoever came anew after the erasure is another matter, and stays.
    """
    erased: Mapping[str, datetime] = {mark.digest: mark.erased_at for mark in sorted(marks, key=lambda mark: mark.erased_at)}
    for each in known:
        found = [erased[digest] for key in keys if (digest := mark_digest(key, each.kind, each.value)) in erased]
        if found and each.since <= max(found):
            yield each
