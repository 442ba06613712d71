"""Logs as JSON lines without personal data: only the fields listed here leave, and what looks like a person is blanked."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, DataError

# What a log call may add by `extra=`. Anything else is dropped: a name or an address cannot slip in by a new call.
FIELDS = (
    "event",
    "request_id",
    "method",
    "route",
    "status",
    "status_code",
    "ms",
    "queries",
    "bytes",
    "user_id",
    "mandate_id",
    "role",
    "task",
    "attempt",
    "code",
)

_PERSONAL = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\w-])(?:\+?84|0)(?:[ .-]?\d){9,10}(?![\w-])"), "[phone]"),
    (re.compile(r"(?<![\w-])(?:\d{12}|\d{9})(?![\w-])"), "[number]"),
)


# What stands in quotes in a fault: the name of a field or a class is told, anything else may be what a person typed.
_QUOTED = re.compile(r"""(['"])(.*?)\1""", re.S)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,60}")
_MOST = 500  # characters of a fault's message


def without_personal_data(text: str) -> str:
    """The text with e-mail addresses, phone numbers and identity numbers (9 or 12 digits) blanked."""
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One record, one line of JSON. Line breaks and control characters of the input are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal_data(_message(record)),
        }
        for name in FIELDS:
            value = getattr(record, name, None)
            if value is not None:
                line[name] = without_personal_data(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1] is not None:
            line |= _fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def _message(record: logging.LogRecord) -> str:
    """The text. Of Django's own lines on a request only the reason: the address at their end may hold a one-time code.

    Of what its security checks refuse only the kind: the text repeats what a stranger wrote into a header.
    """
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]
    if hasattr(record, "request") and isinstance(record.args, tuple) and record.args:
        reason = ": ".join(str(argument) for argument in record.args[:-1])
        return reason or str(record.msg).partition(":")[0]
    return record.getMessage()


def _fault(error: BaseException) -> dict[str, object]:
    """What went wrong and where; never the values of local variables, which may be what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "error_message": _told(error),
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-25:]],
    }


def _told(error: BaseException) -> str:
    """The fault's own words, as far as they are the program's and not a visitor's.

    PostgreSQL repeats the whole refused row under "DETAIL", and in the words of a value that does not fit the value itself.
    """
    if isinstance(error, SuspiciousOperation):
        return ""
    if isinstance(error, DataError):
        return getattr(error.__cause__, "sqlstate", None) or ""
    words = str(error).partition("\n")[0] if isinstance(error, DatabaseError) else str(error)
    return _QUOTED.sub(_name_or_dots, without_personal_data(words))[:_MOST]


def _name_or_dots(found: re.Match[str]) -> str:
    quote, quoted = found.groups()
    return found[0] if _NAME.fullmatch(quoted) else f"{quote}…{quote}"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "config.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        # Django's own handlers mail whole requests to administrators; ours write lines and nothing else.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # axes writes user names and addresses of every failed sign-in; lock-outs are in the audit chain instead.
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": True},
        "fontTools": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
