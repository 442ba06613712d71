"""What the lists hold: all of the register and nothing invented, the same answers as the pages for people, each as it is described."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pydantic import BaseModel

from ocop.places.models import Unit
from ocop.programme.models import Figure
from ocop.register.actions import publish_product, set_variant
from ocop.register.models import Price, Producer, ProducerPerson, Product, Recognition, TourismSite
from ocop.register.queries.catalogue import HOLDING, register_on
from ocop.web.api.schemas import rows
from tests.cast import NOW, SEED, make_product, recognise

pytestmark = pytest.mark.usefixtures("opening")
V1 = "/api/v1"


def ask(program: Client, address: str) -> dict[str, Any]:
    response = program.get(f"{V1}{address}")
    assert response.status_code == 200, response.content.decode()
    return dict(response.json())


def walked(program: Client, address: str) -> Iterator[dict[str, Any]]:
    """Every row of a list, page by page."""
    following: str | None = f"{V1}{address}"
    while following:
        response = program.get(following)
        assert response.status_code == 200
        told = response.json()
        yield from told["items"]
        link = response.get("Link")
        assert link == (f'<{told["next"]}>; rel="next"' if told["next"] else None)
        parts = urlsplit(told["next"] or "")
        following = f"{parts.path}?{parts.query}" if told["next"] else None


LISTS = {
    "products": ("/products", "code", lambda: Product.objects.filter(is_published=True, is_demo=False).values_list("public_id", flat=True)),
    "producers": ("/producers", "code", lambda: Producer.objects.filter(is_demo=False).values_list("code", flat=True)),
    "recognitions": ("/recognitions", "code", lambda: Recognition.objects.filter(is_demo=False).values_list("code", flat=True)),
    "sites": ("/tourism-sites", "key", lambda: TourismSite.objects.filter(is_demo=False).values_list("key", flat=True)),
    "figures": ("/figures", "code", lambda: Figure.objects.filter(is_demo=False).values_list("code", flat=True)),
    "places": ("/places?on=2025-06-30", "key", lambda: _units_of(date(2025, 6, 30))),
}


def _units_of(on: date) -> list[str]:
    return [
        unit.key
        for unit in Unit.objects.all()
        if (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or unit.valid_to > on)
    ]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [7, 100])
def test_the_pages_together_are_the_whole_and_no_row_comes_twice(name: str, limit: int, program: Client) -> None:
    address, key, stored = LISTS[name]
    found = [row[key] for row in walked(program, f"{address}{'&' if '?' in address else '?'}limit={limit}")]
    assert len(found) > 20
    assert sorted(found) == sorted(stored())


def test_a_row_added_while_somebody_walks_moves_no_other(program: Client) -> None:
    first = ask(program, "/products?limit=50")
    make_product("Sản phẩm mới ghi giữa chừng")
    parts = urlsplit(first["next"])
    later = [row["code"] for row in walked(program, f"{parts.path}?{parts.query}".removeprefix(V1))]
    codes = [row["code"] for row in first["items"]] + later
    assert len(codes) == len(set(codes)) == Product.objects.filter(is_demo=False).count()


def test_a_page_holds_as_many_as_asked(program: Client) -> None:
    assert len(ask(program, "/products")["items"]) == 50
    assert len(ask(program, "/products?limit=3")["items"]) == 3
    today = timezone.localdate().isoformat()
    assert ask(program, "/products?limit=100&cursor=product~ZZ999999") == {"on": today, "items": [], "next": None}


# --- The same as the pages for people ---


@pytest.mark.parametrize(
    ("asked", "on_the_page"),
    [
        ("q=mien+dong", "q=mien+dong"),
        ("q=bang+phuc+cho+don", "q=bang+phuc+cho+don"),
        ("standing=unverified", "tinh-trang=cho-xac-minh"),
        ("standing=expired&stars=3&stars=4", "tinh-trang=het-han&sao=3&sao=4"),
        ("standing=none", "tinh-trang=chua-co-sao"),
        ("stars=5", "sao=5"),
        ("key_group=che&key_group=gao", "nhom=che&nhom=gao"),
        ("product_set=7", "bo=7"),
        ("commune=02185", "xa=02185"),
        ("legal_form=hop_tac_xa&q=nghe", "loai-hinh=hop_tac_xa&q=nghe"),
    ],
)
def test_filters_choose_what_the_catalogue_shows(asked: str, on_the_page: str, program: Client) -> None:
    shown: list[str] = []
    for page in range(1, 10):
        html = program.get(f"/san-pham/?{on_the_page}&trang={page}").content.decode()
        shown += re.findall(r'href="/sp/(BK\d+)"', html[html.index("<main") :])
        if f"trang={page + 1}" not in html:
            break
    found = {row["code"] for row in walked(program, f"/products?limit=100&{asked}")}
    assert found == set(shown)
    assert 0 < len(found) < Product.objects.count()


@pytest.mark.parametrize("on", [date(2019, 6, 1), date(2022, 1, 1), date(2024, 6, 29), date(2024, 6, 30), date(2030, 1, 1)])
def test_the_stars_of_a_day_are_those_of_the_register_on_it(on: date, program: Client) -> None:
    lines = {line.code: line for line in register_on(on)}
    found = {row["product"]["code"]: row["standing"] for row in walked(program, f"/standings?on={on}&limit=20")}
    assert set(found) == {code for code, line in lines.items() if line.state in HOLDING}
    for code, standing in found.items():
        line = lines[code]
        assert (standing["state"], standing["stars"], standing["is_due"]) == (line.kind, line.stars, line.state == "due")
        assert standing["last_day"] == (line.until - timedelta(days=1)).isoformat()
    everything = {row["code"]: row["standing"] for row in walked(program, f"/products?on={on}&limit=100")}
    assert {code: standing["state"] for code, standing in everything.items()} == {code: line.kind for code, line in lines.items()}


def test_other_states_of_a_day_are_answered_when_asked(program: Client) -> None:
    found = [row["standing"] for row in walked(program, "/standings?on=2022-01-01&standing=expired&stars=3")]
    assert found
    assert {(each["state"], each["stars"]) for each in found} == {("expired", 3)}


def test_a_star_holds_to_its_last_day_and_not_one_more(program: Client) -> None:
    product = make_product("Trà thử ngày cuối")
    recognise(product, signed_on=date(2026, 1, 10), last_day=date(2026, 3, 31))
    assert ask(program, f"/products/{product.public_id}?on=2026-03-31")["standing"]["state"] == "valid"
    assert ask(program, f"/products/{product.public_id}?on=2026-04-01")["standing"]["state"] == "expired"
    assert ask(program, f"/products/{product.public_id}?on=2026-04-01")["standing"]["last_day"] == "2026-03-31"


@pytest.mark.parametrize("code", ["BK001", "bk 1", "https://ocop.example/sp/bk001"])
def test_a_code_is_verified_as_the_page_for_machines_does(code: str, program: Client) -> None:
    told, page = ask(program, f"/verify?code={quote(code)}"), program.get(f"/kiem-tra.json?ma={quote(code)}").json()
    standing = told["standing"]
    assert (told["product"]["code"], standing["state"], standing["stars"]) == (page["product"], page["standing"], page["stars"])
    assert (standing["last_day"], told["reason_text"], told["page"]) == (page["until"], page["reason_text"], page["url"])
    assert ask(program, f"/verify?code={quote(code)}&on=2022-01-01")["standing"]["state"] == "valid"


def test_a_unit_leads_to_its_heirs_and_back(program: Client) -> None:
    old = ask(program, "/places/02041@to-2025-06-30")
    assert (old["name"], old["last_day"]) == ("Xã Bằng Phúc", "2025-06-30")
    heir = ask(program, f"/places/{old['successors'][0]['key']}")
    assert (heir["name"], old["now"]) == ("Xã Đồng Phúc", [heir["key"]])
    assert old["key"] in {each["key"] for each in heir["predecessors"]}
    assert {row["kind"] for row in walked(program, "/places?on=2025-06-30&kind=district")} == {"district"}
    assert not list(walked(program, "/places?on=2025-07-01&kind=district"))


def test_figures_are_narrowed_by_their_indicator(program: Client) -> None:
    indicators = ask(program, "/indicators")["items"]
    chosen = max(indicators, key=lambda each: each["figures"])
    found = list(walked(program, f"/figures?indicator={chosen['code']}"))
    assert {row["indicator"]["code"] for row in found} == {chosen["code"]}
    assert len(found) == chosen["figures"]
    assert sum(each["figures"] for each in indicators) == Figure.objects.count()
    assert all(row["source"]["urls"] or row["source"]["name"] for row in walked(program, "/figures"))


# --- As described ---

DESCRIBED: dict[str, type[BaseModel]] = {
    "/": rows.Index,
    "/products?limit=100": rows.ListOn[rows.Product],
    "/standings?on=2023-01-01&limit=100": rows.ListOn[rows.Star],
    "/producers?limit=100": rows.List[rows.Producer],
    "/recognitions?limit=100": rows.List[rows.Recognition],
    "/tourism-sites?limit=100": rows.List[rows.Site],
    "/places?limit=100": rows.ListOn[rows.Unit],
    "/figures?limit=100": rows.List[rows.Figure],
    "/indicators": rows.List[rows.Indicator],
    "/product-sets": rows.List[rows.ProductSet],
    "/verify?code=BK001": rows.Verified,
    "/places/02041@to-2025-06-30": rows.UnitWhole,
    "/tourism-sites/ho-ba-be": rows.Site,
    "/recognitions/BK001-R2": rows.Recognition,
}


@pytest.mark.parametrize("address", DESCRIBED)
def test_an_answer_is_what_its_description_says(address: str, program: Client) -> None:
    told = ask(program, address)
    DESCRIBED[address].model_validate(told)
    assert told.get("items", ["one"])


def test_every_product_and_producer_as_a_whole_is_too(program: Client) -> None:
    for row in walked(program, "/products?limit=100"):
        whole = ask(program, f"/products/{row['code']}")
        rows.ProductWhole.model_validate(whole)
        assert {name: whole[name] for name in row} == row
    for row in walked(program, "/producers?limit=100"):
        whole = ask(program, f"/producers/{row['code']}")
        rows.ProducerWhole.model_validate(whole)
        assert len(whole["products"]) == row["products"]


def test_the_standings_over_time_leave_no_gap(program: Client) -> None:
    spans = ask(program, "/products/BK001")["standing_over_time"]
    assert spans[0]["first_day"] is None
    assert spans[-1]["last_day"] is None
    for before, after in pairwise(spans):
        assert date.fromisoformat(before["last_day"]) + timedelta(days=1) == date.fromisoformat(after["first_day"])


@pytest.mark.parametrize(
    "address",
    [
        "/products/BK999",
        "/producers/khong-co",
        "/recognitions/BK999-R1",
        "/places/99999@2025-07-01",
        "/tourism-sites/khong-co",
        "/verify?code=BK999",
    ],
)
def test_what_is_not_there_is_not_found(address: str, program: Client) -> None:
    assert program.get(f"{V1}{address}").status_code == 404


# --- Nothing invented, nothing hidden, nothing personal ---


def test_no_demo_row_is_in_any_answer(program: Client) -> None:
    product = Product.objects.get(public_id="BK001")
    producer = Producer.objects.get(code="htx-tai-hoan")
    invented = make_product("Hàng bịa để trình diễn", producer, is_demo=True)
    recognise(invented)
    variant = set_variant(actor=SEED, product=product, name="Gói thử", quantity=Decimal(500), unit="g", at=NOW)
    Price.objects.create(variant=variant, kind="retail", amount=77_777, valid_from=date(2020, 1, 1), is_demo=True)
    Recognition.objects.filter(code="BK001-R1").update(is_demo=True)
    for kind in (TourismSite, Figure):
        kind.objects.filter(pk=kind.objects.order_by("pk").first().pk).update(is_demo=True)
    hidden_site, hidden_figure = TourismSite.objects.get(is_demo=True).key, Figure.objects.get(is_demo=True).code
    told = str([list(walked(program, f"{address}{'&' if '?' in address else '?'}limit=100")) for address, _key, _rows in LISTS.values()])
    told += str([ask(program, f"/{name}") for name in ("products/BK001", "producers/htx-tai-hoan", "indicators", "standings")])
    for mark in (invented.public_id, invented.name, "77777", "'BK001-R1'", f"'{hidden_site}'", f"'{hidden_figure}'"):
        assert mark not in told.replace("'recognition': 'BK001-R1'", ""), mark
    for address in (
        f"/products/{invented.public_id}",
        f"/verify?code={invented.public_id}",
        f"/tourism-sites/{hidden_site}",
        "/recognitions/BK001-R1",
    ):
        assert program.get(f"{V1}{address}").status_code == 404


def test_a_hidden_product_is_in_no_list_and_under_no_address(program: Client) -> None:
    publish_product(actor=SEED, product=Product.objects.get(public_id="BK001"), is_published=False, reason="Thử", at=NOW)
    told = str([list(walked(program, f"/{name}?limit=100")) for name in ("products", "recognitions")]) + str(
        ask(program, "/producers/htx-tai-hoan")
    )
    assert "'BK001" not in told
    for address in ("/products/BK001", "/verify?code=BK001", "/recognitions/BK001-R1"):
        assert program.get(f"{V1}{address}").status_code == 404


def test_nothing_personal_and_no_number_to_call_is_told(program: Client) -> None:
    producer = Producer.objects.get(code="htx-tai-hoan")
    person = {"representative": "Canary Đại Diện", "phone": "+84900000777", "email": "canary@nguoi.vn", "home_address": "Canary Nhà Riêng"}
    ProducerPerson.objects.create(producer=producer, updated_at=NOW, **person)
    Producer.objects.filter(pk=producer.pk).update(business_phone="+84900000888", business_zalo="+84900000999")
    told = "".join(
        program.get(f"{V1}{address}").content.decode()
        for address in ("/producers?limit=100", "/producers/htx-tai-hoan", "/products?limit=100", "/products/BK001", "/verify?code=BK001")
    )
    assert "Tài Hoan" in told
    assert [value for value in (*person.values(), "900000888", "900000999") if value in told] == []


# --- What it costs ---


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/products?", 4), ("/standings?on=2023-01-01&", 6), ("/producers?", 3), ("/recognitions?", 3), ("/figures?", 3)],
)
def test_a_page_costs_the_same_for_one_row_and_for_many(
    address: str, queries: int, program: Client, django_assert_num_queries: Any
) -> None:
    for limit in (1, 30):
        with django_assert_num_queries(queries):
            assert len(ask(program, f"{address}limit={limit}")["items"]) == limit
