"""The commune map as `portal/_map.html` draws it: one link a commune, shaded by a count, with a legend and points."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.core.text import slug
from ocop.places.models import Unit
from ocop.places.queries import MapShapes, UnitShape
from ocop.places.rules import shade, split_kind
from ocop.web.kit.templatetags.kit_text import unit_name

LABELS = 10  # names on a small map: those with the most products
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MapUnit:
    """One commune: where it leads, how it is drawn, and what a pointer or a screen reader is told."""

    address: str
    css: str
    path: str
    words: str  # "Xã Ba Bể: 5 sản phẩm"


@dataclass(frozen=True, slots=True)
class MapLabel:
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of interest on the drawing."""

    x: int
    y: int
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything the fragment needs. `name` is the accessible name of the drawing."""

    viewbox: str
    name: str
    units: Sequence[MapUnit]
    labels: Sequence[MapLabel]
    points: Sequence[MapPoint]
    has_legend: bool


def map_view(
    shapes: MapShapes,
    counts: Mapping[str, int],
    *,
    address: Callable[[UnitShape], str] | None = None,
    selected: str = "",
    labels: int = LABELS,
    points: Sequence[MapPoint] = (),
    has_counts: bool = True,
) -> MapView:
    """The map with `counts` products by commune code; each commune leads to `address`, by default its own page. `selected` is a code."""
    lead = address or (lambda shape: unit_address(shape.slug, shape.code))
    named = _named(shapes.units, counts, selected, labels)
    return MapView(
        viewbox=shapes.viewbox,
        name=_map_name(len(shapes.units), has_counts),
        units=[_unit(shape, counts.get(shape.code, 0), lead(shape), shape.code == selected, has_counts) for shape in shapes.units],
        labels=[MapLabel(shape.label_x, shape.label_y, shape.bare_name) for shape in shapes.units if shape.code in named],
        points=points,
        has_legend=has_counts,
    )


def unit_address(name: str, code: str, last_day: date | None = None) -> str:
    """The page of a unit: `name` with or without its kind; for one that has ended its last day, as a code alone is ambiguous."""
    path = reverse("portal:commune", args=[slug(split_kind(name)[1]), code])
    return f"{path}?{urlencode({'ngay': last_day.isoformat()})}" if last_day else path


def address_of(unit: Unit, on: date) -> str:
    """The page of a unit, as of its last day if it has ended by `on`."""
    has_ended = unit.valid_to is not None and unit.valid_to <= on
    return unit_address(unit.name, unit.code, unit.valid_to - _ONE_DAY if has_ended and unit.valid_to else None)


def product_count(count: int) -> str:
    return ngettext("%(count)s sản phẩm", "%(count)s sản phẩm", count) % {"count": count}


def _map_name(count: int, has_counts: bool) -> str:
    if has_counts:
        return _("Bản đồ %(count)s xã, phường vùng Bắc Kạn, tô đậm theo số sản phẩm. Danh sách kèm theo có cùng nội dung.") % {
            "count": count
        }
    return _("Bản đồ %(count)s xã, phường vùng Bắc Kạn. Danh sách kèm theo có cùng nội dung.") % {"count": count}


def _unit(shape: UnitShape, count: int, address: str, is_selected: bool, has_counts: bool) -> MapUnit:
    level = shade(count) if has_counts else 0
    css = " ".join(filter(None, ["u", f"u{level}" if level else "", "on" if is_selected else ""]))
    name = unit_name(shape.name)
    words = _("%(name)s: %(products)s") % {"name": name, "products": product_count(count)} if has_counts else name
    return MapUnit(address, css, shape.path, words)


def _named(units: Iterable[UnitShape], counts: Mapping[str, int], selected: str, limit: int) -> set[str]:
    """Codes of the communes whose names are written on the map: the selected one, and those with the most products."""
    most = sorted((shape for shape in units if counts.get(shape.code)), key=lambda shape: -counts[shape.code])[:limit]
    return {shape.code for shape in most} | {selected}
