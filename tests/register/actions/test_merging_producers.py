"""Two producers are one: everything goes along and comes back exactly; what cannot be decided is refused; nothing is half done."""

import pytest

from ocop.people.actions import grant_mandate, invite_person
from ocop.people.enums import Role
from ocop.people.models import Mandate, User
from ocop.records.models import AuditEntry, Notice
from ocop.register import actions, queries
from ocop.register.actions.merging.moving import stay_or_refuse
from ocop.register.models import Producer, ProducerClaim, ProducerPerson, Product
from ocop.register.queries import portal
from ocop.register.queries.merging import rows_to_move
from tests.cast import NOW, SEED, TODAY, Cast, make_producer, make_product, picture, recognise
from tests.register.actions.merging import again, everything, merge, part


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


def test_a_table_nobody_has_spoken_for_is_refused_where_it_cannot_hold_both(cast: Cast, twin: Producer) -> None:
    """As of a room built later: the database allows one of the two rows, and nobody has said that they mean the same."""
    actions.request_claim(actor=cast.buyer, producer=cast.maker, relation="con gái", at=NOW)
    tables = rows_to_move(twin, cast.maker)
    claims = next(rows for rows in tables if rows.reference.model is ProducerClaim)
    assert (len(claims.free), len(claims.colliding)) == (0, 1)
    with pytest.raises(actions.NotFitting, match="producer claim"):
        stay_or_refuse(tables)


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
