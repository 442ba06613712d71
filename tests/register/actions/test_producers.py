"""Producers: pages, legal form, links, contact with consent, personal data that is logged and never written down elsewhere."""

from datetime import date

import pytest

from ocop.people.actions import Refused
from ocop.records.models import AccessEntry, AuditEntry
from ocop.register.actions import (
    NotFitting,
    ProducerExists,
    ProducerMoved,
    change_legal_form,
    create_producer,
    edit_producer,
    publish_contact,
    read_person,
    set_links,
    set_person,
    withdraw_contact,
)
from ocop.register.models import Producer, ProducerPerson
from ocop.register.queries import legal_form_on
from tests.cast import NOW, TODAY

PERSON = {
    "representative": "Canary Nông Thị Mai",
    "phone": "0912 345 678",
    "email": "canary@thu.vn",
    "identity_number": "Canary-0123",
    "ethnicity": "Canary-Tày",
}


def readings():
    return AccessEntry.objects.filter(event="person.read")


def test_an_old_commune_leads_to_todays(cast):
    assert (cast.rival_maker.unit, cast.rival_maker.commune_now) == (cast.stage.bang_phuc, cast.stage.dong_phuc)


def test_a_second_producer_of_the_same_name_gets_another_code(cast):
    assert create_producer(actor=cast.officer, name="HTX Mai", form="hop_tac_xa", at=NOW).code == "htx-mai-2"
    with pytest.raises(ProducerExists):
        create_producer(actor=cast.officer, name="HTX Mai", form="hop_tac_xa", at=NOW, code="htx-mai")


@pytest.mark.parametrize("values", [{"name": ""}, {"form": "cong_ty_me"}, {"name": "x" * 201}])
def test_a_producer_needs_a_name_and_a_form(cast, values):
    with pytest.raises(NotFitting):
        create_producer(**{"actor": cast.officer, "name": "HTX", "form": "hop_tac_xa", "at": NOW, **values})


def test_a_clerk_writes_no_producer_into_another_commune(cast):
    with pytest.raises(Refused):
        create_producer(actor=cast.clerk, name="HTX", form="hop_tac_xa", at=NOW, unit=cast.stage.dong_phuc)


def test_the_page_is_edited_and_the_second_sees_the_difference(cast):
    edit_producer(actor=cast.clerk, producer=cast.maker, changes={"opening_hours": "7–17"}, version=1, at=NOW)
    with pytest.raises(ProducerMoved) as moved:
        edit_producer(actor=cast.producer, producer=cast.maker, changes={"opening_hours": "8–18"}, version=1, at=NOW)
    assert [(each.theirs, each.yours) for each in moved.value.differences] == [("7–17", "8–18")]
    assert moved.value.who == "Hoàng Thị Xã"
    assert Producer.objects.get(pk=cast.maker.pk).opening_hours == "7–17"


@pytest.mark.parametrize(("typed", "kept"), [("2019", 2019), ("", None)])
def test_the_founding_year_is_a_year(cast, typed, kept):
    assert edit_producer(actor=cast.officer, producer=cast.maker, changes={"founded_year": typed}, version=1, at=NOW).founded_year == kept


@pytest.mark.parametrize("typed", ["19", "năm 2019", "20191", "２０１９"])
def test_what_is_no_year_is_refused(cast, typed):
    with pytest.raises(NotFitting):
        edit_producer(actor=cast.officer, producer=cast.maker, changes={"founded_year": typed}, version=1, at=NOW)


def test_a_change_of_form_ends_the_old_one_that_day(cast):
    day = date(2026, 10, 1)
    change_legal_form(actor=cast.clerk, producer=cast.maker, form="doanh_nghiep_nho_va_vua", valid_from=day, basis="giấy 12", at=NOW)
    assert legal_form_on(cast.maker, date(2026, 9, 30)).form == "hop_tac_xa"
    assert legal_form_on(cast.maker, day).form == "doanh_nghiep_nho_va_vua"
    for again in ({"valid_from": day}, {"valid_from": date(2026, 11, 25)}, {"valid_from": TODAY, "basis": ""}, {"form": "x"}):
        with pytest.raises(NotFitting):
            change_legal_form(
                **{"actor": cast.clerk, "producer": cast.maker, "form": "hoi", "valid_from": TODAY, "basis": "b", "at": NOW, **again}
            )


def test_links_replace_those_there_were(cast):
    set_links(actor=cast.producer, producer=cast.maker, links=[("facebook", "https://facebook.com/a"), ("website", "")], at=NOW)
    set_links(actor=cast.producer, producer=cast.maker, links=[("website", "https://b.vn")], at=NOW)
    assert list(cast.maker.links.values_list("kind", "url")) == [("website", "https://b.vn")]
    entries = AuditEntry.objects.count()
    set_links(actor=cast.producer, producer=cast.maker, links=[("website", "https://b.vn")], at=NOW)
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    "link", [("website", "javascript:alert(1)"), ("website", "b.vn"), ("myspace", "https://b.vn"), ("website", "https://" + "x" * 300)]
)
def test_a_link_is_an_address_of_a_known_kind(cast, link):
    with pytest.raises(NotFitting):
        set_links(actor=cast.producer, producer=cast.maker, links=[link], at=NOW)


def test_the_contact_is_published_by_the_producer_alone_and_goes_at_once(cast):
    with pytest.raises(Refused):
        publish_contact(actor=cast.officer, producer=cast.maker, phone="0912 345 678", zalo="", at=NOW)
    with pytest.raises(NotFitting):
        publish_contact(actor=cast.producer, producer=cast.maker, phone="", zalo="", at=NOW)
    with pytest.raises(NotFitting):
        publish_contact(actor=cast.producer, producer=cast.maker, phone="123", zalo="", at=NOW)
    shown = publish_contact(actor=cast.producer, producer=cast.maker, phone="0912 345 678", zalo="", at=NOW)
    assert (shown.business_phone, shown.contact_consent_by_id) == ("+84912345678", cast.producer.user_id)
    gone = withdraw_contact(actor=cast.clerk, producer=cast.maker, at=NOW)
    assert (gone.business_phone, gone.contact_consent_at, gone.contact_consent_by_id) == ("", None, None)


def test_personal_data_is_stored_apart_and_the_audit_names_fields_alone(cast):
    set_person(actor=cast.producer, producer=cast.maker, values=PERSON, has_disability=True, at=NOW)
    person = ProducerPerson.objects.get(producer=cast.maker)
    assert (person.phone, person.has_disability) == ("+84912345678", True)
    bodies = " ".join(AuditEntry.objects.values_list("body", flat=True))
    assert "identity_number" in bodies
    for value in ("Canary", "+84912345678"):
        assert value not in bodies
    product = cast.maker.products.get()
    assert "canary" not in product.search_text


def test_every_reading_of_personal_data_is_logged(cast):
    set_person(actor=cast.producer, producer=cast.maker, values=PERSON, at=NOW)
    data = read_person(actor=cast.inspector, producer=cast.maker, at=NOW)
    assert data.representative == "Canary Nông Thị Mai"
    entry = readings().get()
    assert (entry.actor_id, entry.subject, entry.event) == (cast.inspector.user_id, "producer:htx-mai", "person.read")
    assert "Canary" not in entry.body
    with pytest.raises(Refused):
        read_person(actor=cast.rival, producer=cast.maker, at=NOW)
    assert readings().count() == 1


def test_nobody_said_anything_yet_is_empty_and_logged_too(cast):
    assert read_person(actor=cast.clerk, producer=cast.maker, at=NOW).representative == ""
    assert readings().count() == 1


@pytest.mark.parametrize("values", [{"phone": "12"}, {"email": "a@"}, {"identity_number": "x" * 21}])
def test_personal_data_must_fit(cast, values):
    with pytest.raises(NotFitting):
        set_person(actor=cast.producer, producer=cast.maker, values=values, at=NOW)
