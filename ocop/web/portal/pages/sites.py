"""Points on the map: tourism sites, and where products are made, as far as any source knows the place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.places.models import Unit
from ocop.places.queries import MapShapes, communes_with_outline, map_shapes, unit_on, units_by_id
from ocop.places.rules import simplified_geometry, split_kind
from ocop.register.queries.by_place import SiteLine, tourism_sites
from ocop.register.queries.catalogue import cards, catalogue_rows
from ocop.web.kit.templatetags.kit_text import unit_name
from ocop.web.portal.pages.cards import CardView, card_views
from ocop.web.portal.pages.map import MapPoint, MapView, address_of, map_view, product_count
from ocop.web.portal.pages.places import counts_by_commune
from ocop.web.portal.pages.star import Source, place_words, source

NEARBY_CARDS = 4
OUTLINE_TOLERANCE = 0.001  # degrees, about 100 m: fine enough for the zoom the map allows


@dataclass(frozen=True, slots=True)
class Spot:
    """Sites that share one point: many are known only by the centre of their old commune."""

    lat: float
    lon: float
    is_exact: bool
    sites: tuple[SiteLine, ...]


def spots(sites: Iterable[SiteLine]) -> list[Spot]:
    """The sites that have a point, those on the same point together."""
    together: dict[tuple[float, float, bool], list[SiteLine]] = defaultdict(list)
    for site in sites:
        if site.lat is not None and site.lon is not None:
            together[float(site.lat), float(site.lon), site.is_placed].append(site)
    return [Spot(lat, lon, exact, tuple(found)) for (lat, lon, exact), found in together.items()]


def site_address(site: SiteLine) -> str:
    return reverse("portal:tourism_site", args=[site.key])


def points_on(shapes: MapShapes, sites: Iterable[SiteLine]) -> list[MapPoint]:
    """The spots on the drawing; each leads to its only site, or to the list."""
    points = []
    for spot in spots(sites):
        x, y = shapes.projection.place(spot.lon, spot.lat)
        address = site_address(spot.sites[0]) if len(spot.sites) == 1 else reverse("portal:tourism")
        points.append(MapPoint(round(x), round(y), address, ", ".join(site.name for site in spot.sites)))
    return points


def map_data(on: date) -> dict[str, Any]:
    """What the zoomable map draws: GeoJSON of outlines with counts, of tourism spots, and of old communes where products are made."""
    rows, communes = catalogue_rows(on), communes_with_outline(on)
    counts = counts_by_commune(rows, communes)
    made = Counter(row.unit_id for row in rows if row.unit_id)
    outlines = [_outline(unit, counts.get(unit.code, 0), on) for unit in communes]
    return {
        "type": "FeatureCollection",
        "features": [
            *outlines,
            *[_spot(spot) for spot in spots(tourism_sites())],
            *_goods(units_by_id(made), made, on),
        ],
    }


def _outline(unit: Unit, count: int, on: date) -> dict[str, Any]:
    properties = {
        "layer": "outline",
        "name": unit_name(unit.name),
        "words": product_count(count),
        "count": count,
        "url": address_of(unit, on),
    }
    return {"type": "Feature", "properties": properties, "geometry": simplified_geometry(unit.boundary or {}, OUTLINE_TOLERANCE, 4)}


def _spot(spot: Spot) -> dict[str, Any]:
    properties = {
        "layer": "site",
        "note": "" if spot.is_exact else _("Vẽ ở trung tâm xã cũ, không phải đúng địa điểm."),
        "items": [{"name": site.name, "url": site_address(site)} for site in spot.sites],
    }
    return _point(spot.lon, spot.lat, properties)


def _goods(units: dict[int, Unit], made: Counter[int], on: date) -> list[dict[str, Any]]:
    """One point for each old commune that sources name as the place of a product."""
    found = []
    for pk, unit in units.items():
        if unit.lat is not None and unit.lon is not None:
            name = _("%(name)s: %(products)s") % {"name": unit_name(unit.name), "products": product_count(made[pk])}
            properties = {
                "layer": "goods",
                "note": _("Vẽ ở trung tâm xã, không phải nơi sản xuất."),
                "items": [{"name": name, "url": address_of(unit, on)}],
            }
            found.append(_point(float(unit.lon), float(unit.lat), properties))
    return found


def _point(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]}}


def site_place(site: SiteLine) -> str:
    """Village and old commune as a list shows them: "thôn Bó Lù, Nam Mẫu"."""
    return ", ".join(filter(None, [site.village, split_kind(site.place.unit)[1] if site.place.unit else ""]))


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site's page."""

    site: SiteLine
    place: str  # "xã Ba Bể (Nam Mẫu, Ba Bể cũ)"
    commune: str  # the address of today's commune, empty where it is not known
    village: str
    source: Source
    star: CardView | None  # the tourism product of this site, if it has one
    cards: Sequence[CardView]  # what the same commune makes
    near: Sequence[SiteLine]
    map: MapView | None


def site_view(site: SiteLine, on: date) -> SiteView:
    """The whole page of one site."""
    commune = unit_on(site.place.commune_code, on) if site.place.commune_code else None
    language = get_language() or "vi"
    star = card_views(cards([site.product_id], on), language) if site.product_id else []
    made = [row.id for row in catalogue_rows(on) if commune and row.commune_id == commune.pk and row.id != site.product_id]
    return SiteView(
        site=site,
        place=place_words(site.place),
        commune=address_of(commune, on) if commune else "",
        village=site.village,
        source=source(site),
        star=star[0] if star else None,
        cards=card_views(cards(made[:NEARBY_CARDS], on), language),
        near=[other for other in tourism_sites(commune) if other.key != site.key] if commune else [],
        map=_site_map(site, on),
    )


def _site_map(site: SiteLine, on: date) -> MapView | None:
    shapes = map_shapes(on)
    if shapes is None or site.lat is None or site.lon is None:
        return None
    points = points_on(shapes, [site])
    return map_view(shapes, {}, selected=site.place.commune_code, labels=0, points=points, has_counts=False)
