"""Hats and the ends of a session."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ocop.people.actions import end_mandate
from ocop.people.models import Mandate, User
from ocop.records.actions import send_notice
from ocop.web.kit.middleware.signed_in import HINT_COOKIE
from tests.web.kit.conftest import SEED

pytestmark = pytest.mark.django_db
Officer = Callable[..., User]
SignIn = Callable[[User], None]


def test_one_mandate_is_worn_without_asking(site: Client, officer: Officer, sign_in: SignIn) -> None:
    user = officer("ocop_officer")
    sign_in(user)
    assert site.get("/s/anybody/").content.decode() == f"ocop_officer {user.mandates.get().pk}"
    assert site.session["mandate_id"] == user.mandates.get().pk


def test_the_chosen_hat_is_worn(site: Client, officer: Officer, sign_in: SignIn) -> None:
    user = officer("ocop_officer", "producer")
    sign_in(user)
    session = site.session
    session["mandate_id"] = user.mandates.get(role="producer").pk
    session.save()
    assert site.get("/s/anybody/").content.decode().startswith("producer ")
    assert site.get("/s/officers/").status_code == 403


def test_a_mandate_that_ended_meanwhile_falls_away(site: Client, officer: Officer, sign_in: SignIn) -> None:
    user = officer("ocop_officer", "producer")
    sign_in(user)
    assert site.get("/s/officers/").status_code == 200
    mandate = user.mandates.get(role="ocop_officer")
    end_mandate(actor=SEED, mandate=mandate, on=timezone.localdate(), reason="Chuyển công tác", at=timezone.now())
    assert site.get("/s/officers/").status_code == 403
    assert site.session["mandate_id"] == user.mandates.get(role="producer").pk


def test_somebody_else_s_mandate_is_never_worn(site: Client, officer: Officer, sign_in: SignIn) -> None:
    user = officer("producer")
    stranger = Mandate.objects.create(
        user=User.objects.create(username="la@thu.vn", email="la@thu.vn", full_name="Lạ", created_at=timezone.now()),
        role="ocop_officer",
        office_id=_any_office(),
        valid_from=date(2026, 1, 1),
        granted_at=timezone.now(),
    )
    sign_in(user)
    session = site.session
    session["mandate_id"] = stranger.pk
    session.save()
    assert site.get("/s/officers/").status_code == 403


def _any_office() -> int:
    from ocop.people.models import Office  # noqa: PLC0415

    office = Office.objects.first()
    assert office
    return office.pk


@pytest.mark.parametrize(("role", "minutes", "is_in"), [("ocop_officer", 29, True), ("ocop_officer", 31, False), ("producer", 31, True)])
def test_an_idle_official_is_signed_out(site: Client, officer: Officer, sign_in: SignIn, role: str, minutes: int, is_in: bool) -> None:
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        sign_in(officer(role))
        site.get("/s/anybody/")
        clock.shift(timedelta(minutes=minutes))
        assert (site.get("/s/anybody/").status_code == 200) is is_in


def test_who_keeps_working_stays_until_twelve_hours_are_over(site: Client, officer: Officer, sign_in: SignIn) -> None:
    with time_machine.travel("2026-11-24T00:00:00Z", tick=False) as clock:
        sign_in(officer("ocop_officer"))
        site.get("/s/anybody/")
        for _ in range(35):
            clock.shift(timedelta(minutes=20))
            assert site.get("/s/anybody/").status_code == 200
        clock.shift(timedelta(minutes=20))
        response = site.get("/s/anybody/")
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_the_hint_comes_with_sign_in_and_goes_with_sign_out(site: Client, officer: Officer, sign_in: SignIn) -> None:
    sign_in(officer("producer"))
    hint = site.get("/s/anybody/").cookies[HINT_COOKIE]
    assert (hint.value, hint["httponly"]) == ("1", "")
    response = site.post("/accounts/logout/")
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies[HINT_COOKIE].value == ""


def test_me_tells_scripts_who_is_here_and_what_waits(site: Client, officer: Officer, sign_in: SignIn) -> None:
    assert site.get("/me").json() == {"signed_in": False}
    user = officer("producer")
    sign_in(user)
    send_notice(recipient_id=user.pk, event="test", subject="thing:1", title="Bổ sung ảnh", at=timezone.now())
    response = site.get("/me")
    assert response.json() == {"signed_in": True, "name": "Nông Thị Bình", "notices": 1}
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_the_menu_shows_only_what_this_hat_opens(site: Client, officer: Officer, sign_in: SignIn) -> None:
    user = officer("ocop_officer", "producer")
    sign_in(user)
    page = site.get("/s/officers/").content.decode()
    assert '<a href="/s/officers/" aria-current="page">Sổ thử</a>' in page
    assert "Cán bộ OCOP tỉnh" in page
    assert "Đăng xuất" in page
    session = site.session
    session["mandate_id"] = user.mandates.get(role="producer").pk
    session.save()
    assert "Sổ thử" not in site.get("/s/stale/").content.decode()
