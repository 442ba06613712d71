"""The second factor: obligatory for officials, never skipped by a reset, asked again before it is changed, used once a code."""

import re
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from ocop.core.actor import VISITOR
from ocop.people.actions import issue_assisted_reset, note_recovery_codes, use_assisted_reset
from ocop.people.models import User
from ocop.records.models import AuditEntry, Notice
from tests.people.conftest import PASSWORD, Person, acting, give
from tests.web.desk.people.conftest import Browser
from tests.web.desk.people.test_pages import check

SETUP = "/accounts/2fa/"
OWN = "/viec/toi/"
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture
def duty(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def app(person: Person) -> Any:
    """`app(user)`: switch an authenticator app on; returns what the app shows now."""

    def switch_on(user: User) -> str:
        secret = generate_totp_secret()
        with context.request_context(RequestFactory().get("/")):
            TOTP.activate(user, secret)
        return code_of(secret)

    return switch_on


def code_of(secret: str) -> str:
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, counter))


def login(user: User, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/accounts/login/", {"login": user.username, "password": password})


@pytest.mark.parametrize("path", ["/viec/", "/viec/toi/", "/viec/vai/", "/viec/nguoi/", "/accounts/sessions/"])
def test_an_official_without_a_factor_is_led_to_set_one_up(duty: None, person: Person, signed_in: Browser, path: str) -> None:
    client = signed_in(person("ocop_officer", "co-quan-ocop"))
    assert client.get(path)["location"] == SETUP
    assert "Cán bộ cần bật bảo mật hai lớp" in client.get(SETUP).content.decode()


def test_every_hat_counts_not_only_the_one_worn(duty: None, person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:x")
    give(user, "advisory_member", "to-tu-van")
    User.objects.filter(pk=user.pk).update(needs_new_password=False)
    assert signed_in(user).get(OWN)["location"] == SETUP


def test_a_producer_is_asked_for_none(duty: None, person: Person, signed_in: Browser) -> None:
    assert signed_in(person("producer", "producer:x")).get(OWN).status_code == 200


def test_the_demo_asks_nobody(person: Person, signed_in: Browser) -> None:
    assert signed_in(person("ocop_officer", "co-quan-ocop")).get(OWN).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_the_app_up_opens_the_desk_and_is_written_down(duty: None, person: Person, signed_in: Browser) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert response["location"] == "/accounts/2fa/recovery-codes/"
    assert AuditEntry.objects.filter(event="factor.codes_made", actor_id=user.pk).count() == 1
    assert "Các mã chưa dùng" in client.get(response["location"]).content.decode()
    assert client.get(OWN).status_code == 200
    assert AuditEntry.objects.filter(event="factor.app_added", subject=f"user:{user.pk}").exists()
    assert Notice.objects.filter(recipient=user, event="factor.app_added").exists()
    assert secret not in str(Authenticator.objects.get(user=user, type="totp").data)


def test_the_code_is_asked_after_the_password_and_works_once(person: Person, app: Any) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    code = app(user)
    client, response = login(user)
    assert response["location"] == CODE_PAGE
    assert client.get(OWN).status_code == 302
    page = client.get(CODE_PAGE).content.decode()
    assert "Nhập sáu chữ số" in page
    assert client.post(CODE_PAGE, {"code": "000000"}).status_code == 200
    assert client.post(CODE_PAGE, {"code": code}).status_code == 302
    assert client.get(OWN).status_code == 200
    second, _ = login(user)
    assert second.post(CODE_PAGE, {"code": code}).status_code == 200
    assert second.get(OWN).status_code == 302


def test_a_recovery_code_works_once(person: Person) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    codes = _recovery_codes(user)
    for expected in (302, 200):
        client, _ = login(user)
        assert client.post(CODE_PAGE, {"code": codes[0]}).status_code == expected


def _recovery_codes(user: User) -> list[str]:
    with context.request_context(RequestFactory().get("/")):
        TOTP.activate(user, generate_totp_secret())
        codes = RecoveryCodes.activate(user).get_unused_codes()
        note_recovery_codes(actor=acting(user), user=user, at=timezone.now())
        return codes


def test_guessing_codes_is_bounded(person: Person, app: Any) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    code = app(user)
    client, _ = login(user)
    for n in range(8):
        client.post(CODE_PAGE, {"code": f"{n:06d}"})
    answer = client.post(CODE_PAGE, {"code": code})
    assert answer.status_code == 200
    assert "Đã nhập sai nhiều lần" in answer.content.decode()


def test_a_reset_by_mail_does_not_skip_the_factor(person: Person, app: Any) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    app(user)
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    new = "mua-rao-tren-doi-che-12"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert done.status_code == 200
    assert not done.wsgi_request.user.is_authenticated
    assert login(user, new)[1]["location"] == CODE_PAGE


def test_an_assisted_reset_does_not_skip_the_factor(person: Person, app: Any) -> None:
    officer = person("commune_officer", "ubnd-xa-con-minh")
    user = person("producer", "producer:x", email=None)
    app(user)
    at = timezone.now()
    code = issue_assisted_reset(actor=acting(officer), user=user, identity_seen="gặp", at=at, unit_key="02185@2025-07-01")
    use_assisted_reset(actor=VISITOR, login=user.phone, code=code, password="mua-rao-tren-doi-che-12", at=at)
    assert login(user, "mua-rao-tren-doi-che-12")[1]["location"] == CODE_PAGE


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/", "/accounts/email/"]
)
def test_changing_factors_or_email_asks_for_the_password_again(person: Person, signed_in: Browser, path: str) -> None:
    user = person()
    response = signed_in(user).post(path, {"email": "khac@thu.vn", "action_add": ""})
    assert response["location"].startswith("/accounts/reauthenticate/") or response["location"] == SETUP
    assert not Authenticator.objects.filter(user=user).exists()
    user.refresh_from_db()
    assert user.email != "khac@thu.vn"


def test_an_official_cannot_remove_the_last_factor(duty: None, person: Person, app: Any) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    code = app(user)
    client, _ = login(user)
    client.post(CODE_PAGE, {"code": code})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert "Cán bộ phải luôn có một lớp xác thực thứ hai" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/2fa/webauthn/",
        "/accounts/reauthenticate/",
    ],
)
def test_the_pages_of_somebody_with_factors_speak_vietnamese(person: Person, path: str) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    codes = _recovery_codes(user)
    client, _ = login(user)
    check(client.get(CODE_PAGE).content.decode())
    client.post(CODE_PAGE, {"code": codes[0]})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(path)
    assert response.status_code == 200, response.get("location")
    check(response.content.decode())


def test_whoever_becomes_an_official_first_chooses_a_longer_password(duty: None, person: Person, signed_in: Browser) -> None:
    user = person("ocop_officer", "co-quan-ocop")
    User.objects.filter(pk=user.pk).update(needs_new_password=True)
    client = signed_in(user)
    change = "/accounts/password/change/"
    assert client.get(OWN)["location"] == change
    short = "mua-rao-doi-ch"
    refused = client.post(change, {"oldpassword": PASSWORD, "password1": short, "password2": short})
    assert "ít nhất 15 ký tự" in refused.content.decode()
    long = "mua-rao-tren-doi-che-12"
    client.post(change, {"oldpassword": PASSWORD, "password1": long, "password2": long})
    assert client.get(OWN)["location"] == SETUP
