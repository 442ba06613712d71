"""What the catalogue, the home page and the register on a date read: right, in order, and in a constant number of questions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ocop.core.actor import system_actor
from ocop.places.models import Unit
from ocop.records.actions import record
from ocop.records.models import StoredFile
from ocop.register.models import Photo, Price, Product, StandingSpan, TourismSite, Variant
from ocop.register.queries.catalogue import (
    FACETS,
    SORTS,
    STATES,
    Choice,
    Row,
    cards,
    catalogue_rows,
    first_to_know,
    in_order,
    newest_recognitions,
    place_index,
    public_pages,
    register_counts,
    register_on,
    select,
    snapshot,
    spotlight,
)
from tests.web.portal.rows import AT, MERGED_ON, SOURCE, TODAY, far, give_star, make_places, make_producer, make_product, past, soon


@pytest.fixture
def places(db: None) -> dict[str, Unit]:
    return make_places()


def questions(ask: Any) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def names(rows: Any) -> list[str]:
    by_id = dict(Product.objects.values_list("id", "name"))
    return [by_id[row.id] for row in rows]


def test_rows_say_the_standing_of_the_day_in_the_order_of_the_alphabet(places: dict[str, Unit]) -> None:
    maker = make_producer(form="to_hop_tac")
    here = {"unit": places["bang-phuc"], "commune_now": places["dong-phuc"], "set_no": 14, "key_group": "duoc_lieu"}
    for name, star in (
        ("Đỗ xanh", ("valid", 4, far())),
        ("Chè Ô long", ("valid", 3, soon())),
        ("Chè ăn liền", ("expired", 3, past())),
        ("Dưa", ("none", None, None)),
    ):
        make_product(name, star=star, producer=maker, **here)
    rows = catalogue_rows(TODAY)
    assert names(rows) == ["Chè ăn liền", "Chè Ô long", "Dưa", "Đỗ xanh"]
    assert [(row.state, row.stars) for row in rows] == [("expired", 3), ("due", 3), ("none", None), ("valid", 4)]
    assert rows[0].legal_form == "to_hop_tac"
    assert (rows[0].set_no, rows[0].key_group, rows[0].unit_id, rows[0].commune_id) == (
        14,
        "duoc_lieu",
        places["bang-phuc"].pk,
        places["dong-phuc"].pk,
    )


def test_a_product_without_spans_has_no_star(db: None) -> None:
    make_product("Mật ong")
    assert [(row.state, row.stars) for row in catalogue_rows(TODAY)] == [("none", None)]


def test_the_last_day_of_a_span_and_the_first_without_it(db: None) -> None:
    product = make_product("Mật ong")
    StandingSpan.objects.create(product=product, ends_on=TODAY, kind="valid", stars=4, until=TODAY, reason="holds_to_stated_end")
    StandingSpan.objects.create(product=product, starts_on=TODAY, kind="expired", stars=4, until=TODAY, reason="stated_end_passed")
    assert catalogue_rows(TODAY - timedelta(days=1))[0].state == "due"
    assert catalogue_rows(TODAY)[0].state == "expired"


@pytest.mark.parametrize(("days", "state"), [(240, "due"), (241, "valid")])
def test_due_begins_240_days_before_the_end(db: None, days: int, state: str) -> None:
    make_product("Mật ong", star=("valid", 4, TODAY + timedelta(days=days)))
    assert catalogue_rows(TODAY)[0].state == state


def test_demo_and_unpublished_products_are_left_out(db: None) -> None:
    make_product("Thật")
    make_product("Demo", is_demo=True)
    make_product("Ẩn", is_published=False)
    assert names(catalogue_rows(TODAY)) == ["Thật"]
    assert names(catalogue_rows(TODAY, with_demo=True)) == ["Demo", "Thật"]


def test_places_are_those_of_the_day_and_old_districts(places: dict[str, Unit]) -> None:
    index = place_index(TODAY)
    assert [place.name for place in index.communes.values()] == ["Xã Ba Bể", "Xã Côn Minh", "Xã Đồng Phúc"]
    assert [place.name for place in index.districts.values()] == ["Huyện Chợ Đồn", "Huyện Na Rì"]
    assert index.district_of[places["bang-phuc"].pk] == places["cho-don"].code
    assert index.communes_coded([places["ba-be"].code, "khong-co"]) == {places["ba-be"].pk}
    assert index.units_in_districts([places["na-ri"].code]) == {places["na-ri"].pk, places["con-minh-cu"].pk}
    before = place_index(MERGED_ON - timedelta(days=1))
    assert [place.name for place in before.communes.values()] == ["Xã Bằng Phúc", "Xã Côn Minh"]


@pytest.fixture
def stock(places: dict[str, Unit]) -> dict[str, Unit]:
    """Six products that differ in every facet."""
    group, maker = make_producer("Tổ hợp tác Chè", form="to_hop_tac"), make_producer()
    dong_phuc = {"unit": places["bang-phuc"], "commune_now": places["dong-phuc"]}
    con_minh = {"unit": places["con-minh-cu"], "commune_now": places["con-minh"]}
    make_product("Chè A", star=("valid", 4, far()), producer=group, set_no=11, key_group="che", art="tra", **dong_phuc)
    make_product("Chè B", star=("valid", 3, soon()), producer=group, set_no=11, key_group="che", art="tra", **dong_phuc)
    make_product("Gạo", star=("expired", 3, past()), producer=maker, set_no=3, key_group="gao", art="gao", **con_minh)
    make_product("Miến", star=("unverified", 5, None), producer=maker, set_no=7, art="mien", **con_minh)
    make_product("Rượu", star=("withdrawn", 3, past()), producer=maker, set_no=14, art="ruou", unit=places["cho-don"])
    make_product("Bí", star=("none", None, None), set_no=1, key_group="rau_cu_qua", art="bi")
    return places


def test_counts_respect_the_other_filters_but_not_their_own(stock: dict[str, Unit]) -> None:
    rows, index = catalogue_rows(TODAY), place_index(TODAY)
    found = select(rows, Choice(stars=frozenset({3}), standing=frozenset({"valid"})), index)
    assert names(found.rows) == ["Chè B"]
    assert {stars: found.counts["stars"][stars] for stars in (5, 4, 3)} == {5: 0, 4: 1, 3: 1}
    assert found.counts["standing"]["valid"] == 1  # three stars that hold
    assert found.counts["standing"]["expired"] == found.counts["standing"]["withdrawn"] == 1
    assert found.counts["key_group"]["che"] == 1
    assert found.lost_by == {"stars": 1, "standing": 2}


def test_a_star_that_holds_includes_one_soon_due(stock: dict[str, Unit]) -> None:
    rows, index = catalogue_rows(TODAY), place_index(TODAY)
    everything = select(rows, Choice(), index)
    assert (everything.counts["standing"]["valid"], everything.counts["standing"]["due"]) == (2, 1)
    assert names(select(rows, Choice(standing=frozenset({"valid"})), index).rows) == ["Chè A", "Chè B"]
    assert names(select(rows, Choice(standing=frozenset({"due"})), index).rows) == ["Chè B"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"stars": frozenset({3, 5})}, ["Chè B", "Gạo", "Miến", "Rượu"]),
        ({"standing": frozenset({"unverified", "none"})}, ["Bí", "Miến"]),
        ({"key_group": frozenset({"gao", "rau_cu_qua"})}, ["Bí", "Gạo"]),
        ({"set_no": frozenset({11, 14})}, ["Chè A", "Chè B", "Rượu"]),
        ({"legal_form": frozenset({"to_hop_tac"})}, ["Chè A", "Chè B"]),
        ({"set_no": frozenset({11}), "stars": frozenset({5})}, []),
        ({}, ["Bí", "Chè A", "Chè B", "Gạo", "Miến", "Rượu"]),
    ],
)
def test_every_facet_filters(stock: dict[str, Unit], choice: dict[str, Any], expected: list[str]) -> None:
    assert names(select(catalogue_rows(TODAY), Choice(**choice), place_index(TODAY)).rows) == expected


def test_places_filter_by_code_and_count_by_code(stock: dict[str, Unit]) -> None:
    rows, index = catalogue_rows(TODAY), place_index(TODAY)
    dong_phuc, cho_don = stock["dong-phuc"].code, stock["cho-don"].code
    by_commune = select(rows, Choice(commune=frozenset({dong_phuc})), index)
    assert names(by_commune.rows) == ["Chè A", "Chè B"]
    assert by_commune.counts["commune"] == {dong_phuc: 2, stock["con-minh"].code: 2}
    by_district = select(rows, Choice(district=frozenset({cho_don})), index)
    assert names(by_district.rows) == ["Chè A", "Chè B", "Rượu"]
    assert by_district.counts["district"] == {cho_don: 3, stock["na-ri"].code: 2}


def test_a_commune_nobody_knows_matches_nothing(stock: dict[str, Unit]) -> None:
    assert select(catalogue_rows(TODAY), Choice(commune=frozenset({"99999"})), place_index(TODAY)).rows == []


def test_all_facets_and_states_are_counted(stock: dict[str, Unit]) -> None:
    counts = select(catalogue_rows(TODAY), Choice(), place_index(TODAY)).counts
    assert set(counts) == set(FACETS)
    assert sum(counts["standing"][state] for state in STATES) - counts["standing"]["due"] == 6


def row(number: int, state: str, stars: int | None, recognised: str | None = None) -> Row:
    return Row(number, state, stars, "", None, None, None, None, "mien", recognised)


def test_orders_are_stable_and_say_what_they_say() -> None:
    rows = [
        row(1, "none", None),
        row(2, "due", 3),
        row(3, "unverified", 5),
        row(4, "extended", 4),
        row(5, "withdrawn", 3),
        row(6, "valid", 3),
    ]
    order = {sort: [each.id for each in in_order(rows, sort, {5: 0, 2: 1})] for sort in SORTS}
    assert order["standing"] == [4, 2, 6, 3, 1, 5]
    assert order["stars"] == [3, 4, 2, 6, 5, 1]
    assert order["name"] == [1, 2, 3, 4, 5, 6]
    assert order["relevance"] == [5, 2, 1, 3, 4, 6]
    assert order["newest"] == [1, 2, 3, 4, 5, 6]


def test_newest_first_goes_by_the_last_dated_recognition(db: None) -> None:
    old, new = make_product("A", star=("valid", 3, far())), make_product("B", star=("valid", 3, far()))
    give_star_again = {"recognised_on": date(2024, 5, 1), "decision_no": "9/QĐ", "code": "BK002-R9"}
    new.recognitions.update(**give_star_again)
    make_product("C", star=("none", None, None))
    rows = catalogue_rows(TODAY, with_dates=True)
    assert [row.id for row in in_order(rows, "newest")][:2] == [new.pk, old.pk]
    assert [row.recognised_on for row in rows] == ["2021-06-30", "2024-05-01", None]


def test_cards_keep_the_order_asked_and_hold_what_a_card_shows(places: dict[str, Unit]) -> None:
    maker = make_producer(name_en="Tai Hoan Cooperative")
    first = make_product("Miến", star=("valid", 4, soon()), producer=maker, commune_now=places["con-minh"], source_group="Gạo")
    second = make_product("Chè", unit=places["cho-don"])
    found = cards([second.pk, first.pk, 0], TODAY)
    assert [card.name for card in found] == ["Chè", "Miến"]
    assert (found[1].state, found[1].kind, found[1].stars, found[1].until) == ("due", "valid", 4, soon())
    assert (found[1].producer, found[1].producer_en, found[1].place, found[1].is_place_past) == (
        "HTX Tài Hoan",
        "Tai Hoan Cooperative",
        "Xã Côn Minh",
        False,
    )
    assert (found[0].producer, found[0].place, found[0].is_place_past, found[0].state) == ("", "Huyện Chợ Đồn", True, "none")
    assert cards([], TODAY) == []


def test_a_card_shows_todays_retail_prices_of_packs_on_sale(db: None) -> None:
    product = make_product("Miến")
    small = Variant.objects.create(product=product, name="Túi", quantity=500, unit="g")
    large = Variant.objects.create(product=product, name="Hộp", quantity=1, unit="kg")
    gone = Variant.objects.create(product=product, name="Cũ", quantity=1, unit="kg", is_active=False)
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    Price.objects.create(variant=small, kind="retail", amount=45_000, valid_from=yesterday)
    Price.objects.create(variant=large, kind="retail", amount=80_000, valid_from=yesterday, valid_to=tomorrow)
    Price.objects.create(variant=large, kind="retail", amount=90_000, valid_from=tomorrow)
    Price.objects.create(variant=small, kind="wholesale", amount=30_000, valid_from=yesterday)
    Price.objects.create(variant=gone, kind="retail", amount=1_000, valid_from=yesterday)
    card = cards([product.pk], TODAY)[0]
    assert (card.price_low, card.price_high) == (45_000, 80_000)
    Price.objects.update(is_demo=True)
    card = cards([product.pk], TODAY)[0]
    assert (card.price_low, card.price_high) == (None, None)  # an invented price on a real product


def test_a_card_shows_the_first_photo_that_was_not_removed(db: None) -> None:
    product = make_product("Miến")
    for position, removed in ((0, AT), (1, None), (2, None)):
        key = f"anh{position}"
        stored = StoredFile.objects.create(
            key=key,
            kind="photo",
            subject="product:BK001",
            name="a.jpg",
            content_type="image/jpeg",
            size=1,
            sha256="0" * 64,
            uploaded_at=AT,
            removed_at=removed,
        )
        for width in (320, 640, 1280):
            stored.renditions.create(format="webp", width=width, height=width, blob=f"{key}-{width}")
        Photo.objects.create(product=product, file=stored, position=position)
    assert cards([product.pk], TODAY)[0].photo == "anh1-640"


def test_more_cards_than_a_page_are_asked_for_piece_by_piece(db: None) -> None:
    ids = [make_product(f"Miến {number}").pk for number in range(30)]
    assert [card.id for card in cards(ids, TODAY)] == ids
    assert questions(lambda: cards(ids[:24], TODAY)) == 1
    assert questions(lambda: cards(ids, TODAY)) == 2


def test_the_register_on_a_date_gives_reason_decision_and_source(places: dict[str, Unit]) -> None:
    maker = make_producer()
    product = make_product(
        "Miến", producer=maker, unit=places["con-minh-cu"], commune_now=places["con-minh"], source_url="https://nguon-san-pham.vn"
    )
    give_star(product, "valid", 4, far(), decision_no="2890/QĐ", source_url="https://a.vn ; https://b.vn")
    make_product("Chè", source_url="https://nguon-che.vn")
    make_product("Demo", is_demo=True)
    tea, noodles = register_on(TODAY)
    assert (noodles.name, noodles.state, noodles.stars, noodles.decision_no) == ("Miến", "valid", 4, "2890/QĐ")
    assert (noodles.producer, noodles.commune, noodles.unit, noodles.unit_parent) == (
        "HTX Tài Hoan",
        "Xã Côn Minh",
        "Xã Côn Minh",
        "Huyện Na Rì",
    )
    assert (noodles.source_url, tea.source_url) == ("https://a.vn ; https://b.vn", "https://nguon-che.vn")
    assert (tea.state, tea.standing.reason, tea.recognition) == ("none", "no_recognition", "")
    assert (noodles.standing.kind, noodles.standing.is_due) == ("valid", False)
    assert [line.name for line in register_on(TODAY, ids=[noodles.product_id, tea.product_id])] == ["Miến", "Chè"]
    assert register_on(TODAY, ids=[]) == []


def test_the_register_answers_for_the_date_and_not_for_today(db: None) -> None:
    product = make_product("Miến")
    turn = date(2024, 6, 30)
    StandingSpan.objects.create(product=product, ends_on=turn, kind="valid", stars=5, until=turn, reason="holds_to_stated_end")
    StandingSpan.objects.create(product=product, starts_on=turn, kind="unverified", stars=5, until=turn, reason="computed_end_passed")
    assert register_on(turn - timedelta(days=1))[0].state == "due"
    assert register_on(turn)[0].state == "unverified"


def test_counts_of_the_home_page(stock: dict[str, Unit]) -> None:
    counts = register_counts(catalogue_rows(TODAY))
    assert (counts.products, counts.holding, counts.due, counts.unverified, counts.ended, counts.without) == (6, 2, 1, 1, 2, 1)
    assert (counts.holding_by_stars, counts.unverified_by_stars) == ({4: 1, 3: 1}, {5: 1})
    assert counts.by_commune == {stock["dong-phuc"].pk: 2, stock["con-minh"].pk: 2}
    assert counts.without_commune == 2


def test_first_to_know_is_the_best_of_each_kind(stock: dict[str, Unit]) -> None:
    rows = catalogue_rows(TODAY)
    names_first = dict(Product.objects.values_list("id", "name"))
    assert [names_first[pk] for pk in first_to_know(rows)] == ["Chè A", "Miến", "Gạo", "Bí", "Rượu"]
    assert len(first_to_know(rows, limit=2)) == 2


def test_newest_recognitions_are_dated_published_and_real(db: None) -> None:
    real = make_product("Miến", star=("valid", 4, far()))
    later = make_product("Chè")
    give_star(later, "valid", 3, far(), recognised_on=date(2025, 1, 1), recognised_precision="year", code="BK002-R1")
    make_product("Demo", star=("valid", 5, far()), is_demo=True)
    make_product("Ẩn", star=("valid", 5, far()), is_published=False)
    give_star(make_product("Huyện"), "valid", 3, None, record_type="district_rating", code="BK005-R1")
    give_star(make_product("Chưa rõ"), "unverified", 3, None, recognised_on=None, recognised_precision="unknown", code="BK006-R1")
    give_star(make_product("Mai"), "none")
    found = newest_recognitions(TODAY, 10)
    assert [(line.product_code, line.stars) for line in found] == [(later.public_id, 3), (real.public_id, 4)]
    assert newest_recognitions(date(2022, 1, 1), 10)[0].product_code == real.public_id
    assert len(newest_recognitions(TODAY, 1)) == 1


def test_the_spotlight_tells_of_a_maker_whose_place_and_facts_are_known(places: dict[str, Unit]) -> None:
    assert spotlight(TODAY) is None
    make_product("Chè", producer=make_producer("HTX Chè"), commune_now=places["ba-be"], star=("valid", 5, far()))
    make_product("Miến", producer=make_producer(facts="800 hộ trồng dong"), commune_now=places["con-minh"], star=("expired", 4, past()))
    found = spotlight(TODAY)
    assert found is not None
    assert (found.product, found.commune, found.facts) == ("Miến", "Xã Côn Minh", "800 hộ trồng dong")


def test_public_pages_are_the_real_ones(places: dict[str, Unit]) -> None:
    make_product("Miến", producer=make_producer())
    make_product("Demo", producer=make_producer("HTX Demo", is_demo=True), is_demo=True)
    make_product("Ẩn", producer=make_producer("HTX Ẩn"), is_published=False)
    TourismSite.objects.create(key="ho-ba-be", name="Hồ Ba Bể", folded="ho ba be", kind="hồ", **SOURCE)
    pages = public_pages()
    assert pages.products == [("BK001", TODAY)]
    assert pages.producers == ["htx-tai-hoan"]
    assert pages.sites == ["ho-ba-be"]


@pytest.mark.parametrize("products", [1, 30])
def test_the_number_of_questions_does_not_depend_on_the_register(places: dict[str, Unit], products: int) -> None:
    for number in range(products):
        make_product(f"Miến {number}", star=("valid", 3, far()), commune_now=places["con-minh"], producer=make_producer(f"HTX {number}"))
    assert questions(lambda: catalogue_rows(TODAY, with_dates=True)) == 1
    assert questions(lambda: place_index(TODAY)) == 1
    assert questions(lambda: register_on(TODAY)) == 1
    assert questions(lambda: newest_recognitions(TODAY, 10)) == 1
    assert questions(lambda: spotlight(TODAY)) == 1
    assert questions(public_pages) == 3


def test_inside_a_transaction_nothing_is_kept(db: None) -> None:
    make_product("Miến")
    assert len(snapshot(TODAY).rows()) == 1
    make_product("Chè")
    assert len(snapshot(TODAY).rows()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_kept_until_something_public_changes() -> None:
    product = make_product("Miến", key_group="gao")
    first = snapshot(TODAY)
    assert [row.key_group for row in first.rows()] == ["gao"]
    assert snapshot(TODAY) is first
    assert questions(lambda: snapshot(TODAY).everything()) == 2  # the version, and the places once
    assert questions(lambda: snapshot(TODAY).everything()) == 1
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).update(key_group="che")
        record(actor=system_actor("test"), event="product.edited", subject="product:BK001", data={}, at=AT)
    again = snapshot(TODAY)
    assert again is not first
    assert [row.key_group for row in again.rows()] == ["che"]
    assert again.everything().counts["key_group"]["che"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_of_one_day_and_sees_rows_written_without_an_entry() -> None:
    product = make_product("Miến", star=("valid", 4, TODAY + timedelta(days=241)))
    assert snapshot(TODAY).rows()[0].state == "valid"
    assert snapshot(TODAY + timedelta(days=1)).rows()[0].state == "due"
    StandingSpan.objects.filter(product=product).delete()
    StandingSpan.objects.create(product=product, kind="withdrawn", stars=4, reason="withdrawn_by_decision")
    assert snapshot(TODAY).rows()[0].state == "withdrawn"
    make_product("Chè")
    assert len(snapshot(TODAY).rows()) == 2
