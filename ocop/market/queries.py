"""What sources report of where products are sold and shown. Demo rows are marked, never hidden."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from ocop.core.dates import PartialDate
from ocop.market.enums import SalesPointKind
from ocop.market.models import Channel, Event, Reported, SalesPoint
from ocop.register.queries.prepared import Prepared

R = TypeVar("R", bound=Reported)


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One reported channel, as a product's page shows it under "Mua ở đâu"."""

    kind: str
    name: str
    start: PartialDate
    place: str
    result_text: str
    partners: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date
    is_demo: bool


_LINE = (
    "kind",
    "name",
    "starts_on",
    "start_precision",
    "place",
    "result_text",
    "partners",
    "source_url",
    "source_name",
    "confidence",
    "as_of",
    "is_demo",
)


def channels_of(public_id: str) -> list[ChannelLine]:
    """The channels a product is reported in, the latest first; one question. Channels of goods that were no OCOP products are left out."""
    rows = _CHANNELS_OF.rows(public_id=public_id)
    return [ChannelLine(row[0], row[1], PartialDate(row[2], row[3]), *row[4:]) for row in rows]


def _channels_of(public_id: str) -> QuerySet[Channel, Any]:
    rows = Channel.objects.filter(products__public_id=public_id).exclude(is_ocop=False)
    return rows.order_by(F("starts_on").desc(nulls_last=True), "key").values_list(*_LINE)


_CHANNELS_OF = Prepared(_channels_of, public_id=str)


def channels() -> QuerySet[Channel]:
    """Every reported channel with its products and commune, the latest first."""
    return _latest_first(Channel.objects.all()).prefetch_related("products")


def events() -> QuerySet[Event]:
    """Every reported event, the latest first."""
    return _latest_first(Event.objects.all())


def sales_points() -> QuerySet[SalesPoint]:
    """Places that a source names, the latest first."""
    return _latest_first(SalesPoint.objects.filter(kind=SalesPointKind.POINT))


def sales_points_in(commune_id: int) -> QuerySet[SalesPoint]:
    """Named places of one commune of today."""
    return sales_points().filter(commune_now_id=commune_id)


def sales_point_counts() -> QuerySet[SalesPoint]:
    """Reported numbers of places that no source lists one by one, the latest first."""
    return _latest_first(SalesPoint.objects.filter(kind=SalesPointKind.AGGREGATE))


def _latest_first(rows: QuerySet[R]) -> QuerySet[R]:
    return rows.select_related("commune_now").order_by(F("starts_on").desc(nulls_last=True), "key")
