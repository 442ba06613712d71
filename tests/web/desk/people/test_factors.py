"""The screens for a lost second factor and an account that comes back."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from ocop.people.actions import deactivate_user
from ocop.people.models import FactorReset, User
from tests.people.conftest import Person, acting
from tests.web.desk.people.conftest import Browser
from tests.web.desk.people.test_pages import check

PEOPLE = "/viec/nguoi/"


@pytest.fixture
def admin(person: Person) -> User:
    return person("administrator", "co-quan-ocop", name="Mai Quản Trị")


@pytest.fixture
def officer(person: Person) -> User:
    return person("ocop_officer", "co-quan-ocop", name="Lý Thị Tỉnh")


@pytest.fixture
def locked_out(person: Person) -> User:
    user = person("chair", "hoi-dong", name="Phùng Thị Chủ")
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    return user


def test_one_asks_and_another_approves(officer: User, admin: User, locked_out: User, signed_in: Browser) -> None:
    page = f"{PEOPLE}{locked_out.code}/go-bao-mat/"
    first, second = signed_in(officer), signed_in(admin)
    form = first.get(page).content.decode()
    check(form)
    assert page in first.get(f"{PEOPLE}{locked_out.code}/").content.decode()
    first.post(page, {"reason": "mất điện thoại", "identity_seen": ""})
    assert not FactorReset.objects.exists()
    first.post(page, {"reason": "mất điện thoại", "identity_seen": "gặp tại cơ quan"})
    waiting = first.get(page).content.decode()
    assert "Phải có một người khác duyệt" in waiting
    assert 'name="approve"' not in waiting
    assert first.post(f"{page}duyet/", {"approve": "1"}).status_code == 403
    assert "Duyệt gỡ bảo mật hai lớp cho Phùng Thị Chủ" not in first.get("/viec/").content.decode()
    assert "Duyệt gỡ bảo mật hai lớp cho Phùng Thị Chủ" in second.get("/viec/").content.decode()
    offered = second.get(page).content.decode()
    check(offered)
    assert 'name="approve"' in offered
    assert second.post(f"{page}duyet/", {"approve": "1"}).status_code == 302
    assert not Authenticator.objects.filter(user=locked_out).exists()
    assert second.post(f"{page}duyet/", {"approve": "1"}).status_code == 404


def test_whoever_asked_takes_it_back(officer: User, locked_out: User, signed_in: Browser) -> None:
    page, client = f"{PEOPLE}{locked_out.code}/go-bao-mat/", signed_in(officer)
    client.post(page, {"reason": "mất điện thoại", "identity_seen": "gặp tại cơ quan"})
    assert client.post(f"{page}duyet/", {"refuse": "1"}).status_code == 302
    assert FactorReset.objects.get().is_approved is False
    assert Authenticator.objects.filter(user=locked_out).exists()


def test_a_person_without_factor_is_told_why(officer: User, admin: User, signed_in: Browser) -> None:
    page = f"{PEOPLE}{admin.code}/go-bao-mat/"
    assert "chưa bật bảo mật hai lớp" in signed_in(officer).get(page).content.decode()
    assert signed_in(officer).post(page, {"reason": "x", "identity_seen": "x"}).status_code == 403


def test_an_account_is_opened_again(admin: User, officer: User, person: Person, signed_in: Browser) -> None:
    user = person("leader", "ubnd-thai", name="Dương Văn Lãnh")
    client = signed_in(admin)
    assert client.get(f"{PEOPLE}{user.code}/mo-lai/").status_code == 403
    deactivate_user(actor=acting(admin), user=user, reason="nhầm", at=timezone.now())
    page = client.get(f"{PEOPLE}{user.code}/").content.decode()
    assert f"{PEOPLE}{user.code}/mo-lai/" in page
    check(client.get(f"{PEOPLE}{user.code}/mo-lai/").content.decode())
    assert client.post(f"{PEOPLE}{user.code}/mo-lai/", {"reason": ""}).status_code == 200
    assert signed_in(officer).post(f"{PEOPLE}{user.code}/mo-lai/", {"reason": "x"}).status_code == 403
    assert client.post(f"{PEOPLE}{user.code}/mo-lai/", {"reason": "đã xác minh"}).status_code == 302
    assert signed_in(user).get("/viec/").status_code == 200
