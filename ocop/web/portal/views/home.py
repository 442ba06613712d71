"""The home page and what this site is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.about import readings
from ocop.web.portal.pages.cards import card_views
from ocop.web.portal.pages.home import TILES, home_page
from ocop.web.portal.pages.og import open_graph


@public_page(params=())
def home(request: HttpRequest) -> HttpResponse:
    """What the region makes, what its stars are worth today, and where to go from here."""
    on = timezone.localdate()
    page = home_page(on)
    language = get_language() or "vi"
    context = {
        "page": page,
        "cards": card_views(page.cards, language),
        "tiles": TILES,
        "english": language == "en",
        "og": open_graph(
            request,
            _("OCOP Bắc Kạn: đặc sản có sao, có hạn, có người làm ra"),
            _("Tìm miến dong, chè Shan tuyết, tinh bột nghệ, rượu men lá. Biết ai làm ra, ở xã nào và sao còn hạn đến ngày nào."),
        ),
    }
    return render(request, "portal/home.html", context)


@public_page(params=())
def about(request: HttpRequest) -> HttpResponse:
    """What the register is, how to read a standing, where the facts come from, and whom to write to."""
    title = _("Giới thiệu sổ sản phẩm OCOP Bắc Kạn")
    lead = _("Sổ ghi gì, đọc tình trạng sao thế nào, số liệu lấy từ đâu và báo sai cho ai.")
    context = {
        "og": open_graph(request, title, lead),
        "readings": readings(timezone.localdate()),
        "is_demo": not settings.IS_PRODUCTION,
    }
    return render(request, "portal/about.html", context)
