"""The built-in account that takes registers in: it is there, nobody signs in with it, nobody finds it among people."""

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.people.queries import actor_in_role, import_actor, people_visible_to
from tests.cast import TODAY


def test_it_is_made_by_migration_and_acts_for_the_system(db):
    account = User.objects.get(username="import")
    assert (import_actor().user_id, import_actor().system) == (account.pk, "import")
    assert not account.is_active
    assert not account.has_usable_password()


def test_nobody_signs_in_with_it(db, rf, client):
    assert authenticate(rf.post("/"), username="import", password="") is None
    client.post(reverse("account_login"), {"login": "import", "password": "import"})
    assert "_auth_user_id" not in client.session
    assert actor_in_role("import", Role.OCOP_OFFICER, TODAY) is None


@pytest.mark.parametrize("text", ["", "máy nhập", "import"])
def test_it_is_no_person_to_manage(db, text):
    for role in (Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.INSPECTOR):
        assert "import" not in people_visible_to(Actor(user_id=1, role=role), TODAY, text=text).values_list("username", flat=True)
