"""Behind a token: who is known by it, what it reads, what it writes, and everything that keeps it from more."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.people.actions import deactivate_user, end_mandate, revoke_api_token
from ocop.people.models import ApiToken, Mandate, User
from ocop.records.models import AuditEntry
from ocop.records.rules import LIMITS
from ocop.register.actions import edit_product, publish_product
from ocop.register.models import Price, Product, Recognition
from ocop.web.api.schemas import rows
from tests.cast import SEED, TODAY, Cast, recognise
from tests.web.api.conftest import token_of
from tests.web.api.test_calls import judged

V1 = "/api/v1"
Program = Callable[..., Client]


def send(client: Client, address: str, body: Any, **more: Any) -> Any:
    return client.post(f"{V1}{address}", json.dumps(body), content_type="application/json", **more)


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


# --- Who is known ---


def test_without_a_token_nothing_private_is_told(cast: Cast, program: Client) -> None:
    for address in ("/me", "/me/products", f"/me/products/{cast.product.public_id}", "/me/waiting"):
        response = program.get(f"{V1}{address}")
        judged(response, 401)
        assert response["WWW-Authenticate"] == 'Bearer realm="OCOP"'
    judged(send(program, f"/products/{cast.product.public_id}/page", {}), 401)


@pytest.mark.parametrize(
    "shown",
    ["Bearer", "Bearer ", "Bearer x", "Bearer " + "x" * 5000, "Basic eDp5", "Token {}", "bearer\t{}", "{}", "Bearer {}x", "Bearer \u1ea1"],
)
def test_what_is_no_token_is_refused_everywhere(shown: str, cast: Cast, program: Client) -> None:
    value = shown.format(token_of(cast.producer).secret)
    for address in ("/me", "/products"):
        response = program.get(f"{V1}{address}", headers={"authorization": value})
        judged(response, 401)
        assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_a_cookie_opens_nothing(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=cast.officer.user_id), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/viec/").status_code == 200
    judged(client.get(f"{V1}/me"), 401)
    judged(send(client, f"/products/{cast.product.public_id}/page", {"version": 1, "changes": {"name": "x"}}), 401)


def test_a_token_in_the_address_opens_nothing(cast: Cast, program: Client) -> None:
    secret = token_of(cast.producer).secret
    for name in ("token", "access_token", "api_key"):
        assert program.get(f"{V1}/me?{name}={secret}").status_code == 401


def test_an_expired_and_a_revoked_token_say_so(cast: Cast, program: Client) -> None:
    made = token_of(cast.producer, at=timezone.now() - timedelta(days=91))
    assert "hết hạn" in judged(program.get(f"{V1}/me", headers=bearer(made.secret)), 401)["detail"]
    made = token_of(cast.producer)
    assert program.get(f"{V1}/me", headers=bearer(made.secret)).status_code == 200
    revoke_api_token(actor=cast.producer, token=made.token, at=timezone.now())
    assert "thu hồi" in judged(program.get(f"{V1}/me", headers=bearer(made.secret)), 401)["detail"]


def test_a_token_ends_with_its_mandate_and_with_the_account(cast: Cast, program: Client) -> None:
    made, other = token_of(cast.producer), token_of(cast.rival)
    mandate = Mandate.objects.get(pk=cast.producer.mandate_id)
    end_mandate(actor=cast.administrator, mandate=mandate, on=timezone.localdate(), reason="Nghỉ", at=timezone.now())
    assert "kết thúc" in judged(program.get(f"{V1}/me", headers=bearer(made.secret)), 403)["detail"]
    deactivate_user(actor=cast.administrator, user=User.objects.get(pk=cast.rival.user_id), reason="Nghỉ", at=timezone.now())
    assert "ngừng" in judged(program.get(f"{V1}/me", headers=bearer(other.secret)), 401)["detail"]


def test_an_official_without_a_second_factor_has_no_use_of_one(cast: Cast, as_program: Program, settings: Any) -> None:
    client = as_program(cast.officer)
    assert client.get(f"{V1}/me").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    judged(client.get(f"{V1}/me"), 403)


def test_a_token_has_a_bucket_of_its_own(cast: Cast, as_program: Program, program: Client) -> None:
    client, other = as_program(cast.producer), as_program(cast.rival)
    limit = LIMITS["api_token"]
    assert client.get(f"{V1}/me")["RateLimit"].startswith(f'"api_token";r={limit.capacity - 1};')
    assert client.get(f"{V1}/products")["RateLimit"].startswith(f'"api_token";r={limit.capacity - 2};')
    assert other.get(f"{V1}/me")["RateLimit"].startswith(f'"api_token";r={limit.capacity - 1};')
    bad = program.get(f"{V1}/me", headers=bearer("ocop_x"))
    assert bad["RateLimit"].startswith('"api";')


def test_what_a_token_opened_is_kept_by_nobody(cast: Cast, as_program: Program) -> None:
    client = as_program(cast.producer)
    for address in ("/me", "/products", f"/products/{cast.product.public_id}"):
        response = client.get(f"{V1}{address}")
        assert response["Cache-Control"] == "private, no-store"
        assert "Authorization" in response["Vary"]
        assert "ETag" not in response


def test_the_day_of_the_last_use_is_noted_once_a_day(cast: Cast, as_program: Program, django_assert_num_queries: Any) -> None:
    client = as_program(cast.producer, "read")
    before = AuditEntry.objects.count()
    client.get(f"{V1}/me")
    assert ApiToken.objects.get().use.last_on == timezone.localdate()
    with django_assert_num_queries(1):  # the token with all it hangs on, and nothing written
        client.get(f"{V1}/me")
    assert AuditEntry.objects.count() == before


# --- Reading ---


def test_me_says_whom_the_token_acts_for(cast: Cast, as_program: Program) -> None:
    told = as_program(cast.producer).get(f"{V1}/me").json()
    rows.Me.model_validate(told)
    assert (told["name"], told["role"], told["acts_for"], told["office"]) == (
        "Nông Thị Mai",
        "producer",
        f"producer:{cast.maker.code}",
        None,
    )
    assert as_program(cast.clerk, "read").get(f"{V1}/me").json()["token"]["scope"] == "read"


def test_own_products_are_those_the_mandate_looks_after(cast: Cast, as_program: Program, settings: Any) -> None:
    publish_product(actor=SEED, product=cast.product, is_published=False, reason="Thử", at=timezone.now())
    mine, theirs = cast.product.public_id, cast.rival_product.public_id
    for actor, wanted in (
        (cast.producer, [mine]),
        (cast.rival, [theirs]),
        (cast.clerk, [mine]),
        (cast.rival_clerk, [theirs]),
        (cast.officer, [mine, theirs]),
        (cast.inspector, []),
        (cast.leader, []),
        (cast.administrator, []),
    ):
        told = as_program(actor).get(f"{V1}/me/products").json()
        rows.ListOn[rows.OwnProduct].model_validate(told)
        assert [item["code"] for item in told["items"]] == wanted, actor.role
    officer = as_program(cast.officer)
    first = officer.get(f"{V1}/me/products?limit=1").json()
    second = officer.get(first["next"].removeprefix(settings.SITE_URL)).json()
    assert [first["items"][0]["code"], second["items"][0]["code"], second["next"]] == [mine, theirs, None]
    assert first["items"][0]["is_published"] is False


def test_a_foreign_product_is_not_told_from_one_that_is_not_there(cast: Cast, as_program: Program) -> None:
    for actor in (cast.rival, cast.rival_clerk, cast.inspector):
        client = as_program(actor)
        answers = [client.get(f"{V1}/me/products/{code}") for code in (cast.product.public_id, "BK999")]
        foreign, absent = (
            {name: value for name, value in judged(answer, 404).items() if name not in ("instance", "number")} for answer in answers
        )
        assert foreign == absent
    assert as_program(cast.producer).get(f"{V1}/me/products/{cast.product.public_id}").status_code == 200


def test_a_product_tells_what_this_mandate_may_change(cast: Cast, as_program: Program) -> None:
    recognise(cast.product)
    own = as_program(cast.producer).get(f"{V1}/me/products/{cast.product.public_id}").json()
    officers = as_program(cast.officer).get(f"{V1}/me/products/{cast.product.public_id}").json()
    rows.OwnProductWhole.model_validate(own)
    assert "name" not in own["fields"]
    assert officers["fields"]["name"] == cast.product.name
    assert own["recognitions"] == [f"{cast.product.public_id}-R1"]


def test_what_waits_is_what_the_desk_shows(cast: Cast, as_program: Program) -> None:
    recognise(cast.product, signed_on=TODAY - timedelta(days=1000), last_day=timezone.localdate() + timedelta(days=30))
    told = as_program(cast.producer).get(f"{V1}/me/waiting").json()
    rows.WaitingList.model_validate(told)
    assert [item["url"].partition("/viec/")[1] for item in told["items"]] == ["/viec/"]
    assert as_program(cast.rival).get(f"{V1}/me/waiting").json() == {"items": []}


# --- Writing ---


def test_a_producer_edits_its_page(cast: Cast, as_program: Program) -> None:
    client, code = as_program(cast.producer), cast.product.public_id
    version = client.get(f"{V1}/me/products/{code}").json()["version"]
    told = send(client, f"/products/{code}/page", {"version": version, "changes": {"storage": "  Nơi khô\u200b ráo "}})
    assert told.status_code == 200, told.content
    rows.OwnProductWhole.model_validate(told.json())
    assert (told.json()["version"], told.json()["fields"]["storage"]) == (version + 1, "Nơi khô ráo")
    entry = AuditEntry.objects.filter(event="product.edited").latest("n")
    assert (entry.actor_id, entry.subject) == (cast.producer.user_id, f"product:{code}")
    assert client.get(f"{V1}/products/{code}").json()["storage"] == "Nơi khô ráo"


def test_whoever_was_slower_reads_both_texts(cast: Cast, as_program: Program) -> None:
    client, code, version = as_program(cast.producer), cast.product.public_id, cast.product.version
    edit_product(actor=cast.officer, product=cast.product, changes={"storage": "Nơi mát"}, version=version, at=timezone.now())
    told = judged(send(client, f"/products/{code}/page", {"version": version, "changes": {"storage": "Nơi khô"}}), 409)
    assert told["errors"] == [{"pointer": "#/changes/storage", "stored": "Nơi mát", "sent": "Nơi khô"}]
    assert "Lý Thị Tỉnh" in told["detail"]
    assert Product.objects.get(public_id=code).storage == "Nơi mát"


def test_what_a_role_may_not_is_refused_with_the_policys_reason(cast: Cast, as_program: Program) -> None:
    recognise(cast.product)
    code = cast.product.public_id
    page, star = {"version": 1, "changes": {"storage": "x"}}, {"kind": "lan_dau", "stars": 3, "signed_on": "2026-01-01", "signatory": "x"}
    told = judged(send(as_program(cast.rival), f"/products/{code}/page", page), 403)
    assert "không phải trang của chủ thể" in told["detail"]
    assert "name" in judged(send(as_program(cast.producer), f"/products/{code}/page", {**page, "changes": {"name": "x"}}), 403)["detail"]
    for actor in (cast.producer, cast.clerk, cast.leader, cast.administrator, cast.inspector):
        judged(send(as_program(actor), f"/products/{code}/recognitions", star), 403)
        judged(send(as_program(actor), f"/recognitions/{code}-R1/confirmations", {"confirmed_on": "2026-01-01", "paper": "x"}), 403)
    assert Recognition.objects.count() == 1


def test_a_token_that_only_reads_writes_nothing(cast: Cast, as_program: Program) -> None:
    client, code = as_program(cast.producer, "read"), cast.product.public_id
    response = send(client, f"/products/{code}/page", {"version": 1, "changes": {"storage": "x"}})
    judged(response, 403)
    assert 'error="insufficient_scope"' in response["WWW-Authenticate"]
    assert Product.objects.get(public_id=code).storage == ""


@pytest.fixture
def packed(cast: Cast) -> Cast:
    cast.product.variants.create(name="Túi 500 g", quantity=500, unit="g")
    return cast


def test_a_price_is_set_and_stands_once_however_often_it_is_sent(packed: Cast, as_program: Program) -> None:
    client, today = as_program(packed.producer), timezone.localdate()
    body = {"kind": "retail", "amount": 60000, "first_day": today.isoformat(), "last_day": (today + timedelta(days=9)).isoformat()}
    for _time in range(2):
        told = send(client, f"/products/{packed.product.public_id}/packs/1/prices", body)
        assert told.status_code == 201, told.content
        rows.PriceSet.model_validate(told.json())
    price = Price.objects.get()
    assert (price.amount, price.valid_to, price.said_by_id) == (60000, today + timedelta(days=10), packed.producer.user_id)
    own = client.get(f"{V1}/me/products/{packed.product.public_id}").json()
    assert own["packs"][0]["prices"] == [{"kind": "retail", "amount": 60000, "first_day": today.isoformat()}]


def test_a_pack_that_is_not_there_and_a_price_of_yesterday(packed: Cast, as_program: Program) -> None:
    client, today = as_program(packed.producer), timezone.localdate()
    body = {"kind": "retail", "amount": 60000, "first_day": today.isoformat()}
    judged(send(client, f"/products/{packed.product.public_id}/packs/2/prices", body), 404)
    told = judged(send(client, f"/products/{packed.product.public_id}/packs/1/prices", {**body, "first_day": "2020-01-01"}), 422)
    assert "quá khứ" in told["detail"]
    assert send(client, f"/products/{packed.product.public_id}/packs/1/prices", {**body, "last_day": "9999-12-31"}).status_code == 201


def test_the_ocop_office_writes_down_a_decision_once(cast: Cast, as_program: Program) -> None:
    client, code = as_program(cast.officer), cast.product.public_id
    body = {"kind": "lan_dau", "stars": 4, "signed_on": "2026-05-04", "signatory": "Chủ tịch UBND tỉnh", "decision_no": "9/QĐ-UBND"}
    told = send(client, f"/products/{code}/recognitions", body)
    assert told.status_code == 201, told.content
    rows.Recognition.model_validate(told.json())
    assert (told.json()["code"], told.json()["last_day"], told.json()["end_basis"]) == (f"{code}-R1", "2029-05-03", "computed_36_months")
    judged(send(client, f"/products/{code}/recognitions", body), 409)
    assert client.get(f"{V1}/products/{code}?on=2026-06-01").json()["standing"]["stars"] == 4
    judged(send(client, f"/products/{code}/recognitions", {**body, "decision_no": ""}), 422)
    judged(send(client, f"/products/{code}/recognitions", {**body, "decision_no": "10/QĐ", "signed_on": "2199-01-01"}), 422)


def test_the_ocop_office_confirms_a_star(cast: Cast, as_program: Program) -> None:
    row = recognise(cast.product, signed_on=TODAY - timedelta(days=400))
    client, today = as_program(cast.officer), timezone.localdate()
    body = {
        "confirmed_on": (today - timedelta(days=1)).isoformat(),
        "paper": "Bản gốc",
        "last_day": (today + timedelta(days=300)).isoformat(),
    }
    for _time in range(2):
        told = send(client, f"/recognitions/{row.code}/confirmations", body)
        assert told.status_code == 200, told.content
    rows.Recognition.model_validate(told.json())
    assert (told.json()["confirmed_on"], told.json()["last_day"], told.json()["end_basis"]) == (
        body["confirmed_on"],
        body["last_day"],
        "stated",
    )
    judged(send(client, "/recognitions/BK999-R1/confirmations", body), 404)


# --- Bodies ---

BAD_BODIES = {
    "no JSON": (b"{", 400),
    "not even text": (b"\xff\xfe\x00", 400),
    "nested without end": (b"[" * 100_000, 400),
    "a letter that is none": (b'{"version": 1, "changes": {"storage": "\\ud800"}}', 422),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "a field too many": (b'{"version": 1, "changes": {}, "stars": 5}', 422),
    "a version that is none": (b'{"version": true, "changes": {}}', 422),
    "a version beyond the database": (b'{"version": 99999999999999999999, "changes": {}}', 422),
    "not a number": (b'{"version": NaN, "changes": {}}', 422),
    "endless": (b'{"version": 1e999, "changes": {}}', 422),
    "null for a text": (b'{"version": 1, "changes": {"storage": null}}', 422),
    "a number for a text": (b'{"version": 1, "changes": {"storage": 5}}', 422),
    "too long": (b'{"version": 1, "changes": {"story_vi": "' + b"x" * 20_001 + b'"}}', 422),
}


@pytest.mark.parametrize("case", BAD_BODIES)
def test_a_body_that_does_not_fit_is_refused_in_words(case: str, cast: Cast, as_program: Program) -> None:
    body, status = BAD_BODIES[case]
    address = f"{V1}/products/{cast.product.public_id}/page"
    told = judged(as_program(cast.producer).generic("POST", address, body, "application/json"), status)
    assert status == 400 or all(error["pointer"].startswith("#") and error["detail"] for error in told["errors"])


def test_marks_nobody_sees_are_cleaned_as_everywhere(cast: Cast, as_program: Program) -> None:
    client, code = as_program(cast.producer), cast.product.public_id
    body = b'{"version": 1, "changes": {"storage": "a\\u0000bc\\u202ed"}}'
    response = client.generic("POST", f"{V1}/products/{code}/page", body, "application/json")
    assert response.status_code == 200
    assert Product.objects.get(public_id=code).storage == "abcd"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""]
)
def test_what_a_form_of_another_site_could_send_is_no_json(kind: str, cast: Cast, as_program: Program) -> None:
    body = b'{"version": 1, "changes": {"storage": "x"}}'
    judged(as_program(cast.producer).generic("POST", f"{V1}/products/{cast.product.public_id}/page", body, kind), 415)


def test_more_than_one_request_may_hold_is_too_large(cast: Cast, as_program: Program, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = b'{"version": 1, "changes": {"story_vi": "' + b"x" * 2000 + b'"}}'
    judged(as_program(cast.producer).generic("POST", f"{V1}/products/{cast.product.public_id}/page", body, "application/json"), 413)
