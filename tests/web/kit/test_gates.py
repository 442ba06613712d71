"""Gates: who comes through, by which methods, and what a refusal says."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from ocop.people.models import User
from ocop.web.kit import urls
from ocop.web.kit.gates import Gate, gated, wrong_hat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/s/public/", "/s/form/", "/s/anybody/", "/healthz", "/khong-co/"])
def test_methods_nobody_offers_are_refused(site: Client, method: str, path: str) -> None:
    assert site.generic(method, path).status_code == 405


def test_a_public_page_takes_no_form(site: Client) -> None:
    assert site.post("/s/public/").status_code == 405


def test_an_open_page_needs_no_sign_in_and_is_kept_by_nobody(site: Client) -> None:
    response = site.get("/s/form/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_desk_asks_for_sign_in(site: Client) -> None:
    response = site.get("/s/anybody/?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/s/anybody/%3Fa%3D1"


def test_a_role_opens_the_page(site: Client, officer: Callable[..., User], sign_in: Callable[[User], None]) -> None:
    sign_in(officer("ocop_officer"))
    response = site.get("/s/officers/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_wrong_hat_reads_the_reason(site: Client, officer: Callable[..., User], sign_in: Callable[[User], None]) -> None:
    sign_in(officer("producer"))
    response = site.get("/s/officers/")
    assert response.status_code == 403
    assert "Trang này dành cho: Cán bộ OCOP tỉnh. Bạn đang làm việc với vai trò Chủ thể." in response.content.decode()


def test_somebody_without_a_mandate_reads_that(site: Client, officer: Callable[..., User], sign_in: Callable[[User], None]) -> None:
    sign_in(officer())
    assert site.get("/s/anybody/").status_code == 200
    assert "chưa chọn vai trò nào" in site.get("/s/officers/").content.decode()


def test_the_reason_lists_all_roles_in_order() -> None:
    assert wrong_hat("buyer", ["leader", "chair"]).startswith("Trang này dành cho: Chủ tịch Hội đồng, Lãnh đạo UBND.")


def test_a_library_s_pages_get_the_gate_of_their_own_decorators() -> None:
    kinds = {pattern.name: pattern.callback.gate.kind for pattern in _flat(gated("allauth.urls"))}  # type: ignore[attr-defined]
    assert kinds["account_login"] == "open"
    assert kinds["account_change_password"] == "desk"


def test_every_address_of_the_kit_has_a_gate() -> None:
    assert all(isinstance(pattern.callback.gate, Gate) for pattern in _flat(urls.urlpatterns))  # type: ignore[attr-defined]


def test_the_camera_is_allowed_only_where_a_page_asks(site: Client) -> None:
    assert "camera=()" in site.get("/s/form/")["Permissions-Policy"]
    assert "camera=(self)" in site.get("/s/camera/")["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/s/public/", "/s/form/", "/khong-co/", "/s/breaks/"])
def test_the_headers_that_keep_a_browser_safe(site: Client, path: str) -> None:
    headers = site.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def _flat(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        found += _flat(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found
