"""One person in every corner of the house, each value a canary, and the same corners held by somebody else."""

from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.backends.db import SessionStore
from django_tasks_db.models import DBTaskResult

from ocop.core.actor import VISITOR, Actor
from ocop.core.person import PersonKeys
from ocop.core.text import search_key, sort_key
from ocop.people.actions import create_user, grant_mandate, invite_person
from ocop.people.enums import Role
from ocop.people.models import AssistedReset, FactorReset, Mandate, Office, User
from ocop.people.queries import actor_for
from ocop.privacy.actions import close_request, take_request
from ocop.records.actions import record_access, send_notice, store_file
from ocop.register.actions import close_report, file_report, publish_contact, refuse_claim, request_claim, set_person, take_report
from ocop.register.models import Producer, ReportMove
from tests.cast import NOW, PASSWORD, SEED, TODAY, Cast, cast, make_producer, picture

__all__ = ["cast"]


@dataclass(frozen=True)
class Somebody:
    """Whom everything below is about."""

    name: str
    phone: str
    email: str
    mark: str  # in every free text about the person
    user: User
    maker: Producer
    report: str

    @property
    def keys(self) -> PersonKeys:
        return PersonKeys(phones=frozenset({self.phone}))

    @property
    def actor(self) -> Actor:
        return actor_for(User.objects.get(pk=self.user.pk), None, TODAY)

    @property
    def canaries(self) -> tuple[str, ...]:
        spoken = self.phone.replace("+84", "0")
        derived = (search_key(self.name), sort_key(self.name), self.email.upper())
        return (self.name, self.phone, spoken, self.email, self.mark, *derived)


def settle(n: int, cast: Cast) -> Somebody:
    """A producer's person with an account, who reports, asks, is invited, signs in and is written about."""
    name, phone, email, mark = f"Chim Hoàng Yến Số {n}", f"+8491234567{n}", f"hoang-yen-{n}@thu.vn", f"dau-rieng-{n}"
    maker = make_producer(f"HTX Vườn Chim {n}", cast.stage.con_minh)
    user = create_user(actor=SEED, full_name=name, password=PASSWORD, at=NOW, phone=phone, email=email, is_email_verified=True)
    grant_mandate(actor=SEED, user=user, role=Role.PRODUCER, valid_from=TODAY, at=NOW, subject=f"producer:{maker.code}", subject_name="x")
    Mandate.objects.filter(user=user).update(end_reason=f"ghi chú {mark}")
    me = actor_for(user, None, TODAY)
    values = {field: f"{mark} {field}"[:20] for field in ("identity_number", "gender", "ethnicity", "home_address")}
    set_person(actor=SEED, producer=maker, values={**values, "representative": name, "phone": phone, "email": email.upper()}, at=NOW)
    publish_contact(actor=me, producer=maker, phone=phone, zalo=phone, at=NOW)
    refused = request_claim(actor=me, producer=cast.rival_maker, relation=f"kế toán {mark}", at=NOW)
    refuse_claim(actor=cast.officer, claim=refused, reason=f"chưa rõ {mark}", at=NOW)
    request_claim(actor=me, producer=cast.rival_maker, relation=f"kế toán {mark}", at=NOW)
    report = _report(name, phone, email, cast)
    _signs_in(user, phone, email, mark)
    _is_written_about(user, name, phone, mark, cast)
    return Somebody(name, phone, email, mark, user, maker, report)


def _report(name: str, phone: str, email: str, cast: Cast) -> str:
    photo = picture(f"ảnh của {name}.png")
    text = f"Tôi là {name}, gọi tôi số {phone.replace('+84', '0')} hoặc {email}. Hộp có sao giả."
    said: dict[str, Any] = {"kind": "misuse", "text": text, "place_seen": f"nhà {name}", "product": cast.rival_product, "photo": photo}
    report = file_report(actor=VISITOR, at=NOW, name=name, phone=phone, email=email, **said)
    take_report(actor=cast.officer, report=report, at=NOW)
    close_report(actor=cast.officer, report=report, is_upheld=True, outcome=f"Cảm ơn {name}.", at=NOW)
    ReportMove.objects.filter(report=report).update(remark=f"đã gọi {phone}")
    return report.code


def _signs_in(user: User, phone: str, email: str, mark: str) -> None:
    session = SessionStore()
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="192.0.2.7", user_agent=f"máy {mark}")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": mark})
    EmailAddress.objects.create(user=user, email=f"cu-{email}", primary=False, verified=False)
    trace = {"ip_address": "192.0.2.7", "user_agent": f"máy {mark}", "http_accept": "*/*", "path_info": "/accounts/login/"}
    AccessFailureLog.objects.create(username=phone, **trace)
    AccessLog.objects.create(username=email, **trace)
    AccessAttempt.objects.create(username=email, get_data="", post_data="", failures_since_start=1, **trace)


def _is_written_about(user: User, name: str, phone: str, mark: str, cast: Cast) -> None:
    office = Office.objects.get(key__startswith="to-tu-van")
    where = {"role": Role.ADVISORY_MEMBER, "office": office, "link": "{token}"}
    invite_person(actor=cast.officer, address=phone, full_name=name, at=NOW, **where)
    AssistedReset.objects.create(
        user=user,
        code_hash=f"{user.pk:064d}",
        identity_seen=f"gặp {mark}",
        issued_by_id=cast.clerk.user_id or 0,
        issued_at=NOW,
        expires_at=NOW,
    )
    send_notice(recipient_id=user.pk, event="x", subject="x", title="Thông báo", body=f"Chào {mark}", at=NOW)
    send_notice(recipient_id=cast.clerk.user_id or 0, event="x", subject="x", title=f"{name} đã gọi", body=phone, at=NOW)
    store_file(actor=Actor(user_id=user.pk), kind="evidence", subject="x:1", upload=picture(f"{name} căn cước.png"), at=NOW)
    record_access(actor=cast.officer, event="user.read", subject=f"user:{user.pk}", fields=["phone"], at=NOW)
    DBTaskResult.objects.create(task_path="x", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", traceback=f"lỗi: {phone}")
    FactorReset.objects.create(
        user=user, reason=mark, identity_seen=mark, asked_by_id=cast.officer.user_id or 0, asked_at=NOW, expires_at=NOW
    )
    seen = {"identity_seen": f"gặp {mark}", "received_on": TODAY, "at": NOW}
    take_request(actor=SEED, kind="access", name=name, phone=phone, said=mark, **seen)
    closed = take_request(actor=SEED, kind="access", email=user.email or "", **seen)
    close_request(actor=SEED, request=closed, is_done=False, outcome=f"Không gặp được {name}", at=NOW)


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> Any:
    """A file store of the test's own."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return tmp_path / "files"


@pytest.fixture
def bird(cast: Cast, files: Any) -> Somebody:
    return settle(1, cast)


@pytest.fixture
def other(cast: Cast, files: Any) -> Somebody:
    return settle(2, cast)
