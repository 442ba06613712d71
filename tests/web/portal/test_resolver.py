"""GS1 Digital Link: /01/<GTIN> leads people and machines to the product; what a label claims is shown as claimed."""

import re
from typing import Any

import pytest
from django.test import Client

from ocop.market.models import Channel
from ocop.register.models import Product, Variant
from tests.web.portal.rows import SOURCE, far, make_places, make_producer, make_product

pytestmark = pytest.mark.django_db
GTIN = "09521234543213"  # GS1's own example; here it is a product's of this test alone
VOC = "https://ref.gs1.org/voc/"


@pytest.fixture
def product() -> Product:
    places = make_places()
    maker = make_producer(unit=places["con-minh-cu"], commune_now=places["con-minh"])
    made = make_product("Miến dong", name_en="Canna noodles", producer=maker, commune_now=places["con-minh"], star=("valid", 4, far()))
    Variant.objects.create(product=made, name="Gói 500 g", quantity=500, unit="g", gtin=GTIN[1:])
    return made


def linkset(client: Client, path: str, **more: Any) -> list[dict[str, Any]]:
    response = client.get(path, {"linkType": "linkset"}, **more)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/linkset+json"
    return list(response.json()["linkset"])


@pytest.mark.parametrize("path", [f"/01/{GTIN}", f"/01/{GTIN}/"])
@pytest.mark.parametrize("ask", ["get", "head"])
def test_a_barcode_leads_to_the_product(client: Client, product: Product, path: str, ask: str) -> None:
    response = getattr(client, ask)(path)
    assert response.status_code == 307
    assert response["Location"] == "/sp/BK001"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(response["Location"]).status_code == 200


def test_the_reader_s_language_decides_and_nothing_is_kept_for_another(client: Client, product: Product) -> None:
    spoken = {"en-GB,en;q=0.9,vi;q=0.2": "/en/sp/BK001", "vi;q=0.3,en;q=0.2": "/sp/BK001", "fr,de": "/sp/BK001", "": "/sp/BK001"}
    for language, address in spoken.items():
        response = client.get(f"/01/{GTIN}", headers={"accept-language": language})
        assert response["Location"] == address
        assert {"Accept", "Accept-Language"} <= {word.strip() for word in response["Vary"].split(",")}


def test_the_query_is_passed_on(client: Client, product: Product) -> None:
    assert client.get(f"/01/{GTIN}?utm_source=nhan&x=a%20b")["Location"] == "/sp/BK001?utm_source=nhan&x=a+b"
    address = client.get(f"/01/{GTIN}/10/L%2B1?15=261231")["Location"]
    assert address == "/sp/BK001/tren-nhan/?10=L%2B1&15=261231"


def test_a_type_of_link_may_be_asked_for(client: Client, product: Product) -> None:
    def leads(link_type: str, **headers: str) -> str:
        return client.get(f"/01/{GTIN}", {"linkType": link_type}, headers=headers)["Location"].partition("&linkType")[0]

    for name in ("gs1:certificationInfo", f"{VOC}certificationInfo", "https://gs1.org/voc/certificationInfo"):
        assert leads(name) == "/kiem-tra/?ma=BK001"
    assert leads("gs1:certificationInfo", **{"accept-language": "en"}) == "/en/kiem-tra/?ma=BK001"
    assert leads("gs1:certificationInfo", accept="application/json") == "/kiem-tra.json?ma=BK001"
    assert leads("gs1:pip").startswith("/sp/BK001?linkType=")
    assert leads("gs1:recipeInfo").startswith("/sp/BK001?linkType=")  # nobody has one: the default


def test_the_link_set_has_every_link_with_address_type_and_title(client: Client, product: Product, settings: Any) -> None:
    (context,) = linkset(client, f"/01/{GTIN}")
    assert context["anchor"] == f"{settings.SITE_URL}/01/{GTIN}"
    assert context["itemDescription"] == "Miến dong, Gói 500 g"
    relations = {name: links for name, links in context.items() if name.startswith(VOC)}
    assert set(relations) == {f"{VOC}{word}" for word in ("defaultLink", "pip", "certificationInfo")}
    for link in (link for links in relations.values() for link in links):
        assert link["title"]
        assert link["type"] in ("text/html", "application/json")
        assert client.get(link["href"].removeprefix(settings.SITE_URL)).status_code == 200
    titles = {link["hreflang"][0]: link["title"] for link in relations[f"{VOC}pip"]}
    assert titles == {"vi": "Miến dong", "en": "Canna noodles"}


def test_a_machine_gets_the_link_set_by_what_it_accepts(client: Client, product: Product) -> None:
    response = client.get(f"/01/{GTIN}", headers={"accept": "application/linkset+json"})
    assert response.status_code == 200
    assert response.json()["linkset"]
    assert client.options(f"/01/{GTIN}").status_code == 204


def test_a_lot_has_the_links_of_every_level_up_and_its_own_default(client: Client, product: Product, settings: Any) -> None:
    number, lot = linkset(client, f"/01/{GTIN}/10/L1/21/7")
    assert number["anchor"] == f"{settings.SITE_URL}/01/{GTIN}"
    assert f"{VOC}pip" in number
    assert lot["anchor"] == f"{settings.SITE_URL}/01/{GTIN}/10/L1/21/7"
    assert lot[f"{VOC}defaultLink"][0]["href"] == f"{settings.SITE_URL}/sp/BK001/tren-nhan/?10=L1&21=7"


def test_where_it_is_sold_is_a_link_only_if_somebody_told(client: Client, product: Product) -> None:
    channel = Channel.objects.create(key="sieu-thi", name="Siêu thị", kind="supermarket", start_precision="unknown", is_demo=True, **SOURCE)
    channel.products.add(product)
    assert f"{VOC}hasRetailers" not in linkset(client, f"/01/{GTIN}")[0]
    Channel.objects.update(is_demo=False)
    assert linkset(client, f"/01/{GTIN}")[0][f"{VOC}hasRetailers"][0]["href"].endswith("/sp/BK001#mua-o-dau")
    assert client.get(f"/01/{GTIN}?linkType=gs1:hasRetailers&a=1")["Location"].endswith("&a=1#mua-o-dau")


def test_every_link_stands_in_the_header_too_even_when_redirecting(client: Client, product: Product) -> None:
    header = client.get(f"/01/{GTIN}")["Link"]
    assert header.isascii()
    assert f'/01/{GTIN}?linkType=linkset>; rel="linkset"; type="application/linkset+json"' in header
    assert f'/en/sp/BK001>; rel="{VOC}pip"; type="text/html"; hreflang="en"; title*=UTF-8\'\'Canna%20noodles' in header


@pytest.mark.parametrize(
    "path", [f"{GTIN[:-1]}4", GTIN[1:], "abc", f"{GTIN}/21/1/10/2", f"{GTIN}/10/", f"{GTIN}/99/x", f"{GTIN}?15=261399", f"{GTIN}?10=A"]
)
def test_bad_syntax_is_400_with_the_reason_for_people_and_machines(client: Client, product: Product, path: str) -> None:
    response = client.get(f"/01/{path}")
    assert response.status_code == 400
    reason = re.search(r'<p class="lead">([^<]+)</p>', response.content.decode())
    assert reason
    problem = client.get(f"/01/{path}", headers={"accept": "application/linkset+json"})
    assert problem.status_code == 400
    assert problem["Content-Type"] == "application/problem+json"
    assert problem["Access-Control-Allow-Origin"] == "*"
    assert problem.json()["status"] == 400
    assert len(problem.json()["detail"]) > 20


def test_a_barcode_nobody_has_is_404_and_never_made_up(client: Client, product: Product) -> None:
    for other in ("04006381333931", "19521234543210"):  # another product's; the case of ours has a number of its own
        response = client.get(f"/01/{other}")
        assert response.status_code == 404
        assert other in response.content.decode()
        assert client.get(f"/01/{other}?linkType=linkset").json()["status"] == 404
    english = client.get("/01/04006381333931", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in english
    assert "We do not know this barcode yet" in english


def test_a_pack_no_longer_sold_or_a_hidden_product_is_not_found(client: Client, product: Product) -> None:
    Variant.objects.update(is_active=False)
    assert client.get(f"/01/{GTIN}").status_code == 404
    Variant.objects.update(is_active=True)
    Product.objects.update(is_published=False)
    assert client.get(f"/01/{GTIN}").status_code == 404


def test_what_the_label_says_is_shown_as_claimed(client: Client, product: Product) -> None:
    html = client.get("/sp/BK001/tren-nhan/?10=L%3Cb%3E1&15=261231&17=261200&3103=000500&99=x&11=999999&utm=1").content.decode()
    for words in ("Còn hạn, 4 sao", "chưa kiểm chứng", "L&lt;b&gt;1", "31/12/2026", "12/2026", "0,5 kg", "Khóa GS1 99"):
        assert words in html, words if "L&lt;" not in words else html
    assert "<dd>999999" not in html
    assert 'content="noindex"' in html
    assert "không nói gì về lô" in client.get("/sp/BK001/tren-nhan/").content.decode()
    assert client.get("/sp/BK999/tren-nhan/?10=L1").status_code == 404
    assert client.get("/sp/bk1/tren-nhan/?10=L1").status_code == 404


def test_the_resolver_describes_itself(client: Client, db: None, settings: Any) -> None:
    told = client.get("/.well-known/gs1resolver").json()
    assert told["resolverRoot"] == settings.SITE_URL
    assert told["supportedPrimaryKeys"] == ["01"]
    assert told["supportedLinkType"] == [{"namespace": VOC, "prefix": "gs1:"}]
