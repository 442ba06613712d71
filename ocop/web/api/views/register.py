"""Open to every program: products and their stars, producers, recognitions, sites, and the answer to one code."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from ocop.register.queries import product_sets
from ocop.register.queries.lists import producer_rows, recognition_rows, site_rows
from ocop.register.queries.portal import producer_page, product_page, verify_answer
from ocop.register.rules.typed_code import typed_code
from ocop.web.api.pages import register as pages
from ocop.web.api.pages.answers import answer, begins_behind, listed, page_of
from ocop.web.api.schemas import rows
from ocop.web.api.schemas.asked import (
    OnDay,
    ProducerCode,
    ProducersAsked,
    ProductCode,
    ProductsAsked,
    RecognitionCode,
    RecognitionsAsked,
    SiteKey,
    SitesAsked,
    StandingsAsked,
    VerifyAsked,
)

router = Router()
_LISTS = ("products", "standings", "producers", "recognitions", "product-sets", "tourism-sites", "places", "indicators", "figures")


@router.get("/", response=rows.Index, summary="Where to begin", tags=["Index"])
def index(request: HttpRequest) -> HttpResponse:
    """The lists there are, the documentation for people and the description for machines."""
    here = f"{settings.SITE_URL}/api/v1"
    lists = {name: f"{here}/{name}" for name in _LISTS}
    return answer({"name": "OCOP Bắc Kạn", "docs": f"{here}/docs", "description": f"{here}/openapi.json", "lists": lists})


@router.get("/standings", response=rows.ListOn[rows.Star], summary="The stars of a day", tags=["Stars"])
def standings(request: HttpRequest, asked: Query[StandingsAsked]) -> HttpResponse:
    """The stars that hold on a day, by the code of their product. Ask for other states to see what lapsed or waits to be verified."""
    today = timezone.localdate()
    on = asked.on or today
    found, following = pages.chosen_stars(asked, on, today)
    return listed(request, found, following=following, item=partial(pages.star_item, on=on.isoformat()), on=on.isoformat())


@router.get("/verify", response=rows.Verified, summary="Is this star good?", tags=["Stars"])
def verify(request: HttpRequest, asked: Query[VerifyAsked]) -> HttpResponse:
    """The answer to a code as somebody typed, scanned or printed it: “bk 1” is BK001, official codes and whole addresses do too."""
    on, code = asked.on or timezone.localdate(), typed_code(asked.code)
    found = verify_answer(code, on)
    if found is None or found.is_demo:
        raise Http404
    return answer(pages.verified(code.text, found, on))


@router.get("/products", response=rows.ListOn[rows.Product], summary="Products", tags=["Register"])
def products(request: HttpRequest, asked: Query[ProductsAsked]) -> HttpResponse:
    """Every published product with what is known of its star on a day, by code; narrowed as in the catalogue."""
    today = timezone.localdate()
    on = asked.on or today
    found, following = pages.chosen_products(asked, on, today)
    return listed(request, found, following=following, item=partial(pages.product_item, on=on.isoformat()), on=on.isoformat())


@router.get("/products/{code}", response=rows.ProductWhole, summary="One product", tags=["Register"])
def product(request: HttpRequest, code: ProductCode, asked: Query[OnDay]) -> HttpResponse:
    """Everything public about a product, with its recognitions and its standing on a day and over all of time."""
    on = asked.on or timezone.localdate()
    found = product_page(code, on)
    if found is None or found.product.is_demo:
        raise Http404
    return answer(pages.product_whole(found, on))


@router.get("/producers", response=rows.List[rows.Producer], summary="Producers", tags=["Register"])
def producers(request: HttpRequest, asked: Query[ProducersAsked]) -> HttpResponse:
    """Every producer, by code. How to reach one stands on its page, where it was agreed to."""
    form = asked.legal_form.value if asked.legal_form else ""
    found = producer_rows(after=begins_behind(asked.cursor), limit=asked.limit + 1, commune=asked.commune or "", legal_form=form)
    shown, following = page_of(found, asked.limit, "producer", lambda row: row.code)
    return listed(request, shown, following=following, item=pages.producer_item)


@router.get("/producers/{code}", response=rows.ProducerWhole, summary="One producer", tags=["Register"])
def producer(request: HttpRequest, code: ProducerCode, asked: Query[OnDay]) -> HttpResponse:
    """Everything public about a producer, with its products and their standings on a day."""
    on = asked.on or timezone.localdate()
    found = producer_page(code, on)
    if found is None or found.maker.is_demo:
        raise Http404
    return answer(pages.producer_whole(found, on))


@router.get("/recognitions", response=rows.List[rows.Recognition], summary="Recognitions", tags=["Stars"])
def recognitions(request: HttpRequest, asked: Query[RecognitionsAsked]) -> HttpResponse:
    """Every event in the history of the stars with its decision and source, by code; those that contradict each other stay side by side."""
    found = recognition_rows(after=begins_behind(asked.cursor), limit=asked.limit + 1, product=asked.product or "", stars=asked.stars)
    shown, following = page_of(found, asked.limit, "recognition", lambda row: row.code)
    return listed(request, shown, following=following, item=pages.recognition_item)


@router.get("/recognitions/{code}", response=rows.Recognition, summary="One recognition", tags=["Stars"])
def recognition(request: HttpRequest, code: RecognitionCode) -> HttpResponse:
    """One event in the history of a product's stars."""
    found = recognition_rows(after="", limit=1, code=code)
    if not found:
        raise Http404
    return answer(pages.recognition_item(found[0]))


@router.get("/product-sets", response=rows.List[rows.ProductSet], summary="Product sets", tags=["Register"])
def sets(request: HttpRequest) -> HttpResponse:
    """The scoring sheets of Decision 26/2026: which kinds of goods are scored together."""
    found = product_sets()
    return listed(
        request, found, following="", item=lambda each: {"number": each.no, "name": each.name, "sector": each.sector, "group": each.group}
    )


@router.get("/tourism-sites", response=rows.List[rows.Site], summary="Tourism sites", tags=["Places"])
def sites(request: HttpRequest, asked: Query[SitesAsked]) -> HttpResponse:
    """Places to see or to stay, by key."""
    found = site_rows(after=begins_behind(asked.cursor), limit=asked.limit + 1, commune=asked.commune or "")
    shown, following = page_of(found, asked.limit, "site", lambda row: row.key)
    return listed(request, shown, following=following, item=pages.site_item)


@router.get("/tourism-sites/{key}", response=rows.Site, summary="One tourism site", tags=["Places"])
def site(request: HttpRequest, key: SiteKey) -> HttpResponse:
    """One place with its source."""
    found = site_rows(key=key)
    if not found:
        raise Http404
    return answer(pages.site_item(found[0]))
