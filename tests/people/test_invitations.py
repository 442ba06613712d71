"""Invitations: the link goes out once, is taken up once, by one of two at the same moment."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection

from ocop.core.actor import VISITOR
from ocop.people import queries
from ocop.people.actions import AddressTaken, InvitationClosed, Refused, accept_invitation, invite_person, revoke_invitation
from ocop.people.actions.invitations import Sent
from ocop.people.models import Invitation, Mandate, Office, User
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import NOW, PASSWORD, TODAY, Person, acting

LATER = NOW + timedelta(hours=1)


def invited(sender: User, address: str = "+84987654321", **place: Any) -> Sent:
    place = place or {"role": "producer", "subject": "producer:x", "subject_name": "HTX Thử", "unit_key": "02185@2025-07-01"}
    return invite_person(
        actor=acting(sender), address=address, full_name="Người Được Mời", at=NOW, link="https://ocop.example/viec/moi/{token}/", **place
    )


@pytest.fixture
def officer(person: Person) -> User:
    return person("commune_officer", "ubnd-xa-con-minh")


def test_only_the_digest_of_the_token_is_kept(officer: User) -> None:
    sent = invited(officer)
    stored = "".join(str(value) for value in Invitation.objects.values().get().values())
    assert sent.token not in stored + AuditEntry.objects.get(event="invitation.sent").body
    assert queries.invitation_by_token(sent.token) == sent.invitation
    assert queries.invitation_by_token(sent.token + "x") is None


@pytest.mark.django_db(transaction=True)
def test_an_email_carries_the_link(officer: User) -> None:
    sent = invited(officer, "moi@thu.vn")
    [letter] = mail.outbox
    assert letter.to == ["moi@thu.vn"]
    assert re.search(r"https://ocop\.example/viec/moi/(\S+)/", letter.body)[1] == sent.token
    assert officer.full_name in letter.body


@pytest.mark.django_db(transaction=True)
def test_a_phone_gets_no_letter(officer: User) -> None:
    invited(officer)
    assert mail.outbox == []


@pytest.mark.parametrize(
    "place",
    [
        {"role": "administrator"},
        {"role": "producer", "subject": "producer:x", "unit_key": "01933@2025-07-01"},
        {"role": "producer", "subject": "buyer:x", "unit_key": "02185@2025-07-01"},
    ],
)
def test_an_invitation_beyond_reach_is_not_written(officer: User, place: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        invited(officer, **place)
    assert not Invitation.objects.exists()


def test_taking_it_up_opens_an_account_with_the_mandate(officer: User) -> None:
    sent = invited(officer)
    user = accept_invitation(actor=VISITOR, invitation=sent.invitation, password=PASSWORD, at=LATER)
    [mandate] = queries.mandates_of(user, TODAY)
    assert (user.phone, user.email, user.full_name) == ("+84987654321", None, "Người Được Mời")
    assert (mandate.role, mandate.subject, mandate.granted_by) == ("producer", "producer:x", officer)
    assert user.check_password(PASSWORD)
    assert not user.needs_new_password
    assert Notice.objects.filter(recipient=officer, event="invitation.accepted").count() == 1
    assert AuditEntry.objects.filter(event="invitation.accepted", actor_id=user.pk).count() == 1


def test_an_email_that_received_the_link_counts_as_confirmed(officer: User) -> None:
    user = accept_invitation(actor=VISITOR, invitation=invited(officer, "moi@thu.vn").invitation, password=PASSWORD, at=LATER)
    assert user.emailaddress_set.get().verified


def test_an_account_that_exists_takes_it_up_itself(officer: User, person: Person) -> None:
    user, sent = person(), invited(officer)
    assert accept_invitation(actor=acting(user), invitation=sent.invitation, user=user, at=LATER) == user
    assert queries.roles_of(user, TODAY) == {"producer"}
    assert User.objects.exclude(username="import").count() == 2


def test_it_is_used_once(officer: User) -> None:
    sent = invited(officer)
    accept_invitation(actor=VISITOR, invitation=sent.invitation, password=PASSWORD, at=LATER)
    sent.invitation.refresh_from_db()
    with pytest.raises(Refused):
        accept_invitation(actor=VISITOR, invitation=sent.invitation, password=PASSWORD, at=LATER)
    assert Mandate.objects.filter(role="producer").count() == 1


def test_a_known_address_must_sign_in_first(officer: User, person: Person) -> None:
    person(email=None, phone="+84987654321")
    with pytest.raises(AddressTaken):
        accept_invitation(actor=VISITOR, invitation=invited(officer).invitation, password=PASSWORD, at=LATER)
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


@pytest.mark.parametrize("days", [14, 15])
def test_after_fourteen_days_it_is_closed(officer: User, days: int) -> None:
    with pytest.raises(Refused):
        accept_invitation(actor=VISITOR, invitation=invited(officer).invitation, password=PASSWORD, at=NOW + timedelta(days=days))


def test_a_sender_takes_it_back(officer: User) -> None:
    sent = invited(officer)
    revoke_invitation(actor=acting(officer), invitation=sent.invitation, at=LATER)
    assert sent.invitation.revoked_at == LATER
    with pytest.raises(Refused):
        accept_invitation(actor=VISITOR, invitation=sent.invitation, password=PASSWORD, at=LATER)
    assert AuditEntry.objects.filter(event="invitation.revoked").count() == 1


def test_against_a_page_that_is_old_the_database_decides(officer: User) -> None:
    sent = invited(officer)
    old = Invitation.objects.select_related("invited_by").get()
    revoke_invitation(actor=acting(officer), invitation=sent.invitation, at=LATER)
    with pytest.raises(InvitationClosed):
        accept_invitation(actor=VISITOR, invitation=old, password=PASSWORD, at=LATER)
    assert User.objects.exclude(username="import").count() == 1  # the account that was begun is gone with the try


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"accepted_at": LATER}, "invitation_accepted_has_person"),
        ({"accepted_at": LATER, "accepted_by": True, "revoked_at": LATER}, "invitation_accepted_or_revoked"),
    ],
)
def test_the_database_refuses_an_invitation(officer: User, fields: dict[str, Any], constraint: str) -> None:
    sent = invited(officer)
    if "accepted_by" in fields:
        fields = {**fields, "accepted_by": officer}
    with pytest.raises(IntegrityError, match=constraint):
        Invitation.objects.filter(pk=sent.invitation.pk).update(**fields)


def together(*acts: Any) -> list[BaseException | None]:
    """Each act in a thread and a connection of its own, let go at the same moment; what each raised."""
    gate, raised = Barrier(len(acts)), [None] * len(acts)

    def run(n: int) -> None:
        try:
            gate.wait()
            acts[n]()
        except Exception as error:
            raised[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_up_one_wins(officer: User, person: Person) -> None:
    sent, people = invited(officer), [person(), person()]
    copies = [Invitation.objects.select_related("invited_by", "office").get() for _ in people]
    raised = together(
        *(lambda u=u, c=c: accept_invitation(actor=acting(u), invitation=c, user=u, at=LATER) for u, c in zip(people, copies, strict=True))
    )
    assert [type(error) for error in raised if error] == [InvitationClosed]
    winner = people[raised.index(None)]
    assert [mandate.user for mandate in Mandate.objects.filter(role="producer")] == [winner]
    sent.invitation.refresh_from_db()
    assert sent.invitation.accepted_by == winner


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_taking_up_and_taking_back_one_wins(officer: User, _round: int) -> None:
    sent = invited(officer)
    mine, theirs = (Invitation.objects.select_related("invited_by", "office").get() for _ in range(2))
    raised = together(
        lambda: accept_invitation(actor=VISITOR, invitation=mine, password=PASSWORD, at=LATER),
        lambda: revoke_invitation(actor=acting(officer), invitation=theirs, at=LATER),
    )
    assert [type(error) for error in raised if error] == [InvitationClosed]
    sent.invitation.refresh_from_db()
    is_taken = raised[0] is None
    assert (sent.invitation.accepted_at is not None, sent.invitation.revoked_at is not None) == (is_taken, not is_taken)
    assert Mandate.objects.filter(role="producer").exists() is is_taken


def test_an_official_is_invited_for_an_office(person: Person) -> None:
    admin = person("administrator", "co-quan-ocop")
    office = Office.objects.get(key__startswith="thanh-tra")
    sent = invited(admin, role="inspector", office=office)
    user = accept_invitation(actor=VISITOR, invitation=sent.invitation, password=PASSWORD, at=LATER)
    assert queries.actor_for(user, None, TODAY).office_key == office.key
