"""What people paste and attackers send, into every parameter, address and form: an answer that fits, never a 5xx (issue "Bad input").

NUL, broken uploads and forged hosts before sample pages: `tests/web/kit/test_errors.py`; lock-outs behind made-up headers:
`tests/web/desk/people/test_sign_in.py`; the report form's own fields: `tests/web/portal/test_report.py`.
"""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.promises.conftest import ANONYMOUS, Address, Demo, Enter, body_of
from tests.promises.forms import Form, forms_of

MARK = "<script>alert('typed')</script>"
TYPED = {
    "300 letters": "ệ" * 300,
    "very long": "x" * 25_000,
    "decomposed and unseen": "Mie\u0302\u0301n\u202e dong\u2066\u200b\u2060\ufeff",
    "nothing to see": "\u200b\u2060",
    "signs": "'\"`;--\\ ') OR 1=1; %s %(x)s {0} {{ 7|add:7 }} %_*?^$()[]|+ AND NEAR 🍯👩🏽‍🌾 𝕬 \U0010fffd",
    "html": MARK,
    "header": "a\r\nSet-Cookie: typed=1\r\n\r\nx",
    "formula and path": "=cmd|' /C calc'!A0 ../../../../etc/passwd https://evil.example/",
    "past 64 bits": "9223372036854775808",
    "exponent": "1e400",
    "no number": "NaN",
    "less than nothing": "-1",
    "other digits": "１２３",
    "no such day": "2026-02-30",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
}
NASTIEST = ("300 letters", "decomposed and unseen", "html", "past 64 bits", "last day")
RAW = {"NUL": "%00", "no UTF-8": "%ff%fe", "half a pair": "%ed%a0%80", "percent": "%", "nothing": ""}
QUERIES = {**{name: quote(value, safe="") for name, value in TYPED.items() if len(value) < 5000}, **RAW}
# Who meets which forms with which of the cases: the OCOP office meets nearly all of them.
_LESS = {
    "nothing to see",
    "formula and path",
    "other digits",
    "no such day",
    "header",
    "first day",
}  # the same way through a form as others
_ALL = tuple(case for case in TYPED if case not in _LESS)
WRITERS = {ANONYMOUS: _ALL, "ocop_officer": _ALL, **dict.fromkeys(("producer", "commune_officer", "inspector", "administrator"), NASTIEST)}


def asked(client: Client, path: str) -> Any:
    cache.clear()  # how often something may be asked is not the matter here
    return client.get(path)


def judged(case: str, response: Any) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if response.status_code >= 500 or (case == "NUL" and response.status_code != 400):
        return f"{case}: {response.status_code}"
    is_page = "html" in response.get("Content-Type", "")
    return f"{case}: not escaped" if MARK.encode() in body_of(response) and is_page else ""


def test_every_parameter_of_every_public_page_takes_anything(demo: Demo) -> None:
    client, wrong = Client(raise_request_exception=False), set()
    pages = [address for address in demo.addresses if address.gate.params and not address.pattern.startswith("/en/")]
    assert {"portal:catalogue", "portal:verify", "portal:register_on", "portal:communes"} <= {page.name for page in pages}
    for page in pages:
        names = sorted(page.gate.params or ())
        for case, value in QUERIES.items():
            for chosen in (names, *(([name] for name in names) if case in ("NUL", "past 64 bits") else ())):
                query = "&".join(f"{name}={value}" for name in chosen)
                fault = judged(case, asked(client, f"{page.example.partition('?')[0]}?{query}"))
                wrong |= {(page.name, ",".join(chosen), fault)} if fault else set()
    assert wrong == set()


@pytest.mark.parametrize("who", [ANONYMOUS, "ocop_officer", "administrator"])
def test_every_value_in_an_address_may_be_anything(who: str, demo: Demo, enter: Enter) -> None:
    client, wrong = enter(who), set()
    pages = [address for address in demo.addresses if "<" in address.pattern and not address.pattern.startswith("/en/")]
    for page in pages:
        for case, value in QUERIES.items():
            path = addressed(page, value)
            if value and path and (fault := judged(case, asked(client, path))):
                wrong.add((page.name, fault))
    assert len(pages) > 40
    assert wrong == set()


def addressed(page: Address, value: str) -> str:
    """The page's pattern with one value in all its places; empty for patterns written as regular expressions."""
    path = re.sub(r"<(?:\w+:)?\w+>", lambda _found: value, page.pattern)
    return "" if "?P" in page.pattern else path


@pytest.mark.parametrize("who", WRITERS)
def test_every_field_of_every_form_takes_anything(who: str, demo: Demo, enter: Enter) -> None:
    """Sent to where the page sends it, each within a transaction that is taken back; what is refused is shown again, escaped."""
    client, wrong, forms = enter(who), set(), met_by(who, demo, enter(who))
    for page, form in forms:
        send = client.post if form.method == "post" else client.get
        for case in WRITERS[who]:
            with transaction.atomic():
                cache.clear()
                response = send(form.action or page, {**form.fixed, **dict.fromkeys(form.typed, TYPED[case])})
                transaction.set_rollback(True)
            wrong |= {(page, fault)} if (fault := judged(case, response)) else set()
        if client.post(form.action or page, {**form.fixed, **dict.fromkeys(form.typed, "a\0b")}).status_code not in (400, 405):
            wrong.add((page, "NUL"))
    assert wrong == set()
    assert len(forms) > 2


def met_by(who: str, demo: Demo, client: Client) -> list[tuple[str, Form]]:
    """The forms with text fields that this person meets, each once, with the page it stands on."""
    found = {}
    for address in demo.addresses:
        is_own = address.gate.kind == "open" if who == ANONYMOUS else address.pattern.startswith("/viec/")
        if is_own and "GET" in address.gate.methods:
            response = client.get(address.example)
            html = body_of(response).decode(errors="replace") if response.status_code == 200 else ""
            for form in forms_of(html):
                if form.typed and not form.action.startswith("/san-pham"):  # the header's search is a public page's
                    found[address.pattern, form.action, tuple(form.typed)] = (address.example, form)
    return list(found.values())


def test_a_forged_host_is_refused_by_every_page_and_repeated_by_none(demo: Demo, enter: Enter) -> None:
    client, wrong = enter("ocop_officer"), set()
    for address in demo.addresses:
        for host in ("evil.example", "testserver@evil.example", "testserver:80:80", "a b", "xn--\u00e9"):
            response = client.get(address.example, headers={"host": host})
            if response.status_code != 400 or "evil.example" in body_of(response).decode(errors="replace"):
                wrong.add((address.name, host, response.status_code))
    assert wrong == set()


def test_what_a_proxy_might_have_said_changes_no_address_on_a_page(demo: Demo) -> None:
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "444", "forwarded": "host=evil.example"}
    for page in ("/", "/sp/BK001", "/san-pham/", "/tin.rss", "/sitemap.xml", "/robots.txt", "/bao-sai/", "/accounts/login/"):
        plain, told = Client().get(page), Client().get(page, headers=forged)
        assert told.status_code == plain.status_code == 200
        assert "evil.example" not in told.content.decode()
        assert ":444" not in told.content.decode()


def test_a_reset_mail_leads_to_our_own_address(demo: Demo) -> None:
    headers = {"x-forwarded-host": "evil.example", "origin": "https://evil.example", "referer": "https://evil.example/"}
    Client().post("/accounts/password/reset/", {"email": demo.accounts["buyer"][0]}, headers=headers)
    (message,) = mail.outbox
    links = re.findall(r"https?://([^/\s]+)", str(message.body))
    assert links
    assert set(links) == {urlsplit(settings.SITE_URL).netloc}


@pytest.mark.parametrize("proxies", [0, 1, 3])
@pytest.mark.parametrize(
    "forwarded", ["", ",", "không phải địa chỉ", "127.0.0.1'; --", "::ffff:1.2.3.4, x", "9" * 5000, "1.2.3.4, 5.6.7.8, <b>", "[::1]:80"]
)
def test_a_forged_path_of_addresses_breaks_nothing(forwarded: str, proxies: int, demo: Demo, settings: pytest.FixtureRequest) -> None:
    settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False, headers={"x-forwarded-for": forwarded})
    typed = {"login": demo.accounts["lockout"][0], "password": "sai-hoan-toan-roi"}
    statuses = [client.post("/accounts/login/", typed).status_code, client.get("/san-pham/?q=mien").status_code]
    statuses += [client.post("/bao-sai/", {"kind": "error", "text": "Sai."}).status_code, client.get("/sp/BK001/nhan.pdf").status_code]
    assert statuses == [200, 200, 302, 200]
