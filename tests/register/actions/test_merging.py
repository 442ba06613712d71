"""Merging: everything goes along and comes back exactly; what cannot be decided is refused with a sentence; nothing is half done."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from ocop.core.actor import Actor
from ocop.market.models import Channel
from ocop.people.actions import grant_mandate, invite_person
from ocop.people.enums import Role
from ocop.people.models import Mandate, User
from ocop.people.queries import actor_for
from ocop.records.models import AuditEntry, Notice
from ocop.register import actions, queries
from ocop.register.models import Award, Merge, Producer, ProducerPerson, Product, Recognition, StandingSpan, TourismSite
from ocop.register.queries import portal
from ocop.register.rules.typed_code import typed_code
from tests.cast import NOW, SEED, TODAY, Cast, make_producer, make_product, picture, recognise

LATER = NOW + timedelta(days=3)
_ROOMS = ("register", "market", "people")
_NOT_COMPARED = {"version", "updated_at"}
_NOT_ROWS = {"register.merge", "register.standingspan"}  # the book of merges itself; standing is compared without its keys


def everything() -> dict[str, list[str]]:
    """Every row of three rooms as text, without what counts changes."""
    found = {}
    for room in _ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            if model._meta.label_lower not in _NOT_ROWS:
                fields = [field.attname for field in model._meta.concrete_fields if field.name not in _NOT_COMPARED]
                found[model._meta.label_lower] = sorted(map(str, model._base_manager.values_list(*fields)))
    spans = [field.attname for field in StandingSpan._meta.concrete_fields if field.name != "id"]
    found["standing"] = sorted(map(str, StandingSpan.objects.values_list(*spans)))
    return found


def merge(cast: Cast, kept: Any, merged: Any, **more: Any) -> Merge:
    kept, merged = (type(row).with_merged.get(pk=row.pk) for row in (kept, merged))
    act = actions.merge_producers if isinstance(kept, Producer) else actions.merge_products
    given = {"choices": {}, "versions": (kept.version, merged.version), "reason": "cùng giấy đăng ký", "at": NOW, **more}
    return act(**{"actor": cast.officer, "kept": kept, "merged": merged, **given})


def part(cast: Cast, merged: Merge, **more: Any) -> Merge:
    return actions.unmerge(**{"actor": cast.officer, "merge": merged, "reason": "hai cơ sở khác nhau", "at": LATER, **more})


def again(actor: Actor) -> Actor:
    return actor_for(User.objects.get(pk=actor.user_id), actor.mandate_id, TODAY)


@pytest.fixture
def twin(cast: Cast) -> Producer:
    """The producer's other self, with one of everything, kept by the newcomer."""
    twin = make_producer("Hợp tác xã Mai", cast.stage.con_minh, address="Thôn Chợ A")
    grant_mandate(
        actor=SEED,
        user=User.objects.get(pk=cast.newcomer.user_id),
        role=Role.PRODUCER,
        valid_from=TODAY,
        at=NOW,
        subject=f"producer:{twin.code}",
        subject_name=twin.name,
    )
    keeper = again(cast.newcomer)
    actions.set_links(actor=keeper, producer=twin, links=[("facebook", "https://facebook.com/mai")], at=NOW)
    actions.publish_contact(actor=keeper, producer=twin, phone="0912345678", zalo="", at=NOW)
    actions.set_person(actor=keeper, producer=twin, values={"representative": "Nông Thị Riêng"}, at=NOW)
    actions.add_photo(actor=keeper, of=twin, upload=picture(), at=NOW)
    actions.request_claim(actor=cast.buyer, producer=twin, relation="con gái", at=NOW)
    recognise(make_product("Bún khô Mai", twin), decision_no="9/QĐ")
    return Producer.objects.get(pk=twin.pk)


def test_everything_of_a_producer_goes_along_and_comes_back(cast: Cast, twin: Producer) -> None:
    actions.add_photo(actor=cast.producer, of=cast.maker, upload=picture(), at=NOW)
    invite_person(
        actor=cast.officer,
        address="moi@thu.vn",
        full_name="Người Mới",
        role=Role.PRODUCER,
        at=NOW,
        link="{token}",
        subject=f"producer:{twin.code}",
    )
    Producer.objects.filter(pk=cast.rival_maker.pk).update(possible_same_as=twin)
    before = everything()
    done = merge(cast, cast.maker, twin, choices={"name": "merged"})

    kept = Producer.objects.get(pk=cast.maker.pk)
    assert (kept.name, kept.folded, kept.address) == ("Hợp tác xã Mai", "hop tac xa mai", "Thôn Chợ A")
    assert sorted(kept.products.values_list("name", flat=True)) == ["Bún khô Mai", "Miến dong Mai"]
    assert (kept.links.count(), kept.photos.count(), kept.claims.count(), kept.business_phone) == (1, 2, 1, "+84912345678")
    assert ProducerPerson.objects.get().producer == kept
    assert Producer.objects.get(pk=cast.rival_maker.pk).possible_same_as == kept
    assert again(cast.newcomer).subject == f"producer:{kept.code}"
    assert queries.producer_of(again(cast.newcomer)) == kept
    assert "912345678" not in str(done.moved)
    assert "Riêng" not in str(done.moved)
    assert list(queries.matching_products("hợp tác xã mai")) != []

    parted = part(cast, done)
    assert everything() == before
    assert parted.undone_by_id == cast.officer.user_id
    assert queries.producer_of(again(cast.newcomer)) == Producer.objects.get(pk=twin.pk)


def test_both_are_told_and_both_acts_are_written_down(cast: Cast, twin: Producer) -> None:
    done = merge(cast, cast.maker, twin)
    told = Notice.objects.filter(event="producer.merged").values_list("recipient_id", flat=True)
    assert set(told) == {cast.producer.user_id, cast.newcomer.user_id}
    part(cast, done)
    events = list(AuditEntry.objects.filter(subject=f"producer:{twin.code}", event__startswith="producer.").values_list("event", flat=True))
    assert events[-2:] == ["producer.merged", "producer.unmerged"]
    assert not AuditEntry.objects.filter(body__contains="912345678").exists()


def test_who_kept_both_keeps_one_and_has_both_back(cast: Cast, twin: Producer) -> None:
    person = User.objects.get(pk=cast.producer.user_id)
    grant_mandate(
        actor=SEED, user=person, role=Role.PRODUCER, valid_from=TODAY, at=NOW, subject=f"producer:{twin.code}", subject_name=twin.name
    )
    before = everything()
    done = merge(cast, cast.maker, twin)
    ended = Mandate.objects.get(user=person, subject=f"producer:{twin.code}")
    assert (ended.valid_to, ended.end_reason) == (TODAY, "Đã gộp vào HTX Mai.")
    part(cast, done)
    assert everything() == before


def test_what_the_kept_one_has_too_stays_with_the_merged_one(cast: Cast, twin: Producer) -> None:
    actions.set_links(actor=cast.producer, producer=cast.maker, links=[("facebook", "https://facebook.com/mai")], at=NOW)
    actions.set_person(actor=cast.producer, producer=cast.maker, values={"representative": "Nông Thị Mai"}, at=NOW)
    actions.publish_contact(actor=cast.producer, producer=cast.maker, phone="0987654321", zalo="", at=NOW)
    before = everything()
    done = merge(cast, cast.maker, twin)
    kept = Producer.objects.get(pk=cast.maker.pk)
    assert (kept.links.count(), kept.person.representative, kept.business_phone) == (1, "Nông Thị Mai", "+84987654321")
    assert kept.legal_forms.count() == 1
    part(cast, done)
    assert everything() == before


def test_a_consent_withdrawn_after_the_merge_does_not_come_back(cast: Cast, twin: Producer) -> None:
    done = merge(cast, cast.maker, twin)
    actions.withdraw_contact(actor=cast.producer, producer=cast.maker, at=NOW)
    part(cast, done)
    assert set(Producer.objects.values_list("business_phone", "contact_consent_at")) == {("", None)}


def test_a_value_changed_since_stays_and_what_is_new_stays(cast: Cast, twin: Producer) -> None:
    done = merge(cast, cast.maker, twin)
    kept = Producer.objects.get(pk=cast.maker.pk)
    actions.edit_producer(actor=cast.officer, producer=kept, changes={"address": "Thôn Mới"}, version=kept.version, at=NOW)
    new = make_product("Rượu Mai", kept)
    part(cast, done)
    assert Producer.objects.get(pk=cast.maker.pk).address == "Thôn Mới"
    assert Producer.objects.get(pk=twin.pk).address == "Thôn Chợ A"
    assert Product.objects.get(pk=new.pk).producer == cast.maker
    assert AuditEntry.objects.get(event="producer.unmerged").body.count('"left":["address"]') == 1


def test_a_chain_leads_to_the_last_and_is_parted_from_its_end(cast: Cast, twin: Producer) -> None:
    third = make_producer("HTX Mai Ba", cast.stage.con_minh)
    first = merge(cast, cast.maker, twin)
    second = merge(cast, third, cast.maker)
    assert Producer.with_merged.get(pk=twin.pk).merged_into == third
    assert portal.maker_code_now(twin.code) == portal.maker_code_now(cast.maker.code) == third.code
    with pytest.raises(actions.NotFitting, match="đã gộp tiếp vào “HTX Mai Ba”"):
        part(cast, first)
    part(cast, second)
    assert Producer.with_merged.get(pk=twin.pk).merged_into == cast.maker
    part(cast, first)
    assert Producer.objects.filter(pk=twin.pk).exists()


def test_products_merged_across_the_two_makers_are_parted_first(cast: Cast, twin: Producer) -> None:
    done = merge(cast, cast.maker, twin)
    between = merge(cast, cast.product, twin.products.model.objects.get(name="Bún khô Mai"))
    with pytest.raises(actions.NotFitting, match=r"BK003 đã gộp vào BK001. Hãy tách hai sản phẩm đó trước"):
        part(cast, done)
    part(cast, between)
    part(cast, done)
    assert Product.objects.get(name="Bún khô Mai").producer == twin


def test_somebody_who_asks_for_both_is_answered_first(cast: Cast, twin: Producer) -> None:
    actions.request_claim(actor=cast.buyer, producer=cast.maker, relation="con gái", at=NOW)
    before = everything()
    with pytest.raises(actions.NotFitting, match="Đỗ Thị Mua đang xin giữ trang của cả hai"):
        merge(cast, cast.maker, twin)
    assert everything() == before


@pytest.mark.parametrize("who", ["clerk", "producer", "inspector", "administrator", "newcomer"])
def test_only_the_ocop_office_merges_and_parts(cast: Cast, who: str) -> None:
    with pytest.raises(actions.Refused):
        merge(cast, cast.maker, cast.rival_maker, actor=getattr(cast, who))
    done = merge(cast, cast.maker, cast.rival_maker)
    with pytest.raises(actions.Refused):
        part(cast, done, actor=getattr(cast, who))


def test_nobody_merges_what_they_speak_for_nor_demo_with_real_nor_one_with_itself(cast: Cast) -> None:
    with pytest.raises(actions.Refused, match="khác nhau"):
        merge(cast, cast.maker, cast.maker)
    invented = make_producer("HTX Demo", is_demo=True)
    with pytest.raises(actions.Refused, match="demo"):
        merge(cast, cast.maker, invented)
    officer = User.objects.get(pk=cast.officer.user_id)
    grant_mandate(actor=SEED, user=officer, role=Role.PRODUCER, valid_from=TODAY, at=NOW, subject=f"producer:{cast.maker.code}")
    with pytest.raises(actions.Refused, match="nhờ cán bộ khác"):
        merge(cast, cast.rival_product, cast.product)


def test_who_looked_at_an_older_page_or_came_second_is_told(cast: Cast) -> None:
    with pytest.raises(actions.MergeMoved):
        merge(cast, cast.maker, cast.rival_maker, versions=(7, 1))
    done = merge(cast, cast.maker, cast.rival_maker)
    with pytest.raises(actions.MergeMoved):
        merge(cast, cast.maker, cast.rival_maker)
    part(cast, done)
    with pytest.raises(actions.MergeMoved):
        part(cast, done)


def test_a_merge_says_why(cast: Cast) -> None:
    with pytest.raises(actions.NotFitting, match="căn cứ"):
        merge(cast, cast.maker, cast.rival_maker, reason=" ")
    with pytest.raises(actions.NotFitting, match="căn cứ"):
        part(cast, merge(cast, cast.maker, cast.rival_maker), reason="")


# --- Products ---


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


# --- Not one ---


def test_two_that_are_not_one_are_not_asked_about_again_unless_reconsidered(cast: Cast, twin: Producer) -> None:
    Producer.objects.filter(pk=twin.pk).update(possible_same_as=cast.maker)
    assert [(pair.first, pair.second) for pair in queries.producers_alike()] == [(cast.maker.pk, twin.pk)]
    pair = actions.judge_distinct(actor=cast.officer, one=twin, other=cast.maker, at=NOW)
    assert queries.producers_alike() == []
    assert Producer.objects.get(pk=twin.pk).possible_same_as is None
    with pytest.raises(actions.MergeMoved):
        actions.judge_distinct(actor=cast.officer, one=cast.maker, other=twin, at=NOW)
    actions.reconsider_pair(actor=cast.officer, pair=pair, at=NOW)
    assert Producer.objects.get(pk=twin.pk).possible_same_as == cast.maker
    assert len(queries.producers_alike()) == 1
    with pytest.raises(actions.MergeMoved):
        actions.reconsider_pair(actor=cast.officer, pair=pair, at=NOW)
    with pytest.raises(actions.Refused):
        actions.judge_distinct(actor=cast.clerk, one=twin, other=cast.maker, at=NOW)
