"""The assisted reset: one code, thirty minutes, once, only for whom it is meant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from ocop.core.actor import VISITOR
from ocop.people.actions import CodeRefused, Refused, issue_assisted_reset, use_assisted_reset
from ocop.people.models import AssistedReset, User
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import NOW, PASSWORD, Person, acting, give

OWN = "02185@2025-07-01"
NEW = "mua-rao-tren-doi-che-12"


@pytest.fixture
def officer(person: Person) -> User:
    return person("commune_officer", "ubnd-xa-con-minh")


@pytest.fixture
def maker(person: Person) -> User:
    return person("producer", "producer:x", email=None)


def issue(officer: User, user: User, minutes: int = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    return issue_assisted_reset(actor=acting(officer), user=user, identity_seen="gặp tại trụ sở", at=at, unit_key=OWN)


def use(user: User, code: str, minutes: int = 5, login: str = "") -> User:
    return use_assisted_reset(actor=VISITOR, login=login or user.phone or "", code=code, password=NEW, at=NOW + timedelta(minutes=minutes))


def test_the_code_sets_a_new_password_once(officer: User, maker: User) -> None:
    code = issue(officer, maker)
    use(maker, code.lower().replace("-", " "))
    maker.refresh_from_db()
    assert maker.check_password(NEW)
    with pytest.raises(CodeRefused):
        use(maker, code)


def test_both_sides_are_written_down_without_the_code(officer: User, maker: User) -> None:
    code = issue(officer, maker)
    use(maker, code)
    entries = {entry.event: entry for entry in AuditEntry.objects.filter(event__startswith="assisted_reset")}
    assert entries["assisted_reset.issued"].actor_id == officer.pk
    assert entries["assisted_reset.used"].actor_id == maker.pk
    assert not any(code in entry.body or code.replace("-", "") in entry.body for entry in entries.values())
    assert code not in str(AssistedReset.objects.values().get())
    assert Notice.objects.filter(recipient=maker, event="assisted_reset.issued").exists()
    assert Notice.objects.filter(recipient=officer, event="assisted_reset.used").exists()


@pytest.mark.parametrize(("minutes", "works"), [(0, True), (29, True), (30, False), (31, False)])
def test_it_lives_thirty_minutes(officer: User, maker: User, minutes: int, works: bool) -> None:
    code = issue(officer, maker)
    if works:
        use(maker, code, minutes)
    else:
        with pytest.raises(CodeRefused):
            use(maker, code, minutes)
    maker.refresh_from_db()
    assert maker.check_password(NEW if works else PASSWORD)


def test_a_second_code_stops_the_first(officer: User, maker: User) -> None:
    first, second = issue(officer, maker), issue(officer, maker, 1)
    with pytest.raises(CodeRefused):
        use(maker, first)
    use(maker, second)


def test_a_code_opens_only_the_account_it_is_for(officer: User, maker: User, person: Person) -> None:
    other = person("producer", "producer:y", email=None)
    code = issue(officer, maker)
    for login in (other.phone or "", "0900 999 999", "khong-ai@thu.vn", ""):
        with pytest.raises(CodeRefused):
            use_assisted_reset(actor=VISITOR, login=login, code=code, password=NEW, at=NOW)
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_somebody_who_became_an_official_meanwhile_is_refused(officer: User, maker: User) -> None:
    code = issue(officer, maker)
    give(maker, "advisory_member", "to-tu-van")
    with pytest.raises(CodeRefused):
        use(maker, code)


def test_an_ended_account_is_refused(officer: User, maker: User) -> None:
    code = issue(officer, maker)
    User.objects.filter(pk=maker.pk).update(is_active=False)
    with pytest.raises(CodeRefused):
        use(maker, code)


def test_the_officer_must_say_how_the_person_was_recognised(officer: User, maker: User) -> None:
    with pytest.raises(Refused):
        issue_assisted_reset(actor=acting(officer), user=maker, identity_seen=" \u200b ", at=NOW, unit_key=OWN)
    assert not AssistedReset.objects.exists()


def test_no_code_for_the_people_of_another_commune(officer: User, maker: User) -> None:
    with pytest.raises(Refused):
        issue_assisted_reset(actor=acting(officer), user=maker, identity_seen="gặp", at=NOW, unit_key="01933@2025-07-01")


def test_the_database_refuses_a_code_for_oneself(officer: User) -> None:
    with pytest.raises(IntegrityError, match="assisted_reset_by_somebody_else"):
        AssistedReset.objects.create(user=officer, issued_by=officer, code_hash="x", identity_seen="x", issued_at=NOW, expires_at=NOW)
