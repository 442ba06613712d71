"""What the site does while a part of it is away: it goes on, says so, and loses nothing (RELIABILITY P13).

The same with real servers going away and coming back is `make drill`; the mail that fails for six hours is `tests/records/test_notices.py`.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone

from config.stores import cache as cache_entry
from ocop.core.actor import system_actor
from ocop.people.models import User
from ocop.records.actions import deliver, send_notice, take_token
from ocop.records.models import Delivery
from ocop.records.rules import LIMITS
from tests.promises.conftest import Demo
from tools.postgres import free_port

PUBLIC = (
    "/",
    "/san-pham/",
    "/san-pham/?q=mien",
    "/sp/BK001",
    "/so-dang-ky/",
    "/kiem-tra/?ma=BK001",
    "/xa/",
    "/san-pham.csv",
    "/sitemap.xml",
)


@pytest.fixture
def no_cache(settings: Any) -> None:
    """The production cache at a port where nobody listens."""
    settings.CACHES = {"default": cache_entry(f"redis://127.0.0.1:{free_port()}/0")}


def test_public_pages_do_without_the_cache(demo: Demo, no_cache: None) -> None:
    client = Client()
    assert {path: client.get(path).status_code for path in PUBLIC} == dict.fromkeys(PUBLIC, 200)


def test_people_sign_in_and_send_forms_without_the_cache(demo: Demo, no_cache: None) -> None:
    client = Client()
    login, password = demo.accounts["producer"]
    assert client.post("/accounts/login/", {"login": login, "password": password})["Location"] == "/viec/"
    assert client.get("/viec/").status_code == 200
    said = {"kind": "error", "text": "Sai giá", "place_seen": "Chợ", "sp": "BK001"}
    assert client.post("/bao-sai/", said).status_code == 302


def test_limits_hold_without_the_cache(no_cache: None) -> None:
    """A cache that is away answers like an empty one; a bucket that is always full would be no limit."""
    at, limit = timezone.now(), LIMITS["report"]
    taken = [take_token(limit="report", key="192.0.2.77", at=at).allowed for _ in range(limit.capacity + 3)]
    assert sum(taken) == limit.capacity


class Refuses(BaseEmailBackend):
    """A mail server nobody answers at."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


def test_while_the_mail_server_is_away_forms_work_and_afterwards_each_notice_goes_out_once(demo: Demo, settings: Any) -> None:
    user = User.objects.get(username=demo.accounts["buyer"][0])
    User.objects.filter(pk=user.pk).update(wants_email=True)
    at, sender = timezone.now(), system_actor("deliver")
    for number in range(3):
        send_notice(recipient_id=user.pk, event="x", subject="x", title=f"Tin {number}", at=at)
    waiting = list(Delivery.objects.filter(notice__event="x").order_by("pk").values_list("pk", flat=True))
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    assert Client().post("/accounts/password/reset/", {"email": user.email}).status_code == 302
    assert [deliver(actor=sender, delivery_id=pk, at=at) for pk in waiting] == [False] * 3
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = at + timedelta(hours=6)
    for _round in range(2):
        for pk in waiting:
            deliver(actor=sender, delivery_id=pk, at=later)
    assert [message.subject for message in mail.outbox] == ["Tin 0", "Tin 1", "Tin 2"]


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question to the database fails as the driver says it when the server is gone."""

    def refuse(*_arguments: Any, **_named: Any) -> Any:
        raise OperationalError("connection refused\nwith 0912345678 in its words")

    monkeypatch.setattr(connections["default"], "cursor", refuse)


@pytest.mark.parametrize("path", ["/", "/san-pham/?q=mien", "/sp/BK001", "/so-dang-ky.xlsx", "/readyz", "/en/"])
def test_without_the_database_a_page_that_needs_it_says_when_to_come_back(path: str, no_database: None) -> None:
    answer = Client(raise_request_exception=False).get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    text = answer.content.decode()
    assert "Traceback" not in text
    assert "0912345678" not in text
    assert "connection refused" not in text


def test_what_needs_no_database_goes_on_without_it(no_database: None) -> None:
    assert {path: Client().get(path).status_code for path in ("/accounts/login/", "/bao-sai/", "/viec/")} == {
        "/accounts/login/": 200,
        "/bao-sai/": 200,
        "/viec/": 302,
    }
    assert Client().get("/healthz").content == b"ok"
