"""Reading does not write: during GET and HEAD the database refuses anything but questions (the idea is les-emplois')."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponseBase

# Who is signed in, how often sign-in failed, that personal data was read, on which day a token was used: what a reading may leave behind.
MAY_BE_WRITTEN = re.compile(r"django_session|usersessions_usersession|axes_\w+|access_log|access_head|people_apitokenuse")

_QUESTION = re.compile(
    r"\s*\(?\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|EXPLAIN|SET|SHOW|DECLARE|FETCH|CLOSE|VALUES)\b", re.I
)
_WRITING = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:"?\w+"?\.)?"?(\w+)', re.I)
_WITH = re.compile(r"\s*WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE|MERGE)\b)", re.I | re.S)


class WriteWhileReading(RuntimeError):
    """A GET or HEAD request tried to change the database."""


def refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Django's execute wrapper: lets questions through, and the few tables above."""
    text = str(sql)
    if not (_QUESTION.match(text) or _WITH.match(text)):
        found = _WRITING.match(text)
        if not (found and MAY_BE_WRITTEN.fullmatch(found[1])):
            raise WriteWhileReading(text[:40])
    return execute(sql, params, many, context)


class ReadsDoNotWrite:
    """Switched on in every mode, so that a fault here is seen in tests and harmless in production."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)
