"""The register on any date, as a page and as a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.register.queries.catalogue import register_on
from ocop.web.kit.gates import public_page
from ocop.web.portal.forms.register import PARAMS, read_register
from ocop.web.portal.pages.og import open_graph
from ocop.web.portal.pages.register import register_view


@public_page(params=PARAMS)
def register(request: HttpRequest) -> HttpResponse:
    """What every product's star was on the day asked, why, and where that is written."""
    today = timezone.localdate()
    form = read_register(request.GET, today)
    title = _("Sổ đăng ký OCOP Bắc Kạn theo ngày")
    description = _("Tình trạng sao của mọi sản phẩm vào một ngày bất kỳ, có lý do, quyết định và nguồn.")
    context = {
        "page": register_view(form, register_on(form.on), today),
        "og": open_graph(request, title, description),
        "english": get_language() == "en",
    }
    return render(request, "portal/register_on.html", context, status=400 if form.error else 200)
