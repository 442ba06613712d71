"""What somebody may not know of looks as if it were not there: the same answer, and no trace in lists, counts and files (RELIABILITY P8).

Private files: `tests/web/desk/records/test_files.py`. Who sees which rows: `tests/register/queries/test_visibility.py`.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from ocop.people.models import Invitation, User
from ocop.records.models import Notice
from ocop.register.models import ProducerClaim, Product, Report
from tests.promises.conftest import Demo, Enter, body_of
from tests.promises.texts import text_of

PRODUCT_PAGES = ("", "sua/", "bo/", "ma/", "hien/", "anh/", "quy-cach/", "quy-cach/1/", "quy-cach/1/gia/", "cong-nhan/")
PERSON_PAGES = ("", "giao-vai/", "ma-dat-lai/", "vai/1/ket-thuc/")
ABSENT = "BKD999"


def same(client: Client, address: str, foreign: Any, absent: Any, *, methods: tuple[str, ...] = ("GET", "POST")) -> list[str]:
    """Where the answer to the foreign object differs from that to one that is not there, or is no 404."""
    wrong = []
    for method in methods:
        answers = [client.generic(method, address.format(value)) for value in (foreign, absent)]
        bodies = [_without(body_of(answer).decode(), answer["X-Request-ID"], str(foreign), str(absent)) for answer in answers]
        if [answer.status_code for answer in answers] != [404, 404] or bodies[0] != bodies[1]:
            wrong.append(f"{method} {address}: {[answer.status_code for answer in answers]}")
    return wrong


def _without(page: str, number: str, *values: str) -> str:
    """The page without what was asked for and what is new in every answer. No page repeats a mere number."""
    for value in (number, *(value for value in values if not value.isdigit())):
        page = page.replace(value, "…").replace(value.lower(), "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.fixture
def hidden(demo: Demo, enter: Enter) -> Callable[[str], None]:
    """Takes a product out of the public pages, as the OCOP office does."""

    def hide(code: str) -> None:
        answer = enter("ocop_officer").post(f"/viec/san-pham/{code}/hien/", {"reason": "Đang xác minh."})
        assert answer.status_code == 302
        assert not Product.objects.get(public_id=code).is_published

    return hide


@pytest.mark.parametrize("who", ["producer-2", "commune_officer-2"])
def test_a_hidden_product_of_others_is_absent_from_the_desk(who: str, hidden: Callable[[str], None], enter: Enter) -> None:
    hidden("BKD001")
    client, wrong = enter(who), []
    roles_own = {"bo/", "ma/", "hien/", "cong-nhan/"}  # a producer is refused by these pages whatever the product
    for page in PRODUCT_PAGES:
        if page not in roles_own or (who == "commune_officer-2" and page != "cong-nhan/"):
            wrong += same(client, f"/viec/san-pham/{{}}/{page}", "BKD001", ABSENT, methods=("GET", "POST") if page else ("GET",))
    if who == "commune_officer-2":
        for act in ("xac-nhan", "het-gia-tri"):
            wrong += same(client, f"/viec/cong-nhan/{{}}/{act}/", "BKD001-R1", f"{ABSENT}-R1")
    assert wrong == []


def test_a_hidden_product_is_absent_from_the_portal(hidden: Callable[[str], None]) -> None:
    hidden("BKD001")
    code = Product.objects.get(public_id="BKD001").codes.first()
    assert code is not None
    client = Client(raise_request_exception=False)
    pages = (
        "/sp/{}",
        "/en/sp/{}",
        "/v/{}",
        "/sp/{}/qr.svg",
        "/sp/{}/qr.png",
        "/sp/{}/nhan.pdf",
        "/kiem-tra.json?ma={}",
        "/en/kiem-tra.json?ma={}",
    )
    wrong = [found for page in pages for found in same(client, page, "BKD001", ABSENT, methods=("GET",))]
    wrong += same(client, "/v/{}", code.code, code.code.replace("2026", "2099"), methods=("GET",))
    assert wrong == []


def test_a_hidden_product_is_in_no_list_count_or_file(hidden: Callable[[str], None], demo: Demo, enter: Enter) -> None:
    product = Product.objects.select_related("producer", "commune_now").get(public_id="BK001")
    pages = [f"/san-pham/?q={product.name}", f"/san-pham.xlsx?q={product.name}", f"/san-pham.csv?q={product.name}", "/sitemap.xml"]
    pages += ["/so-dang-ky.xlsx", f"/chu-the/{product.producer.code}/" if product.producer else "/", "/ban-do/diem.geojson"]
    pages += [address.example for address in demo.addresses if address.name in ("portal:commune", "portal:home", "portal:register_on")]
    client = Client()

    def showing() -> set[str]:
        cache.clear()
        return {page for page in pages if re.search(r"BK001\b", text_of(client.get(page)))}

    def count() -> int:
        """The sum over the first filter, which every product is in once."""
        words = " ".join(re.sub(r"<[^>]+>", " ", client.get("/san-pham/").content.decode()).split())
        return sum(map(int, re.findall(r"\d+", words.partition("Tình trạng sao hôm nay Còn hạn")[2].partition("Hạng sao")[0])))

    before, number = showing(), count()
    assert len(before) > 5
    hidden("BK001")
    assert showing() == set()
    assert count() == number - 1
    assert "BK001" not in enter("producer-2").get("/viec/san-pham/").content.decode()


def test_reports_people_claims_notices_and_invitations_of_others_are_absent(demo: Demo, enter: Enter) -> None:
    clerk, other_clerk, rival = enter("commune_officer"), enter("commune_officer-2"), enter("producer-2")
    report = Report.objects.get(product__public_id="BKD004").code
    person = User.objects.get(username=demo.accounts["producer"][0])
    notice = Notice.objects.filter(recipient=person).order_by("pk").first()
    invitation = Invitation.objects.get()
    assert notice is not None
    assert invitation.invited_by.username != demo.accounts["commune_officer"][0]
    assert ProducerClaim.objects.filter(producer__code="demo-co-so-xuan-duong").exists()
    wrong = same(clerk, "/viec/bao-sai/{}/", report, "KHONGCOMA2")
    for act in ("nhan", "nguoi-bao"):
        wrong += same(clerk, f"/viec/bao-sai/{{}}/{act}/", report, "KHONGCOMA2", methods=("POST",))
    for page in PERSON_PAGES:
        wrong += same(other_clerk, f"/viec/nguoi/{{}}/{page}", person.code, "zzzzzzzzzzzz", methods=("GET", "POST") if page else ("GET",))
    wrong += same(clerk, "/viec/giu-trang/{}/1/", "demo-co-so-xuan-duong", "khong-co-chu-the-nay")
    wrong += same(rival, "/viec/xong/{}/", notice.pk, 10**9, methods=("POST",))
    wrong += same(clerk, "/viec/loi-moi/{}/rut/", invitation.code, "0" * len(invitation.code), methods=("POST",))
    assert wrong == []
    notice.refresh_from_db()
    invitation.refresh_from_db()
    assert (notice.read_at, invitation.revoked_at) == (None, None)
