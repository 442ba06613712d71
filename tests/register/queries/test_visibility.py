"""Who sees which product, claim, report, file; and what waits for whom."""

from datetime import date, timedelta

import pytest

from ocop.core.actor import VISITOR
from ocop.records.actions import read_notice
from ocop.records.models import Notice, StoredFile
from ocop.register.actions import add_photo, file_report, publish_product, record_withdrawal, remove_photo, request_claim
from ocop.register.queries import (
    claims_visible_to,
    claims_waiting,
    conflicts_of,
    file_visible_to,
    history_of,
    officers_for,
    people_of,
    photo_is_public,
    producer_of,
    producers_kept_by,
    producers_visible_to,
    product_by_any_code,
    product_sets,
    products_due,
    products_in_conflict,
    products_kept_by,
    products_visible_to,
    reports_visible_to,
    reports_waiting,
    set_name,
    standing_on,
    standings_on,
    subjects_in_unit,
    things_waiting,
)
from tests.cast import NOW, TODAY, make_product, picture, recognise

EVERYBODY = (
    *("producer", "rival", "clerk", "rival_clerk", "officer", "advisor", "member", "chair", "secretary", "leader"),
    *("promoter", "keeper", "buyer", "inspector", "administrator", "newcomer"),
)


def seers(cast, see):
    return {name for name in EVERYBODY if see(getattr(cast, name))} | ({"visitor"} if see(VISITOR) else set())


def test_a_hidden_product_is_seen_by_those_who_keep_it(cast):
    everyone = {*EVERYBODY, "visitor"}
    assert seers(cast, lambda viewer: cast.product in products_visible_to(viewer)) == everyone
    publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="trùng", at=NOW)
    keepers = {"producer", "clerk", "officer", "inspector", "administrator", "leader"}
    assert seers(cast, lambda viewer: cast.product in products_visible_to(viewer)) == keepers
    assert seers(cast, lambda viewer: product_by_any_code("BK001", viewer) is not None) == keepers


def test_who_looks_after_what(cast):
    assert list(products_kept_by(cast.producer)) == [cast.product]
    assert list(products_kept_by(cast.rival_clerk)) == [cast.rival_product]
    assert set(products_kept_by(cast.officer)) == {cast.product, cast.rival_product}
    for nobody in (VISITOR, cast.inspector, cast.buyer, cast.newcomer):
        assert not products_kept_by(nobody).exists()
        assert not producers_kept_by(nobody).exists()
    assert list(producers_kept_by(cast.producer)) == [cast.maker]
    assert list(producers_kept_by(cast.rival_clerk)) == [cast.rival_maker]
    assert producer_of(cast.rival) == cast.rival_maker
    assert producer_of(cast.clerk) is None


def test_producers_are_public_and_count_what_the_viewer_may_see(cast):
    make_product("Ẩn", cast.maker)
    publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="x", at=NOW)
    counts = {viewer: {p.code: p.n_products for p in producers_visible_to(viewer)} for viewer in (VISITOR, cast.officer)}
    assert counts[VISITOR] == {"htx-mai": 1, "htx-lan": 1}
    assert counts[cast.officer] == {"htx-mai": 2, "htx-lan": 1}


def test_who_speaks_for_whom_and_who_is_told(cast):
    assert [user.pk for user in people_of(cast.maker, TODAY)] == [cast.producer.user_id]
    assert not people_of(cast.maker, date(2026, 6, 30)).exists()
    assert subjects_in_unit(cast.stage.dong_phuc.key) == ["producer:htx-lan"]
    office = {cast.officer.user_id, cast.second_officer.user_id}
    assert set(officers_for(None, TODAY)) == office
    assert set(officers_for(cast.stage.con_minh, TODAY)) == office | {cast.clerk.user_id}


def test_claims_are_seen_by_whoever_asked_and_whoever_decides(cast):
    claim = request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    assert seers(cast, lambda viewer: claim in claims_visible_to(viewer)) == {"newcomer", "clerk", "officer"}
    assert seers(cast, lambda viewer: claim in claims_waiting(viewer)) == {"clerk", "officer"}


def test_reports_are_seen_by_whom_they_concern(cast):
    report = file_report(actor=VISITOR, kind="error", text="x", place_seen="y", at=NOW, product=cast.product)
    assert seers(cast, lambda viewer: report in reports_visible_to(viewer)) == {"clerk", "officer", "inspector"}
    assert seers(cast, lambda viewer: report in reports_waiting(viewer)) == {"clerk", "officer"}


def test_a_photo_is_public_while_its_product_is(cast):
    photo = add_photo(actor=cast.producer, of=cast.product, upload=picture(), at=NOW)
    assert photo_is_public(photo.file)
    assert file_visible_to(VISITOR, photo.file, TODAY)
    publish_product(actor=cast.officer, product=cast.product, is_published=False, reason="x", at=NOW)
    assert not photo_is_public(photo.file)
    assert seers(cast, lambda viewer: file_visible_to(viewer, photo.file, TODAY)) == {
        *("producer", "clerk", "officer", "inspector", "administrator", "leader")
    }


def test_a_removed_photo_is_seen_by_nobody(cast):
    photo = add_photo(actor=cast.producer, of=cast.maker, upload=picture(), at=NOW)
    file = photo.file
    assert photo_is_public(file)
    remove_photo(actor=cast.producer, photo=photo, at=NOW)
    file.refresh_from_db()
    assert not photo_is_public(file)
    assert seers(cast, lambda viewer: file_visible_to(viewer, file, TODAY)) == set()


def test_scans_and_reporters_photos_are_private(cast):
    row = recognise(cast.product, scan=picture())
    facts = {"decision_no": "9", "withdrawn_on": TODAY, "authority": "province_chairman", "signatory": "Chủ tịch", "reason": "x"}
    record_withdrawal(actor=cast.officer, recognition=row, at=NOW, scan=picture(), **facts)
    for scan in (row.scan, row.withdrawal_scan):
        seen = seers(cast, lambda viewer, scan=scan: file_visible_to(viewer, scan, TODAY))
        assert seen == {"producer", "clerk", "officer", "inspector", "leader"}
    report = file_report(actor=VISITOR, kind="misuse", text="x", place_seen="y", at=NOW, product=cast.product, photo=picture())
    assert seers(cast, lambda viewer: file_visible_to(viewer, report.photo, TODAY)) == {"clerk", "officer", "inspector"}


def test_a_file_of_another_room_is_not_ours_to_show(cast):
    photo = add_photo(actor=cast.producer, of=cast.maker, upload=picture(), at=NOW)
    StoredFile.objects.filter(pk=photo.file_id).update(kind="evidence")
    photo.file.refresh_from_db()
    assert seers(cast, lambda viewer: file_visible_to(viewer, photo.file, TODAY)) == set()


def test_renewals_wait_for_the_producer_and_the_clerk_until_the_last_day_to_hand_in(cast):
    recognise(cast.product, signed_on=date(2024, 5, 1), last_day=date(2027, 4, 30))
    Notice.objects.all().delete()
    assert [product.pk for product in products_due(TODAY)] == [cast.product.pk]
    for viewer in (cast.producer, cast.clerk):
        (thing,) = things_waiting(viewer, TODAY)
        assert (thing.url_name, thing.url_args) == ("desk:renewal", ("BK001",))
        assert thing.due_on == date(2027, 4, 30) - timedelta(days=120)
        assert "30/4/2027" in thing.title
    assert things_waiting(cast.rival, TODAY) == []
    (late,) = things_waiting(cast.producer, date(2027, 4, 1))
    assert late.due_on == date(2027, 4, 30)


@pytest.mark.parametrize(("left", "is_due"), [(241, False), (240, True)])
def test_a_renewal_waits_from_240_days_before_the_end(cast, left, is_due):
    recognise(cast.product, signed_on=date(2024, 5, 1), last_day=TODAY + timedelta(days=left - 1))
    assert products_due(TODAY).exists() is is_due


def test_queues_wait_once_nearest_deadline_first(cast):
    file_report(actor=VISITOR, kind="misuse", text="x", place_seen="chợ", at=NOW, product=cast.product)
    request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)
    assert things_waiting(cast.clerk, TODAY) == []  # the notices say so already
    for notice in Notice.objects.filter(recipient_id=cast.clerk.user_id):
        read_notice(actor=cast.clerk, notice_id=notice.pk, at=NOW)
    things = things_waiting(cast.clerk, TODAY)
    assert [thing.url_name for thing in things] == ["desk:claims", "desk:report"]
    assert things[0].due_on < things[1].due_on
    assert things_waiting(cast.rival_clerk, TODAY) == []


def test_standings_of_many_are_one_question(cast, django_assert_num_queries):
    recognise(cast.product)
    with django_assert_num_queries(1):
        found = standings_on([cast.product.pk, cast.rival_product.pk], TODAY)
    assert {pk: standing.kind for pk, standing in found.items()} == {cast.product.pk: "valid", cast.rival_product.pk: "none"}
    assert standing_on(cast.product, date(2020, 1, 1)).kind == "none"


def test_the_history_is_whole_and_conflicts_stand_side_by_side(cast):
    first = recognise(cast.product, signed_on=date(2024, 1, 1), decision_no="1")
    second = recognise(cast.product, signed_on=date(2025, 1, 1), decision_no="2")
    assert list(history_of(cast.product)) == [first, second]
    assert conflicts_of(cast.product) == []
    history_of(cast.product).update(conflict_group="BK001-stars")
    assert conflicts_of(cast.product) == [[first, second]]
    assert list(products_in_conflict()) == [cast.product]


def test_the_sets_have_names():
    assert len(product_sets()) == 26
    assert set_name(11) == "Chè tươi, chè chế biến"
    assert set_name(None) == set_name(99) == ""
