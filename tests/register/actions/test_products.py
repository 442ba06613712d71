"""Products: new ones, edits that lose nothing, the set, hiding."""

import unicodedata
from datetime import timedelta

import pytest

from ocop.people.actions import Refused
from ocop.records.models import AuditEntry, AuditHead
from ocop.register.actions import (
    NotFitting,
    ProductMoved,
    choose_product_set,
    create_product,
    edit_producer,
    edit_product,
    publish_product,
)
from ocop.register.models import Product, StandingSpan
from ocop.register.queries import matching_products
from tests.cast import NOW, make_product

LATER = NOW + timedelta(minutes=5)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("-n").first()


def test_a_new_product_has_an_id_a_place_a_drawing_and_no_star(cast):
    product = create_product(actor=cast.clerk, name="Miến dong sạch", at=NOW, producer=cast.maker, set_no=7)
    assert product.public_id == "BK003"
    assert (product.commune_now, product.art, product.slug) == (cast.stage.con_minh, "mien", "mien-dong-sach")
    assert StandingSpan.objects.get(product=product).kind == "none"
    assert last_entry().subject == "product:BK003"
    assert list(matching_products("mien sach")) == [product]


def test_ids_follow_the_highest_and_demo_products_count_apart(cast):
    Product.objects.filter(pk=cast.product.pk).update(public_id="BK126")
    assert make_product("A").public_id == "BK127"
    assert make_product("B", is_demo=True).public_id == "BKD001"
    assert make_product("C", is_demo=True).public_id == "BKD002"


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 201])
def test_a_product_needs_a_name_that_fits(cast, name):
    with pytest.raises(NotFitting):
        create_product(actor=cast.officer, name=name, at=NOW)


@pytest.mark.parametrize("values", [{"set_no": 27}, {"set_no": 0}, {"key_group": "pho_mai"}])
def test_sets_and_groups_are_those_there_are(cast, values):
    with pytest.raises(NotFitting):
        create_product(actor=cast.officer, name="A", at=NOW, **values)


def test_an_edit_is_kept_counted_found_and_told_to_the_cache(cast):
    before = AuditHead.objects.get().public_n
    changes = {"description_vi": "Sợi dai", "name_en": "Mai canna noodles"}
    product = edit_product(actor=cast.producer, product=cast.product, changes=changes, version=1, at=LATER)
    assert (product.version, product.description_vi, product.updated_at) == (2, "Sợi dai", LATER)
    entry = last_entry()
    assert (entry.event, entry.actor_id) == ("product.edited", cast.producer.user_id)
    assert '"Sợi dai"' in entry.body
    assert AuditHead.objects.get().public_n > before
    assert list(matching_products("canna noodles")) == [product]


def test_an_edit_that_changes_nothing_writes_nothing(cast):
    entries = AuditEntry.objects.count()
    edit_product(actor=cast.producer, product=cast.product, changes={"story_vi": ""}, version=1, at=NOW)
    assert AuditEntry.objects.count() == entries


def test_the_second_of_two_sees_both_values_and_who_was_first(cast):
    edit_product(actor=cast.clerk, product=cast.product, changes={"storage": "nơi khô"}, version=1, at=LATER)
    with pytest.raises(ProductMoved) as moved:
        edit_product(
            actor=cast.producer, product=cast.product, changes={"storage": "tủ lạnh", "shelf_life": "6 tháng"}, version=1, at=LATER
        )
    error = moved.value
    assert error.who == "Hoàng Thị Xã"
    assert error.when == LATER.replace(microsecond=0)
    assert {(each.field, each.theirs, each.yours) for each in error.differences} == {
        ("storage", "nơi khô", "tủ lạnh"),
        ("shelf_life", "", "6 tháng"),
    }
    assert Product.objects.get(pk=cast.product.pk).storage == "nơi khô"


def test_what_is_typed_is_kept_composed_and_without_hidden_marks(cast):
    typed = unicodedata.normalize("NFD", "Bảo quản\x00 nơi\u202e khô\u200b")
    product = edit_product(actor=cast.producer, product=cast.product, changes={"storage": typed}, version=1, at=NOW)
    assert product.storage == "Bảo quản nơi khô"


def test_a_text_that_is_too_long_says_so(cast):
    with pytest.raises(NotFitting, match="300"):
        edit_product(actor=cast.producer, product=cast.product, changes={"storage": "x" * 301}, version=1, at=NOW)


@pytest.mark.parametrize("changes", [{"name": "Khác"}, {"stars": "5"}, {"is_published": "1"}, {"version": "9"}])
def test_a_producer_cannot_write_what_is_not_hers(cast, changes):
    with pytest.raises(Refused):
        edit_product(actor=cast.producer, product=cast.product, changes=changes, version=1, at=NOW)


def test_a_rival_edits_nothing(cast):
    with pytest.raises(Refused):
        edit_product(actor=cast.rival, product=cast.product, changes={"story_vi": "x"}, version=1, at=NOW)


def test_a_new_name_moves_the_product_in_the_alphabet(cast):
    product = edit_product(actor=cast.officer, product=cast.product, changes={"name": "An nhiên"}, version=1, at=NOW)
    assert product.sort_key < cast.rival_product.sort_key
    assert list(matching_products("an nhien")) == [product]
    assert not matching_products("mien dong").exists()


def test_the_makers_new_name_finds_its_products(cast):
    edit_producer(actor=cast.officer, producer=cast.maker, changes={"name": "HTX Hoa Ban"}, version=1, at=NOW)
    assert list(matching_products("hoa ban")) == [cast.product]
    assert "htx mai" not in Product.objects.get(pk=cast.product.pk).search_text


def test_the_set_is_chosen_with_a_reason_and_a_name(cast):
    product = choose_product_set(actor=cast.clerk, product=cast.product, set_no=6, basis="từ tinh bột", version=1, at=NOW)
    assert (product.set_no, product.set_chosen_by_id, product.set_chosen_at) == (6, cast.clerk.user_id, NOW)
    with pytest.raises(ProductMoved):
        choose_product_set(actor=cast.clerk, product=cast.product, set_no=7, basis="củ", version=1, at=NOW)
    with pytest.raises(NotFitting):
        choose_product_set(actor=cast.clerk, product=cast.product, set_no=7, basis=" ", version=2, at=NOW)


def test_hiding_needs_a_reason_and_is_written_once(cast):
    with pytest.raises(NotFitting):
        publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="", at=NOW)
    publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="trùng", at=NOW)
    entries = AuditEntry.objects.count()
    assert not publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="trùng", at=NOW).is_published
    assert AuditEntry.objects.count() == entries
