"""What was merged away is on no public page, list, count or file; each of its addresses leads to the other, until the two are parted."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from ocop.market.models import Channel
from ocop.register import actions
from ocop.register.actions import load_register
from ocop.register.models import Merge, Producer, Product
from ocop.register.queries import products_by_id
from ocop.register.queries.catalogue import public_pages, snapshot
from ocop.register.queries.portal import product_page
from ocop.web.management.commands.demo_accounts import addresses
from tests.cast import NOW, SEED, TODAY
from tests.opening import load_opening
from tests.promises.texts import text_of

pytestmark = pytest.mark.django_db

OLD, KEPT = "BK091", "BK090"  # a tea and the same tea in bags
OLD_MAKER, KEPT_MAKER = "htx-ruou-chuoi-tan-dan", "htx-tan-dan"
ASKED = re.compile(rf"{OLD}\b(?!-R)|{OLD_MAKER}")  # a recognition keeps its own code in the history


@pytest.fixture
def merges() -> list[Merge]:
    """Two products and two producers of the opening data are one each."""
    load_opening()
    actions.keep_old_code(actor=SEED, product=Product.objects.get(public_id=OLD), code="06-060-X-2021", source_name="x", at=NOW)
    given = {"actor": SEED, "choices": {}, "versions": (1, 1), "reason": "một", "at": NOW}
    kept, old = (Product.objects.get(public_id=code) for code in (KEPT, OLD))
    maker, old_maker = (Producer.objects.get(code=code) for code in (KEPT_MAKER, OLD_MAKER))
    return [
        actions.merge_products(kept=kept, merged=old, **given),
        actions.merge_producers(kept=maker, merged=old_maker, **given),
    ]


def part(merges: list[Merge]) -> None:
    for merge in merges:
        actions.unmerge(actor=SEED, merge=merge, reason="hai", at=NOW)


def everywhere() -> list[str]:
    """Every public address there is with an example, the searches and files that could hold it, and the pages of both communes."""
    pages = [row["example"] for row in addresses() if row["public"] and "GET" in row["methods"] and row["name"].startswith("portal:")]
    words = ("?q=tra+bi+dao", "?q=Tân+Dân", "?q=ruou+chuoi")
    pages += [f"{path}{query}" for path in ("/san-pham/", "/san-pham.csv", "/san-pham.xlsx", "/en/san-pham/") for query in words]
    makers = Producer.objects.filter(products__isnull=False).distinct().values_list("code", flat=True)
    return [*pages, *(f"/chu-the/{code}/" for code in makers), f"/sp/{KEPT}", f"/kiem-tra/?ma={KEPT}"]


def showing(client: Client) -> set[str]:
    found = set()
    for page in everywhere():
        cache.clear()  # exports are limited by address
        if ASKED.search(text_of(client.get(page))):
            found.add(page.partition("?")[0])
    return found


def test_it_is_on_no_public_page(merges: list[Merge], client: Client) -> None:
    assert showing(client) == set()
    part(merges)
    assert {"/san-pham/", "/so-dang-ky.xlsx", "/sitemap.xml", "/san-pham.csv", "/chu-the/htx-tan-dan/"} <= showing(client)


def test_it_is_in_no_count(merges: list[Merge]) -> None:
    assert len(snapshot(TODAY).rows()) == len(public_pages().products) == Product.objects.count() == 125
    part(merges)
    assert len(snapshot(TODAY).rows()) == len(public_pages().products) == Product.objects.count() == 126


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_address_and_label_of_it_leads_to_the_other(prefix: str, merges: list[Merge], client: Client) -> None:
    for path in (f"/sp/{OLD}", "/sp/bk091", f"/v/{OLD}", "/v/06-060-X-2021", "/sp/06-060-X-2021"):
        answer = client.get(f"{prefix}{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/sp/{KEPT}"), path
        assert answer["Cache-Control"] == "no-cache"  # a browser asks again, since the two may be parted
    answer = client.get(f"{prefix}/chu-the/{OLD_MAKER}/")
    assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/chu-the/{KEPT_MAKER}/")
    for code in (OLD, "06-060-X-2021"):
        assert client.get(f"{prefix}/kiem-tra.json?ma={code}").json()["product"] == KEPT
        assert f"/sp/{KEPT}" in client.get(f"{prefix}/kiem-tra/?ma={code}").content.decode()
    assert client.get(f"{prefix}/sp/{OLD}/qr.svg").content == client.get(f"{prefix}/sp/{KEPT}/qr.svg").content
    assert client.get(f"{prefix}/bao-sai/?sp={OLD}").context["product"].public_id == KEPT


def test_parted_both_have_their_own_page_again(merges: list[Merge], client: Client) -> None:
    assert client.get(f"/sp/{OLD}").status_code == 301
    part(merges)
    for path in (f"/sp/{OLD}", f"/sp/{KEPT}", f"/chu-the/{OLD_MAKER}/", f"/chu-the/{KEPT_MAKER}/"):
        assert client.get(path).status_code == 200, path
    assert client.get("/v/06-060-X-2021")["Location"] == f"/sp/{OLD}"


def test_a_hidden_keeper_leads_nowhere(merges: list[Merge], client: Client) -> None:
    actions.publish_product(actor=SEED, product=Product.objects.get(public_id=KEPT), is_published=False, reason="x", at=NOW)
    for path in (f"/sp/{OLD}", f"/v/{OLD}", f"/sp/{OLD}/qr.svg", f"/kiem-tra.json?ma={OLD}"):
        assert client.get(path).status_code == 404, path


def test_the_old_name_or_code_finds_the_other(merges: list[Merge], client: Client) -> None:
    found = client.get(f"/san-pham/?q={OLD}").content.decode()
    assert (f'href="/sp/{KEPT}"' in found, f'href="/sp/{OLD}"' in found) == (True, False)
    assert f'href="/sp/{KEPT}"' in client.get("/san-pham/?q=tra+bi+dao+tui+loc").content.decode()
    assert 'href="/sp/BK022"' in client.get("/san-pham/?q=htx+ruou+chuoi+tan+dan").content.decode()  # of the kept maker


def test_the_kept_page_tells_the_stars_of_both(merges: list[Merge]) -> None:
    page = product_page(KEPT, TODAY)
    assert page is not None
    assert [line.code for line in page.history] == [f"{KEPT}-R1", f"{OLD}-R1"]


def test_loading_the_opening_data_again_changes_nothing(merges: list[Merge], settings: object) -> None:
    before = (Product.with_merged.count(), Producer.with_merged.count(), Channel.products.through.objects.count())
    load_opening()
    assert before == (Product.with_merged.count(), Producer.with_merged.count(), Channel.products.through.objects.count())
    loaded = load_register(actor=SEED, folder=settings.DATA_DIR / "bac-kan", at=NOW)  # type: ignore[attr-defined]
    assert loaded.total == 0
    assert products_by_id([OLD, KEPT]) == dict.fromkeys((OLD, KEPT), Product.objects.get(public_id=KEPT).pk)
