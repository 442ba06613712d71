"""The home page as its template shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.places.queries import map_shapes
from ocop.programme.queries import latest_figure
from ocop.register.enums import KeyGroup, StandingKind
from ocop.register.queries.catalogue import (
    Card,
    NewRecognition,
    PlaceIndex,
    PlaceName,
    RegisterCounts,
    Row,
    Spotlight,
    cards,
    first_to_know,
    newest_recognitions,
    register_counts,
    snapshot,
    spotlight,
)
from ocop.register.rules import Standing
from ocop.web.kit.templatetags.kit_text import partial
from ocop.web.portal.pages.about import readings
from ocop.web.portal.pages.cards import product_address
from ocop.web.portal.pages.map import MapView, map_view, unit_address
from ocop.web.portal.pages.star import links

FIRST_CARDS: Final = 8
PLACES_LISTED: Final = 6
NEWEST_LISTED: Final = 6
_SHOWN_KINDS: Final = (StandingKind.VALID, StandingKind.EXPIRED, StandingKind.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Tile:
    """One way into the catalogue: a drawing, its name, examples, and the query it leads to."""

    picture: str
    label: str | Promise
    examples: str | Promise
    query: str


# Product decision: the goods people ask for by name. Each query is one the catalogue understands.
TILES: Final = (
    Tile("products/mien-b", _("Miến dong"), _("sợi dai từ củ dong riềng"), "q=mi%E1%BA%BFn"),
    Tile("products/tra-b", _("Chè, trà"), _("Shan tuyết, hoa vàng"), "bo=11&bo=12"),
    Tile("products/nghe-b", _("Nghệ, dược liệu"), _("tinh bột, curcumin"), f"nhom={KeyGroup.HERBS}"),
    Tile("products/gao-b", _("Gạo, nếp"), _("Khẩu Nua Lếch, Bao Thai"), f"nhom={KeyGroup.RICE}"),
    Tile("products/ruou-b", _("Rượu men lá"), _("Bằng Phúc, Xuân La"), "bo=14&bo=15"),
    Tile("products/bi-b", _("Rau, củ, quả"), _("bí xanh thơm, hồng không hạt"), "bo=1"),
    Tile("products/thit-a", _("Thịt gác bếp"), _("lạp sườn, trâu khô"), "bo=8"),
    Tile("products/dulich-c", _("Du lịch"), _("homestay hồ Ba Bể"), "bo=26"),
)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A commune with many products."""

    address: str
    name: str
    count: int
    names: Sequence[str]  # what a few of its products are called


@dataclass(frozen=True, slots=True)
class NewestLine:
    """One recognition in words."""

    row: NewRecognition
    address: str
    when: str
    decision: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reported:
    """What the province reported, to stand beside our own count."""

    value: str
    when: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the home page shows, on one day."""

    on: date
    counts: RegisterCounts
    cards: Sequence[Card]
    places: Sequence[PlaceLine]
    map: MapView | None
    newest: Sequence[NewestLine]
    spotlight: Spotlight | None
    spotlight_links: Sequence[tuple[str, str]]
    reported: Reported | None
    examples: Sequence[Standing]

    @property
    def only_stars(self) -> int:
        """The class of the stars that hold today, 0 when there are several classes or none."""
        classes = list(self.counts.holding_by_stars)
        return classes[0] if len(classes) == 1 else 0

    @property
    def known_places(self) -> int:
        return self.counts.products - self.counts.without_commune


def home_page(on: date) -> HomePage:
    """Eight questions at most, whatever the register holds."""
    register = snapshot(on)
    rows, places = register.rows(), register.places
    counts = register_counts(rows)
    listed = _places_listed(rows, counts, places)
    first = first_to_know(rows, FIRST_CARDS)
    examples = [pk for _place, _count, pks in listed for pk in pks]
    found = {card.id: card for card in cards([*first, *(pk for pk in examples if pk not in first)], on)}
    light, shapes = spotlight(on), map_shapes(on)
    return HomePage(
        on=on,
        counts=counts,
        cards=[found[pk] for pk in first if pk in found],
        places=[_place_line(place, count, [found[pk].name for pk in pks if pk in found]) for place, count, pks in listed],
        map=map_view(shapes, {places.communes[pk].code: count for pk, count in counts.by_commune.items() if pk in places.communes})
        if shapes
        else None,
        newest=newest_lines(newest_recognitions(on, NEWEST_LISTED)),
        spotlight=light,
        spotlight_links=links(light.source_url) if light else (),
        reported=_reported(),
        examples=[reading.standing for reading in readings(on) if reading.standing.kind in _SHOWN_KINDS],
    )


def newest_lines(rows: Sequence[NewRecognition]) -> list[NewestLine]:
    """Recognitions in words; a decision nobody found is said to be missing."""
    return [
        NewestLine(
            row=row,
            address=product_address(row.product_code),
            when=partial(row.recognised_on, row.recognised_precision),
            decision=row.decision_no or gettext("Chưa tìm thấy quyết định"),
            links=links(row.source_url),
        )
        for row in rows
    ]


def _reported() -> Reported | None:
    """The last number of products the province reported, as printed, with its time and source."""
    figure = latest_figure("tong-san-pham")
    if figure is None:
        return None
    return Reported(figure.value_text, partial(figure.stated_from, figure.stated_precision), links(figure.source_url))


def _place_line(place: PlaceName, count: int, names: Sequence[str]) -> PlaceLine:
    return PlaceLine(unit_address(place.name, place.code), place.name, count, [name.partition(" (")[0] for name in names])


def _places_listed(rows: Sequence[Row], counts: RegisterCounts, places: PlaceIndex) -> list[tuple[PlaceName, int, list[int]]]:
    """The communes with the most products (the alphabet among equals), each with two products of different kinds."""
    most = sorted((pk for pk in places.communes if pk in counts.by_commune), key=lambda pk: -counts.by_commune[pk])[:PLACES_LISTED]
    examples: dict[int, dict[str, int]] = {pk: {} for pk in most}
    for row in rows:
        if row.commune_id in examples:
            examples[row.commune_id].setdefault(row.art, row.id)
    return [(places.communes[pk], counts.by_commune[pk], list(examples[pk].values())[:2]) for pk in most]
