"""Search: as people type it, ranked, and never a syntax error."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ocop.register.models import Product
from ocop.register.queries import matching_ids, matching_products
from tests.cast import make_producer, make_product


@pytest.fixture
def shelf(cast):
    """The cast's two products and three more."""
    make_product("Bún khô Sỹ Bình", make_producer("Cơ sở Hoà An", cast.stage.con_minh), set_no=6)
    make_product("Trà hoa vàng", make_producer("HTX Miến Trà", cast.stage.dong_phuc), set_no=12)
    make_product("Miến đao", None)
    return cast


def names(text):
    return [product.name for product in matching_products(text)]


@pytest.mark.parametrize("text", ["miến dong", "mien dong", "MIẾN DONG", "dong miến", "  mien,dong ", "mie don", "mien dong\u200b"])
def test_words_in_any_order_case_and_accent(shelf, text):
    assert names(text)[0] == "Miến dong Mai"
    assert "Miến đao" not in names(text)


@pytest.mark.parametrize("text", ["sỹ bình", "sĩ bình", "si binh", "Sy Binh"])
def test_i_and_y_are_one(shelf, text):
    assert names(text) == ["Bún khô Sỹ Bình"]


@pytest.mark.parametrize("text", ["hòa an", "hoà an", "hoa an"])
def test_the_place_of_the_tone_does_not_matter(shelf, text):
    assert "Bún khô Sỹ Bình" in names(text)


@pytest.mark.parametrize("text", ["Bằng Phúc, Chợ Đồn", "bang phuc", "cho don", "Đồng Phúc"])
def test_old_and_new_places_find_what_is_made_there(shelf, text):
    assert "Rượu men lá Lan" in names(text)


def test_todays_commune_alone_is_found_by_every_commune_that_went_into_it(shelf):
    assert "Trà hoa vàng" in names("bằng phúc")
    assert "Bún khô Sỹ Bình" in names("Na Rì")


def test_a_name_that_begins_so_comes_before_a_maker_called_so(shelf):
    assert names("mien") == ["Miến đao", "Miến dong Mai", "Trà hoa vàng"]


def test_parts_inside_words_count_when_nothing_begins_so(shelf):
    assert names("ong") != []
    assert "Miến dong Mai" in names("ong mai")


@pytest.mark.parametrize("text", ["", "   ", "★", "!!!", "\x00"])
def test_nothing_asked_finds_nothing(shelf, text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ['"', "mien*", "NOT", "mien OR dong", "search_text:mien", "NEAR(a b)", "%", "_", "a' OR 1=1 --", "{mien}", "^mien", "-mien"]
)
def test_no_engines_syntax_survives(shelf, text):
    list(matching_products(text))


def test_ids_come_in_the_same_order_and_so_many(shelf):
    for text in ("mien", "mien dong", "dong mien", "phuc", "ong", "htx"):
        ranked = [product.pk for product in matching_products(text)]
        assert ranked
        assert matching_ids(text) == matching_ids(text, 99) == ranked
        assert matching_ids(text, 1) == ranked[:1]
    assert matching_ids("", 5) == matching_ids("zzz qqq", 5) == []


def test_the_found_can_be_narrowed_and_counted(shelf):
    found = matching_products("mien").filter(producer__name="HTX Mai")
    assert (found.count(), found.get().name) == (1, "Miến dong Mai")


def test_the_index_follows_every_write(shelf):
    product = Product.objects.get(name="Miến đao")
    Product.objects.filter(pk=product.pk).update(search_text=" hoa zuzu")
    assert names("hoa zuzu") == ["Miến đao"]
    assert "Miến đao" not in names("dao")
    product.delete()
    assert names("hoa zuzu") == []


@pytest.mark.postgres
@pytest.mark.usefixtures("on_postgres")
def test_a_near_miss_is_found_on_postgresql(shelf):
    assert names("ruou men la lam")[:1] == ["Rượu men lá Lan"]


def test_the_index_is_used(shelf):
    if connection.vendor == "sqlite":
        plan = matching_products("mien").explain()
        assert "VIRTUAL TABLE INDEX" in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'register_product_search'")
            assert "gin_trgm_ops" in cursor.fetchone()[0]


class TestAnyText(TestCase):
    """Hypothesis needs a transaction of its own for each example."""

    @given(st.text(max_size=60))
    @hypothesis_settings(max_examples=100, deadline=None)
    def test_any_text_is_answered(self, text):
        assert list(matching_products(text)) == []
