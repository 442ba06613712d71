"""Open data as files: whole, the same in every format, as their schemas say, without demo and without anything personal."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.places.models import Succession, Unit
from ocop.programme.models import Figure
from ocop.register.models import Producer, ProducerPerson, Product, ProductCode, Recognition, TourismSite, Variant
from ocop.web.portal.pages.open_data.sets import SETS
from tests.web.portal.open_data.conftest import every_file, rows_of
from tests.web.portal.rows import AT, TODAY, far, give_star, make_places, make_producer, make_product, past

FILES = every_file()


@pytest.mark.usefixtures("opening")
def test_every_row_of_the_register_is_there(client: Client) -> None:
    counts = {name: len(rows_of(client, name, "json")) for name in SETS}
    assert counts["register"] == Product.objects.count() == 126
    assert counts["producers"] == Producer.objects.filter(products__isnull=False).distinct().count()
    assert counts["recognitions"] == Recognition.objects.count() == 94
    assert counts["tourism-sites"] == TourismSite.objects.count() == 29
    assert counts["places"] == Unit.objects.count() == 211
    assert counts["place-successions"] == Succession.objects.count() == 109
    assert counts["indicators"] == Figure.objects.count() == 114
    assert 0 < counts["5277"] < counts["register"]
    told = re.findall(r'<dd class="num">([0-9.]+)</dd>', client.get("/so-lieu/").content.decode())
    assert [int(number.replace(".", "")) for number in told] == list(counts.values())


@pytest.mark.usefixtures("opening")
@pytest.mark.parametrize("name", SETS)
def test_every_format_says_the_same(client: Client, name: str) -> None:
    told = {ending: rows_of(client, name, ending) for ending in SETS[name].formats}
    plain = {ending: [{key: as_text(value) for key, value in row.items()} for row in rows] for ending, rows in told.items()}
    for ending, rows in plain.items():
        assert rows == plain["json"], ending


def as_text(value: Any) -> str:
    """A value as any of the formats might hold it."""
    match value:
        case None | "":
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case int() | float():
            return f"{float(value):g}"
        case _:
            try:
                return f"{float(value):g}" if not (value[:1] == "0" and value[1:2] not in (".", "")) else str(value)
            except ValueError:
                return str(value).removeprefix("'")


@pytest.mark.usefixtures("opening")
@pytest.mark.parametrize("name", SETS)
def test_rows_are_as_their_schema_says(client: Client, name: str) -> None:
    schema = client.get(f"/so-lieu/{name}/schema.json").json()
    rows = rows_of(client, name, "json")
    assert rows
    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    keys = [tuple(row[key] for key in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for field in schema["fields"]:
        assert set(field["titles"]) == {"vi", "en"}
        assert field["titles"]["vi"] != field["titles"]["en"]
        for row in rows:
            assert fits(row[field["name"]], field), (field["name"], row)


def fits(value: Any, field: dict[str, Any]) -> bool:
    limits = field.get("constraints", {})
    if value is None:
        return not limits.get("required")
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "date": str}
    if not isinstance(value, kinds[field["type"]]) or (field["type"] == "integer" and isinstance(value, bool)):
        return False
    if field["type"] == "date":
        date.fromisoformat(value)
    return value in limits.get("enum", [value])


@pytest.mark.usefixtures("opening")
@pytest.mark.parametrize(("name", "ending"), FILES)
def test_a_file_says_where_it_is_from_and_may_be_read_by_other_sites(client: Client, name: str, ending: str) -> None:
    response = client.get(f"/so-lieu/{name}.{ending}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert f'/so-lieu/{name}/schema.json>; rel="describedby"' in response["Link"]
    assert 'rel="license"' in response["Link"]
    for header in ({"if-none-match": response["ETag"]}, {"if-modified-since": response["Last-Modified"]}):
        again = client.get(f"/so-lieu/{name}.{ending}", headers=header)
        assert again.status_code == 304, header
        assert again["Last-Modified"] == response["Last-Modified"]
    assert client.get(f"/so-lieu/{name}.{ending}", headers={"if-modified-since": "Tue, 01 Jan 2019 00:00:00 GMT"}).status_code == 200
    if ending in ("json", "geojson"):
        head = response.json()["meta"] if ending == "json" else response.json()
        assert head["license"]["name"] in ("CC-BY-4.0", "MIT")
        assert head["as_of"] == date.today().isoformat()  # noqa: DTZ011 (the machine's own day, as the site's)
        assert head["source"]
        assert head["schema"].endswith(f"/so-lieu/{name}/schema.json")


def test_another_site_may_ask_first(client: Client, db: None) -> None:
    assert client.get("/so-lieu/places.json").status_code == 200  # and is kept, which is no answer to OPTIONS
    response = client.options("/so-lieu/places.json", headers={"origin": "https://example.org", "access-control-request-method": "GET"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.options("/so-lieu/").status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/so-lieu/")


def test_the_register_on_another_day(client: Client, db: None) -> None:
    product = make_product("Miến", producer=make_producer())
    give_star(product, "valid", 4, far())
    product.standing_spans.update(starts_on="2024-01-01")
    today, before = (rows_of(client, "register", "json", query)[0] for query in ("", "?ngay=2023-12-31"))
    assert (today["standing"], today["stars"], today["valid_through"]) == ("valid", 4, date.fromordinal(far().toordinal() - 1).isoformat())
    assert (before["standing"], before["stars"], before["standing_on"]) == ("none", None, "2023-12-31")


@pytest.mark.parametrize(
    "path", ["register.csv?ngay=hom-qua", "register.json?nam=2024", "5277.csv?nam=1999", "5277.csv?nam=x", "places.csv?ngay=2024-01-01"]
)
def test_a_day_that_is_none_is_refused_with_a_sentence(client: Client, db: None, path: str) -> None:
    response = client.get(f"/so-lieu/{path}")
    assert response.status_code == 400
    assert response.content.decode().endswith(".")


def test_unknown_sets_and_formats_are_not_found(client: Client, db: None) -> None:
    for path in ("khong-co.csv", "khong-co/", "khong-co/schema.json", "register.geojson"):
        assert client.get(f"/so-lieu/{path}").status_code == 404, path


def test_demo_hidden_and_personal_never_stand_in_a_file(client: Client, db: None) -> None:
    places = make_places()
    canaries = ("0912345678", "8500123456", "Thôn Riêng", "Nông Thị Riêng", "Cũ Demo", "Ẩn", "9521234543213")
    maker = make_producer("HTX Thật", business_phone="0912345678", business_zalo="0912345678", tax_code="8500123456", address="Thôn Riêng")
    ProducerPerson.objects.create(producer=maker, representative="Nông Thị Riêng", updated_at=AT)
    make_product("Miến thật", producer=maker, commune_now=places["con-minh"], star=("valid", 4, far()))
    demo = make_product("Cũ Demo", producer=make_producer("HTX Cũ Demo", is_demo=True), is_demo=True, star=("valid", 4, far()))
    Variant.objects.create(product=demo, name="Gói", quantity=1, unit="kg", gtin="9521234543213")
    make_product("Ẩn", producer=make_producer("HTX Ẩn"), is_published=False, star=("valid", 4, far()))
    for name, ending in FILES:
        cache.clear()
        text = str(rows_of(client, name, ending))
        assert [canary for canary in canaries if canary in text] == [], (name, ending)
    assert [row["name_vi"] for row in rows_of(client, "register", "json")] == ["Miến thật"]


def test_codes_and_barcodes_stand_beside_the_product(client: Client, db: None) -> None:
    product = make_product("Miến", producer=make_producer())
    for code, kind in (("19-02185-01-2026", "official"), ("0601.2019.7", "old")):
        ProductCode.objects.create(product=product, code=code, kind=kind, confidence="high", as_of=TODAY)
    Variant.objects.create(product=product, name="Gói", quantity=1, unit="kg", gtin="8931234567899")
    Variant.objects.create(product=product, name="Không bán nữa", quantity=2, unit="kg", gtin="8931234567905", is_active=False)
    row = rows_of(client, "register", "json")[0]
    assert row["official_codes"] == "0601.2019.7 ; 19-02185-01-2026"
    assert row["gtins"] == "8931234567899"


def test_no_cell_is_a_formula(client: Client, db: None) -> None:
    make_product("=1+1", producer=make_producer("@SUM(A1)"))
    for ending in ("csv", "xlsx"):
        row = rows_of(client, "register", ending)[0]
        assert (row["name_vi"], row["producer_name"]) == ("'=1+1", "'@SUM(A1)")
    assert rows_of(client, "register", "json")[0]["name_vi"] == "=1+1"


@pytest.mark.usefixtures("opening")
def test_places_are_drawn_and_their_history_is_whole(client: Client) -> None:
    features = client.get("/so-lieu/places.geojson").json()["features"]
    kinds = {feature["id"]: feature["geometry"] and feature["geometry"]["type"] for feature in features}
    assert sum(kind in ("Polygon", "MultiPolygon") for kind in kinds.values()) == 37
    keys = {row["unit_key"] for row in rows_of(client, "places", "json")}
    steps = rows_of(client, "place-successions", "json")
    assert {step["old_unit_key"] for step in steps} | {step["new_unit_key"] for step in steps} <= keys
    codes = [row["code"] for row in rows_of(client, "places", "json")]
    assert len(set(codes)) < len(codes)  # a code alone is ambiguous


@pytest.mark.usefixtures("opening")
def test_sites_lie_where_the_column_says(client: Client) -> None:
    for feature in client.get("/so-lieu/tourism-sites.geojson").json()["features"]:
        told = feature["properties"]
        assert (feature["geometry"] is None) == (told["lat"] is None)
        if feature["geometry"]:
            assert feature["geometry"]["coordinates"] == [told["lon"], told["lat"]]
            assert told["coord_basis"]


@pytest.mark.usefixtures("opening")
def test_figures_name_those_that_contradict_them(client: Client) -> None:
    rows = {row["figure_code"]: row for row in rows_of(client, "indicators", "json")}
    rivals = {code: row["contradicted_by"].split(" ; ") for code, row in rows.items() if row["contradicted_by"]}
    assert len(rivals) == 6
    assert all(code in rivals[rival] for code, others in rivals.items() for rival in others)


@pytest.mark.parametrize("products", [1, 30])
@pytest.mark.parametrize(
    ("path", "questions"),
    [("register.csv", 5), ("producers.csv", 4), ("recognitions.csv", 2), ("5277.csv", 4), ("tourism-sites.geojson", 3), ("places.csv", 2)],
)
def test_the_number_of_questions_is_the_same_for_1_and_30(client: Client, db: None, products: int, path: str, questions: int) -> None:
    places = make_places()
    for number in range(products):
        maker = make_producer(f"HTX {number}", commune_now=places["con-minh"], unit=places["con-minh-cu"])
        make_product(f"Miến {number}", producer=maker, commune_now=places["con-minh"], star=("expired", 3, past()))
        TourismSite.objects.create(key=f"diem-{number}", name="Thác", folded="thac", kind="thác", confidence="low", as_of=TODAY)
    client.get("/gioi-thieu/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/so-lieu/{path}").status_code == 200
    shelf = [one for one in asked if "public_n FROM audit_head WHERE id = 1" in one["sql"]]
    assert len(asked) - len(shelf) == questions


def test_spreadsheets_are_counted_and_what_is_kept_is_not(client: Client, db: None) -> None:
    make_product("Miến")
    statuses = [client.get(f"/so-lieu/register.xlsx?ngay=2024-01-{day:02d}").status_code for day in range(1, 15)]
    assert statuses == [200] * 10 + [429] * 4  # each takes one for the file and one for the day
    assert client.get("/so-lieu/register.xlsx?ngay=2024-01-01").status_code == 200
    assert client.get("/so-lieu/register.csv").status_code == 200


def test_the_package_lists_every_set_with_its_schema(client: Client, db: None) -> None:
    told = json.loads(client.get("/so-lieu/datapackage.json").content)
    assert [resource["name"] for resource in told["resources"]] == list(SETS)
    for resource in told["resources"]:
        assert resource["schema"] == client.get(f"/so-lieu/{resource['name']}/schema.json").json()
        assert resource["path"].endswith(f"/so-lieu/{resource['name']}.csv")
