"""The log screens: who gets in, what they read, what a look leaves behind."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

import ocop
from ocop.core.actor import VISITOR, Actor, system_actor
from ocop.people.enums import Role
from ocop.people.models import Mandate
from ocop.records.actions import record, record_access
from ocop.records.models import AccessEntry, AuditEntry
from ocop.web.desk.records.pages import rows_of
from ocop.web.desk.records.pages.words import EVENTS
from tests.chain import lifted_triggers
from tests.web.desk.records.conftest import AT

READERS = {Role.ADMINISTRATOR, Role.INSPECTOR}
SUBJECT_ROLES = {Role.PRODUCER: "producer:a", Role.KEEPER: "point:a", Role.BUYER: "buyer:a"}


def append(actor, event="product.edited", subject="product:BK001", data=None, at=AT):
    with transaction.atomic():
        return record(actor=actor, event=event, subject=subject, data=data or {}, at=at)


def acting(user):
    mandate = Mandate.objects.get(user=user)
    return Actor(user_id=user.pk, mandate_id=mandate.pk, role=mandate.role)


@pytest.fixture
def inspector(person):
    return person(Role.INSPECTOR, "Triệu Văn Thanh")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["audit", "access_log"])
def test_only_administrators_and_inspectors_get_in(person, browser, role, name):
    user = person(role, subject=SUBJECT_ROLES.get(role, ""))
    append(acting(user))
    response = browser(user).get(reverse(f"desk:{name}"))
    assert response.status_code == (200 if role in READERS else 403)
    entry = browser(user).get(reverse("desk:audit_entry", args=[1]))
    assert entry.status_code == (200 if role in READERS else 403)


def test_strangers_are_sent_to_sign_in(db, browser):
    assert browser().get(reverse("desk:audit")).status_code == 302


def test_an_entry_is_a_sentence_with_its_change(person, browser, inspector):
    mai = person(Role.OCOP_OFFICER, "Hoàng Thị Mai")
    append(acting(mai), data={"name": {"from": "Miến dong", "to": "Miến dong <Tài Hoan>"}, "is_active": True})
    text = " ".join(browser(inspector).get(reverse("desk:audit")).content.decode().split())
    assert "<b>Hoàng Thị Mai</b>" in text
    assert "(Cán bộ OCOP tỉnh, Văn phòng điều phối)" in text
    assert 'sửa trang <a href="/sp/BK001">sản phẩm BK001</a>' in text
    assert "Miến dong &lt;Tài Hoan&gt;</ins>" in text
    assert "<dt>Đang bán:</dt><dd>có</dd>" in text
    assert "20/12/2026, 10:04" in text


@pytest.mark.django_db
def test_every_kind_of_actor_and_value_has_words():
    entries = [
        append(system_actor("seed"), "register.loaded", "register", {"sha256": "ab", "products": 3}),
        append(VISITOR, "report.filed", "report:X", {"photo": None}),
        append(Actor(user_id=999), "product.set_chosen", "product:BK001", {"from": 6, "to": 7, "basis": "x" * 900}),
        append(Actor(user_id=999), "never.heard", "nowhere", {"fields": ["phone", "gender"], "deep": {"a": [1]}}),
    ]
    seed, visitor, gone, unknown = rows_of(entries)
    assert (seed.who, seed.did, seed.subject) == ("Hệ thống (nạp dữ liệu)", "nạp dữ liệu mở đầu vào", "sổ đăng ký")
    assert (visitor.who, visitor.changes[0].after) == ("Khách không đăng nhập", "trống")
    assert (gone.who, gone.changes[0].before, gone.changes[0].after) == ("Tài khoản số 999", "6", "7")
    assert len(gone.changes[1].after) == 401
    assert unknown.did == "ghi sự kiện never.heard"
    assert [change.after for change in unknown.changes] == ['{"a": [1]}', "Số điện thoại, Giới tính"]


def test_lists_ask_the_same_number_of_questions_for_one_and_for_fifty(person, browser, inspector, django_assert_num_queries):
    users = [person(Role.OCOP_OFFICER, f"Người {number}") for number in range(10)]
    client = browser(inspector)
    client.get(reverse("desk:audit"))
    append(acting(users[0]))
    with django_assert_num_queries(10) as one:
        client.get(reverse("desk:audit"))
    for number in range(60):
        append(acting(users[number % 10]))
    with django_assert_num_queries(len(one)):
        response = client.get(reverse("desk:audit"))
    assert response.content.count(b'<th scope="row"') == 50
    assert b"trang=2" in response.content
    assert "BK001" in client.get(reverse("desk:audit"), {"trang": "2"}).content.decode()


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"event": "product.created"}, {"BK002"}),
        ({"subject": "product:BK003"}, {"BK003"}),
        ({"person": "hoang thi mai"}, {"BK001"}),
        ({"person": "không ai cả"}, set()),
        ({"since": "2026-12-21"}, {"BK003"}),
        ({"until": "2026-12-20"}, {"BK001", "BK002"}),
        ({"since": "2026-12-20", "until": "2026-12-20"}, {"BK001", "BK002"}),
        ({"since": "2026-12-21", "until": "2026-12-20"}, set()),
        ({"since": "hôm qua"}, set()),
        ({"event": "no.such"}, set()),
        ({"trang": "-1"}, {"BK001", "BK002", "BK003"}),
        ({"trang": "²"}, {"BK001", "BK002", "BK003"}),
        ({"subject": "%' OR 1=1 --"}, set()),
        ({}, {"BK001", "BK002", "BK003"}),
    ],
)
def test_filters(person, browser, inspector, query, seen):
    mai = person(Role.OCOP_OFFICER, "Hoang Thi Mai")
    append(acting(mai))
    append(Actor(user_id=inspector.pk), "product.created", "product:BK002")
    append(Actor(user_id=inspector.pk), subject="product:BK003", at=AT.replace(day=21))
    response = browser(inspector).get(reverse("desk:audit"), query)
    assert response.status_code == 200
    assert set(re.findall(r"/sp/(BK\d+)", response.content.decode())) == seen


def test_looking_at_one_persons_doings_leaves_a_trace_and_a_plain_look_none(person, browser, inspector):
    mai = person(Role.OCOP_OFFICER, "Hoang Thi Mai")
    append(acting(mai))
    before = AccessEntry.objects.count()
    client = browser(inspector)
    client.get(reverse("desk:audit"))
    client.get(reverse("desk:access_log"))
    client.get(reverse("desk:audit"), {"person": "nobody at all"})
    assert AccessEntry.objects.count() == before
    client.get(reverse("desk:audit"), {"person": "hoang thi mai"})
    found = AccessEntry.objects.latest("n")
    assert (found.event, found.actor_id) == ("audit.people_read", inspector.pk)
    assert f"user:{mai.pk}" in found.body


def test_the_access_log_names_fields(person, browser, inspector):
    mai = person(Role.OCOP_OFFICER, "Hoàng Thị Mai")
    record_access(actor=acting(mai), event="person.read", subject="producer:htx-tai-hoan", fields=["phone", "ethnicity"], at=AT)
    text = browser(inspector).get(reverse("desk:access_log"), {"event": "person.read"}).content.decode()
    assert "Hoàng Thị Mai" in text
    assert "Số điện thoại, Dân tộc" in text
    assert "xem thông tin người đại diện của" in text


def test_an_entry_shows_what_is_under_its_hash(browser, inspector):
    entry = append(Actor(user_id=inspector.pk))
    text = browser(inspector).get(reverse("desk:audit_entry", args=[entry.n])).content.decode()
    assert entry.hash in text
    assert entry.prev in text
    assert browser(inspector).get(reverse("desk:audit_entry", args=[10**6])).status_code == 404
    assert browser(inspector).get("/viec/nhat-ky/99999999999999999999/").status_code == 404


def test_the_check_says_whole_or_names_the_entry(browser, inspector):
    append(Actor(user_id=inspector.pk))
    client = browser(inspector)
    assert "Nguyên vẹn" in client.post(reverse("desk:audit_check")).content.decode()
    with lifted_triggers():
        AuditEntry.objects.filter(n=2).update(subject="product:BK009")
    text = client.post(reverse("desk:audit_check")).content.decode()
    assert "Có 1 chỗ sai" in text
    assert "<code>column</code>" in text
    assert client.get(reverse("desk:audit_check")).status_code == 405


def test_the_check_is_bounded(browser, inspector):
    client = browser(inspector)
    answers = [client.post(reverse("desk:audit_check")).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 302]


def test_every_event_that_actions_record_has_words():
    """A new event without a sentence fails here, not on the inspector's screen."""
    folder = Path(ocop.__file__).parent
    sources = "".join(path.read_text() for path in folder.rglob("*.py") if {"actions", "views"} & set(path.parts) or path.stem == "actions")
    calls = re.findall(r"record(?:_access)?\((?:[^()]|\([^()]*\))*?event=\"([a-z_]+\.[a-z_]+)\"", sources)
    assert len(set(calls)) > 20
    assert set(calls) - set(EVENTS) == set()


def test_days_are_those_of_viet_nam(browser, inspector):
    """18:30 on the 20th in UTC is half past one on the 21st here."""
    append(Actor(user_id=inspector.pk), at=AT.replace(hour=18, minute=30))
    client = browser(inspector)
    assert "/sp/BK001" in client.get(reverse("desk:audit"), {"since": date(2026, 12, 21).isoformat()}).content.decode()
    assert "/sp/BK001" not in client.get(reverse("desk:audit"), {"until": date(2026, 12, 20).isoformat()}).content.decode()
