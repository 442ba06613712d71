"""The opening register and the demo as they are loaded: whole, sourced, twice the same; and what a demo tells of itself."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from ocop.people.demo import DemoRefused
from ocop.people.enums import Role
from ocop.places.actions import load_places
from ocop.places.models import Unit
from ocop.privacy.demo import CANARIES as PRIVATE
from ocop.records.models import AuditEntry
from ocop.records.queries import verify_audit
from ocop.register.actions import edit_product, load_register
from ocop.register.demo import CANARIES, PRODUCTS, seed_register_demo
from ocop.register.demo.renewals import RENEWALS, WAITING
from ocop.register.enums import RenewalStage
from ocop.register.models import Award, Producer, ProducerPerson, Product, Recognition, StandingAnswer, StandingSpan, TourismSite
from ocop.register.queries import (
    conflicts_of,
    matching_products,
    products_due,
    products_in_conflict,
    renewals_by_product,
    standing_on,
    standing_spans,
    standings_on,
    timeline_of,
)
from tests.cast import NOW, SEED, TODAY

FOLDER = settings.DATA_DIR / "bac-kan"
DEMO_CODES = {each.public_id for each in (*PRODUCTS, *RENEWALS, *WAITING)}


@pytest.fixture
def opened(db):
    load_places(actor=SEED, folder=settings.DATA_DIR / "places", at=NOW)
    return load_register(actor=SEED, folder=FOLDER, at=NOW)


def product(code):
    return Product.objects.get(public_id=code)


def test_everything_is_there_once_with_its_source(opened):
    assert opened.total == 83 + 126 + 94 + 10 + 29
    entries = AuditEntry.objects.count()
    assert load_register(actor=SEED, folder=FOLDER, at=NOW).total == 0
    assert AuditEntry.objects.count() == entries
    for model in (Producer, Product, TourismSite, Award, Recognition):
        assert not model.objects.filter(confidence="").exists()
        assert not model.objects.filter(is_demo=True).exists()
    assert Product.objects.exclude(source_url="").count() == 126


def test_what_people_wrote_is_not_loaded_over(opened):
    edit_product(actor=SEED, product=product("BK001"), changes={"name": "Miến Tài Hoan"}, version=1, at=NOW)
    load_register(actor=SEED, folder=FOLDER, at=NOW)
    assert product("BK001").name == "Miến Tài Hoan"


def test_places_are_those_of_then_and_of_today(opened):
    noodles = product("BK001")
    assert (noodles.unit.key, noodles.commune_now.key) == ("02173@to-2025-06-30", "02185@2025-07-01")
    assert noodles.unit.name == noodles.commune_now.name == "Xã Côn Minh"
    turmeric = product("BK003")  # the source names the town alone
    assert (turmeric.unit.code, turmeric.commune_now) == ("058", None)
    assert Unit.objects.filter(products__isnull=False).distinct().count() == 27


@pytest.mark.parametrize(
    ("code", "kind", "stars", "is_disputed"),
    [
        ("BK001", "unverified", 5, False),  # computed end passed, no renewal found
        ("BK002", "valid", 5, False),  # of 2024, the earliest possible end is 1/1/2027
        ("BK005", "expired", 4, True),  # 2018 round, sources disagree on the star
        ("BK012", "unverified", 4, False),  # known as of 2022, no date
        ("BK016", "unverified", 4, False),
        ("BK020", "none", None, False),  # a district's rating alone
        ("BK028", "unverified", 3, False),
        ("BK041", "expired", 3, False),  # the end was printed
        ("BK104", "unverified", None, False),  # renewed, the star not printed
    ],
)
def test_standing_of_real_products_today(opened, code, kind, stars, is_disputed):
    standing = standing_on(product(code), TODAY)
    assert (standing.kind, standing.stars, standing.is_disputed) == (kind, stars, is_disputed)


def test_no_real_star_expired_without_a_stated_end(opened):
    ids = list(Product.objects.values_list("pk", flat=True))
    kinds = Counter(standing.kind for standing in standings_on(ids, TODAY).values())
    assert kinds == {"none": 49, "unverified": 64, "expired": 10, "valid": 3}
    assert {each.public_id for each in products_due(TODAY)} == {"BK002", "BK018", "BK019"}


def test_the_spans_written_down_are_what_the_rules_say(opened):
    for each in Product.objects.filter(public_id__in=["BK001", "BK005", "BK017", "BK020", "BK031", "BK104"]):
        assert standing_spans(each) == timeline_of(each)
    assert StandingSpan.objects.values("product").distinct().count() == 126


def test_contradicting_rows_stand_side_by_side(opened):
    assert {each.public_id for each in products_in_conflict()} == {"BK005", "BK016", "BK017"}
    ((first, second),) = conflicts_of(product("BK005"))
    assert (first.stars, second.stars, first.status_text != second.status_text) == (4, 3, True)


@pytest.mark.parametrize(
    ("text", "code"), [("mien dong tai hoan", "BK001"), ("bằng phúc, chợ đồn", "BK017"), ("sỹ bình", "BK053"), ("khau nua lech", "BK081")]
)
def test_real_products_are_found(opened, text, code):
    assert code in matching_products(text).values_list("public_id", flat=True)


def seed(what="all"):
    out = StringIO()
    call_command("seed", what, stdout=out)
    return out.getvalue()


@pytest.fixture
def seeded(db):
    return seed()


def counts():
    return {model: model.objects.count() for model in (Producer, Product, Recognition, StandingSpan, TourismSite, AuditEntry)}


def test_a_second_seed_changes_nothing(seeded):
    before, codes = counts(), list(Product.objects.order_by("pk").values_list("public_id", "version", "updated_at"))
    again = seed()
    assert counts() == before
    assert list(Product.objects.order_by("pk").values_list("public_id", "version", "updated_at")) == codes
    assert "126 products" in seeded
    assert "0 products" in again
    assert verify_audit().sound


def test_the_demo_has_every_standing_and_says_that_it_is_one(seeded):
    today = timezone.localdate()
    demo = Product.objects.filter(is_demo=True)
    assert set(demo.values_list("public_id", flat=True)) == DEMO_CODES
    found = {(standing_on(each, today).kind, standing_on(each, today).is_due) for each in demo}
    assert found == {
        *(("valid", False), ("valid", True), ("expired", False), ("withdrawn", False)),
        *(("extended", False), ("unverified", False), ("none", False)),
    }
    assert all("demo" in each.name for each in demo)
    assert all("demo" in each.name for each in Producer.objects.filter(is_demo=True))
    assert not Recognition.objects.filter(product__is_demo=True, is_demo=False).exists()
    assert not {each.public_id for each in products_due(today)} & DEMO_CODES


def test_the_demo_has_a_renewal_in_every_stage(seeded):
    today = timezone.localdate()
    stages = {row.stage for row in renewals_by_product(Product.objects.filter(is_demo=True), today).values()}
    assert stages == set(RenewalStage)
    assert StandingAnswer.objects.get().needs_check


def test_personal_values_are_planted_and_in_no_audit_entry_nor_index(seeded):
    planted = " ".join(f"{person.representative} {person.phone}" for person in ProducerPerson.objects.all())
    assert ProducerPerson.objects.filter(is_demo=True).count() == 3
    assert sum(value in planted for value in CANARIES) >= 6
    written = " ".join([*AuditEntry.objects.values_list("body", flat=True), *Product.objects.values_list("search_text", flat=True)])
    assert not [value for value in CANARIES if value.lower() in written.lower()]


def test_production_refuses_the_demo(db, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError):
        seed("demo")
    with pytest.raises(CommandError):
        call_command("demo_accounts", "--json")
    with pytest.raises(DemoRefused):
        seed_register_demo(actor=SEED, people={}, at=NOW)
    assert "skipped" in seed("all")
    assert not Product.objects.filter(is_demo=True).exists()


def test_the_demo_accounts_are_as_the_contract_says(seeded):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert set(told) == {"accounts", "canaries", "urls"}
    normal = Counter(row["role"] for row in told["accounts"] if row["purpose"] == "normal")
    assert normal == dict.fromkeys(Role.values, 2)
    places = {(row["role"], row["organisation"]) for row in told["accounts"]}
    assert len(places) == len(told["accounts"])
    assert [row["purpose"] for row in told["accounts"]].count("lockout") == 1
    assert told["canaries"] == [*CANARIES, *PRIVATE]


def test_every_address_has_an_example_that_leads_to_it(seeded):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    rows = json.loads(out.getvalue())["urls"]
    for row in rows:
        with translation.override("en" if row["pattern"].startswith("/en/") else "vi"):
            try:
                found = resolve(row["example"].partition("?")[0])
            except Resolver404:
                pytest.fail(f"{row['name']}: {row['example']} leads nowhere")
        assert found.view_name == (row["name"] or found.view_name)
        assert row["methods"]
    assert {"/", "/en/", "/san-pham/", "/viec/"} <= {row["example"] for row in rows}


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_public_examples_answer(seeded, client, language):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    rows = [row for row in json.loads(out.getvalue())["urls"] if row["name"].startswith("portal:") and "GET" in row["methods"]]
    asked = [row for row in rows if row["example"].startswith("/en/") is bool(language)]
    wrong = {row["example"]: status for row in asked if (status := client.get(row["example"]).status_code) not in (200, 301, 302)}
    assert asked
    assert not wrong
