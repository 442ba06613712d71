"""The pages of places as their templates show them: communes, one unit through time, tourism sites."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.core.dates import NotADay, parse_day
from ocop.core.text import slug
from ocop.market.models import SalesPoint
from ocop.market.queries import sales_points_in
from ocop.places.enums import UnitKind
from ocop.places.models import Succession, Unit
from ocop.places.queries import (
    AmbiguousUnit,
    UnitMatch,
    communes_on,
    find_units,
    map_shapes,
    old_names,
    precessions_of,
    subtree,
    successors,
    unit_on,
    units_coded,
)
from ocop.places.rules import split_kind
from ocop.register.queries.by_place import MakerLine, SiteLine, makers_in, tourism_sites
from ocop.register.queries.catalogue import Row, cards, catalogue_rows
from ocop.web.kit.words import unit_words
from ocop.web.portal.pages.cards import CardView, card_views
from ocop.web.portal.pages.map import MapView, address_of, map_view, unit_address

CARDS = 24  # products on a unit's page; the catalogue has them all
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """One commune in the list: how many products, and which units it was made of."""

    address: str
    name: str
    count: int
    old: str


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One answer to a place name: where it leads, and what became of it."""

    address: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CommunesView:
    lines: Sequence[CommuneLine]
    map: MapView | None
    text: str
    found: Sequence[FoundLine]
    products: int  # with a known commune
    without: int  # published products of which no source names the commune


@dataclass(frozen=True, slots=True)
class UnitLink:
    """Another unit in a list: with the day and the legal basis where one became the other."""

    address: str
    name: str
    parent: str
    on: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit's page. `is_past` units lead to `heirs`, the units of today that hold them."""

    unit: Unit
    place: str  # inside a sentence: "xã Côn Minh"
    parent: UnitLink | None
    is_past: bool
    is_commune: bool
    last_day: date | None
    heirs: Sequence[UnitLink]
    came_from: Sequence[UnitLink]
    makers: Sequence[MakerLine]
    cards: Sequence[CardView]
    products: int
    catalogue: str  # the same products in the catalogue, empty where it cannot choose them
    sites: Sequence[SiteLine]
    sales_points: Sequence[SalesPoint]
    is_code_shared: bool  # another unit bears or bore the same code
    map: MapView | None


def counts_by_commune(rows: Iterable[Row], communes: Iterable[Unit]) -> Mapping[str, int]:
    """Products by commune code."""
    counts = Counter(row.commune_id for row in rows)
    return {unit.code: counts[unit.pk] for unit in communes if counts[unit.pk]}


def communes_view(text: str, on: date) -> CommunesView:
    """All communes of the day with their products, and the answers to a name somebody typed."""
    rows, communes, names = catalogue_rows(on), communes_on(on), old_names(on)
    counts = counts_by_commune(rows, communes)
    shapes = map_shapes(on)
    return CommunesView(
        lines=[
            CommuneLine(
                address_of(unit, on), unit.name, counts.get(unit.code, 0), ", ".join(split_kind(name)[1] for name in names[unit.pk])
            )
            for unit in communes
        ],
        map=map_view(shapes, counts) if shapes else None,
        text=text,
        found=[line for match in find_units(text, on) for line in _found(match, on)],
        products=sum(counts.values()),
        without=sum(row.commune_id is None for row in rows),
    )


def _found(match: UnitMatch, on: date) -> list[FoundLine]:
    """Today's unit with what it was; an old one that was divided leads to its own page."""
    unit = match.unit or match.found
    return [FoundLine(address_of(unit, on), unit.name, match.sentence)]


# --- One unit ---


def unit_asked(name: str, code: str, day: str, on: date) -> Unit:
    """The unit an address means: code and day say it; without a day the name decides, then today. Raises Http404."""
    if day:
        try:
            found = unit_on(code, parse_day(day))
        except (NotADay, AmbiguousUnit) as wrong:
            raise Http404(str(wrong)) from wrong
        candidates = [found] if found else []
    else:
        candidates = units_coded(code)
    exact = [unit for unit in candidates if slug(split_kind(unit.name)[1]) == name]
    today = [unit for unit in candidates if unit.valid_to is None or unit.valid_to > on]
    if not candidates:
        raise Http404(_("Không có đơn vị hành chính nào mang mã này."))
    return (exact or today or candidates)[0]


def unit_view(unit: Unit, on: date) -> UnitView:
    """Everything about a unit, today's or one that was."""
    is_past = unit.valid_to is not None and unit.valid_to <= on
    last_day = unit.valid_to - _ONE_DAY if unit.valid_to else None
    ids = set(subtree(unit, last_day or on).values_list("pk", flat=True))
    chosen = [row.id for row in catalogue_rows(on) if row.commune_id in ids or row.unit_id in ids]
    is_commune = unit.kind not in (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.CITY)
    heirs = successors(unit, on) if is_past else []
    return UnitView(
        unit=unit,
        place=unit_words(unit.name),
        parent=_link(unit.parent, on) if unit.parent else None,
        is_past=is_past,
        is_commune=is_commune,
        last_day=last_day if is_past else None,
        heirs=[_link(heir, on) for heir in heirs],
        came_from=[_came_from(row, on) for row in precessions_of(unit)],
        makers=makers_in(unit) if is_commune else [],
        cards=card_views(cards(chosen[:CARDS], on), get_language() or "vi"),
        products=len(chosen),
        catalogue=_catalogue(unit, is_past),
        sites=tourism_sites(unit) if is_commune else [],
        sales_points=list(sales_points_in(unit.pk)) if not is_past else [],
        is_code_shared=len(units_coded(unit.code)) > 1,
        map=_map_of(unit, heirs, on),
    )


def _link(unit: Unit, on: date) -> UnitLink:
    return UnitLink(address_of(unit, on), unit.name, "")


def _came_from(row: Succession, on: date) -> UnitLink:
    old = row.predecessor
    return UnitLink(address_of(old, on), old.name, old.parent.name if old.parent else "", row.effective_on, row.legal_basis)


def _catalogue(unit: Unit, is_past: bool) -> str:
    """The catalogue's own filter for the same products: it knows today's communes and the districts that were."""
    if unit.kind in (UnitKind.DISTRICT, UnitKind.CITY):
        return f"{reverse('portal:catalogue')}?huyen={unit.code}"
    return "" if is_past or unit.kind == UnitKind.PROVINCE else f"{reverse('portal:catalogue')}?xa={unit.code}"


def _map_of(unit: Unit, heirs: Sequence[Unit], on: date) -> MapView | None:
    """The small map with this commune, or the one that holds it now, in gold."""
    shapes = map_shapes(on)
    selected = (heirs[0].code if len(heirs) == 1 else "") if heirs else unit.code
    if shapes is None or selected not in {shape.code for shape in shapes.units}:
        return None
    return map_view(shapes, {}, selected=selected, labels=0, has_counts=False)


# --- Tourism ---


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """The sites of one commune of today."""

    name: str
    address: str
    sites: Sequence[SiteLine]


def site_groups(sites: Iterable[SiteLine]) -> list[SiteGroup]:
    """Sites by today's commune, those with the most first; the last group holds sites whose commune no source gives."""
    groups: dict[tuple[str, str], list[SiteLine]] = {}
    for site in sites:
        groups.setdefault((site.place.commune, site.place.commune_code), []).append(site)
    ordered = sorted(groups.items(), key=lambda item: (not item[0][0], -len(item[1])))
    return [SiteGroup(name or _("Chưa rõ xã"), unit_address(name, code) if code else "", found) for (name, code), found in ordered]
