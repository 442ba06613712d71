"""Abuse is bounded: every form, search and costly file takes from a row of the limits table, and no header helps (RELIABILITY P16)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ocop.people.models import User
from ocop.records.actions import take_token
from ocop.records.rules import LIMITS
from tests.promises.conftest import ANONYMOUS, Address, Demo, Enter, body_of
from tools.docs import addresses

ALL = [(name, view.gate) for _address, name, view in addresses()]
# What a browser may be sent at once from the register's own shelf; anything else costs time to make.
CHEAP = (
    "text/html",
    "text/plain",
    "application/json",
    "application/geo+json",
    "application/manifest+json",
    "image/",
    "application/rss+xml",
)
CHEAP += ("application/xml", "application/ld+json", "text/calendar")
HEADERS = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "X-Forwarded-Host")


def test_every_limit_that_is_named_exists() -> None:
    assert {gate.limit for _name, gate in ALL} - {""} <= set(LIMITS)


def test_every_form_takes_from_a_limit() -> None:
    assert len([name for name, gate in ALL if "POST" in gate.methods]) > 60
    assert [name for name, gate in ALL if "POST" in gate.methods and not gate.limit] == []


def test_what_asks_for_words_takes_from_the_search_limit() -> None:
    assert {name: gate.limit for name, gate in ALL if gate.kind == "public" and "q" in (gate.params or ()) and gate.limit != "export"} == {
        "portal:catalogue": "search",
        "portal:communes": "search",
    }


def test_every_public_file_that_costs_time_takes_from_a_limit(demo: Demo) -> None:
    client, dear = Client(), {}
    for address in demo.addresses:
        if address.gate.kind == "public":
            answer = client.get(address.example)
            body_of(answer)
            if answer.status_code == 200 and not answer["Content-Type"].startswith(CHEAP):
                dear[address.name] = address.gate.limit
    assert len(dear) >= 4
    assert [name for name, limit in dear.items() if limit not in ("export", "pdf")] == []


def drained(name: str, who: str) -> None:
    """Somebody has used their whole bucket up."""
    now = timezone.now()
    for _each in range(LIMITS[name].capacity + 5):
        take_token(limit=name, key=who, at=now)


def of_gate(demo: Demo, kind: str) -> Iterator[Address]:
    return (address for address in demo.addresses if address.gate.kind == kind and "POST" in address.gate.methods)


@pytest.mark.parametrize(("kind", "limit"), [("open", "form"), ("desk", "desk")])
def test_behind_every_form_there_is_an_end(kind: str, limit: str, demo: Demo, enter: Enter, time_machine: Any) -> None:
    """With the bucket empty each of them says 429 and how long to wait, whatever is sent."""
    time_machine.move_to(timezone.now(), tick=False)  # a bucket fills while slow pages answer
    client = enter("administrator" if kind == "desk" else ANONYMOUS)
    who = f"user:{client.session['_auth_user_id']}" if kind == "desk" else "ip:127.0.0.1"
    for name in {limit, "form"}:
        drained(name, who)
    wrong = {}
    for address in of_gate(demo, kind):
        answer = client.post(address.example)
        if answer.status_code not in (403, 429) or (answer.status_code == 429 and not answer.has_header("Retry-After")):
            wrong[address.name] = answer.status_code
    assert wrong == {}


def test_reading_the_same_pages_goes_on(demo: Demo) -> None:
    drained("form", "ip:127.0.0.1")
    assert Client().get("/bao-sai/").status_code == 200
    assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_gives_a_new_bucket(header: str, demo: Demo, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client, answers = Client(), []
    for turn in range(LIMITS["pdf"].capacity + 1):
        answers.append(client.get("/sp/BK001/nhan.pdf", headers={header: f"203.0.113.{turn}"}).status_code)
    assert answers[-1] == 429
    assert set(answers[:-1]) == {200}


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_gives_new_tries_of_a_password(header: str, demo: Demo) -> None:
    login, password = demo.accounts["lockout"]
    client = Client(raise_request_exception=False)
    for turn in range(5):
        client.post("/accounts/login/", {"login": login, "password": f"sai-{turn}"}, headers={header: f"203.0.113.{turn}"})
    answer = client.post("/accounts/login/", {"login": login, "password": password}, headers={header: "203.0.113.99"})
    assert answer.status_code == 429


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: what takes the time of a sign-in."""

    algorithm = "counting_md5"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
def test_a_known_name_costs_as_much_as_an_unknown_one(page: str, demo: Demo, settings: Any) -> None:
    """The clock must not tell who has an account; work is counted, since clocks are noisy."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher", *settings.PASSWORD_HASHERS]
    known, password = demo.accounts["buyer"]
    user = User.objects.get(username=known)
    user.set_password(password)
    user.save(update_fields=["password"])
    work = []
    for address in (known, "khong-co-ai@thu.vn"):
        cache.clear()
        CountingHasher.hashed = 0
        typed = {"login": address, "password": "mat-khau-sai-hoan-toan", "full_name": "X Y", "address": address}
        Client().post(page, {**typed, "password1": "bay-chim-tren-ruong-lua-9"})
        work.append(CountingHasher.hashed)
    assert work[0] == work[1] > 0
