"""Who may do what to whom: one table, actor × state × verdict."""

from datetime import date, timedelta
from typing import Any

import pytest

from ocop.core.actor import VISITOR, Actor, system_actor
from ocop.people import policies
from ocop.people.enums import Role
from ocop.people.models import Invitation, User
from tests.people.conftest import NOW, TODAY, Person, acting, give

OWN, OTHER = "02185@2025-07-01", "01933@2025-07-01"


def actor(role: str) -> Actor:
    return Actor(user_id=1, mandate_id=1, role=role, office_key="x", unit_key=OWN)


EVERYONE = [*Role.values, ""]


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("invited", Role.values)
@pytest.mark.parametrize("place", [OWN, OTHER])
def test_can_invite(role: str, invited: str, place: str) -> None:
    expected = (
        role == Role.ADMINISTRATOR
        or (role == Role.OCOP_OFFICER and invited not in {Role.ADMINISTRATOR, Role.INSPECTOR})
        or (role == Role.COMMUNE_OFFICER and invited == Role.PRODUCER and place == OWN)
    )
    verdict = policies.can_invite(actor(role), role=invited, unit_key=place)
    assert bool(verdict) is expected
    assert bool(verdict.reason) is not expected


def test_the_machine_may_grant_and_a_visitor_may_not() -> None:
    assert policies.can_invite(system_actor("seed"), role=Role.ADMINISTRATOR)
    assert not policies.can_invite(VISITOR, role=Role.PRODUCER, unit_key=OWN)


def test_a_commune_officer_whose_place_the_caller_checked() -> None:
    assert policies.can_invite(actor(Role.COMMUNE_OFFICER), role=Role.PRODUCER, unit_key=None)
    assert not policies.can_invite(actor(Role.COMMUNE_OFFICER), role=Role.PRODUCER, unit_key="")


@pytest.mark.parametrize(("is_self", "is_active", "expected"), [(False, True, True), (True, True, False), (False, False, False)])
def test_can_grant(is_self: bool, is_active: bool, expected: bool) -> None:
    user = User(pk=1 if is_self else 2, is_active=is_active)
    assert bool(policies.can_grant(actor(Role.ADMINISTRATOR), user=user, role=Role.BUYER)) is expected


@pytest.mark.parametrize("role", EVERYONE)
def test_can_list_people(role: str) -> None:
    allowed = {Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.INSPECTOR, Role.COMMUNE_OFFICER}
    assert bool(policies.can_list_people(actor(role))) is (role in allowed)


RESET_CASES: list[tuple[str, dict[str, Any], bool]] = [
    ("a producer of the commune without e-mail", {}, True),
    ("somebody with e-mail", {"email": "a@thu.vn"}, False),
    ("somebody of another commune", {"unit_key": OTHER}, False),
    ("nobody knows of which commune", {"unit_key": None}, False),
    ("an account that was ended", {"is_active": False}, False),
    ("an official", {"role": "leader", "place": "ubnd-thai"}, False),
    ("asked by an OCOP officer", {"by": "ocop_officer"}, False),
    ("asked by an administrator", {"by": "administrator"}, False),
]


@pytest.mark.parametrize(("case", "facts", "expected"), RESET_CASES, ids=[case for case, _facts, _expected in RESET_CASES])
def test_can_issue_reset(person: Person, case: str, facts: dict[str, Any], expected: bool) -> None:
    user = person(facts.get("role", "producer"), facts.get("place", "producer:x"), email=facts.get("email"))
    user.is_active = facts.get("is_active", True)
    officer = Actor(user_id=999, role=facts.get("by", "commune_officer"), unit_key=OWN)
    verdict = policies.can_issue_reset(officer, user=user, on=TODAY, unit_key=facts.get("unit_key", OWN))
    assert bool(verdict) is expected, case


def test_nobody_issues_a_reset_for_themselves(person: Person) -> None:
    officer = person("commune_officer", "ubnd-xa-con-minh", email=None)
    assert not policies.can_issue_reset(acting(officer), user=officer, on=TODAY, unit_key=OWN)


@pytest.mark.parametrize(
    ("starts", "ends", "is_own", "expected"),
    [
        (-1, None, True, True),
        (0, None, True, True),
        (1, None, True, False),
        (-5, 0, True, False),
        (-5, 1, True, True),
        (-1, None, False, False),
    ],
)
def test_can_switch_hat(person: Person, starts: int, ends: int | None, is_own: bool, expected: bool) -> None:
    user, other = person("producer", "producer:x"), person()
    mandate = user.mandates.get()
    mandate.valid_from = TODAY + timedelta(days=starts)
    mandate.valid_to = None if ends is None else TODAY + timedelta(days=ends)
    assert bool(policies.can_switch_hat(user if is_own else other, mandate=mandate, on=TODAY)) is expected


@pytest.mark.parametrize(
    ("by", "role", "place", "unit", "expected"),
    [
        ("administrator", "inspector", "thanh-tra", OWN, True),
        ("ocop_officer", "inspector", "thanh-tra", OWN, False),
        ("ocop_officer", "commune_officer", "ubnd-xa-con-minh", OWN, True),
        ("commune_officer", "producer", "producer:x", OWN, True),
        ("commune_officer", "producer", "producer:x", OTHER, False),
        ("commune_officer", "commune_officer", "ubnd-xa-con-minh", OWN, False),
        ("inspector", "producer", "producer:x", OWN, False),
        ("producer", "producer", "producer:x", OWN, False),
    ],
)
def test_can_end_mandate(person: Person, by: str, role: str, place: str, unit: str, expected: bool) -> None:
    mandate = person(role, place).mandates.get()
    verdict = policies.can_end_mandate(Actor(user_id=999, role=by, unit_key=OWN), mandate=mandate, on=TODAY, unit_key=unit)
    assert bool(verdict) is expected


def test_what_has_ended_and_what_is_ones_own_cannot_be_ended(person: Person) -> None:
    admin = person("administrator", "co-quan-ocop")
    own = admin.mandates.get()
    assert not policies.can_end_mandate(acting(admin), mandate=own, on=TODAY)
    past = give(person(), "producer", "producer:x")
    past.valid_to = TODAY
    assert not policies.can_end_mandate(acting(admin), mandate=past, on=TODAY)


@pytest.mark.parametrize(
    ("by", "is_sender", "state", "expected"),
    [
        ("administrator", False, "open", True),
        ("ocop_officer", True, "open", True),
        ("ocop_officer", False, "open", False),
        ("inspector", True, "open", False),
        ("administrator", False, "accepted", False),
        ("administrator", False, "revoked", False),
        ("administrator", False, "expired", False),
    ],
)
def test_can_revoke_invitation(by: str, is_sender: bool, state: str, expected: bool) -> None:
    invitation = Invitation(invited_by_id=1 if is_sender else 2, expires_at=NOW + timedelta(days=-1 if state == "expired" else 1))
    invitation.accepted_at = NOW if state == "accepted" else None
    invitation.revoked_at = NOW if state == "revoked" else None
    assert bool(policies.can_revoke_invitation(actor(by), invitation=invitation, at=NOW)) is expected


@pytest.mark.parametrize(
    ("state", "expected"), [("open", True), ("accepted", False), ("revoked", False), ("expired", False), ("sender gone", False)]
)
def test_can_accept_invitation(state: str, expected: bool) -> None:
    invitation = Invitation(
        invited_by=User(is_active=state != "sender gone"), expires_at=NOW + timedelta(days=-1 if state == "expired" else 1)
    )
    invitation.accepted_at = NOW if state == "accepted" else None
    invitation.revoked_at = NOW if state == "revoked" else None
    verdict = policies.can_accept_invitation(invitation, at=NOW)
    assert bool(verdict) is expected
    assert bool(verdict.reason) is not expected


def test_nobody_takes_up_the_own_invitation() -> None:
    sender = User(pk=1)
    assert not policies.can_take_up(Invitation(invited_by=sender), user=sender)
    assert policies.can_take_up(Invitation(invited_by=sender), user=User(pk=2))
    assert not policies.can_take_up(Invitation(invited_by=sender), user=User(pk=2, is_active=False))


@pytest.mark.parametrize(
    ("by", "is_self", "is_active", "expected"),
    [
        ("administrator", False, True, True),
        ("administrator", True, True, False),
        ("administrator", False, False, False),
        ("leader", False, True, False),
    ],
)
def test_can_deactivate(by: str, is_self: bool, is_active: bool, expected: bool) -> None:
    assert bool(policies.can_deactivate(actor(by), user=User(pk=1 if is_self else 2, is_active=is_active))) is expected


@pytest.mark.parametrize(
    ("is_required", "role", "place", "on", "expected"),
    [
        (True, "inspector", "thanh-tra", TODAY, True),
        (True, "producer", "producer:x", TODAY, False),
        (True, "inspector", "thanh-tra", date(2025, 12, 31), False),  # the mandate has not begun
        (False, "inspector", "thanh-tra", TODAY, False),
    ],
)
def test_needs_second_factor(settings: Any, person: Person, is_required: bool, role: str, place: str, on: date, expected: bool) -> None:
    settings.SECOND_FACTOR_REQUIRED = is_required
    assert policies.needs_second_factor(person(role, place), on) is expected


@pytest.mark.parametrize(("left", "role", "expected"), [(0, "inspector", False), (1, "inspector", True), (0, "", True)])
def test_can_remove_factor(settings: Any, person: Person, left: int, role: str, expected: bool) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert bool(policies.can_remove_factor(person(role, "thanh-tra"), on=TODAY, factors_left=left)) is expected
