"""Behind a token: whom it acts for, the products that mandate looks after, what waits for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from ocop.core.actor import Actor
from ocop.register.models import Product
from ocop.register.queries import products_kept_by, standings_on, things_waiting
from ocop.web.api.calls import READS
from ocop.web.api.pages import own as pages
from ocop.web.api.pages.answers import answer, listed, page_of
from ocop.web.api.schemas import rows
from ocop.web.api.schemas.asked import OwnProductsAsked, ProductCode

router = Router()


@router.get("/me", response=rows.Me, summary="Whom this token acts for", tags=["Your own"], openapi_extra=READS)
def me(request: HttpRequest) -> HttpResponse:
    """The holder, the mandate, and the token itself."""
    return answer(pages.me(request.api_token))


@router.get("/me/products", response=rows.ListOn[rows.OwnProduct], summary="Your products", tags=["Your own"], openapi_extra=READS)
def own_products(request: HttpRequest, asked: Query[OwnProductsAsked]) -> HttpResponse:
    """The products this mandate looks after, hidden ones too, by code."""
    on = timezone.localdate()
    found = pages.own_products(request.actor, asked.cursor, asked.limit)
    shown, following = page_of(found, asked.limit, "product", lambda product: product.public_id)
    known = standings_on([product.pk for product in shown], on)
    return listed(
        request,
        shown,
        following=following,
        item=lambda product: pages.own_product_item(product, known[product.pk], on),
        on=on.isoformat(),
    )


@router.get("/me/products/{code}", response=rows.OwnProductWhole, summary="One of your products", tags=["Your own"], openapi_extra=READS)
def own_product(request: HttpRequest, code: ProductCode) -> HttpResponse:
    """What this mandate may change, as stored now, with the version to send back."""
    product = kept_or_404(request.actor, code)
    return answer(pages.own_product_whole(request.actor, product, timezone.localdate()))


@router.get("/me/waiting", response=rows.WaitingList, summary="What waits for you", tags=["Your own"], openapi_extra=READS)
def waiting(request: HttpRequest) -> HttpResponse:
    """Claims and reports to decide, renewals that are due; the nearest deadline first."""
    return answer({"items": [pages.waiting_item(thing) for thing in things_waiting(request.actor, timezone.localdate())]})


def kept_or_404(actor: Actor, code: str) -> Product:
    """A product this mandate looks after; a foreign one looks as if it were not there."""
    product = products_kept_by(actor).filter(public_id=code).first()
    if product is None:
        raise Http404
    return product
