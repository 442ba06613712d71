"""What the pages of places read: the makers of a commune, the tourism sites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet

from ocop.core.text import sort_key
from ocop.places.models import Unit
from ocop.register.models import Producer, TourismSite
from ocop.register.queries.portal_parts import Place

Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class MakerLine:
    """A maker in the list of a place."""

    code: str
    name: str
    name_en: str
    products: int
    is_demo: bool
    place: Place


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A tourism site with its source. `is_placed` is false where only the centre of its old commune is known."""

    key: str
    name: str
    name_en: str
    kind: str
    village: str
    lat: Decimal | None
    lon: Decimal | None
    coord_basis: str
    product_id: int | None
    note: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date
    is_demo: bool
    place: Place

    @property
    def is_placed(self) -> bool:
        return self.lat is not None and self.coord_basis != OLD_COMMUNE_CENTRE


OLD_COMMUNE_CENTRE = "old_commune_centre"  # the point of the site's old commune stands in for the site's own
_PLACE = ("commune_now__name", "commune_now__code", "unit__name", "unit__parent__name", "unit__valid_to")
_SITE = (
    "key", "name", "name_en", "kind", "village", "lat", "lon", "coord_basis", "product_id",
    "note", "source_url", "source_name", "confidence", "as_of", "is_demo",
)  # fmt: skip


def makers_in(unit: Unit) -> list[MakerLine]:
    """The makers of one commune of today, or of one unit that was, in the order of the alphabet; one question."""
    makers = Producer.objects.filter(Q(commune_now=unit) | Q(unit=unit)).annotate(
        count=Count("products", filter=Q(products__is_published=True), distinct=True)
    )
    rows: Iterable[Row] = makers.order_by("sort_key", "code").values_list("code", "name", "name_en", "count", "is_demo", *_PLACE)
    return [MakerLine(code, name, name_en, count, is_demo, _place(place)) for code, name, name_en, count, is_demo, *place in rows]


def tourism_sites(unit: Unit | None = None) -> list[SiteLine]:
    """All tourism sites, or those of one unit of today or before, in the order of the alphabet; one question."""
    sites = TourismSite.objects.all()
    if unit is not None:
        sites = sites.filter(Q(commune_now=unit) | Q(unit=unit))
    return sorted(_sites(sites), key=lambda site: (sort_key(site.name), site.key))


def tourism_site(key: str) -> SiteLine | None:
    """One tourism site by the key in its address."""
    return next(iter(_sites(TourismSite.objects.filter(key=key))), None)


def _sites(sites: QuerySet[TourismSite]) -> Sequence[SiteLine]:
    rows: Iterable[Row] = sites.order_by("key").values_list(*_SITE, *_PLACE)
    return [SiteLine(**dict(zip(_SITE, row, strict=False)), place=_place(row[len(_SITE) :])) for row in rows]


def _place(row: Sequence[Any]) -> Place:
    commune, code, unit, parent, ended_on = row
    return Place(commune or "", code or "", unit or "", parent or "", ended_on)
