"""Personal values planted in the demo are met in no public answer, in no log line and in no other table (RELIABILITY P9)."""

import logging
import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from config.logs import JsonLines
from ocop.people.models import User
from ocop.privacy import demo as privacy
from ocop.privacy.models import DataRequest
from ocop.register.models import Producer, Product, Report
from ocop.web.portal.pages.open_data.sets import SETS
from tests.promises.conftest import Demo, Enter, body_of
from tests.promises.matrix import UNKNOWN
from tests.promises.rows import standing_in
from tests.promises.texts import HAS_POPPLER, text_of

# The tables whose matter they are. Everything else, the chains, notices and search texts among it, does without.
HOMES = {"register_producerperson", "register_reportercontact", "privacy_datarequest"}
LANGUAGES = ("", "/en")


@pytest.fixture
def visitor(demo: Demo) -> Client:
    return Client(raise_request_exception=False)


def test_they_are_planted_and_stand_nowhere_else(demo: Demo) -> None:
    found = standing_in(demo.canaries)
    assert set(found) == HOMES
    planted = {value for values in found.values() for value in values}
    spoken = {value for value in demo.canaries if re.fullmatch(r"0\d{9}", value)}  # the phone as it is said, stored as +84…
    assert planted | spoken == set(demo.canaries)


def test_no_public_answer_about_the_demo_holds_one(demo: Demo, visitor: Client) -> None:
    products = Product.objects.filter(is_demo=True).values_list("public_id", flat=True)
    of_product = ("/sp/{}", "/sp/{}/qr.svg", "/kiem-tra/?ma={}", "/kiem-tra.json?ma={}", "/bao-sai/?sp={}", "/san-pham/?demo=1&q={}")
    pages = [page.format(code) for code in products for page in of_product]
    pages += [
        f"/sp/{products[0]}/nhan.pdf",
        f"/v/{products[0]}",
        "/san-pham/?demo=1",
        "/so-dang-ky.xlsx",
        "/san-pham.xlsx",
        "/san-pham.csv",
    ]
    pages += [f"/so-lieu/{data.name}.{ending}" for data in SETS.values() for ending in data.formats]
    pages += [f"/chu-the/{code}/" for code in Producer.objects.filter(is_demo=True).values_list("code", flat=True)]
    pages += [f"/bao-sai/{code}/" for code in Report.objects.values_list("code", flat=True)]
    pages += [f"/xa/?q={word}" for word in ("demo", "con minh")]
    asked = [language + page for page in pages for language in LANGUAGES]
    asked += [address.example for address in demo.addresses if address.gate.kind == "public" and address.name not in UNKNOWN]
    assert leaking(visitor, asked, demo.canaries) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_by_one(demo: Demo, visitor: Client, language: str) -> None:
    """The answer repeats what was asked; so what it shows besides must be what nonsense of the same kind shows."""
    links = re.compile(r"/sp/\w+|/chu-the/[\w-]+")
    for page in ("/san-pham/?demo=1&q=", "/san-pham/?demo=1&xem=ban-do&q=", "/xa/?q=", "/kiem-tra/?ma=", "/kiem-tra.json?ma="):
        nonsense = set(links.findall(text_of(visitor.get(f"{language}{page}qzqzqz"))))
        for value in demo.canaries:
            cache.clear()
            found = set(links.findall(text_of(visitor.get(f"{language}{page}{quote(value)}"))))
            assert found == nonsense, (page, value)


def test_the_reader_reads_every_kind_of_answer(visitor: Client) -> None:
    """Were a file not unpacked, the tests above would be blind."""
    name = Product.objects.get(public_id="BK001").name
    for page in ("/sp/BK001", "/kiem-tra.json?ma=BK001", "/san-pham.xlsx", "/san-pham.csv", "/so-dang-ky.xlsx"):
        assert name in text_of(visitor.get(page)), page
    if HAS_POPPLER:
        assert "BK001" in text_of(visitor.get("/sp/BK001/nhan.pdf"))


def test_no_log_line_holds_one(demo: Demo, enter: Enter, caplog: pytest.LogCaptureFixture) -> None:
    """Typed into addresses, queries, forms and headers, and shown to an officer: the lines say which page, never what stood in it."""
    caplog.set_level(logging.INFO)
    visitor, officer, buyer = Client(raise_request_exception=False), enter("ocop_officer"), enter("buyer")
    for value in demo.canaries:
        word = quote(value, safe="")
        for client in (visitor, buyer):
            for path in (f"/sp/{word}", f"/san-pham/?q={word}", f"/kiem-tra/?ma={word}", f"/{word}", f"/viec/san-pham/{word}/"):
                client.get(path, headers={"referer": f"http://testserver/{word}", "user-agent": value})
            client.post(f"/sp/{word}")
        visitor.get("/", headers={"host": word})
        visitor.post("/accounts/login/", {"login": value, "password": value})
        visitor.post("/bao-sai/", {"kind": "error", "text": value, "name": value, "phone": value, "email": value})
    shown = officer.post("/viec/chu-the/demo-htx-con-minh/dai-dien/").content.decode()
    report = Report.objects.get(contact__isnull=False).code
    shown += officer.post(f"/viec/bao-sai/{report}/nguoi-bao/").content.decode()
    shown += _administers(enter("administrator"), demo)
    lines = [JsonLines().format(record) for record in caplog.records]
    assert demo.canaries[0] in shown
    assert privacy.CANARIES[0] in shown
    assert len(lines) > len(demo.canaries) * 10
    assert {(value, line) for value in demo.canaries for line in lines if value in line or quote(value, safe="") in line} == set()


def _administers(client: Client, demo: Demo) -> str:
    """A request taken, looked at, handed over and erased, with every planted value in its form."""
    for value in demo.canaries:
        said = {"kind": "erasure", "received_on": "2026-01-05", "name": value, "phone": value, "email": value, "producer": value}
        client.post("/viec/du-lieu/moi/", {**said, "said": value, "identity_seen": value})
    request = DataRequest.objects.get(is_demo=True)
    page = f"/viec/du-lieu/{request.code}/"
    shown: str = client.post(f"{page}nguoi/").content.decode()
    assert body_of(client.post(f"{page}ban-sao/")).startswith(b"PK")
    DataRequest.objects.filter(pk=request.pk).update(kind="erasure")
    assert client.post(f"{page}xoa/", {"sure": "on"}).status_code == 302
    return shown


def test_nobody_is_found_by_a_phone_in_an_address(demo: Demo, enter: Enter) -> None:
    """What is typed into a search stands in the address, so it must not be worth typing a number there (ASVS 14.2.1)."""
    client = enter("administrator")
    person = User.objects.get(username=demo.accounts["producer"][0])
    for page in ("/viec/nguoi/?q={}", "/viec/nhat-ky/?person={}", "/viec/du-lieu/?q={}"):
        for value in (person.phone, (person.phone or "").replace("+84", "0"), person.email):
            assert person.full_name not in client.get(page.format(quote(value or ""))).content.decode()
    assert person.full_name in client.get(f"/viec/nguoi/?q={quote(person.full_name)}").content.decode()


def leaking(visitor: Client, asked: list[str], canaries: list[str]) -> set[tuple[str, str]]:
    """Which address shows which value; every one of them must answer."""
    found = set()
    for page in asked:
        cache.clear()  # files and searches are counted; that they are is not the matter here
        response = visitor.get(page)
        text = text_of(response)
        assert response.status_code in (200, 301, 302), page
        found |= {(page, value) for value in canaries if value in text}
    return found
