"""The whole database as one hash a table, and every place where a value stands."""

import hashlib
from collections.abc import Iterable

from django.db import connection

# What reading may leave behind (RELIABILITY P10): that somebody is signed in, that personal data was read, when a token was used.
LEFT_BEHIND = {"django_session", "access_log", "access_head", "people_apitokenuse"}


def tables() -> dict[str, list[str]]:
    """Every table with its rows as text, in an order of their own."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(str(row) for row in cursor.fetchall())
    return found


def fingerprint() -> dict[str, str]:
    """A hash of each table's rows, without what reading may leave behind."""
    return {name: hashlib.sha256("\n".join(rows).encode()).hexdigest() for name, rows in tables().items() if name not in LEFT_BEHIND}


def standing_in(values: Iterable[str]) -> dict[str, set[str]]:
    """Table → which of the values stand in one of its rows."""
    found = {name: {value for value in values if any(value in row for row in rows)} for name, rows in tables().items()}
    return {name: hits for name, hits in found.items() if hits}
