"""Behind a token that may write: one act of the register each, asked of the same policy as on the screen.

Each may be sent again after a broken line: a page asks for the version, a price and a confirmation stand once, a decision is
written down once.
"""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from ocop.core.actor import Actor
from ocop.register.actions import confirm_standing, edit_product, record_recognition, set_price
from ocop.register.models import Product, Recognition, Variant
from ocop.register.queries import product_by_any_code
from ocop.web.api.calls import WRITES
from ocop.web.api.pages.answers import answer
from ocop.web.api.pages.own import own_product_whole, price_item
from ocop.web.api.pages.register import recognition_written
from ocop.web.api.schemas import rows
from ocop.web.api.schemas.asked import PackNumber, ProductCode, RecognitionCode
from ocop.web.api.schemas.said import Confirmation, NewPrice, NewRecognition, PageEdit

router = Router(tags=["Writing"])


@router.post("/products/{code}/page", response=rows.OwnProductWhole, summary="Edit a product's page", openapi_extra=WRITES)
def edit_page(request: HttpRequest, code: ProductCode, said: PageEdit) -> HttpResponse:
    """Change texts of a product's page. If somebody saved since the version you read, the answer is 409 with both texts."""
    product, at = _product_or_404(request.actor, code), timezone.now()
    changes = said.changes.model_dump(exclude_unset=True)
    edited = edit_product(actor=request.actor, product=product, changes=changes, version=said.version, at=at)
    return answer(own_product_whole(request.actor, edited, timezone.localdate(at)))


@router.post("/products/{code}/packs/{number}/prices", response={201: rows.PriceSet}, summary="Set a price", openapi_extra=WRITES)
def price(request: HttpRequest, code: ProductCode, number: PackNumber, said: NewPrice) -> HttpResponse:
    """What a pack costs from a day on; what it cost before stays in its history."""
    product = _product_or_404(request.actor, code)
    written = set_price(
        actor=request.actor,
        variant=_pack_or_404(product, number),
        kind=said.kind.value,
        amount=said.amount,
        valid_from=said.first_day,
        valid_to=_day_after(said.last_day),
        at=timezone.now(),
    )
    return answer(price_item(product, number, written), 201)


@router.post("/products/{code}/recognitions", response={201: rows.Recognition}, summary="Write down a decision", openapi_extra=WRITES)
def recognise(request: HttpRequest, code: ProductCode, said: NewRecognition) -> HttpResponse:
    """A signed recognition, first, renewed or upgraded, copied by the OCOP office. The star on the public page changes at once."""
    product, facts = _product_or_404(request.actor, code), said.model_dump()
    facts["kind"] = said.kind.value
    return answer(recognition_written(record_recognition(actor=request.actor, product=product, at=timezone.now(), **facts)), 201)


@router.post("/recognitions/{code}/confirmations", response=rows.Recognition, summary="Confirm a star", openapi_extra=WRITES)
def confirm(request: HttpRequest, code: RecognitionCode, said: Confirmation) -> HttpResponse:
    """An officer saw a paper by which the star held on a day; the last day printed there makes its end certain."""
    row = Recognition.objects.select_related("product__producer", "product__commune_now").filter(code=code).first()
    if row is None or product_by_any_code(row.product.public_id, request.actor) is None:
        raise Http404
    return answer(recognition_written(confirm_standing(actor=request.actor, recognition=row, at=timezone.now(), **said.model_dump())))


def _product_or_404(actor: Actor, code: str) -> Product:
    """The product, if this mandate may know of it; whether it may change it the action asks."""
    product = product_by_any_code(code, actor)
    if product is None:
        raise Http404
    return product


def _pack_or_404(product: Product, number: int) -> Variant:
    """The pack with this place in the product's list, which only grows."""
    variants = product.variants.order_by("pk")[number - 1 : number]
    if not variants:
        raise Http404
    return variants[0]


def _day_after(last: date | None) -> date | None:
    """An exclusive end; the calendar's own last day has none behind it."""
    return min(last, date.max - timedelta(days=1)) + timedelta(days=1) if last else None
