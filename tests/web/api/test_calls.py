"""The way of every call: validators, limits, methods, and problems in one shape wherever they arise."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

from ocop.records.rules import LIMITS
from ocop.register.actions import edit_product
from ocop.web.kit.problems import CONTENT_TYPE, KINDS
from tests.cast import NOW, SEED, Cast, recognise

LIST = "/api/v1/products"


def judged(response: Any, status: int, word: str = "") -> dict[str, Any]:
    """The problem in an answer, checked to be one."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == CONTENT_TYPE
    assert "no-store" in response["Cache-Control"]
    told = dict(response.json())
    assert (told["status"], told["title"]) == (status, KINDS[status][1])
    assert told["type"].endswith(f"/api/v1/docs#{word or KINDS[status][0]}")
    assert told["number"] == response["X-Request-ID"]
    assert told["detail"]
    return told


# --- Validators ---


def test_an_unchanged_answer_is_not_sent_again(cast: Cast, program: Client) -> None:
    first = program.get(LIST)
    same = program.get(LIST, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    since = program.get(LIST, headers={"if-modified-since": first["Last-Modified"]})
    assert (since.status_code, since.content) == (304, b"")
    long_ago = program.get(LIST, headers={"if-modified-since": "Mon, 01 Jan 2018 00:00:00 GMT"})
    assert (long_ago.status_code, long_ago.content) == (200, first.content)
    both = program.get(LIST, headers={"if-none-match": '"other"', "if-modified-since": first["Last-Modified"]})
    assert both.status_code == 200  # the stronger question wins


def test_a_change_is_seen_at_once(cast: Cast, program: Client) -> None:
    first = program.get(LIST)
    edit_product(actor=SEED, product=cast.product, changes={"name": "Miến dong đổi tên"}, version=cast.product.version, at=NOW)
    second = program.get(LIST, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert "Miến dong đổi tên" in second.content.decode()
    assert second["ETag"] != first["ETag"]


def test_what_was_modified_when_is_the_last_public_act_or_midnight(cast: Cast, program: Client) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert parse_http_date(program.get(LIST)["Last-Modified"]) == int(max(NOW, midnight).timestamp())
    tomorrow = timezone.localdate() + timedelta(days=1)
    with time_machine.travel(datetime.combine(tomorrow, time(0, 30), tzinfo=NOW.tzinfo), tick=False):
        told = parse_http_date(program.get(LIST)["Last-Modified"])
    assert told == int(datetime.combine(tomorrow, time(), tzinfo=NOW.tzinfo).timestamp())


def test_head_is_get_without_the_body(cast: Cast, program: Client) -> None:
    whole, head = program.get(LIST), program.head(LIST)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Content-Type", "Content-Length")} == {
        name: whole[name] for name in ("ETag", "Content-Type", "Content-Length")
    }
    assert program.head("/api/v1/products/BK999").status_code == 404


def test_answers_may_be_kept_by_anyone_but_are_asked_for_again(cast: Cast, program: Client) -> None:
    assert program.get(LIST)["Cache-Control"] == "public, no-cache"
    assert not program.get(LIST).cookies


def test_a_long_answer_is_packed_for_who_can_unpack(cast: Cast, program: Client) -> None:
    for number in range(8):
        recognise(cast.product, decision_no=f"{number}/QĐ")
    address = f"/api/v1/recognitions?product={cast.product.public_id}"
    packed = program.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(program.get(address).content) / 2


# --- Other web pages ---


def test_any_web_page_may_read_what_everybody_may(cast: Cast, program: Client) -> None:
    response = program.get(LIST, headers={"origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "RateLimit" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
    assert program.get("/api/v1/nowhere")["Access-Control-Allow-Origin"] == "*"
    assert program.get("/api/v1/openapi.json")["Access-Control-Allow-Origin"] == "*"


def test_no_web_page_may_send_a_token_or_write(cast: Cast, program: Client) -> None:
    response = program.options(LIST, headers={"origin": "https://example.org", "access-control-request-headers": "authorization"})
    judged(response, 405)
    assert "Access-Control-Allow-Origin" not in response
    assert "Access-Control-Allow-Origin" not in program.get(LIST, headers={"authorization": "Bearer x"})
    assert "Access-Control-Allow-Origin" not in program.post("/api/v1/products/BK001/page")


# --- Limits ---


def test_how_many_calls_are_left_is_told(cast: Cast, program: Client) -> None:
    limit = LIMITS["api"]
    first = program.get(LIST)
    assert first["RateLimit-Policy"] == f'"api";q={limit.capacity};w={limit.capacity / limit.refill:.0f}'
    assert first["RateLimit"] == f'"api";r={limit.capacity - 1};t=1'
    assert program.get(f"{LIST}?nonsense=1")["RateLimit"].startswith(f'"api";r={limit.capacity - 2};')


def test_too_many_calls_are_told_how_long_to_wait(cast: Cast, program: Client, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)  # a bucket that fills meanwhile would let one more through
    limit = LIMITS["api"]
    answers = [program.get(LIST, headers={"if-none-match": "*"}) for _ in range(limit.capacity + 15)]
    refused = next(response for response in answers if response.status_code == 429)
    judged(refused, 429)
    assert int(refused["Retry-After"]) >= 1
    assert refused["RateLimit"].startswith('"api";r=0;')
    assert program.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200  # another address has its own
    forged = program.get(LIST, headers={"x-forwarded-for": "198.51.100.8"})
    assert forged.status_code == 429


# --- Problems ---


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limti=3", "limti"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1e2", "limit"),
        ("limit=%2B5", "limit"),
        ("limit=5&limit=6", "limit"),
        ("on=2026-02-30", "on"),
        ("on=20260101", "on"),
        ("on=1767225600", "on"),
        ("on=", "on"),
        ("stars=6", "stars"),
        ("standing=good", "standing"),
        ("commune=1", "commune"),
        ("product_set=27", "product_set"),
        ("cursor=producer~htx-mai", "cursor"),
        ("cursor=x", "cursor"),
        ("q=" + "x" * 301, "q"),
    ],
)
def test_a_value_that_does_not_fit_is_named(query: str, parameter: str, cast: Cast, program: Client) -> None:
    told = judged(program.get(f"{LIST}?{query}"), 422)
    assert {error["parameter"].split(".")[0] for error in told["errors"]} == {parameter}
    assert all(error["detail"] for error in told["errors"])


def test_every_misfit_is_told_at_once(cast: Cast, program: Client) -> None:
    told = judged(program.get(f"{LIST}?limit=0&stars=1&on=x"), 422)
    assert {error["parameter"] for error in told["errors"]} == {"limit", "stars", "on"}


@pytest.mark.parametrize("address", ["/api/v1/nowhere", "/api/v1/products/", "/api/", "/api/v2/products", "/api/v1/products/BK999"])
def test_what_is_not_there_is_a_problem_too(address: str, cast: Cast, program: Client) -> None:
    told = judged(program.get(address), 404)
    assert told["instance"] == address


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_nobody_offers_is_refused_with_those_there_are(method: str, cast: Cast, program: Client) -> None:
    response = program.generic(method, LIST)
    judged(response, 405)
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("address", [f"{LIST}?q=%00", "/api/v1/products/%00"])
def test_a_nul_byte_is_malformed(address: str, cast: Cast, program: Client) -> None:
    judged(program.get(address), 400)


def test_a_forged_host_is_refused_as_a_problem(cast: Cast, program: Client) -> None:
    judged(program.get(LIST, headers={"host": "evil.example"}), 400)


@pytest.mark.parametrize(("error", "status"), [(OperationalError("host=db-7"), 503), (DatabaseError("host=db-7"), 500)])
def test_our_own_faults_are_problems_without_details(
    error: Exception, status: int, cast: Cast, program: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise error

    monkeypatch.setattr("ocop.records.queries.public_version", broken)
    response = program.get(LIST)
    told = judged(response, status)
    assert str(error) not in response.content.decode()
    assert told["number"]
    assert (response.get("Retry-After") == "15") is (status == 503)


def test_a_page_for_people_still_says_no_as_a_page(cast: Cast, program: Client) -> None:
    assert program.get("/nowhere")["Content-Type"].startswith("text/html")
    assert program.put("/san-pham/")["Content-Type"].startswith("text/html")


def test_the_answer_is_kept_under_all_it_depends_on(cast: Cast, program: Client) -> None:
    recognise(cast.product)
    for _time in range(2):  # made, and from the shelf
        bodies = {program.get(f"{LIST}?{query}").content for query in ("", "limit=1", "on=2020-01-01", "stars=4", "q=lan")}
        assert len(bodies) == 5
