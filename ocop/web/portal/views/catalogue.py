"""The catalogue: filters, search, list and map."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.register.queries import product_sets
from ocop.register.queries.catalogue import snapshot
from ocop.web.kit.gates import public_page
from ocop.web.kit.limits import limited
from ocop.web.portal.forms.catalogue import PARAMS, read_catalogue
from ocop.web.portal.pages.catalogue import catalogue_view
from ocop.web.portal.pages.listing import list_products
from ocop.web.portal.pages.og import open_graph


@public_page(params=PARAMS)
@limited("search", when=lambda request: request.GET.get("q", "").strip())
def catalogue(request: HttpRequest) -> HttpResponse:
    """Products by words and filters, 24 a page, as a list or beside the map."""
    register = snapshot(timezone.localdate())
    form = read_catalogue(request.GET, register.places, [each.no for each in product_sets()], demo_allowed=not settings.IS_PRODUCTION)
    listing = list_products(form, register)
    language = get_language() or "vi"
    title = _("Sản phẩm OCOP Bắc Kạn")
    description = _("Tìm theo sao, nhóm hàng, xã và tình trạng sao hôm nay. Mỗi sản phẩm có chủ thể, hạn của sao và nguồn.")
    context = {
        "page": catalogue_view(form, listing, register, language),
        "title": title,
        "og": open_graph(request, title, description),
        "english": language == "en",
    }
    return render(request, "portal/catalogue.html", context)
