"""The journeys' own instruments: what they promise to catch is caught."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from ocop.people.enums import Role
from tests.journeys.conftest import Site, opened

pytestmark = pytest.mark.journey


def test_every_role_signs_in_by_the_form(open_page: Callable[..., Page], sign_in: Callable[..., None]) -> None:
    for role in Role.values:
        page = open_page(1280)
        sign_in(page, role)
        page.goto("/viec/")
        expect(page.locator("h1").first).to_be_visible()


def test_portal_reads_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(390, javascript=False)
    page.goto("/san-pham/")
    expect(page.locator("a[href*='/sp/']").first).to_be_visible()


def test_one_errand_does_not_see_another_s_rows(site: Site, seeded) -> None:
    assert site.database.parent != seeded
    site.manage("demo_accounts", "--json")
    assert site.rows("SELECT count(*) FROM people_user")[0][0]


STYLED = "() => { const p = document.createElement('p'); p.setAttribute('style', 'color:red'); document.body.append(p) }"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("() => { setTimeout(() => { throw new Error('planted') }) }", r"planted"),
        ("() => { console.error('planted') }", r"planted"),
        (STYLED, r"Content Security Policy"),
        ("() => { fetch('https://elsewhere.example/x').catch(() => 0) }", r"foreign host|Content Security Policy"),
    ],
)
def test_what_goes_wrong_in_the_browser_fails_the_test(browser: Browser, site: Site, script: str, fault: str) -> None:
    def errand() -> None:
        with opened(browser, site) as make:
            page = make(1280)
            page.goto("/")
            page.evaluate(script)
            page.wait_for_timeout(300)

    with pytest.raises(AssertionError, match=fault):
        errand()


def test_axe_finds_a_planted_fault(page_1280: Page, assert_accessible: Callable[[Page], None]) -> None:
    page_1280.goto("/")
    page_1280.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(page_1280)


def test_the_catalogue_as_the_readme_shows_it(page_1280: Page, shoot: Callable[..., None]) -> None:
    page_1280.goto("/san-pham/")
    expect(page_1280.locator("a[href*='/sp/']").first).to_be_visible()
    shoot(page_1280, "catalogue-1280")
