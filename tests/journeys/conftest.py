"""Journeys: a real server on a copy of the seeded demo, and a real browser that fails on every error it sees.

The seeded database is made once and kept under `var/journeys/` until the data or the code it is made of changes.
Every test gets its own copy and its own server process, so that no errand sees what another one did.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route, sync_playwright

from tests.axe import assert_axe_clean
from tools.postgres import free_port
from tools.run import server_command
from tools.setup import ROOT, files, fingerprint

KEPT = ROOT / "var" / "journeys"
SHOTS = ROOT / "docs" / "guide" / "shots"
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
RENEWS_GUIDE = os.environ.get("GUIDE_SHOTS") == "1"
CODE = ("data/**/*", "ocop/**/*.py", "config/*.py", "locks/run.txt", "ocop/web/**/static/**/*")


@dataclass(frozen=True)
class Site:
    """A running copy of the demo."""

    url: str
    database: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command against this copy; returns what it printed."""
        return _manage(self.environment, *arguments)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Read the copy's database beside the server."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(sql, values).fetchall()


def _manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}: {done.stderr[-2000:]}"
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    """The demo's settings on the database and files of `folder`; nothing of the caller's own settings."""
    own = {"PATH", "HOME", "LANG", "TMPDIR", "TZ"}
    kept = {name: value for name, value in os.environ.items() if name in own}
    return kept | {"OCOP_MODE": "demo", "DATABASE_URL": f"sqlite:///{folder}/ocop.sqlite3", "STORAGE_URL": f"file://{folder}/files"}


@pytest.fixture(scope="session")
def seeded() -> Path:
    """A folder with the seeded database, its files, and nothing that anybody changed."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("journeys run on SQLite")
    folder = KEPT / fingerprint(files(*CODE))[:16]
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:  # several workers: one seeds, the others wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            (folder / "files").mkdir(parents=True)
            environment = _environment(folder)
            _manage(environment, "migrate", "--noinput", "--verbosity=0")
            _manage(environment, "seed", "all")
            _manage(environment, "collectstatic", "--noinput", "--verbosity=0")
            with sqlite3.connect(folder / "ocop.sqlite3") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (folder / "done").touch()
    return folder


@pytest.fixture
def site(seeded: Path, tmp_path: Path) -> Iterator[Site]:
    """A fresh copy of the demo, served by the server `make run` uses, gone after the test."""
    shutil.copy(seeded / "ocop.sqlite3", tmp_path / "ocop.sqlite3")
    shutil.copytree(seeded / "files", tmp_path / "files")
    port = free_port()
    environment = _environment(tmp_path) | {"SITE_URL": f"http://127.0.0.1:{port}"}
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(server_command(port, "locmem://"), cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server)
            yield Site(f"http://127.0.0.1:{port}", tmp_path / "ocop.sqlite3", environment)
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended at once"
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"{url} did not answer within 30 seconds")


@pytest.fixture(scope="module")
def playwright_driver() -> Iterator[Playwright]:
    """One a module: Playwright allows one at a time in a process, and other tests start their own."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """Debian's Chromium. Missing: skipped aloud, a failure in CI."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        (pytest.fail if IS_CI else pytest.skip)("Chromium is not installed here (on Debian: apt install chromium)")
    running = playwright_driver.chromium.launch(executable_path=program)
    yield running
    running.close()


@contextmanager
def opened(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Pages as people have them; at the end every script error, console error, policy violation and foreign request fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int, *, dark: bool = False, javascript: bool = True, phone: bool | None = None) -> Page:
        is_phone = width < 600 if phone is None else phone
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 844 if is_phone else 800},
            device_scale_factor=2 if is_phone else 1,
            has_touch=is_phone,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        context.route("**/*", lambda route: _only_here(route, site.url, faults))
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(message, page, faults))
        return page

    try:
        yield make
    finally:
        for context in contexts:
            context.close()
    assert not faults, "the browser saw errors:\n" + "\n".join(faults)


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens pages, each a visitor of its own: `open_page(390)`, `open_page(1280, dark=True)`, `open_page(1280, javascript=False)`."""
    with opened(browser, site) as make:
        yield make


def _only_here(route: Route, url: str, faults: list[str]) -> None:
    address = route.request.url
    if address.startswith((url, "data:", "blob:")):
        route.continue_()
    else:
        faults.append(f"a request to a foreign host: {address}")
        route.abort()


def _note(message: ConsoleMessage, page: Page, faults: list[str]) -> None:
    """Errors of the console. An answer with a 4xx status is reported there as well and may be the point of the errand."""
    if message.type == "error" and "the server responded with a status of 4" not in message.text:
        faults.append(f"{page.url}: {message.text}")


@pytest.fixture
def page_1280(open_page: Callable[..., Page]) -> Page:
    """A desk."""
    return open_page(1280)


@pytest.fixture
def page_390(open_page: Callable[..., Page]) -> Page:
    """A phone."""
    return open_page(390)


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Signs a demo account in through the real form: `sign_in(page, "producer")`, `sign_in(page, "ocop_officer", 1)` for the second."""
    from ocop.people.demo import ACCOUNTS  # noqa: PLC0415 (Django's apps must be ready)

    def enter(page: Page, role: str, which: int = 0) -> None:
        account = [a for a in ACCOUNTS if a.role == role and a.purpose == "normal"][which]
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(account.username)
        page.locator("input[name=password]").fill(account.password)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return enter


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Saves a picture for the guide (`make journeys`), or under `var/shots/` in an ordinary run."""
    folder = SHOTS if RENEWS_GUIDE else ROOT / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)

    def save(page: Page, name: str, *, full: bool = False) -> None:
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{name}.png", full_page=full, animations="disabled")

    return save


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Runs axe (WCAG 2.2 A and AA) on the page as it stands; every finding is a failure."""
    return assert_axe_clean
