"""The finder on real data, and what it may compare: numbers only as hashes, a few questions for any number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.register import actions, queries
from ocop.register.enums import DuplicateGrade, DuplicateSign
from ocop.register.models import Producer, Product
from ocop.register.queries import producers_alike, products_alike
from ocop.register.queries.duplicates import _phones
from ocop.register.queries.merging import references_to
from tests.cast import NOW, SEED, Cast, make_producer, make_product
from tests.opening import load_opening


def test_the_opening_data_holds_three_likely_pairs_and_one_name_in_two_districts(db: None) -> None:
    load_opening()
    codes = dict(Producer.objects.values_list("pk", "code"))
    found = [(pair.grade, {codes[pair.first], codes[pair.second]}) for pair in producers_alike()]
    likely, possible = DuplicateGrade.LIKELY, DuplicateGrade.POSSIBLE
    assert sorted(found, key=str) == sorted(
        [
            (likely, {"htx-bk-food", "htx-nong-nghiep-cong-nghe-cao-bk-foods"}),
            (likely, {"htx-tan-dan", "htx-ruou-chuoi-tan-dan"}),
            (likely, {"cong-ty-cp-curcumin-bac-ha", "cong-ty-tnhh-nha-may-curcumin-bac-ha"}),
            (possible, {"htx-an-binh", "htx-an-binh-ngoc-phai"}),
        ],
        key=str,
    )


def test_products_of_two_makers_are_compared_once_the_makers_are_one(db: None) -> None:
    load_opening()
    ids = dict(Product.objects.values_list("pk", "public_id"))
    assert {(ids[pair.first], ids[pair.second]) for pair in products_alike()} == {
        ("BK002", "BK109"),
        ("BK008", "BK009"),
        ("BK090", "BK091"),
        ("BK114", "BK115"),
    }
    make_product("Rượu chuối men lá Mạnh Minh", Producer.objects.get(code="htx-ruou-chuoi-tan-dan"), set_no=None)
    assert len(products_alike()) == 4
    kept, merged = (Producer.objects.get(code=code) for code in ("htx-tan-dan", "htx-ruou-chuoi-tan-dan"))
    actions.merge_producers(actor=SEED, kept=kept, merged=merged, choices={}, versions=(1, 1), reason="một", at=NOW)
    assert products_alike()[0].grade == DuplicateGrade.STRONG
    assert len(producers_alike()) == 3


def test_the_same_number_private_or_public_is_a_sign_and_no_number_leaves(cast: Cast) -> None:
    other = make_producer("HTX Khác Hẳn", cast.stage.bang_phuc)
    actions.publish_contact(actor=cast.producer, producer=cast.maker, phone="0912345678", zalo="", at=NOW)
    actions.set_person(actor=cast.officer, producer=other, values={"phone": "0912 345 678"}, at=NOW)
    pairs = producers_alike()
    assert [(pair.first, pair.second) for pair in pairs] == [(cast.maker.pk, other.pk)]
    assert DuplicateSign.PHONE in pairs[0].signs
    assert all(len(key) == 64 and "912345678" not in key for keys in _phones().values() for key in keys)


def test_thirty_rows_ask_no_more_than_one(cast: Cast) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            producers_alike()
            products_alike()
        return len(asked)

    before = questions()
    for n in range(30):
        make_product(f"Miến {n}", make_producer(f"HTX Số {n}", cast.stage.con_minh))
    assert questions() == before == 7


def test_what_was_merged_away_is_not_found_by_anything(cast: Cast) -> None:
    twin = make_producer("HTX Mai", cast.stage.con_minh)
    actions.merge_producers(
        actor=cast.officer, kept=cast.maker, merged=twin, choices={}, versions=(cast.maker.version, twin.version), reason="một", at=NOW
    )
    assert queries.producer_with_code(twin.code) is None
    assert twin not in queries.producers_visible_to(cast.officer)
    assert twin not in queries.producers_kept_by(cast.clerk)
    assert twin not in queries.producers_named(twin.folded)
    assert f"producer:{twin.code}" not in queries.subjects_in_unit(cast.clerk.unit_key)
    assert queries.kept_producer(twin.code) == cast.maker
    assert producers_alike() == []


@pytest.mark.parametrize("model", [Producer, Product])
def test_every_foreign_key_to_it_is_known(model: type) -> None:
    """Of all rooms: what a room keeps of a producer or a product follows it, though nobody wrote it down here."""
    labels = {reference.label for reference in references_to(model)}
    known = {
        Producer: {"register.product.producer", "register.producerperson.producer", "register.producer.merged_into"},
        Product: {"register.recognition.product", "market.channel_products.product", "register.product.merged_into"},
    }
    assert known[model] <= labels
    assert not any(label.startswith(("register.merge.", "register.distinctpair.", "register.standingspan.")) for label in labels)
