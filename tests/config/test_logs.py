"""Logs are JSON lines and hold no personal data."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.log import log_response

from config.logs import JsonLines, without_personal_data
from ocop.people.models import User


def line(message: str, *arguments: object, extra: dict[str, object] | None = None, exc_info: object = None) -> dict[str, object]:
    record = logging.getLogger("test").makeRecord("test", logging.WARNING, __file__, 1, message, arguments, exc_info, extra=extra)  # type: ignore[arg-type]
    text = JsonLines().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("gọi 0912345678 nhé", "gọi [phone] nhé"),
        ("+84912345678", "[phone]"),
        ("0209 3 870 123.", "[phone]."),
        ("CCCD 006123456789", "CCCD [number]"),
        ("CMND 095123456", "CMND [number]"),
        ("thư tới a.b+c@htx.example.vn", "thư tới [e-mail]"),
        ("product:BK001 /sp/19-02185-1-2026", "product:BK001 /sp/19-02185-1-2026"),
        ("8938505974194", "8938505974194"),  # a GTIN is printed on the pack
        ("2026-12-20T03:04:05Z", "2026-12-20T03:04:05Z"),
    ],
)
def test_what_looks_like_a_person_is_blanked(text: str, clean: str) -> None:
    assert without_personal_data(text) == clean


def test_only_listed_fields_leave() -> None:
    written = line("%s", "x", extra={"user_id": 7, "route": "portal:product", "full_name": "Nguyễn Thị Hoa", "phone": "0912345678"})
    assert written["user_id"] == 7
    assert written["route"] == "portal:product"
    assert "Hoa" not in json.dumps(written, ensure_ascii=False)
    assert "phone" not in written


def test_line_breaks_cannot_forge_a_second_line() -> None:
    assert line("a\r\n{}")["message"] == "a\r\n{}"


def test_an_address_of_a_failed_request_is_not_written(caplog: pytest.LogCaptureFixture, rf: RequestFactory) -> None:
    log_response("%s: %s", "Not Found", "/viec/moi/one-time-code/", response=HttpResponse(status=404), request=rf.get("/x"))
    assert [json.loads(JsonLines().format(record))["message"] for record in caplog.records] == ["Not Found"]


@pytest.mark.parametrize("path", ["/viec/moi/one-time-code/", "/sp/0912345678"])
def test_a_refusal_is_told_without_its_address(caplog: pytest.LogCaptureFixture, rf: RequestFactory, path: str) -> None:
    log_response("Forbidden (Permission denied): %s", path, response=HttpResponse(status=403), request=rf.get("/x"))
    assert [json.loads(JsonLines().format(record))["message"] for record in caplog.records] == ["Forbidden (Permission denied)"]


def test_a_refused_host_is_not_repeated(caplog: pytest.LogCaptureFixture, client: Client) -> None:
    assert client.get("/", headers={"host": "canary.example"}).status_code == 400
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any('"message": "DisallowedHost"' in line for line in lines)
    assert "canary" not in "".join(lines)


def test_a_fault_tells_where_but_not_with_which_values() -> None:
    secret_local = "canary-of-a-local-variable"
    try:
        raise ValueError(f"Key (phone)=(+84912345678) exists {len(secret_local)}")
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())
    assert written["error"] == "ValueError"
    assert written["error_message"] == "Key (phone)=([phone]) exists 26"
    assert any("test_logs.py" in str(frame) for frame in written["trace"])  # type: ignore[attr-defined]
    assert "canary" not in json.dumps(written)


def test_no_logger_mails_requests_to_anybody() -> None:
    handlers = [handler for name in ("", "django", "django.request", "django.security") for handler in logging.getLogger(name).handlers]
    assert not [handler for handler in handlers if type(handler).__name__ == "AdminEmailHandler"]
    assert settings.LOGGING["formatters"]["lines"]["()"] == "config.logs.JsonLines"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("invalid literal for int() with base 10: 'Nông Thị Mai'"), "invalid literal for int() with base 10: '…'"),
        (AttributeError("'NoneType' object has no attribute 'commune_now'"), "'NoneType' object has no attribute 'commune_now'"),
        (KeyError("gọi cho bà Mai"), "'…'"),
        (ValueError('value "a\nb Mai" is no day'), 'value "…" is no day'),
        (
            IntegrityError('new row violates check constraint "user_has_an_address"\nDETAIL:  Failing row contains (7, Nông Thị Mai).'),
            'new row violates check constraint "user_has_an_address"',
        ),
        (DataError("value too long for type character varying(120): Nông Thị Mai"), ""),
        (OperationalError("database is locked\nNông Thị Mai"), "database is locked"),
    ],
)
def test_a_fault_does_not_repeat_what_a_person_typed(error: Exception, told: str) -> None:
    try:
        raise error
    except type(error):
        written = line("failed", exc_info=sys.exc_info())
    assert written["error_message"] == told
    assert "Mai" not in json.dumps(written, ensure_ascii=False)


@pytest.mark.django_db
def test_a_row_the_database_refuses_is_not_repeated() -> None:
    """On PostgreSQL the refused row stands whole in the error; in the log it does not."""
    try:
        with transaction.atomic():
            User.objects.create(username="x", full_name="Canary Nông Thị Mai", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    except IntegrityError:
        written = line("failed", exc_info=sys.exc_info())
    assert "user_has_an_address" in str(written["error_message"])
    assert "Canary" not in json.dumps(written, ensure_ascii=False)
