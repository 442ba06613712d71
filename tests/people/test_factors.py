"""An official without second factor comes back by two officers, never by one."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError

from ocop.people import policies, queries
from ocop.people.actions import (
    FactorResetMoved,
    Refused,
    approve_factor_reset,
    ask_factor_reset,
    deactivate_user,
    reactivate_user,
    refuse_factor_reset,
)
from ocop.people.enums import Role
from ocop.people.models import FactorReset, User
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import NOW, TODAY, Person, acting

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def chair(person: Person) -> User:
    """She had an app and recovery codes, and a browser that is still signed in."""
    user = person(Role.CHAIR, "hoi-dong")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})
    session = SessionStore()
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="192.0.2.1", user_agent="thu")
    return user


@pytest.fixture
def first(person: Person) -> User:
    return person(Role.OCOP_OFFICER, "co-quan-ocop")


@pytest.fixture
def second(person: Person) -> User:
    return person(Role.ADMINISTRATOR, "co-quan-ocop")


def ask(officer: User, user: User) -> FactorReset:
    return ask_factor_reset(actor=acting(officer), user=user, reason="mất điện thoại", identity_seen="gặp tại cơ quan", at=NOW)


def test_two_officers_bring_her_back(chair: User, first: User, second: User, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    reset = ask(first, chair)
    assert queries.has_second_factor(chair)
    approve_factor_reset(actor=acting(second), reset=reset, at=LATER)
    assert not Authenticator.objects.filter(user=chair).exists()
    assert not UserSession.objects.filter(user=chair).exists()
    assert policies.needs_second_factor(chair, TODAY)
    events = AuditEntry.objects.filter(subject=f"user:{chair.pk}", event__startswith="factor.reset").order_by("n")
    assert [(entry.event, entry.actor_id) for entry in events] == [
        ("factor.reset_asked", first.pk),
        ("factor.reset_approved", second.pk),
    ]
    assert Notice.objects.filter(recipient=chair, event="factor.reset_asked").exists()
    assert Notice.objects.filter(recipient=chair, event="factor.reset_approved").exists()


def test_nobody_is_both(chair: User, first: User, second: User) -> None:
    reset = ask(first, chair)
    for same in (first, chair):
        with pytest.raises(Refused):
            approve_factor_reset(actor=acting(same), reset=reset, at=LATER)
    assert queries.has_second_factor(chair)
    with pytest.raises(Refused):
        ask(second, second)


@pytest.mark.parametrize("role", [role for role in Role.values if role not in policies.FACTOR_ROLES])
def test_other_roles_can_do_neither(role: str, chair: User, first: User, person: Person) -> None:
    places = {Role.PRODUCER: "producer:x", Role.KEEPER: "sales_point:x", Role.BUYER: "buyer:x", Role.COMMUNE_OFFICER: "ubnd-xa"}
    offices = {Role.ADVISORY_MEMBER: "to-tu-van", Role.LEADER: "ubnd-thai", Role.PROMOTION_OFFICER: "xuc-tien", Role.INSPECTOR: "thanh-tra"}
    other = person(role, (places | offices).get(role, "hoi-dong"))
    assert not policies.can_ask_factor_reset(acting(other), user=chair, at=NOW)
    reset = ask(first, chair)
    assert not policies.can_approve_factor_reset(acting(other), reset=reset, at=LATER)
    assert not policies.can_refuse_factor_reset(acting(other), reset=reset, at=LATER)
    assert not queries.factor_resets_waiting_for(acting(other), LATER).exists()


@pytest.mark.parametrize(("hours", "works"), [(23, True), (24, False), (25, False)])
def test_it_waits_a_day(hours: int, works: bool, chair: User, first: User, second: User) -> None:
    reset, at = ask(first, chair), NOW + timedelta(hours=hours)
    assert bool(policies.can_approve_factor_reset(acting(second), reset=reset, at=at)) is works
    assert queries.factor_resets_waiting_for(acting(second), at).exists() is works
    assert bool(policies.can_ask_factor_reset(acting(first), user=chair, at=at)) is not works


def test_it_is_decided_once(chair: User, first: User, second: User, person: Person) -> None:
    reset = ask(first, chair)
    third = person(Role.ADMINISTRATOR, "co-quan-ocop")
    stale = FactorReset.objects.get(pk=reset.pk)
    refuse_factor_reset(actor=acting(second), reset=reset, at=LATER)
    with pytest.raises(FactorResetMoved):
        approve_factor_reset(actor=acting(third), reset=stale, at=LATER)
    assert queries.has_second_factor(chair)
    assert Notice.objects.filter(recipient=first, event="factor.reset_refused").exists()


def test_whoever_asked_may_take_it_back(chair: User, first: User) -> None:
    reset = ask(first, chair)
    refuse_factor_reset(actor=acting(first), reset=reset, at=LATER)
    assert queries.open_factor_reset(chair, LATER) is None
    assert ask(first, chair).pk != reset.pk


def test_reason_and_identity_are_needed_and_there_must_be_something_to_remove(chair: User, first: User, person: Person) -> None:
    with pytest.raises(Refused):
        ask_factor_reset(actor=acting(first), user=chair, reason=" ", identity_seen="x", at=NOW)
    with pytest.raises(Refused):
        ask(first, person(Role.LEADER, "ubnd-thai"))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"asked_by": "chair"}, "factor_reset_by_somebody_else"),
        ({"decided_by": "first", "decided_at": NOW, "is_approved": True}, "factor_reset_by_four_eyes"),
        ({"decided_by": "chair", "decided_at": NOW, "is_approved": True}, "factor_reset_by_four_eyes"),
        ({"decided_by": "second", "is_approved": True}, "factor_reset_decided_has_person"),
    ],
)
def test_the_database_refuses_one_pair_of_eyes(fields: dict, constraint: str, chair: User, first: User, second: User) -> None:
    people = {"chair": chair, "first": first, "second": second}
    row = {"user": chair, "asked_by": first, "asked_at": NOW, "expires_at": LATER}
    row |= {name: people.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint):
        FactorReset.objects.create(reason="x", identity_seen="x", **row)


def test_an_ended_account_comes_back_with_a_reason(first: User, second: User, chair: User) -> None:
    deactivate_user(actor=acting(second), user=chair, reason="nghỉ việc", at=NOW)
    for nobody in (first, chair):
        with pytest.raises(Refused):
            reactivate_user(actor=acting(nobody), user=chair, reason="x", at=LATER)
    reactivate_user(actor=acting(second), user=chair, reason="nhầm người", at=LATER)
    assert chair.is_active
    assert '"reason":"nhầm người"' in AuditEntry.objects.get(event="user.reactivated").body
    with pytest.raises(Refused):
        reactivate_user(actor=acting(second), user=chair, reason="x", at=LATER)
