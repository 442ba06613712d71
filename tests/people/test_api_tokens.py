"""Tokens of the API: shown once, bound to one mandate, over on their day, taken back at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ocop.people import policies, queries
from ocop.people.actions import Made, Refused, TokenClosed, create_api_token, end_mandate, note_api_token_use, revoke_api_token
from ocop.people.models import ApiToken, Mandate, User
from ocop.people.rules import API_TOKENS_AT_MOST, digest_of_api_token
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import NOW, SEED, TODAY, Person, acting

PRODUCER = ("producer", "producer:htx-x")


def make(user: User, **more: Any) -> Made:
    facts: dict[str, Any] = {"name": "Phần mềm kho", "scope": "read", "days": 90, "at": NOW, "mandate": Mandate.objects.get(user=user)}
    return create_api_token(actor=acting(user), **{**facts, **more})


def test_a_token_is_made_and_only_its_digest_kept(person: Person) -> None:
    user = person(*PRODUCER)
    made = make(user)
    assert len(made.secret) > 45
    assert made.token.token_hash == digest_of_api_token(made.secret)
    assert made.secret.startswith(made.token.hint)
    assert len(made.token.hint) < 12
    assert made.token.expires_at == NOW + timedelta(days=90)
    with connection.cursor() as cursor:
        for table in ("people_apitoken", "audit_log", "people_apitokenuse"):
            if table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {table}")
                assert made.secret not in str(cursor.fetchall())


def test_it_is_written_down_and_its_holder_told(person: Person) -> None:
    user = person(*PRODUCER)
    made = make(user)
    entry = AuditEntry.objects.get(event="api_token.created")
    assert (entry.actor_id, entry.subject) == (user.pk, f"user:{user.pk}")
    assert made.token.code in entry.body
    assert made.secret not in entry.body
    assert Notice.objects.filter(recipient=user, event="api_token.created").count() == 1


def test_two_tokens_are_never_alike(person: Person) -> None:
    user = person(*PRODUCER)
    assert len({make(user).secret for _ in range(5)}) == 5


@pytest.mark.parametrize("wrong", [{"name": " \u200b"}, {"scope": "admin"}, {"days": 366}, {"days": 0}])
def test_what_does_not_fit_leaves_nothing(wrong: dict[str, Any], person: Person) -> None:
    user = person(*PRODUCER)
    with pytest.raises(Refused):
        make(user, **wrong)
    assert not ApiToken.objects.exists()


def test_nobody_makes_one_for_another_or_under_a_mandate_that_ended(person: Person) -> None:
    user, admin = person(*PRODUCER), person("administrator", "co-quan-ocop")
    mandate = Mandate.objects.get(user=user)
    with pytest.raises(Refused, match="chính mình"):
        create_api_token(actor=acting(admin), mandate=mandate, name="x", scope="read", days=30, at=NOW)
    end_mandate(actor=acting(admin), mandate=mandate, on=TODAY, reason="Nghỉ việc", at=NOW)
    with pytest.raises(Refused, match="không còn hiệu lực"):
        make(user)


@pytest.mark.parametrize(("role", "place"), [("keeper", "sales_point:x"), ("buyer", "buyer:x")])
def test_who_has_nothing_to_do_there_gets_none(role: str, place: str, person: Person) -> None:
    with pytest.raises(Refused, match="chưa có việc"):
        make(person(role, place))


def test_open_ones_are_counted_and_a_revoked_one_makes_room(person: Person) -> None:
    user = person(*PRODUCER)
    made = [make(user) for _ in range(API_TOKENS_AT_MOST)]
    with pytest.raises(Refused, match="thu hồi"):
        make(user)
    revoke_api_token(actor=acting(user), token=made[0].token, at=NOW)
    make(user)
    with pytest.raises(Refused):
        make(user)
    make(user, at=NOW + timedelta(days=91))  # all of them are over by then


def test_a_token_is_revoked_once_by_its_holder(person: Person) -> None:
    user, other = person(*PRODUCER), person("producer", "producer:htx-y")
    token = make(user).token
    with pytest.raises(Refused):
        revoke_api_token(actor=acting(other), token=token, at=NOW)
    seen_before = ApiToken.objects.get(pk=token.pk)
    revoke_api_token(actor=acting(user), token=token, at=NOW)
    assert token.revoked_at == NOW
    with pytest.raises(Refused):
        revoke_api_token(actor=acting(user), token=token, at=NOW)
    with pytest.raises(TokenClosed):  # of two who saw it open, one wins
        revoke_api_token(actor=acting(user), token=seen_before, at=NOW)
    assert AuditEntry.objects.filter(event="api_token.revoked").count() == 1


def test_a_good_token_and_every_reason_why_not(person: Person) -> None:
    user = person(*PRODUCER)
    token = make(user).token
    assert policies.api_token_is_good(token, at=NOW)
    assert policies.api_token_is_good(token, at=token.expires_at - timedelta(seconds=1))
    assert "hết hạn" in policies.api_token_is_good(token, at=token.expires_at).reason
    token.revoked_at = NOW
    assert "thu hồi" in policies.api_token_is_good(token, at=NOW).reason
    token.revoked_at, token.mandate.user.is_active = None, False
    assert "ngừng" in policies.api_token_is_good(token, at=NOW).reason


def test_a_token_acts_while_its_mandate_holds_and_no_duty_is_open(person: Person, settings: Any) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    token = make(user).token
    assert policies.can_act_by_api_token(token, on=TODAY)
    assert not policies.can_act_by_api_token(token, on=date(2025, 12, 31))
    token.mandate.valid_to = TODAY
    assert "kết thúc" in policies.can_act_by_api_token(token, on=TODAY).reason
    token.mandate.valid_to = None
    settings.SECOND_FACTOR_REQUIRED = True
    assert "hai lớp" in policies.can_act_by_api_token(token, on=TODAY).reason
    settings.SECOND_FACTOR_REQUIRED = False
    token.mandate.user.needs_new_password = True
    assert not policies.can_act_by_api_token(token, on=TODAY)


def test_the_secret_finds_its_token_and_nothing_else_does(person: Person) -> None:
    made = make(person(*PRODUCER))
    assert queries.api_token_by_secret(made.secret) == made.token
    for wrong in ("", made.secret[:-1], made.secret.upper(), made.token.token_hash, made.token.code, "\udc80"):
        assert queries.api_token_by_secret(wrong) is None


def test_the_last_use_is_a_day_and_never_goes_back(person: Person) -> None:
    user = person(*PRODUCER)
    token, before = make(user).token, AuditEntry.objects.count()
    for on in (TODAY, TODAY - timedelta(days=3), TODAY):
        note_api_token_use(actor=acting(user), token=token, on=on)
    token.use.refresh_from_db()
    assert token.use.last_on == TODAY
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"expires_at": NOW}, {"scope": "admin"}, {"name": ""}, {"token_hash": "taken"}],
    ids=["ends before it begins", "unknown scope", "no name", "the same digest"],
)
def test_the_database_refuses(wrong: dict[str, Any], person: Person) -> None:
    mandate = Mandate.objects.get(user=person(*PRODUCER))
    facts = {"hint": "ocop_x", "name": "x", "mandate": mandate, "scope": "read", "created_at": NOW, "expires_at": NOW + timedelta(days=1)}
    ApiToken.objects.create(token_hash="taken", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.create(**{**facts, "token_hash": "other", **wrong})


def test_the_system_makes_none(person: Person) -> None:
    mandate = Mandate.objects.get(user=person(*PRODUCER))
    with pytest.raises(Refused):
        create_api_token(actor=SEED, mandate=mandate, name="x", scope="read", days=30, at=NOW)
