"""A maker's page, and the small map that shows where it is."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from ocop.places.queries import map_shapes
from ocop.register.queries.portal import maker_code_now, producer_page
from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.producer import producer_view


@public_page(params=())
def producer(request: HttpRequest, code: str) -> HttpResponse:
    """Who makes it, under which form since when, and what of it is certified today."""
    on = timezone.localdate()
    page = producer_page(code, on)
    if page is None:
        return _to_its_address(code)
    context = {"request": request, "view": producer_view(page, on), "site": settings.SITE_URL}
    return HttpResponse(render_to_string("portal/producer.html", context))


def _to_its_address(code: str) -> HttpResponse:
    """The page of the maker that this one was merged into."""
    now = maker_code_now(code)
    if now is None:
        raise Http404
    return redirect("portal:producer", now, permanent=True)


@public_page(params=())
def locator(request: HttpRequest, code: str) -> HttpResponse:
    """The communes as one picture with one of them marked; a picture by itself, so that a product's page stays small."""
    shapes = map_shapes(timezone.localdate())
    if shapes is None or all(unit.code != code for unit in shapes.units):
        raise Http404
    picture = render_to_string("portal/locator.svg", {"shapes": shapes, "code": code})
    return HttpResponse(picture, content_type="image/svg+xml")
