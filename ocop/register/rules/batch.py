"""How long each step of taking in a register may take. All product decisions: no law speaks of imports."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from ocop.core.text import fold

UNDO_WITHIN = timedelta(hours=24)  # after that others have built upon what came in
INTAKE_KEPT = timedelta(days=90)  # the file and what was read of it hold personal data; the register keeps what was confirmed
READER_GIVEN = timedelta(minutes=5)  # a reader that took longer is taken for dead, and another begins anew
READER_TRIES = 3  # a file that stops its reader so often is said to be unreadable
READ_AT_ONCE = 1_000  # rows that are judged anew within the request itself, when a cell was mended
ROWS_AT_ONCE = 500  # rows written before the progress is told


def header_fingerprint(header: Sequence[str]) -> str:
    """The same for two header rows that differ in accents, capitals or spaces alone; SHA-256."""
    return hashlib.sha256("\n".join(fold(text) for text in header).rstrip("\n").encode()).hexdigest()
