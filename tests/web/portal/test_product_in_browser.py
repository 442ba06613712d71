"""Product, verification, scanning and report pages in a real browser: axe, the strict policy, the camera, and life without script."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ocop.papers.qr import qr_png
from tests.axe import assert_axe_clean
from tests.web.portal.stars import one_of_each

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (360, "light")]
PAGES = ["/sp/BK001", "/sp/BK005", "/sp/BK006", "/en/sp/BK004", "/sp/BK999", "/kiem-tra/", "/kiem-tra/?ma=BK002", "/kiem-tra/?ma=BK005"]
PAGES += ["/kiem-tra/?ma=khong", "/quet/", "/chu-the/htx-tai-hoan/", "/bao-sai/?sp=BK001"]
Visit = Callable[..., Page]
Launch = Callable[..., Browser]


@pytest.fixture(scope="module")
def launch() -> Iterator[Launch]:
    """Debian's Chromium with further arguments. Playwright's loop makes Django think it is in an async place; it is not."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        (pytest.fail if IS_CI else pytest.skip)("Chromium is not installed here (on Debian: apt install chromium)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield lambda *arguments: driver.chromium.launch(executable_path=program, args=list(arguments))
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """`visit(path, width, look)`; a broken script, a refused resource or a breach of the policy fails the test."""
    one_of_each()
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(path: str, width: int = 1280, look: Any = "light", **more: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=look, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" and "status of" not in line.text else None)
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not faults


def in_frame(code: bytes, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """The code as a camera sees it: on grey, at an angle."""
    frame = Image.new("L", size, 150)
    picture = Image.open(BytesIO(code)).convert("L").resize((300, 300)).rotate(7, fillcolor=150, expand=True)
    frame.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return frame


def as_jpeg(picture: Image.Image) -> dict[str, Any]:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return {"name": "ma.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


@pytest.mark.parametrize(("width", "look"), LOOKS)
def test_no_finding_by_axe_and_no_sideways_scroll(visit: Visit, width: int, look: str) -> None:
    page = visit("/", width, look)
    for path in PAGES:
        page.goto(path)
        assert_axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_photo_of_our_code_opens_the_product(visit: Visit, live_server: LiveServer) -> None:
    page = visit("/en/quet/", 390)
    page.set_input_files("#anh-ma", as_jpeg(in_frame(qr_png(f"{live_server.url}/v/BK002"))))
    page.wait_for_url("**/en/sp/BK002")
    expect(page.locator("#sao-hom-nay")).to_be_visible()


@pytest.mark.parametrize(
    "text", ["https://lua-dao.example.com/sp/BK001", "javascript:alert(1)", "WIFI:S:quan;P:1;;", "//lua-dao.example.com/sp/BK001"]
)
def test_a_foreign_code_is_shown_and_never_followed(visit: Visit, text: str) -> None:
    page = visit("/quet/", 390)
    page.set_input_files("#anh-ma", as_jpeg(in_frame(qr_png(text))))
    expect(page.locator('[data-message="foreign"]')).to_be_visible()
    expect(page.locator('[data-part="foreign"]')).to_have_text(text)
    assert page.url.endswith("/quet/")
    assert "/bao-sai/?ma=" in (page.get_attribute('[data-part="report"]', "href") or "")


def test_a_picture_without_a_code_says_what_to_do(visit: Visit) -> None:
    page = visit("/quet/", 390)
    blank = Image.new("L", (640, 480), 200)
    ImageDraw.Draw(blank).ellipse((100, 100, 300, 300), fill=30)
    page.set_input_files("#anh-ma", as_jpeg(blank))
    expect(page.locator('[data-message="empty"]')).to_be_visible()
    page.set_input_files("#anh-ma", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    expect(page.locator('[data-message="unreadable"]')).to_be_visible()


def test_a_refused_camera_is_explained(visit: Visit) -> None:
    page = visit("/quet/", 390)
    page.get_by_role("button", name="Bật máy ảnh").click()
    told = page.locator('[data-message="denied"], [data-message="absent"]')
    expect(told.locator("visible=true")).to_have_count(1)
    expect(page.get_by_role("button", name="Bật máy ảnh")).to_be_enabled()


@pytest.fixture
def camera(tmp_path: Path, live_server: LiveServer, launch: Launch) -> Iterator[Browser]:
    """A browser whose camera looks at the code of BK003."""
    frame = in_frame(qr_png(f"{live_server.url}/sp/BK003"))
    width, height = frame.size
    film = tmp_path / "camera.y4m"
    planes = frame.tobytes() + b"\x80" * (width * height // 2)
    film.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420\n".encode() + (b"FRAME\n" + planes) * 4)
    fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    browser = launch(*fake)
    yield browser
    browser.close()


def test_the_camera_finds_the_code(live_server: LiveServer, camera: Browser) -> None:
    one_of_each()
    page = camera.new_page(base_url=live_server.url)
    page.goto("/quet/")
    page.get_by_role("button", name="Bật máy ảnh").click()
    page.wait_for_url("**/sp/BK003", timeout=15_000)


def test_scripts_of_the_scanning_page_stay_light(visit: Visit) -> None:
    page = visit("/quet/", 390)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())) if "javascript" in answer.headers.get("content-type", "") else None)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 40_000  # as sent, before compression; the decoder of 46 kB comes only when it is needed


def test_life_without_script(visit: Visit) -> None:
    page = visit("/quet/", 390, java_script_enabled=False)
    expect(page.get_by_role("button", name="Bật máy ảnh")).to_be_hidden()
    page.get_by_label("Mã sản phẩm").fill("bk 5")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("heading", name="Đã thu hồi")).to_be_visible()
    page.get_by_role("link", name="Báo dùng sai nhãn").first.click()
    page.get_by_label("Thấy ở đâu").fill("Chợ Bắc Kạn")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("alert")).to_contain_text("Bạn thấy điều gì")
    expect(page.get_by_label("Thấy ở đâu")).to_have_value("Chợ Bắc Kạn")
    page.get_by_label("Bạn thấy điều gì").fill("Vẫn bán với nhãn 4 sao")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Báo cáo của bạn")).to_be_visible()
    expect(page.locator(".report-code")).to_have_text(re.compile(r"^[0-9A-Z]{10}$"))


def test_the_answer_tells_the_time_of_looking(visit: Visit) -> None:
    page = visit("/kiem-tra/?ma=BK001")
    expect(page.locator("[data-viewed]")).to_have_text(re.compile(r"^, \d\d:\d\d$"))
