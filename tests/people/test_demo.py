"""Demo accounts: two a role in different organisations, all marked, all within the rules, none in production."""

from collections import Counter
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password

from ocop.people import demo, policies, queries
from ocop.people.enums import Role
from ocop.people.models import Mandate, Office, User
from ocop.places.models import Unit
from ocop.records.enums import Channel
from ocop.records.models import Delivery
from tests.people.conftest import NOW, SEED, TODAY


@pytest.fixture
def seeded(province: Unit) -> dict[str, User]:
    Unit.objects.create(
        key="02191@2025-07-01",
        code="02191",
        name="Xã Xuân Dương",
        folded="xuan duong",
        kind="commune",
        parent=province,
        valid_from="2025-07-01",
        is_home=True,
    )
    return demo.seed_people(actor=SEED, at=NOW)


def test_the_table_has_two_of_each_role_in_different_organisations_and_one_to_lock_out() -> None:
    normal = [account for account in demo.ACCOUNTS if account.purpose == demo.NORMAL]
    assert Counter(account.role for account in normal) == dict.fromkeys(Role.values, 2)
    assert len({(account.role, account.organisation) for account in normal}) == 26
    assert [account.purpose for account in demo.ACCOUNTS].count(demo.LOCKOUT) == 1


def test_what_the_table_promises_is_what_signs_in(seeded: dict[str, User]) -> None:
    for account in demo.ACCOUNTS:
        user = seeded[account.username]
        actor = queries.actor_for(user, None, TODAY)
        place = Mandate.objects.get(pk=actor.mandate_id)
        assert user.check_password(account.password)
        assert actor.role == account.role
        assert (place.office.name if place.office else place.subject_name) == account.organisation


def test_passwords_keep_the_rules_of_their_role(seeded: dict[str, User]) -> None:
    for account in (*demo.ACCOUNTS, *demo.OTHER_ACCOUNTS):
        validate_password(account.password, seeded[account.username])
    passwords = [account.password for account in (*demo.ACCOUNTS, *demo.OTHER_ACCOUNTS)]
    assert len(set(passwords)) == len(passwords)


def test_every_row_is_marked_and_no_mail_leaves(seeded: dict[str, User]) -> None:
    assert not User.objects.exclude(username="import").filter(is_demo=False).exists()
    assert not Mandate.objects.filter(is_demo=False).exists()
    assert Office.objects.filter(is_demo=True).count() == len(demo.DEMO_OFFICES)
    assert not User.objects.filter(wants_email=True).exists()
    assert not EmailAddress.objects.filter(verified=False, user__is_demo=True).exists()
    assert not Delivery.objects.filter(channel=Channel.EMAIL).exists()


def test_seeding_twice_changes_nothing(seeded: dict[str, User]) -> None:
    before = (User.objects.count(), Mandate.objects.count(), Office.objects.count())
    again = demo.seed_people(actor=SEED, at=NOW)
    assert again == seeded
    assert (User.objects.count(), Mandate.objects.count(), Office.objects.count()) == before


def test_one_person_has_two_hats_one_has_none_one_has_no_email(seeded: dict[str, User]) -> None:
    roles = queries.roles_of(seeded[demo.TWO_HATS.username], TODAY)
    assert roles == {Role.COMMUNE_OFFICER, Role.ADVISORY_MEMBER}
    assert queries.roles_of(seeded[demo.CLAIMANT.username], TODAY) == set()
    assert seeded[demo.WITHOUT_EMAIL.username].email is None


def test_an_invitation_can_be_walked_through(seeded: dict[str, User]) -> None:
    invitation = queries.invitation_by_token(demo.DEMO_TOKEN)
    assert invitation is not None
    assert policies.can_accept_invitation(invitation, at=NOW)


def test_production_refuses(province: Unit, settings: Any) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(demo.DemoRefused):
        demo.seed_people(actor=SEED, at=NOW)
    assert not User.objects.exclude(username="import").exists()
