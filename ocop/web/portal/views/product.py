"""A product's page at its one address, and the QR codes that lead there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from ocop.market.queries import channels_of
from ocop.register.queries.portal import product_page, public_id_of
from ocop.register.rules.typed_code import TypedCode, typed_code
from ocop.web.kit.frozen import render_frozen
from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.jsonld import product_jsonld
from ocop.web.portal.pages.product_page import as_context, product_view
from ocop.web.portal.pages.verify import report_address_for


@public_page(params=())
def product(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of the star today, then the product. Any other spelling of its code, and any official code, leads here."""
    asked, on = typed_code(code), timezone.localdate()
    if asked.public_id != code:
        return _to_its_address(asked)
    page = product_page(code, on)
    if page is None:
        return _to_its_address(asked)  # that of the product it was merged into, if it was
    view = product_view(page, channels_of(code), on)
    context = as_context(view) | {"request": request, "site": settings.SITE_URL, "jsonld": product_jsonld(view)}
    return HttpResponse(render_frozen("portal/product.html", context))


@public_page(params=())
def verify_short(request: HttpRequest, code: str) -> HttpResponse:
    """The short address of older labels."""
    return _to_its_address(typed_code(code))


def _to_its_address(asked: TypedCode) -> HttpResponse:
    public_id = public_id_of(asked)
    if public_id is None:
        return _no_such_code(asked)
    return redirect("portal:product", public_id, permanent=True)


def _no_such_code(asked: TypedCode) -> HttpResponse:
    context = {"text": asked.text, "report_address": report_address_for(asked.text)}
    return HttpResponse(render_to_string("portal/product_unknown.html", context), status=404)
