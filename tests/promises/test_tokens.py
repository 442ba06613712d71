"""The API by every role's token, against a table written by hand: who reads what, who writes what, and what a stranger learns.

What anonymous programs and cookies get there is part of the crawl in `test_addresses`.
"""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ocop.people.actions import Refused, create_api_token
from ocop.people.models import User
from ocop.people.queries import actor_for
from ocop.people.rules import API_ROLES
from ocop.register.models import Product
from tests.promises.conftest import Demo
from tests.promises.matrix import EVERYBODY
from tests.promises.rows import fingerprint

V1 = "/api/v1"
# Each of the first demo producer's product; the body fits what is stored.
BODIES: dict[str, dict[str, Any]] = {
    "/products/BKD001/page": {"version": 0, "changes": {"storage": "Nơi khô ráo"}},
    "/products/BKD001/packs/1/prices": {"kind": "wholesale", "amount": 45000, "first_day": ""},
    "/products/BKD001/recognitions": {
        "kind": "nang_hang",
        "stars": 4,
        "signed_on": "2026-02-02",
        "signatory": "Chủ tịch",
        "decision_no": "T/1",
    },
    "/recognitions/BKD001-R1/confirmations": {"confirmed_on": "2026-11-01", "paper": "Bản gốc"},
}
_KEEP = {"producer", "commune_officer", "ocop_officer"}
WRITES: dict[str, set[str]] = {
    "/products/BKD001/page": _KEEP,
    "/products/BKD001/packs/1/prices": _KEEP,
    "/products/BKD001/recognitions": {"ocop_officer"},
    "/recognitions/BKD001-R1/confirmations": {"ocop_officer"},
}
READS: dict[str, set[str]] = {
    "/me": set(EVERYBODY),
    "/me/products": set(EVERYBODY),
    "/me/waiting": set(EVERYBODY),
    "/me/products/BKD001": _KEEP,
}
WITH_TOKENS = sorted(who for who in EVERYBODY if who.removesuffix("-2") in API_ROLES)


def program_of(who: str, demo: Demo) -> Client:
    """A program by a token of this demo account."""
    user = User.objects.get(username=demo.accounts[who][0])
    actor, at = actor_for(user, None, timezone.localdate()), timezone.now()
    made = create_api_token(actor=actor, mandate=user.mandates.get(pk=actor.mandate_id), name="Thử", scope="write", days=30, at=at)
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {made.secret}"})


def body_for(address: str) -> str:
    body = dict(BODIES[address])
    if "version" in body:
        body["version"] = Product.objects.get(public_id="BKD001").version
    if "first_day" in body:
        body["first_day"] = timezone.localdate().isoformat()
    return json.dumps(body)


def test_the_table_names_every_operation_behind_a_token(demo: Demo) -> None:
    known = {address.pattern for address in demo.addresses if address.gate.kind == "token"}
    assert len(known) == len(READS) + len(WRITES)


@pytest.mark.parametrize("who", WITH_TOKENS)
def test_each_role_reads_and_writes_what_the_table_says(who: str, demo: Demo) -> None:
    client, wrong = program_of(who, demo), []
    before = fingerprint()
    for address, let_in in READS.items():
        status = client.get(f"{V1}{address}").status_code
        if status != (200 if who in let_in else 404):
            wrong.append((address, status))
    assert fingerprint() == before  # but for the day of the last use
    for address, let_in in WRITES.items():
        with transaction.atomic():
            response = client.post(f"{V1}{address}", body_for(address), content_type="application/json")
            transaction.set_rollback(True)
        if response.status_code not in ((200, 201) if who in let_in else (403,)) or not (who in let_in or response.json()["detail"]):
            wrong.append((address, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("who", sorted(EVERYBODY - set(WITH_TOKENS)))
def test_a_role_without_business_there_gets_no_token(who: str, demo: Demo) -> None:
    with pytest.raises(Refused):
        program_of(who, demo)


@pytest.mark.parametrize("who", WITH_TOKENS)
def test_what_is_foreign_looks_as_if_it_were_not_there(who: str, demo: Demo) -> None:
    if who in _KEEP:
        return
    client = program_of(who, demo)
    Product.objects.filter(public_id="BKD001").update(is_published=False)
    sees_hidden = who in ("inspector", "administrator", "leader")  # they read the whole register on the desk, and keep none of it
    for address in ("/me/products/{}", "/products/{}", "/products/{}/page", "/products/{}/packs/1/prices", "/products/{}/recognitions"):
        told = [answer_of(client, address, code) for code in ("BKD001", "BK999")]
        if sees_hidden and address.count("/") > 2 and not address.startswith("/me"):
            assert told[0][0] == 403
        else:
            assert told[0] == told[1], address


def answer_of(client: Client, address: str, code: str) -> tuple[int, dict[str, Any]]:
    """Status and problem, without what was asked for and what is new in every answer."""
    path = f"{V1}{address.format(code)}"
    body = body_for(address.format("BKD001")) if address.format("BKD001") in BODIES else ""
    response = client.post(path, body, content_type="application/json") if body else client.get(path)
    told = {name: value for name, value in response.json().items() if name not in ("instance", "number")}
    return response.status_code, told


@pytest.mark.parametrize("who", WITH_TOKENS)
def test_no_answer_holds_a_personal_value(who: str, demo: Demo) -> None:
    client = program_of(who, demo)
    asked = [address.example for address in demo.addresses if address.gate.kind in ("api", "token") and "GET" in address.gate.methods]
    asked += [f"{V1}{address}" for address in READS] + [f"{V1}/{name}?limit=100" for name in ("products", "producers", "recognitions")]
    told = "".join(client.get(address).content.decode() for address in asked)
    assert len(asked) > 20
    assert [value for value in demo.canaries if value in told] == []
