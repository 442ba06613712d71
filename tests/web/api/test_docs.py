"""The description is whole, and the page for people says everything that stands in it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from ocop.web.api.pages.description import description
from ocop.web.kit.problems import CONTENT_TYPE, KINDS
from tools.docs import addresses

OPERATIONS = [(path, method, told) for path, methods in description()["paths"].items() for method, told in methods.items()]
IDS = [f"{method} {path}" for path, method, _told in OPERATIONS]


def references(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name == "$ref")
        for value in told.values():
            yield from references(value)
    elif isinstance(told, list):
        for value in told:
            yield from references(value)


def test_it_is_published_as_it_is_made(db: None, program: Client) -> None:
    response = program.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == description()
    assert response.json()["openapi"] == "3.1.0"


def test_every_reference_leads_somewhere() -> None:
    told = description()
    for reference in references(told):
        found: Any = told
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_every_address_of_the_api_is_described_with_its_gate() -> None:
    gates = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{address}"): view.gate
        for address, name, view in addresses(get_resolver().url_patterns)
        if name.startswith("api:") and name not in ("api:docs", "api:openapi")
    }
    assert set(gates) == set(description()["paths"])
    for path, method, told in OPERATIONS:
        gate = gates[path]
        assert method.upper() in gate.methods
        assert (gate.kind == "token") is ("security" in told)


@pytest.mark.parametrize(("path", "method", "told"), OPERATIONS, ids=IDS)
def test_an_operation_is_told_whole(path: str, method: str, told: dict[str, Any]) -> None:
    assert told["summary"]
    assert len(told["description"]) > 15
    assert told["tags"]
    assert all(each["schema"].get("description") or each.get("description") for each in told["parameters"])
    assert {"422", "429", "500", "503"} <= set(told["responses"])
    assert ("409" in told["responses"]) is (method == "post")
    for status, response in told["responses"].items():
        assert response["description"]
        assert list(response["content"]) == ["application/json" if status.startswith("2") else CONTENT_TYPE]
    assert {name for status, response in told["responses"].items() if status[0] == "2" for name in response["headers"]} >= {"RateLimit"}


def test_operations_have_names_of_their_own() -> None:
    names = [told["operationId"] for _path, _method, told in OPERATIONS]
    assert len(names) == len(set(names))


def test_the_page_holds_every_operation_parameter_shape_and_problem(db: None, program: Client) -> None:
    html = program.get("/api/v1/docs").content.decode()
    assert '<html lang="en">' in html
    for path, _method, told in OPERATIONS:
        assert f"<code>{path}</code>" in html
        for each in told["parameters"]:
            assert f"<code>{each['name']}</code>" in html
    anchors = re.findall(r'href="#([\w-]+)"', html)
    assert set(anchors) <= set(re.findall(r'id="([\w-]+)"', html))
    assert len(set(anchors)) > 30
    for word, title, _mend in KINDS.values():
        assert f'id="{word}"' in html
        assert title in html


def test_what_the_page_offers_to_try_answers(opening: None, program: Client, settings: Any) -> None:
    html = program.get("/api/v1/docs").content.decode()
    offered = {unescape(address) for address in re.findall(r'href="(/api/v1/[^"#]+)"', html)}
    assert len(offered) > 12
    assert {address for address in offered if program.get(address).status_code != 200} == set()
    assert f"curl &quot;{settings.SITE_URL}/api/v1/standings?on=2024-06-30&quot;" in html


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_the_documentation_is_found_from_every_page(address: str, db: None, program: Client) -> None:
    assert 'href="/api/v1/docs"' in program.get(address).content.decode()
