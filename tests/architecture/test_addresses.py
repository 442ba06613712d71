"""Every address says who may come through; reading is kept from writing; nothing loosens the policy of the browser."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ocop.web.kit.middleware import ReadsDoNotWrite
from ocop.web.kit.middleware.reading import WriteWhileReading
from tools.docs import addresses

ALL = list(addresses())
GATES = {"public", "open", "desk", "api", "token"}


def test_there_are_addresses() -> None:
    assert len(ALL) > 30


@pytest.mark.parametrize(("address", "name", "view"), ALL, ids=[f"/{address}" for address, _, _ in ALL])
def test_every_address_has_a_gate(address: str, name: str, view: object) -> None:
    gate = getattr(view, "gate", None)
    assert gate is not None, f"/{address} ({name}) has no gate"
    assert gate.kind in GATES
    assert set(gate.methods) <= {"GET", "HEAD", "POST", "OPTIONS"}


def test_only_public_pages_are_kept() -> None:
    assert [address for address, _, view in ALL if view.gate.is_kept and view.gate.kind != "public"] == []


def test_what_other_sites_may_read_is_public() -> None:
    shared = {name for _address, name, view in ALL if view.gate.is_shared}
    assert {"portal:open_data_csv", "portal:open_data_catalogue", "resolver:gtin"} <= shared
    assert [name for _address, name, view in ALL if view.gate.is_shared and view.gate.kind != "public"] == []
    assert [name for _address, name, view in ALL if "OPTIONS" in view.gate.methods and not view.gate.is_shared] == []


def test_a_public_page_takes_no_form() -> None:
    assert [address for address, _, view in ALL if view.gate.kind == "public" and "POST" in view.gate.methods] == []


def test_an_operation_of_the_api_writes_behind_a_token_alone() -> None:
    writes = [(address, view.gate.kind) for address, _, view in ALL if address.startswith("api/") and "POST" in view.gate.methods]
    assert {kind for _address, kind in writes} == {"token"}
    assert len(writes) >= 4


def test_public_pages_are_answered_before_anything_that_knows_a_person() -> None:
    order = {name.rsplit(".", 1)[1]: place for place, name in enumerate(settings.MIDDLEWARE)}
    for later in ("SessionMiddleware", "CsrfViewMiddleware", "AuthenticationMiddleware", "LoginRequiredMiddleware", "MessageMiddleware"):
        assert order["PublicPages"] < order[later]
    assert order["ReadsDoNotWrite"] < order["PublicPages"]
    assert order["LoginRequiredMiddleware"] > order["AuthenticationMiddleware"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_guard_against_writing_is_on_and_bites(method: str, rf: RequestFactory) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_office")
        return HttpResponse()

    assert "ocop.web.kit.middleware.ReadsDoNotWrite" in settings.MIDDLEWARE
    with pytest.raises(WriteWhileReading):
        ReadsDoNotWrite(view)(rf.generic(method, "/"))
    assert ReadsDoNotWrite(view)(rf.post("/")).status_code == 200


@pytest.mark.django_db
def test_the_policy_of_the_browser_is_strict(client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    for directive in ("object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"):
        assert directive in policy


def test_debug_is_off_everywhere() -> None:
    assert settings.DEBUG is False
