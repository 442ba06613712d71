"""The seeded demo as an outsider meets it: what `seed all` loads, the addresses and accounts of `demo_accounts`, people signed in.

The seed is loaded once for the whole folder, in a transaction that is rolled back behind the last test; each test still has its own.
"""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import translation

from ocop.people.queries import password_words
from ocop.web.kit.gates import Gate

ANONYMOUS = "anonymous"
Enter = Callable[[str], Client]


class Address(NamedTuple):
    """One URL pattern of one language, with an address that works."""

    name: str
    pattern: str
    example: str
    gate: Gate

    @property
    def is_library(self) -> bool:
        """A page of allauth: its own state, not a role, decides what it answers."""
        return self.pattern.startswith("/accounts/")


class Demo(NamedTuple):
    """What `manage.py demo_accounts --json` says. `accounts`: "producer" and "producer-2" to (username, password)."""

    addresses: list[Address]
    accounts: dict[str, tuple[str, str]]
    canaries: list[str]


@pytest.fixture(scope="package")
def seeded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, loaded."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path_factory.mktemp("files"))}}
    statics = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with django_db_blocker.unblock(), override_settings(STORAGES={"default": place, "staticfiles": statics}), transaction.atomic():
        password_words.cache_clear()
        call_command("seed", "all", stdout=StringIO())
        yield _told()
        transaction.set_rollback(True)
    password_words.cache_clear()


def _told() -> Demo:
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    told = json.loads(out.getvalue())
    accounts: dict[str, tuple[str, str]] = {}
    for row in told["accounts"]:
        name = row["role"] if row["purpose"] == "normal" else row["purpose"]
        accounts[f"{name}-2" if name in accounts else name] = (row["username"], row["password"])
    addresses = [Address(row["name"], row["pattern"], row["example"], _gate(row["example"])) for row in told["urls"]]
    return Demo(addresses, accounts, told["canaries"])


def _gate(example: str) -> Gate:
    path = example.partition("?")[0]
    with translation.override("en" if path.startswith("/en/") else "vi"):
        gate: Gate = resolve(path).func.gate  # type: ignore[attr-defined]
    return gate


@pytest.fixture
def demo(seeded: Demo, db: None) -> Demo:
    return seeded


@pytest.fixture
def enter(demo: Demo) -> Enter:
    """`enter("producer")`: a browser signed in by the form, with the name and password of the demo; errors come as pages."""

    def browser(who: str) -> Client:
        client = Client(raise_request_exception=False)
        if who != ANONYMOUS:
            login, password = demo.accounts[who]
            assert client.post("/accounts/login/", {"login": login, "password": password})["Location"] == "/viec/"
        return client

    return browser


def body_of(response: Any) -> bytes:
    """The whole answer, also when it is a file."""
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return body
