"""Logs as JSON lines without personal data: only the fields listed here leave, and what looks like a person is blanked."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from django.core.exceptions import SuspiciousOperation

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
        "error_message": "" if isinstance(error, SuspiciousOperation) else without_personal_data(str(error))[:500],
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-25:]],
    }


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
