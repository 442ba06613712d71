"""Packs, prices, photos and official codes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ocop.people.actions import Refused
from ocop.register.actions import (
    CodeTaken,
    NotFitting,
    PhotosMoved,
    PriceMoved,
    VariantTaken,
    add_photo,
    end_price,
    issue_product_code,
    keep_old_code,
    order_photos,
    remove_photo,
    set_price,
    set_variant,
)
from ocop.register.actions.photos import MAX_PHOTOS
from ocop.register.models import Photo, Price
from ocop.register.queries import product_by_any_code, variants_of
from tests.cast import NOW, TODAY, make_product, picture

GTIN = "8936012345674"


def pack(cast, **more):
    facts = {"actor": cast.producer, "product": cast.product, "name": "Túi 500 g", "quantity": Decimal(500), "unit": "g", "at": NOW}
    return set_variant(**{**facts, **more})


def price(cast, variant, **more):
    facts = {"actor": cast.producer, "variant": variant, "kind": "retail", "amount": 60_000, "valid_from": TODAY, "at": NOW}
    return set_price(**{**facts, **more})


def current(cast, on=TODAY):
    return [(each.kind, each.amount) for variant in variants_of(cast.product, on) for each in variant.current_prices]


def test_a_pack_is_made_and_changed(cast):
    variant = pack(cast)
    again = pack(cast, variant=variant, name="Túi nửa cân", gtin=" 893 6012345674 ")
    assert (again.pk, again.name, again.gtin) == (variant.pk, "Túi nửa cân", GTIN)


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"quantity": Decimal(0)},
        {"quantity": Decimal("-1")},
        {"quantity": Decimal("0.0001")},
        {"quantity": Decimal("NaN")},
        {"quantity": Decimal("1e9")},
        {"unit": "thúng"},
        {"gtin": "8936012345675"},
        {"gtin": "893601234567"},
        {"gtin": "abc"},
    ],
)
def test_a_pack_that_cannot_be(cast, values):
    with pytest.raises(NotFitting):
        pack(cast, **values)


def test_a_name_or_barcode_is_used_once(cast):
    pack(cast, gtin=GTIN)
    with pytest.raises(VariantTaken):
        pack(cast)
    with pytest.raises(VariantTaken):
        set_variant(actor=cast.rival, product=cast.rival_product, name="Chai", quantity=Decimal(1), unit="l", gtin=GTIN, at=NOW)


def test_a_pack_of_another_product_is_not_changed_through_this_one(cast):
    variant = pack(cast)
    with pytest.raises(NotFitting):
        set_variant(actor=cast.rival, product=cast.rival_product, variant=variant, name="x", quantity=Decimal(1), unit="l", at=NOW)


def test_a_new_price_ends_the_old_one_that_day(cast):
    variant = pack(cast)
    price(cast, variant)
    tomorrow = TODAY + timedelta(days=1)
    price(cast, variant, amount=65_000, valid_from=tomorrow)
    assert current(cast) == [("retail", 60_000)]
    assert current(cast, tomorrow) == [("retail", 65_000)]


def test_a_price_typed_wrong_is_mended_the_same_day(cast):
    variant = pack(cast)
    price(cast, variant, amount=600_000)
    price(cast, variant, amount=60_000)
    assert Price.objects.count() == 1
    assert current(cast) == [("retail", 60_000)]


@pytest.mark.parametrize(
    "values", [{"amount": 0}, {"valid_from": TODAY - timedelta(days=1)}, {"valid_to": TODAY}, {"kind": "gift"}, {"amount": 2_000_000_000}]
)
def test_a_price_that_cannot_be(cast, values):
    with pytest.raises(NotFitting):
        price(cast, pack(cast), **values)


def test_a_price_ends_from_today_and_one_of_today_goes(cast):
    variant = pack(cast)
    yesterday = NOW - timedelta(days=1)
    old = price(cast, variant, valid_from=yesterday.date(), at=yesterday)
    new = price(cast, variant, kind="wholesale", amount=50_000)
    end_price(actor=cast.producer, price=old, at=NOW)
    end_price(actor=cast.producer, price=new, at=NOW)
    assert current(cast) == []
    assert list(Price.objects.values_list("kind", "valid_to")) == [("retail", TODAY)]
    with pytest.raises(PriceMoved):
        end_price(actor=cast.producer, price=old, at=NOW)


def test_a_rival_sets_no_price(cast):
    variant = pack(cast)
    with pytest.raises(Refused):
        price(cast, variant, actor=cast.rival)


def test_photos_are_added_ordered_and_removed(cast):
    first, second = (add_photo(actor=cast.producer, of=cast.product, upload=picture(), at=NOW, caption_vi=name) for name in "ab")
    order_photos(actor=cast.producer, of=cast.product, keys=[second.file.key, first.file.key], at=NOW)
    assert list(cast.product.photos.values_list("caption_vi", flat=True)) == ["b", "a"]
    with pytest.raises(PhotosMoved):
        order_photos(actor=cast.producer, of=cast.product, keys=[first.file.key], at=NOW)
    remove_photo(actor=cast.producer, photo=first, at=NOW)
    assert list(cast.product.photos.values_list("caption_vi", flat=True)) == ["b"]
    first.file.refresh_from_db()
    assert first.file.removed_at == NOW
    with pytest.raises(PhotosMoved):
        remove_photo(actor=cast.producer, photo=first, at=NOW)


def test_a_page_holds_so_many_photos_and_no_more(cast):
    for _ in range(MAX_PHOTOS):
        add_photo(actor=cast.producer, of=cast.maker, upload=picture(), at=NOW)
    with pytest.raises(NotFitting):
        add_photo(actor=cast.producer, of=cast.maker, upload=picture(), at=NOW)
    assert Photo.objects.count() == MAX_PHOTOS


def test_a_rival_touches_no_photo(cast):
    photo = add_photo(actor=cast.producer, of=cast.product, upload=picture(), at=NOW)
    for act in (
        lambda: add_photo(actor=cast.rival, of=cast.product, upload=picture(), at=NOW),
        lambda: remove_photo(actor=cast.rival, photo=photo, at=NOW),
        lambda: order_photos(actor=cast.rival, of=cast.product, keys=[photo.file.key], at=NOW),
    ):
        with pytest.raises(Refused):
            act()


def test_codes_count_up_within_the_communes_list_of_a_year(cast):
    second = make_product("Miến hai", cast.maker)
    assert issue_product_code(actor=cast.clerk, product=cast.product, year=2026, at=NOW).code == "19-02185-01-2026"
    assert issue_product_code(actor=cast.officer, product=second, year=2026, at=NOW).code == "19-02185-02-2026"
    assert issue_product_code(actor=cast.officer, product=cast.rival_product, year=2026, at=NOW).code == "19-01933-01-2026"


def test_a_number_given_twice_is_refused(cast):
    issue_product_code(actor=cast.officer, product=cast.product, year=2026, number=7, at=NOW)
    second = make_product("Miến hai", cast.maker)
    with pytest.raises(CodeTaken):
        issue_product_code(actor=cast.officer, product=second, year=2026, number=7, at=NOW)
    assert issue_product_code(actor=cast.officer, product=second, year=2026, at=NOW).code == "19-02185-08-2026"


@pytest.mark.parametrize("values", [{"year": 2025}, {"year": 2027}, {"number": 10_000}])
def test_a_code_of_no_such_year_or_number(cast, values):
    with pytest.raises(NotFitting):
        issue_product_code(**{"actor": cast.officer, "product": cast.product, "year": 2026, "at": NOW, **values})


def test_every_code_old_or_new_in_any_case_leads_to_the_product(cast):
    issue_product_code(actor=cast.officer, product=cast.product, year=2026, at=NOW)
    keep_old_code(actor=cast.officer, product=cast.product, code="06-066-NR-01", source_name="QĐ 2018", at=NOW)
    for typed in ("BK001", "bk001", " BK001 ", "19-02185-01-2026", "06-066-nr-01"):
        assert product_by_any_code(typed) == cast.product
    for typed in ("", "BK999", "x" * 500, "BK001\x00", "%"):
        assert product_by_any_code(typed) is None


def test_an_old_code_is_kept_as_printed_and_only_if_it_is_one(cast):
    with pytest.raises(NotFitting):
        keep_old_code(actor=cast.officer, product=cast.product, code="BK002", source_name="x", at=NOW)
    keep_old_code(actor=cast.officer, product=cast.product, code="06-066-NR-01", source_name="x", at=NOW)
    with pytest.raises(CodeTaken):
        keep_old_code(actor=cast.officer, product=cast.rival_product, code="06-066-NR-01", source_name="x", at=NOW)


def test_codes_are_no_producers_business(cast):
    with pytest.raises(Refused):
        issue_product_code(actor=cast.producer, product=cast.product, year=2026, at=NOW)
