"""The map, the communes through time, and the tourism sites."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.core.text import clean_line
from ocop.places.queries import communes_on, map_shapes
from ocop.register.queries.by_place import tourism_site, tourism_sites
from ocop.register.queries.catalogue import catalogue_rows
from ocop.web.kit.gates import public_page
from ocop.web.kit.limits import limited
from ocop.web.kit.templatetags.kit_text import unit_name
from ocop.web.portal.pages.map import address_of, map_view
from ocop.web.portal.pages.og import open_graph
from ocop.web.portal.pages.places import communes_view, counts_by_commune, site_groups, unit_asked, unit_view
from ocop.web.portal.pages.sites import map_data, points_on, site_view

TEXT_LIMIT = 200  # characters of a place name somebody looks for


@public_page(params=())
def map_page(request: HttpRequest) -> HttpResponse:
    """The large map: every commune with its products, every tourism site with a point, and the list of both."""
    on = timezone.localdate()
    communes, shapes, sites = communes_on(on), map_shapes(on, is_large=True), tourism_sites()
    counts = counts_by_commune(catalogue_rows(on), communes)
    title = _("Bản đồ sản phẩm OCOP Bắc Kạn")
    context = {
        "title": title,
        "map": map_view(shapes, counts, labels=len(communes), points=points_on(shapes, sites)) if shapes else None,
        "communes": [(address_of(unit, on), unit.name, counts.get(unit.code, 0)) for unit in communes],
        "groups": site_groups(sites),
        "tiles": settings.MAP_TILES_URL,
        "on": on,
        "english": get_language() == "en",
        "og": open_graph(request, title, _("37 xã, phường vùng Bắc Kạn với sản phẩm OCOP và điểm du lịch của mỗi nơi.")),
    }
    return render(request, "portal/places/map.html", context)


@public_page(params=())
def map_points(request: HttpRequest) -> HttpResponse:
    """Outlines and points as GeoJSON, for the zoomable map."""
    return JsonResponse(map_data(timezone.localdate()), content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


@public_page(params=("q",))
@limited("search", when=lambda request: request.GET.get("q", "").strip())
def communes(request: HttpRequest) -> HttpResponse:
    """Today's communes with their products and the old ones in them; a search by any name, old or new."""
    on = timezone.localdate()
    page = communes_view(clean_line(request.GET.get("q", ""))[:TEXT_LIMIT], on)
    title = _("Xã, phường vùng Bắc Kạn")
    lead = _("37 xã, phường từ ngày 1/7/2025, xã cũ nằm trong mỗi nơi, và sản phẩm OCOP làm ra ở đó.")
    context = {"title": title, "page": page, "on": on, "english": get_language() == "en", "og": open_graph(request, title, lead)}
    return render(request, "portal/places/communes.html", context)


@public_page(params=("ngay",))
def commune(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """One unit, today's or one that was: what it was made of, what became of it, and what is made there."""
    on = timezone.localdate()
    unit = unit_asked(name, code, request.GET.get("ngay", ""), on)
    address = address_of(unit, on)
    if request.get_full_path() != address:
        return redirect(address)
    page, title = unit_view(unit, on), unit_name(unit.name)
    lead = _("Sản phẩm OCOP, chủ thể và điểm du lịch ở %(place)s, với tình trạng sao hôm nay.") % {"place": page.place}
    context = {
        "title": title,
        "page": page,
        "on": on,
        "english": get_language() == "en",
        "og": open_graph(request, title, lead),
    }
    return render(request, "portal/places/commune.html", context)


@public_page(params=())
def tourism(request: HttpRequest) -> HttpResponse:
    """All tourism sites, by commune."""
    on = timezone.localdate()
    sites, shapes = tourism_sites(), map_shapes(on)
    title = _("Điểm du lịch vùng Bắc Kạn")
    lead = _("Hồ Ba Bể, ATK Chợ Đồn, thác, động và homestay: mỗi điểm có xã, nguồn và sản phẩm OCOP du lịch nếu có.")
    context = {
        "title": title,
        "lead": lead,
        "groups": site_groups(sites),
        "total": len(sites),
        "placed": sum(site.is_placed for site in sites),
        "map": map_view(shapes, {}, labels=0, points=points_on(shapes, sites), has_counts=False) if shapes else None,
        "english": get_language() == "en",
        "og": open_graph(request, title, lead),
    }
    return render(request, "portal/places/tourism.html", context)


@public_page(params=())
def tourism_site_page(request: HttpRequest, key: str) -> HttpResponse:
    """One tourism site: where it lies as far as is known, its star if it has one, and what else is near."""
    site = tourism_site(key)
    if site is None:
        raise Http404(_("Không có điểm du lịch nào mang tên này."))
    page = site_view(site, timezone.localdate())
    lead = _("%(name)s, %(place)s: vị trí, nguồn và sản phẩm OCOP gần đó.") % {"name": site.name, "place": page.place}
    context = {"title": site.name, "page": page, "english": get_language() == "en", "og": open_graph(request, site.name, lead)}
    return render(request, "portal/places/site.html", context)
