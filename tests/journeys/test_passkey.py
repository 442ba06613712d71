"""A passkey from adding it to signing in with it alone, with Chromium's own virtual authenticator."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ocop.people.demo import TWO_HATS
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """At "localhost": a passkey belongs to a name, never to a number. The authenticator says yes as a thumb would."""
    context = browser.new_context(
        base_url=site.url.replace("127.0.0.1", "localhost"), viewport={"width": 390, "height": 844}, locale="vi-VN"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()
    assert not faults


def enter_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(TWO_HATS.username)
    page.locator("input[name=password]").fill(TWO_HATS.password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def say_it_is_me(page: Page) -> None:
    page.locator("input[name=password]").fill(TWO_HATS.password)
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=name]").wait_for()


def test_a_passkey_is_added_and_signs_in_alone(
    page: Page, site: Site, shoot: Callable[..., None], assert_accessible: Callable[[Page], None]
) -> None:
    page.goto("/accounts/login/")
    assert_accessible(page)
    shoot(page, "people-sign-in-390")
    enter_password(page)
    page.goto("/accounts/2fa/")
    assert_accessible(page)
    shoot(page, "people-second-factor-390")
    page.get_by_role("link", name="Thêm khóa").click()
    say_it_is_me(page)
    page.locator("input[name=name]").fill("Điện thoại của tôi")
    page.locator("input[name=passwordless]").check()
    assert_accessible(page)
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Mã khôi phục")).to_be_visible()
    assert site.rows("select count(*) from mfa_authenticator where type = 'webauthn'") == [(1,)]
    assert site.rows("select count(*) from audit_entry where event = 'factor.passkey_added'") == [(1,)]

    page.context.clear_cookies()
    page.goto("/viec/toi/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url("**/viec/toi/")
    expect(page.get_by_text("Đang bật")).to_be_visible()
    assert_accessible(page)
    shoot(page, "people-profile-390")


def test_with_a_passkey_the_password_alone_is_not_enough(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    enter_password(page)
    page.goto("/accounts/2fa/webauthn/add/")
    say_it_is_me(page)
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Mã khôi phục")).to_be_visible()

    page.context.clear_cookies()
    enter_password(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    assert_accessible(page)
    page.goto("/viec/toi/")
    assert page.url.endswith("/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url("**/viec/**")
