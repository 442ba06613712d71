"""Mandates are given once, ended once, worn by their owner; the database refuses what must not be."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from ocop.people import queries
from ocop.people.actions import MandateMoved, Refused, choose_hat, end_mandate, grant_mandate
from ocop.people.models import Mandate, Office
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import NOW, SEED, SINCE, TODAY, Person, acting, give

OWN = "02185@2025-07-01"


def test_a_mandate_is_written_down_and_the_person_is_told(person: Person) -> None:
    admin, user = person("administrator", "co-quan-ocop"), person()
    office = Office.objects.get(key__startswith="ubnd-xa-con-minh")
    mandate = grant_mandate(actor=acting(admin), user=user, role="commune_officer", valid_from=TODAY, at=NOW, office=office)
    assert (mandate.granted_by, mandate.office, mandate.valid_to) == (admin, office, None)
    entry = AuditEntry.objects.filter(event="mandate.granted", subject=f"user:{user.pk}").get()
    assert f'"office":"{office.key}"' in entry.body
    assert entry.actor_id == admin.pk
    assert Notice.objects.filter(recipient=user, event="mandate.granted").count() == 1


def test_the_same_mandate_is_not_given_twice(person: Person) -> None:
    user = person("producer", "producer:x")
    with pytest.raises(MandateMoved):
        give(user, "producer", "producer:x")
    assert Mandate.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("by", "place", "role", "target", "unit"),
    [
        ("ocop_officer", "co-quan-ocop", "administrator", "co-quan-ocop", None),
        ("commune_officer", "ubnd-xa-con-minh", "producer", "producer:x", "01933@2025-07-01"),
        ("commune_officer", "ubnd-xa-con-minh", "commune_officer", "ubnd-xa-con-minh", None),
        ("administrator", "co-quan-ocop", "chair", "ubnd-xa-con-minh", None),  # a chair sits in a council
        ("administrator", "co-quan-ocop", "producer", "buyer:x", None),
    ],
)
def test_a_grant_beyond_reach_leaves_nothing(person: Person, by: str, place: str, role: str, target: str, unit: str | None) -> None:
    officer, user = person(by, place), person()
    office = Office.objects.filter(key__startswith=target).first()
    with pytest.raises(Refused):
        grant_mandate(
            actor=acting(officer),
            user=user,
            role=role,
            valid_from=TODAY,
            at=NOW,
            office=office,
            subject="" if office else target,
            unit_key=unit,
        )
    assert not Mandate.objects.filter(user=user).exists()


def test_becoming_an_official_asks_for_a_longer_password_once(person: Person) -> None:
    user = person("producer", "producer:x")
    give(user, "advisory_member", "to-tu-van")
    assert user.needs_new_password
    user.needs_new_password = False
    user.save()
    give(user, "council_member", "hoi-dong")
    assert not user.needs_new_password


def test_a_mandate_ends_on_the_day_with_its_reason(person: Person) -> None:
    officer, user = person("commune_officer", "ubnd-xa-con-minh"), person("producer", "producer:x")
    mandate = user.mandates.get()
    end_mandate(actor=acting(officer), mandate=mandate, on=TODAY, reason="Đổi người đại diện", at=NOW, unit_key=OWN)
    assert (mandate.valid_to, mandate.end_reason) == (TODAY, "Đổi người đại diện")
    assert not queries.mandates_of(user, TODAY).exists()
    assert Notice.objects.filter(recipient=user, event="mandate.ended", body="Đổi người đại diện").exists()
    assert AuditEntry.objects.filter(event="mandate.ended", actor_id=officer.pk).count() == 1


def test_the_second_who_ends_a_mandate_is_told_so(person: Person) -> None:
    admin, user = person("administrator", "co-quan-ocop"), person("producer", "producer:x")
    mine, theirs = user.mandates.get(), user.mandates.get()  # both opened the page before either pressed the button
    end_mandate(actor=acting(admin), mandate=mine, on=TODAY, reason="Một", at=NOW)
    with pytest.raises(MandateMoved):
        end_mandate(actor=acting(admin), mandate=theirs, on=TODAY, reason="Hai", at=NOW)
    mine.refresh_from_db()
    assert mine.end_reason == "Một"


def test_a_mandate_that_has_not_begun_never_begins(person: Person) -> None:
    admin, user = person("administrator", "co-quan-ocop"), person()
    later = date(2026, 6, 1)
    mandate = grant_mandate(actor=SEED, user=user, role="producer", valid_from=later, at=NOW, subject="producer:x", subject_name="x")
    end_mandate(actor=acting(admin), mandate=mandate, on=TODAY, reason="Nhầm", at=NOW)
    assert mandate.valid_to == later
    assert not queries.mandates_of(user, later).exists()


def test_the_hat_is_remembered_in_the_audit_under_the_new_mandate(person: Person) -> None:
    user = person("commune_officer", "ubnd-xa-con-minh")
    second = give(user, "advisory_member", "to-tu-van")
    worn = choose_hat(actor=acting(user), user=user, mandate=second, at=NOW)
    assert (worn.role, worn.mandate_id) == ("advisory_member", second.pk)
    assert f'"mandate":{second.pk}' in AuditEntry.objects.get(event="hat.changed").body


def test_nobody_wears_anothers_hat(person: Person) -> None:
    user, other = person("producer", "producer:x"), person("inspector", "thanh-tra")
    with pytest.raises(Refused):
        choose_hat(actor=acting(user), user=user, mandate=other.mandates.get(), at=NOW)
    assert not AuditEntry.objects.filter(event="hat.changed").exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role": "producer", "subject": "producer:x", "valid_to": date(2025, 12, 31)}, "mandate_span_forward"),
        ({"role": "producer"}, "mandate_for_office_or_subject"),
        ({"role": "inspector"}, "mandate_for_office_or_subject"),
        ({"role": "inspector", "subject": "producer:x"}, "mandate_for_office_or_subject"),
    ],
)
def test_the_database_refuses_a_mandate(person: Person, fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Mandate.objects.create(user=person(), valid_from=SINCE, granted_at=NOW, **fields)
