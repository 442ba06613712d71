"""After an erasure the person is met nowhere; what the law needs and what belongs to others stays; both chains are sound."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from ocop.core.actor import system_actor
from ocop.core.person import PersonKeys
from ocop.people.actions import Refused, create_user
from ocop.people.models import Invitation, Mandate, User
from ocop.people.policies import RESTORING
from ocop.people.rules import ERASED_NAME
from ocop.privacy import queries, rules
from ocop.privacy.actions import erase_person, replay_erasures, take_request
from ocop.privacy.models import DataRequest, ErasureMark
from ocop.records.models import AccessEntry, AuditEntry
from ocop.records.queries import verify_audit
from ocop.register.models import Producer, ProducerClaim, ProducerPerson, Report
from tests.cast import NOW, PASSWORD, SEED, Cast
from tests.privacy.conftest import Somebody
from tests.promises.rows import fingerprint, standing_in

LATER = NOW + timedelta(hours=1)


def in_files(values: tuple[str, ...], files) -> set[str]:
    """Values in the names or bytes of stored files."""
    found = set()
    for path in (path for path in files.rglob("*") if path.is_file()):
        text = path.as_posix() + path.read_bytes().decode(errors="replace")
        found |= {value for value in values if value in text}
    return found


def test_the_person_was_everywhere_and_is_nowhere(bird: Somebody, other: Somebody, files) -> None:
    before = standing_in(bird.canaries)
    assert set(before) >= {
        *("people_user", "people_mandate", "people_invitation", "people_assistedreset", "account_emailaddress", "mfa_authenticator"),
        *("usersessions_usersession", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog", "records_notice"),
        *("records_storedfile", "register_producerperson", "register_producer", "register_producerclaim", "register_report"),
        *("register_reportercontact", "privacy_datarequest", "django_tasks_database_dbtaskresult"),
    }
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    assert standing_in(bird.canaries) == {}
    assert in_files(bird.canaries, files) == set()
    for log in (False, True):
        assert verify_audit(access_log=log).sound


def test_nothing_of_anybody_else_is_touched(bird: Somebody, other: Somebody) -> None:
    before = standing_in(other.canaries)
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    assert standing_in(other.canaries) == before


def test_what_the_law_and_others_need_stays(bird: Somebody, cast: Cast) -> None:
    acts = AuditEntry.objects.filter(actor_id=bird.user.pk).count()
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    user = User.objects.get(pk=bird.user.pk)
    assert (user.full_name, user.phone, user.email, user.is_active, user.erased_at) == (ERASED_NAME, None, None, False, LATER)
    assert not user.has_usable_password()
    assert Mandate.objects.get(user=user).valid_to == NOW.date()
    assert AuditEntry.objects.filter(actor_id=user.pk).count() == acts
    assert AccessEntry.objects.filter(subject=f"user:{user.pk}").exists()
    report = Report.objects.get(code=bird.report)
    assert report.text == "Tôi là [đã xóa], gọi tôi số [đã xóa] hoặc [đã xóa]. Hộp có sao giả."
    assert report.photo is not None
    assert report.photo.name == "tep.png"
    assert default_storage.exists(str(report.photo.blob.name))
    assert report.place_seen == "nhà [đã xóa]"
    assert list(ProducerClaim.objects.filter(user=user).values_list("state", "relation")) == [("refused", "[đã xóa]")]
    maker = Producer.objects.get(pk=bird.maker.pk)
    assert (maker.business_phone, maker.contact_consent_at) == ("", None)
    assert Invitation.objects.get(full_name=ERASED_NAME).revoked_at == LATER


def test_the_erasure_is_written_down_without_the_person(bird: Somebody) -> None:
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    entry = AuditEntry.objects.get(event="personal_data.erased")
    assert '"representative":1' in entry.body
    assert {f"user:{bird.user.pk}"} == set(AuditEntry.objects.filter(event="user.erased").values_list("subject", flat=True))


def test_all_sessions_end(bird: Somebody) -> None:
    assert Session.objects.count() == 1
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    assert not Session.objects.exists()


@pytest.mark.parametrize("by", ["phone", "email", "producer"])
def test_each_way_of_naming_finds_the_whole_person(by: str, bird: Somebody) -> None:
    keys = {
        "phone": bird.keys,
        "email": PersonKeys(emails=frozenset({bird.email})),
        "producer": PersonKeys(producer_codes=frozenset({bird.maker.code})),
    }[by]
    erase_person(actor=SEED, keys=keys, at=LATER)
    assert standing_in(bird.canaries) == {}


def test_twice_writes_nothing_the_second_time(bird: Somebody) -> None:
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    before = fingerprint()
    assert erase_person(actor=SEED, keys=bird.keys, at=LATER + timedelta(days=1)) == {}
    assert fingerprint() == before


def test_nobody_in_office_is_erased(cast: Cast) -> None:
    clerk = User.objects.get(pk=cast.clerk.user_id)
    before = fingerprint()
    with pytest.raises(Refused, match="vai cán bộ"):
        erase_person(actor=cast.administrator, keys=PersonKeys(emails=frozenset({clerk.email or ""})), at=LATER)
    assert fingerprint() == before


def test_a_former_official_keeps_the_name_under_what_was_decided(cast: Cast) -> None:
    clerk = User.objects.get(pk=cast.clerk.user_id)
    Mandate.objects.filter(user=clerk).update(valid_to=NOW.date())
    erase_person(actor=cast.administrator, keys=PersonKeys(emails=frozenset({clerk.email or ""})), at=LATER)
    erased = User.objects.get(pk=clerk.pk)
    assert (erased.full_name, erased.email, erased.username) == (clerk.full_name, None, f"erased-{clerk.code}")


def test_only_the_administrator_and_the_machine_erase(bird: Somebody, cast: Cast) -> None:
    for actor in (cast.officer, cast.inspector, cast.clerk, bird.actor, cast.newcomer):
        with pytest.raises(Refused):
            erase_person(actor=actor, keys=bird.keys, at=LATER)
    assert User.objects.get(pk=bird.user.pk).erased_at is None


def test_the_database_refuses_half_an_erasure(bird: Somebody) -> None:
    with pytest.raises(IntegrityError, match="user_has_an_address"), transaction.atomic():
        User.objects.filter(pk=bird.user.pk).update(erased_at=LATER)
    with pytest.raises(IntegrityError, match="data_request_has_somebody"), transaction.atomic():
        DataRequest.objects.update(is_forgotten=True)
    with pytest.raises(IntegrityError, match="data_request_has_somebody"), transaction.atomic():
        DataRequest.objects.update(phone="", email="")


def test_every_request_of_the_person_ends_with_it(bird: Somebody, cast: Cast) -> None:
    seen = {"identity_seen": "gặp tại trụ sở", "received_on": NOW.date(), "at": NOW}
    request = take_request(actor=cast.officer, kind="erasure", phone=bird.phone, **seen)
    erase_person(actor=cast.administrator, keys=queries.keys_of(request), at=LATER, request=request)
    rows = DataRequest.objects.all()
    assert {(row.state, row.is_forgotten, row.phone, row.name) for row in rows} == {("done", True, "", ""), ("refused", True, "", "")}
    assert AuditEntry.objects.get(event="personal_data.erased").subject == f"data_request:{request.code}"


# --- the list of the erased, and a backup that brings somebody back ---


def test_the_list_holds_no_personal_value_and_needs_the_key(bird: Somebody, settings) -> None:
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    marks = queries.marks()
    assert len(marks) >= 3  # phone, e-mail and the second e-mail
    assert {len(mark.digest) for mark in marks} == {64}
    assert rules.mark_digest(b"", "phone", bird.phone) not in {mark.digest for mark in marks}


def test_a_restore_erases_again(bird: Somebody, other: Somebody, cast: Cast) -> None:
    with transaction.atomic():
        erase_person(actor=SEED, keys=bird.keys, at=LATER)
        marks = queries.marks()
        transaction.set_rollback(True)  # the backup of before is back
    assert standing_in(bird.canaries)
    assert not ErasureMark.objects.exists()
    assert replay_erasures(actor=SEED, marks=marks, at=LATER + timedelta(days=1)) > 0
    assert standing_in(bird.canaries) == {}
    assert standing_in(other.canaries)
    assert verify_audit().sound
    before = fingerprint()
    assert replay_erasures(actor=SEED, marks=marks, at=LATER + timedelta(days=2)) == 0
    assert fingerprint() == before


def test_a_backup_may_bring_an_ended_mandate_back_with_the_person(cast: Cast) -> None:
    clerk = User.objects.get(pk=cast.clerk.user_id)
    keys = PersonKeys(emails=frozenset({clerk.email or ""}))
    with transaction.atomic():
        Mandate.objects.filter(user=clerk).update(valid_to=NOW.date())
        erase_person(actor=SEED, keys=keys, at=LATER)
        marks = queries.marks()
        transaction.set_rollback(True)
    with pytest.raises(Refused):
        replay_erasures(actor=SEED, marks=marks, at=LATER + timedelta(days=1))
    replay_erasures(actor=system_actor(RESTORING), marks=marks, at=LATER + timedelta(days=1))
    assert User.objects.get(pk=clerk.pk).email is None
    assert not Mandate.objects.filter(user=clerk, valid_to__isnull=True).exists()


def test_who_came_back_after_the_erasure_stays(bird: Somebody) -> None:
    erase_person(actor=SEED, keys=bird.keys, at=LATER)
    anew = {"password": PASSWORD, "at": LATER + timedelta(days=3), "phone": bird.phone}
    user = create_user(actor=SEED, full_name="Người trở lại", **anew)
    assert replay_erasures(actor=SEED, marks=[], at=LATER + timedelta(days=4)) == 0
    assert User.objects.get(pk=user.pk).erased_at is None


def test_a_changed_secret_key_forgets_nobody(bird: Somebody, settings) -> None:
    with transaction.atomic():
        erase_person(actor=SEED, keys=bird.keys, at=LATER)
        marks = queries.marks()
        transaction.set_rollback(True)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-altogether-of-enough-length-to-be-one"
    assert replay_erasures(actor=SEED, marks=marks, at=LATER + timedelta(days=1)) > 0
    assert not ProducerPerson.objects.filter(producer=bird.maker).exists()
