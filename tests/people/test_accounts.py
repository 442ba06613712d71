"""Accounts are made, changed and ended by actions; the database refuses what must not be."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError

from ocop.core.actor import VISITOR
from ocop.people.actions import AddressTaken, Refused, create_user, deactivate_user, set_password, update_profile
from ocop.people.models import User
from ocop.records.models import AuditEntry
from tests.people.conftest import NOW, PASSWORD, SEED, Person, acting


def test_an_account_is_written_down_without_its_personal_values(province: None) -> None:
    user = create_user(actor=VISITOR, full_name="  Nông   Văn Thử ", password=PASSWORD, at=NOW, phone="+84912345678")
    entry = AuditEntry.objects.get(event="user.created")
    assert (user.full_name, user.folded, user.username) == ("Nông Văn Thử", "nong van thu", "+84912345678")
    assert entry.subject == f"user:{user.pk}"
    assert not any(value in entry.body for value in ("Nông", "0912", "84912"))


def test_an_address_belongs_to_one_account(province: None) -> None:
    create_user(actor=VISITOR, full_name="Một", password=PASSWORD, at=NOW, email="a@thu.vn")
    with pytest.raises(AddressTaken):
        create_user(actor=VISITOR, full_name="Hai", password=PASSWORD, at=NOW, email="a@thu.vn")
    assert User.objects.exclude(username="import").count() == 1


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"username": "x"}, "user_has_an_address"),
        ({"username": "x", "email": "Hoa@thu.vn"}, "user_email_lower"),
    ],
)
def test_the_database_refuses_an_account(province: None, fields: dict[str, str], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        User.objects.create(full_name="x", created_at=NOW, **fields)


def test_a_profile_change_names_the_fields_only(person: Person) -> None:
    user = person("inspector", "thanh-tra")
    update_profile(actor=acting(user), user=user, full_name="Tên Mới", phone="+84987654321", wants_email=False, at=NOW)
    assert (user.full_name, user.folded, user.phone, user.wants_email) == ("Tên Mới", "ten moi", "+84987654321", False)
    body = AuditEntry.objects.get(event="user.changed").body
    assert '"fields":["full_name","phone","wants_email"]' in body
    assert "987654321" not in body


def test_a_profile_saved_unchanged_writes_nothing(person: Person) -> None:
    user = person()
    update_profile(actor=acting(user), user=user, full_name=user.full_name, phone=user.phone, wants_email=True, at=NOW)
    assert not AuditEntry.objects.filter(event="user.changed").exists()


def test_a_profile_cannot_take_anothers_phone_nor_lose_the_last_address(person: Person) -> None:
    user, other = person(email=None), person(email=None)
    with pytest.raises(AddressTaken):
        update_profile(actor=acting(user), user=user, full_name="x", phone=other.phone, wants_email=True, at=NOW)
    with pytest.raises(Refused):
        update_profile(actor=acting(user), user=user, full_name="x", phone=None, wants_email=True, at=NOW)


def _session(user: User) -> str:
    store = SessionStore()
    store.create()
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=store.session_key, user_agent="x")
    return store.session_key


def test_a_new_password_ends_every_other_session(person: Person) -> None:
    user, stranger = person(), person()
    kept, ended, foreign = _session(user), _session(user), _session(stranger)
    set_password(actor=acting(user), user=user, password="mua-rao-tren-doi-che-12", at=NOW, keep_session=kept)
    assert user.check_password("mua-rao-tren-doi-che-12")
    assert [SessionStore().exists(key) for key in (kept, ended, foreign)] == [True, False, True]
    assert AuditEntry.objects.filter(event="user.password_changed", subject=f"user:{user.pk}").count() == 1


def test_an_ended_account_loses_its_sessions_and_cannot_be_ended_twice(person: Person) -> None:
    admin, user = person("administrator", "co-quan-ocop"), person()
    key = _session(user)
    deactivate_user(actor=acting(admin), user=user, reason="Nghỉ việc", at=NOW)
    assert not user.is_active
    assert not SessionStore().exists(key)
    with pytest.raises(Refused):
        deactivate_user(actor=acting(admin), user=user, reason="Nghỉ việc", at=NOW)


def test_the_seed_may_not_end_accounts(person: Person) -> None:
    with pytest.raises(Refused):
        deactivate_user(actor=SEED, user=person(), reason="x", at=NOW)


def test_the_name_behind_sign_in_follows_the_address(person: Person) -> None:
    user = person(email=None, phone="+84912345678")
    update_profile(actor=acting(user), user=user, full_name="x", phone="+84987654321", wants_email=True, at=NOW)
    assert user.username == "+84987654321"
    create_user(actor=VISITOR, full_name="Người Khác", password=PASSWORD, at=NOW, phone="+84912345678")
