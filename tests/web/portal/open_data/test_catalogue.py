"""The catalogue against the shapes of DCAT-AP 3.0.1, and the change log against what was done."""

import ast
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from ocop.register.actions import publish_product, record_recognition
from ocop.web.portal.pages.open_data.changes import EVENTS, WITHOUT_DATA
from ocop.web.portal.pages.open_data.sets import SETS
from tests.cast import NOW, Cast, cast, recognise  # noqa: F401
from tests.conformance import dictionary

# rdflib's reader of JSON-LD uses a class of its own that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SHAPES = Path(dictionary.__file__).parent / "dcat-ap"
OCOP = Path(__file__).resolve().parents[4] / "ocop"


def graph_of(whole: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(whole), format="json-ld")


def events_in(source: str) -> set[str]:
    """The events that calls of `record` name, but for those that say `public=False`."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record")
    said = ({keyword.arg: keyword.value for keyword in call.keywords} for call in calls)
    return {
        keywords["event"].value
        for keywords in said
        if isinstance(keywords.get("event"), ast.Constant) and getattr(keywords.get("public"), "value", True) is not False
    }


def conforms(graph: Graph, shapes: str) -> bool:
    """Warnings count too: whatever the profile recommends is there."""
    return bool(validate(graph, shacl_graph=Graph().parse(SHAPES / f"dcat-ap-3.0.1-{shapes}.ttl"))[0])


@pytest.fixture
def whole(opening: None, client: Client) -> dict[str, Any]:
    response = client.get("/so-lieu/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return dict(response.json())


def test_the_catalogue_conforms_and_the_shapes_bite(whole: dict[str, Any]) -> None:
    graph = graph_of(whole)
    for shapes in ("shapes", "range", "shapes_recommended"):
        assert conforms(graph, shapes), shapes
    catalogue = next(node for node in whole["@graph"] if node["@type"] == "dcat:Catalog")
    del catalogue["dcat:dataset"][0]["dct:description"]
    assert not conforms(graph_of(whole), "shapes")
    catalogue["dcat:dataset"][1]["dcat:distribution"][0]["dct:format"] = {"@id": "https://example.org/x"}
    assert not conforms(graph_of(whole), "range")


def test_the_examples_of_the_profile_are_judged_as_they_should() -> None:
    assert conforms(Graph().parse(SHAPES / "example-bee-population.ttl"), "shapes")
    assert not conforms(Graph().parse(SHAPES / "example-bee-population-dataset-series.ttl"), "shapes")


def test_every_set_stands_in_it_with_every_format_and_its_own_licence(whole: dict[str, Any], client: Client, settings: Any) -> None:
    graph = graph_of(whole)
    sets = {str(identifier): node for node, identifier in graph.subject_objects(DCTERMS.identifier)}
    assert set(sets) == set(SETS)
    for name, data in SETS.items():
        files = list(graph.objects(sets[name], DCAT.distribution))
        assert {str(graph.value(each, DCAT.downloadURL)) for each in files} == {
            f"{settings.SITE_URL}/so-lieu/{name}.{ending}" for ending in data.formats
        }
        assert {graph.value(each, DCTERMS.license) for each in files} == {URIRef(data.licence.iri)}
    languages = {title.language for node in sets.values() for title in graph.objects(node, DCTERMS.title)}
    assert languages == {"vi", "en"}


def test_it_promises_only_services_that_answer(whole: dict[str, Any], client: Client, settings: Any) -> None:
    graph = graph_of(whole)
    services = list(graph.subjects(RDF.type, DCAT.DataService))
    assert services
    for service in services:
        address = str(graph.value(service, DCAT.endpointDescription)).removeprefix(settings.SITE_URL)
        assert client.get(address).status_code == 200, address


def test_reading_it_fetches_nothing(whole: dict[str, Any]) -> None:
    assert isinstance(whole["@context"], dict)
    assert all(isinstance(value, str) for value in whole["@context"].values())


# --- What changed when ---


def test_changes_tell_day_kind_and_code_and_nothing_of_who(client: Client, cast: Cast) -> None:  # noqa: F811
    recognise(cast.product, actor=cast.officer)
    demo = cast.rival_product
    type(demo).objects.filter(pk=demo.pk).update(is_demo=True)
    record_recognition(
        actor=cast.officer, product=demo, kind="lan_dau", stars=3, signed_on=NOW.date(), signatory="Chủ tịch", decision_no="2", at=NOW
    )
    found = client.get("/so-lieu/thay-doi.json").json()["changes"]
    recorded = [each for each in found if each["event"] == "recognition.recorded"]
    assert recorded == [
        {
            "on": NOW.date().isoformat(),
            "event": "recognition.recorded",
            "title": "Ghi công nhận",
            "codes": [cast.product.public_id],
            "data_sets": ["register", "recognitions", "5277"],
        }
    ]
    text = str(found)
    assert "Lý Thị Tỉnh" not in text
    assert demo.public_id not in text
    assert not any(each["event"].startswith(("user.", "mandate.")) for each in found)


def test_a_product_that_was_hidden_is_told_and_one_never_shown_is_not(client: Client, cast: Cast) -> None:  # noqa: F811
    publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="Trùng với sản phẩm khác", at=NOW)
    found = client.get("/so-lieu/thay-doi.json").json()["changes"]
    assert [each["codes"] for each in found if each["event"] == "product.hidden"] == [[cast.product.public_id]]
    assert "Trùng với" not in str(found)


@pytest.mark.usefixtures("opening")
def test_the_log_is_a_page_and_a_feed_too(client: Client) -> None:
    assert "Nạp dữ liệu mở đầu" in client.get("/so-lieu/thay-doi/").content.decode()
    items = list(ET.fromstring(client.get("/so-lieu/thay-doi.rss").content).iter("item"))  # noqa: S314 (our own feed)
    assert len({item.findtext("guid") for item in items}) == len(items) == 3
    assert {item.findtext("title") for item in items} >= {"Nạp đơn vị hành chính", "Nạp số liệu đã công bố"}


def test_every_public_event_is_told_or_known_to_change_no_row() -> None:
    """A new event that may change a public page is placed in `changes.EVENTS` or in `WITHOUT_DATA` by whoever adds it."""
    found = set()
    for path in OCOP.rglob("actions/**/*.py"):
        found |= events_in(path.read_text(encoding="utf-8"))
    for path in OCOP.glob("*/actions.py"):
        found |= events_in(path.read_text(encoding="utf-8"))
    assert len(found) > 20
    assert found - set(EVENTS) - WITHOUT_DATA == set()
    assert set(EVENTS) == {event for data in SETS.values() for event in data.events}
