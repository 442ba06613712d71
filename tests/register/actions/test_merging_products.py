"""Two products are one: stars, codes, packs; the same decision twice, the same pack twice, and the way back."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.market.models import Channel
from ocop.register import actions, queries
from ocop.register.models import Award, Product, Recognition, TourismSite
from ocop.register.queries import portal
from ocop.register.rules.typed_code import typed_code
from tests.cast import NOW, TODAY, Cast, make_product, picture, recognise
from tests.register.actions.merging import everything, merge, part


@pytest.fixture
def copy(cast: Cast) -> Product:
    """The product written down again: with a star, a code, a pack, a photo, a prize, a report, a channel."""
    copy = make_product("Miến dong Mai (hộp)", cast.maker)
    recognise(copy, decision_no="5/QĐ", signed_on=date(2024, 1, 5), stars=3)
    actions.keep_old_code(actor=cast.officer, product=copy, code="06-066-X-2020", source_name="x", at=NOW)
    pack = actions.set_variant(actor=cast.producer, product=copy, name="Hộp 1 kg", quantity=Decimal(1), unit="kg", at=NOW)
    actions.set_price(actor=cast.producer, variant=pack, kind="retail", amount=90_000, valid_from=TODAY, at=NOW)
    actions.add_photo(actor=cast.producer, of=copy, upload=picture(), at=NOW)
    actions.file_report(actor=cast.buyer, kind="error", text="x", place_seen="y", at=NOW, product=copy)
    sourced = {"confidence": "high", "as_of": TODAY}
    Award.objects.create(product=copy, name="Tiêu biểu", level="tỉnh", year=2020, **sourced)
    TourismSite.objects.create(product=copy, key="ban", name="Bản", folded="ban", kind="x", **sourced)
    Channel.objects.create(key="xuat", name="Xuất khẩu", kind="export", start_precision="unknown", **sourced).products.add(copy)
    return Product.objects.get(pk=copy.pk)


def test_everything_of_a_product_goes_along_and_comes_back(cast: Cast, copy: Product) -> None:
    recognise(cast.product, decision_no="7/QĐ")
    actions.add_photo(actor=cast.producer, of=cast.product, upload=picture(), at=NOW)
    before = everything()
    done = merge(cast, cast.product, copy)

    kept = Product.objects.get(pk=cast.product.pk)
    assert [row.code for row in queries.history_of(kept)] == [f"{copy.public_id}-R1", "BK001-R1"]
    assert queries.standing_on(kept, date(2024, 6, 1)).stars == 3
    assert queries.standing_on(kept, TODAY).stars == 4
    assert queries.standing_spans(kept) == queries.timeline_of(kept)
    assert [photo.position for photo in kept.photos.all()] == [0, 1]
    counts = (kept.codes.count(), kept.variants.count(), kept.reports.count(), kept.awards.count(), kept.tourism_sites.count())
    assert (*counts, kept.channels.count()) == (1, 1, 1, 1, 1, 1)

    part(cast, done)
    assert everything() == before


def test_every_old_code_of_a_product_leads_to_the_kept_one(cast: Cast, copy: Product) -> None:
    merge(cast, cast.product, copy)
    for asked in (copy.public_id, copy.public_id.lower(), "06-066-X-2020"):
        assert portal.public_id_of(typed_code(asked)) == "BK001"
        found = portal.verify_answer(typed_code(asked), TODAY)
        assert found is not None
        assert found.public_id == "BK001"
    assert portal.product_page(copy.public_id, TODAY) is None
    assert queries.kept_product(copy.public_id) == cast.product


def test_the_same_decision_twice_is_one_and_with_other_stars_somebody_compares_the_paper(cast: Cast, copy: Product) -> None:
    recognise(cast.product, decision_no="5/QĐ", signed_on=date(2024, 1, 5), stars=4)
    before = everything()
    with pytest.raises(actions.NotFitting, match=r"5/QĐ: bên giữ lại ghi 4 sao, bên kia ghi 3 sao"):
        merge(cast, cast.product, copy)
    assert everything() == before
    done = merge(cast, cast.product, copy, settled=["5/QĐ"])
    assert queries.standing_on(cast.product, TODAY).stars == 4
    assert Recognition.objects.get(product=copy.pk).stars == 3
    part(cast, done)
    assert everything() == before


def test_packs_of_one_name_with_prices_are_named_apart_first(cast: Cast, copy: Product) -> None:
    actions.set_variant(actor=cast.producer, product=cast.product, name="Hộp 1 kg", quantity=Decimal(1), unit="kg", at=NOW)
    with pytest.raises(actions.NotFitting, match="quy cách “Hộp 1 kg”"):
        merge(cast, cast.product, copy)
    done = merge(cast, copy, cast.product)  # the other way round the nameless one has no price and stays behind
    assert Product.objects.get(pk=copy.pk).variants.count() == 1
    part(cast, done)


def test_a_shown_product_does_not_vanish_into_a_hidden_one(cast: Cast, copy: Product) -> None:
    actions.publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="x", at=NOW)
    with pytest.raises(actions.NotFitting, match="đang ẩn"):
        merge(cast, cast.product, copy)
    hidden = Product.objects.get(pk=cast.product.pk)
    part(cast, merge(cast, copy, hidden))
    assert not Product.objects.get(pk=hidden.pk).is_published


def test_a_merged_product_is_not_shown_again_by_itself(cast: Cast, copy: Product) -> None:
    merge(cast, cast.product, copy)
    stale = Product.with_merged.get(pk=copy.pk)
    with pytest.raises(actions.Refused, match="đã gộp"):
        actions.publish_product(actor=cast.officer, product=stale, is_published=True, reason="", at=NOW)


def test_what_belongs_to_a_value_goes_with_it(cast: Cast) -> None:
    other = make_product("Rượu men lá Mai", cast.maker, set_no=14)
    merge(cast, cast.product, other, choices={"set_no": "merged", "name": "merged"})
    kept = Product.objects.get(pk=cast.product.pk)
    assert (kept.set_no, kept.art, kept.slug) == (14, "ruou", "ruou-men-la-mai")
