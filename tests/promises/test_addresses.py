"""Every address as everybody: it answers as its gate says, refuses with a reason, writes nothing when read, is safe in a browser.

RELIABILITY P7, P8, P10, P17. That each address has a gate at all is `tests/architecture/test_addresses.py`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ocop.people.models import User
from tests.promises.conftest import ANONYMOUS, Address, Demo, Enter, body_of
from tests.promises.matrix import EVERYBODY, FOREIGN, LET_IN, ROLES, UNKNOWN
from tests.promises.rows import fingerprint

GONE_ON = {"kit:favicon": 302, "portal:verify_short": 301}  # public pages whose whole answer is another address
COSTLY = {"portal:labels_pdf", "portal:catalogue_xlsx", "portal:catalogue_csv", "portal:register_xlsx", "portal:open_data_xlsx"}
UNOFFERED = ("PUT", "DELETE", "PATCH", "TRACE")
NO_REASON = "Trang này dành cho vai trò khác."  # what the page says when nobody said why


def test_every_page_of_the_desk_is_in_the_table(demo: Demo) -> None:
    private = {address.name for address in demo.addresses if address.gate.kind == "desk" and not address.is_library}
    assert private == set(LET_IN)


def test_the_table_lists_every_role() -> None:
    assert set(ROLES) | set(FOREIGN) == EVERYBODY
    assert len(ROLES) == 13


def test_the_hash_sees_one_changed_letter(demo: Demo) -> None:
    before = fingerprint()
    assert fingerprint() == before
    User.objects.filter(username=demo.accounts["buyer"][0]).update(folded="x")
    after = fingerprint()
    assert {name for name in before if before[name] != after[name]} == {"people_user"}


def test_each_address_answers_as_its_gate_says_and_nothing_is_written(demo: Demo, enter: Enter) -> None:
    """One process meets everybody, as in service: pages kept for one person are met by the next."""
    wrong, changed = {}, {}
    for who in (ANONYMOUS, *ROLES, *FOREIGN):
        cache.clear()  # exports are counted by address, and all these people have the same
        client = enter(who)
        before = fingerprint()
        wrong[who] = [finding for address in asked_by(who, demo) for finding in findings(client, who, address, demo.canaries)]
        after = fingerprint()
        changed[who] = [name for name in before | after if before.get(name) != after.get(name)]
    assert {who: found for who, found in wrong.items() if found} == {}
    assert {who: names for who, names in changed.items() if names} == {}


@pytest.mark.parametrize("who", [ANONYMOUS, "administrator"])
def test_methods_nobody_offers_are_refused_everywhere(who: str, demo: Demo, enter: Enter) -> None:
    client = enter(who)
    asked = [(method, address) for method in UNOFFERED for address in demo.addresses]
    answers = {(method, address.name, client.generic(method, address.example).status_code) for method, address in asked}
    assert {answer for answer in answers if answer[2] != 405} == set()


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_a_page_that_takes_only_a_form_takes_it_from_whom_the_table_names(who: str, demo: Demo, enter: Enter) -> None:
    """The refusals are part of the crawl above; here nobody is refused who should not be."""
    client, refused = enter(who), {}
    for address in demo.addresses:
        if address.gate.methods == ("POST",) and who in LET_IN.get(address.name, ()):
            with transaction.atomic():
                answer = client.post(address.example)
                body_of(answer)  # a file is closed by whoever has read it
                status = answer.status_code
                transaction.set_rollback(True)
            if status not in (200, 302):
                refused[address.name] = status
    assert refused == {}


def asked_by(who: str, demo: Demo) -> list[Address]:
    """Everything; but the files that are costly to make are asked for by a stranger and one official: they do not know who asks."""
    return [address for address in demo.addresses if who in (ANONYMOUS, "ocop_officer") or address.name not in COSTLY]


def findings(client: Client, who: str, address: Address, canaries: list[str]) -> Iterator[str]:
    """What is wrong with the answers to reading one address, and to what it does not offer."""
    response = client.get(address.example)
    body = body_of(response).decode(errors="replace")
    yield from (f"{address.name}: {what}" for what in _unfitting(who, address, response.status_code, body))
    yield from (f"{address.name}: {what}" for what in unsafe(response, address, is_known=who != ANONYMOUS))
    yield from (f"{address.name} shows {value}" for value in canaries if value in body)
    if not address.is_library:
        yield from _unoffered_posts(client, who, address)


def _unfitting(who: str, address: Address, status: int, body: str) -> Iterator[str]:
    """The status against the gate and the table."""
    kind, name = address.gate.kind, address.name
    if kind == "desk" and who == ANONYMOUS:
        expected = {302}
    elif kind == "token":
        expected = {401} if "GET" in address.gate.methods else {405}  # whoever is signed in: a cookie opens nothing there
    elif address.is_library:
        expected = {200, 302, 404}  # by its own state, not by a role
    elif kind != "desk":
        expected = {UNKNOWN.get(name) or GONE_ON.get(name, 200)}
    elif "GET" not in address.gate.methods:
        expected = {405}
    else:
        expected = {200} if who in LET_IN[name] else {403, 404}
    if status not in expected:
        yield f"answers {status}"
    elif status == 403 and NO_REASON in body:
        yield "refuses without a reason"


def _unoffered_posts(client: Client, who: str, address: Address) -> Iterator[str]:
    """A form sent where none is taken, or by somebody who is not let in."""
    is_desk = address.gate.kind == "desk"
    if "POST" not in address.gate.methods:
        expected = {302} if is_desk and who == ANONYMOUS else {405}
    elif address.gate.kind == "token":
        expected = {401}
    elif is_desk and who not in LET_IN[address.name]:
        expected = {302} if who == ANONYMOUS else {403, 404}
    else:
        return
    if (status := client.post(address.example, {"approve": "1", "remove": "x"}).status_code) not in expected:
        yield f"{address.name}: a form is answered with {status}"


def unsafe(response: Any, address: Address, *, is_known: bool) -> Iterator[str]:
    """Headers that are missing, and cookies that should not be."""
    policy = response.get("Content-Security-Policy", "")
    if "unsafe" in policy or not ("default-src 'self'" in policy or policy.startswith("sandbox; default-src 'none'")):
        yield f"policy {policy!r}"
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    yield from (f"{name}: {response.get(name)}" for name, value in wanted.items() if response.get(name) != value)
    yield from (f"no {name}" for name in ("Permissions-Policy", "X-Request-ID") if not response.get(name))
    if address.gate.kind in ("public", "api"):
        if response.cookies or "cookie" in response.get("Vary", "").lower():
            yield "sets or heeds a cookie"
    elif is_known and not {"no-store", "private"} & set(response.get("Cache-Control", "").replace(",", " ").split()):
        yield f"may be kept: {response.get('Cache-Control')!r}"
    for name, cookie in response.cookies.items():
        if cookie["samesite"] not in ("Lax", "Strict") or not (cookie["httponly"] or name == "co-mat"):
            yield f"cookie {name} is open"
