"""Sales points, channels and events as their templates show them: what was reported, with its time, place and source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ocop.core.dates import PartialDate
from ocop.market.enums import ChannelKind, EventKind
from ocop.market.models import Channel, Event, Reported, SalesPoint
from ocop.market.queries import channels, events, sales_point_counts, sales_points
from ocop.web.kit.templatetags.kit_text import day_words, number, partial
from ocop.web.portal.pages.map import address_of
from ocop.web.portal.pages.star import Source, source

CHANNEL_KINDS: dict[str, tuple[Promise, str]] = {
    ChannelKind.EXPORT: (gettext_lazy("Xuất khẩu"), "plane"),
    ChannelKind.SUPERMARKET: (gettext_lazy("Siêu thị"), "cart"),
    ChannelKind.ECOMMERCE: (gettext_lazy("Bán trên mạng"), "globe"),
}
EVENT_KINDS: dict[str, Promise] = {
    EventKind.EVENT: gettext_lazy("Hội chợ, tuần hàng, ngày hội"),
    EventKind.LIVESTREAM: gettext_lazy("Livestream"),
    EventKind.CONFERENCE: gettext_lazy("Hội nghị kết nối"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One reported thing. `details` are what else the source says, as it says it; `badge` is its date in two lines."""

    name: str
    kind: str
    icon: str
    when: str
    badge: tuple[str, str]
    place: str
    commune: tuple[str, str] | None  # (address, name) of today's commune
    details: Sequence[str]
    note: str
    products: Sequence[tuple[str, str]]  # (address, name)
    is_ocop: bool | None
    source: Source
    is_demo: bool


@dataclass(frozen=True, slots=True)
class CountLine:
    """A reported number of places that no source lists."""

    count: str
    name: str
    when: str
    details: Sequence[str]
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class SalesPointsView:
    points: Sequence[Line]
    counts: Sequence[CountLine]
    channels: Sequence[Line]


@dataclass(frozen=True, slots=True)
class EventsView:
    ahead: Sequence[Line]
    past: Sequence[Line]


def sales_points_view(on: date) -> SalesPointsView:
    """Named points, reported numbers of points, and the other channels."""
    return SalesPointsView(
        points=[_line(point, on, _("Điểm giới thiệu và bán"), "store", [_area(point)]) for point in sales_points()],
        counts=[CountLine(number(row.count), row.name, _when(row), _said(row), row.note, source(row)) for row in sales_point_counts()],
        channels=[_channel(row, on) for row in channels()],
    )


def events_view(on: date) -> EventsView:
    """Events still ahead, the next first, and those that were, the latest first."""
    lines = [(_is_ahead(row, on), _line(row, on, str(EVENT_KINDS[row.kind]), "calendar", [_booths(row)])) for row in events()]
    return EventsView(
        ahead=[line for is_ahead, line in reversed(lines) if is_ahead],
        past=[line for is_ahead, line in lines if not is_ahead],
    )


def _is_ahead(row: Event, on: date) -> bool:
    last = row.last_on or PartialDate(row.starts_on, row.start_precision).last
    return last is not None and last >= on


def _channel(row: Channel, on: date) -> Line:
    word, icon = CHANNEL_KINDS[row.kind]
    quantity = _("%(tonnes)s tấn") % {"tonnes": number(row.quantity)} if row.quantity is not None else ""
    products = [(reverse("portal:product", args=[product.public_id]), product.name) for product in row.products.all()]
    return _line(row, on, str(word), icon, [quantity if quantity != row.scale_text else ""], products, row.is_ocop)


def _line(
    row: Channel | Event | SalesPoint,
    on: date,
    kind: str,
    icon: str,
    more: Iterable[str] = (),
    products: Sequence[tuple[str, str]] = (),
    is_ocop: bool | None = True,
) -> Line:
    return Line(
        name=row.name,
        kind=kind,
        icon=icon,
        when=_when(row),
        badge=_badge(row),
        place=row.place or row.commune_text,
        commune=(address_of(row.commune_now, on), row.commune_now.name) if row.commune_now else None,
        details=[detail for detail in [*more, *_said(row)] if detail],
        note=row.note,
        products=products,
        is_ocop=is_ocop,
        source=source(row),
        is_demo=row.is_demo,
    )


def _said(row: Reported) -> list[str]:
    partners = _("Cùng: %(partners)s") % {"partners": row.partners} if row.partners else ""
    return [said for said in (row.scale_text, row.result_text, partners) if said]


def _when(row: Reported) -> str:
    start = partial(row.starts_on, row.start_precision)
    if row.last_on and row.last_on != row.starts_on:
        return _("%(first)s đến %(last)s") % {"first": start, "last": day_words(row.last_on)}
    return start


def _badge(row: Reported) -> tuple[str, str]:
    """The date in a small box: as much of it as is known."""
    known = PartialDate(row.starts_on, row.start_precision)
    if known.first is None:
        return "?", _("chưa rõ")
    if known.precision == "year":
        return str(known.first.year), _("năm")
    if known.precision == "month":
        month = date_format(known.first, "M") if get_language() == "en" else f"T{known.first.month}"
        return month, str(known.first.year)
    return f"{known.first.day}/{known.first.month}", str(known.first.year)


def _area(row: SalesPoint) -> str:
    return _("%(area)s m²") % {"area": number(row.area)} if row.area and str(row.area) not in row.scale_text else ""


def _booths(row: Event) -> str:
    return _("%(booths)s gian hàng") % {"booths": number(row.booths)} if row.booths and str(row.booths) not in row.scale_text else ""
