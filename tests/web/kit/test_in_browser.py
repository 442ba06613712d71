"""The kit in a real browser: no finding by axe, no policy violation, and scripts that only add comfort."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ocop.people.models import User
from ocop.records.actions import send_notice
from tests.axe import assert_axe_clean
from tests.web.kit.conftest import NOW

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (360, "light")]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Playwright's loop makes Django think it is in an async place; it is not."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        (pytest.fail if IS_CI else pytest.skip)("Chromium is not installed here (on Debian: apt install chromium)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, site: Client) -> Iterator[Open]:
    """`visit(path, width, look, sid=…)`; every console error but a 4xx answer fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(path: str, width: int = 1280, look: str = "light", sid: str = "", javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=look, java_script_enabled=javascript
        )
        contexts.append(context)
        if sid:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sid, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" and "status of" not in line.text else None)
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def sid(site: Client, officer: Callable[..., User], sign_in: Callable[[User], None]) -> str:
    """The session of an OCOP officer who is also a producer, with one notice waiting."""
    user = officer("ocop_officer", "producer")
    sign_in(user)
    send_notice(recipient_id=user.pk, event="test", subject="thing:1", title="Bổ sung ảnh", at=NOW)
    return site.cookies[settings.SESSION_COOKIE_NAME].value


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(("width", "look"), LOOKS)
@pytest.mark.parametrize("path", ["/kit/", "/khong-co/", "/s/away/", "/s/breaks/", "/s/public-away/"])
def test_public_pages_are_accessible_and_fit(visit: Open, path: str, width: int, look: str) -> None:
    page = visit(path, width, look)
    assert_axe_clean(page)
    assert _fits(page)


@pytest.mark.parametrize(("width", "look"), LOOKS)
@pytest.mark.parametrize("path", ["/s/officers/", "/s/stale/"])
def test_desk_pages_are_accessible_and_fit(visit: Open, sid: str, path: str, width: int, look: str) -> None:
    page = visit(path, width, look, sid)
    assert_axe_clean(page)
    assert _fits(page)
    page.locator(".who-menu summary").click()
    assert_axe_clean(page)
    assert _fits(page)


def test_the_chosen_ground_stays(visit: Open) -> None:
    page = visit("/kit/")
    page.get_by_role("button", name="Tối").click()
    page.goto("/khong-co/")
    assert "theme-dark" in (page.locator("html").get_attribute("class") or "")
    expect(page.get_by_role("button", name="Tối")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Theo máy").click()
    page.reload()
    assert "theme-dark" not in (page.locator("html").get_attribute("class") or "")


def test_a_public_page_learns_from_a_script_that_somebody_is_signed_in(visit: Open, sid: str) -> None:
    page = visit("/s/officers/", sid=sid)
    page.goto("/kit/")
    link = page.locator("[data-signed-in]")
    expect(link).to_have_text("Việc của tôi 1")
    expect(link).to_have_attribute("href", "/viec/")


def test_a_visitor_s_page_asks_nobody(visit: Open) -> None:
    page = visit("/khong-co/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/kit/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("/me")]


def test_a_toast_goes_and_an_alert_stays(visit: Open, sid: str) -> None:
    page = visit("/s/officers/", sid=sid)
    toast = page.locator("[data-toast]")
    expect(toast).to_have_text("Đã ghi")
    expect(toast).to_have_count(0, timeout=9000)
    expect(page.get_by_role("alert")).to_have_text("Chưa gửi được")


def test_leaving_typed_text_asks_first(visit: Open, sid: str) -> None:
    page = visit("/s/stale/", sid=sid)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("input[name=name]").press_sequentially(" mới")
    page.get_by_role("link", name="OCOP Bắc Kạn").click()
    page.wait_for_url("**/viec/")
    assert asked == ["beforeunload"]


def test_without_script_everything_is_there(visit: Open) -> None:
    page = visit("/kit/", javascript=False)
    expect(page.get_by_role("link", name="Đăng nhập").first).to_be_visible()
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    expect(page.locator("[data-toast]")).to_be_visible()


def test_on_paper_there_is_nothing_to_press(visit: Open, tmp_path: Path) -> None:
    page = visit("/kit/")
    page.emulate_media(media="print")
    for selector in (".site-header", ".site-footer", ".btn >> nth=0", ".pages"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
