"""Loading what sources report of channels, events and sales points."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ocop.core.actor import Actor
from ocop.market.models import Channel, Event, SalesPoint
from ocop.market.readers import BadTable, ChannelRow, EventRow, ReportedRow, SalesPointRow, read_channels, read_events, read_sales_points
from ocop.places.models import Unit
from ocop.places.queries import unit_on
from ocop.records.actions import record
from ocop.records.actions.rows import CHANGED, CREATED, SAME, put_row
from ocop.register.queries import products_by_id
from ocop.register.readers import READ_ON


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many rows are new, changed, and there in all."""

    created: int
    changed: int
    total: int


@transaction.atomic
def load_market(*, actor: Actor, folder: Path, at: datetime, as_of: date = READ_ON) -> Loaded:
    """Load channels.csv, events.csv and sales-points.csv of a folder; products and communes must be there already.

    `as_of` is the day the sources were read; commune codes are read on that day. Running it twice changes nothing.
    Raises `BadTable`.
    """
    files = {name: (folder / name).read_bytes() for name in ("channels.csv", "events.csv", "sales-points.csv")}
    fates = [_put_channel(row, as_of) for row in read_channels(files["channels.csv"])]
    fates += [_put_event(row, as_of) for row in read_events(files["events.csv"])]
    fates += [_put_sales_point(row, as_of) for row in read_sales_points(files["sales-points.csv"])]
    loaded = Loaded(fates.count(CREATED), fates.count(CHANGED), len(fates))
    if loaded.created or loaded.changed:
        digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
        data = {"created": loaded.created, "changed": loaded.changed, "files_sha256": digest}
        record(actor=actor, event="market.opening_data_loaded", subject="market:opening", data=data, at=at)
    return loaded


def _put_channel(row: ChannelRow, as_of: date) -> str:
    values = {**_reported(row.about, as_of), "kind": row.kind, "is_ocop": row.is_ocop, "quantity": row.quantity}
    channel, fate = put_row(model=Channel, key={"key": row.about.key}, values=values)
    products = products_by_id(row.product_ids)
    if missing := set(row.product_ids) - products.keys():
        raise BadTable(f"channels.csv, {row.about.key}: no product {', '.join(sorted(missing))}")
    if set(products.values()) == set(channel.products.values_list("pk", flat=True)):
        return fate
    channel.products.set(set(products.values()))
    return CHANGED if fate == SAME else fate


def _put_event(row: EventRow, as_of: date) -> str:
    values = {**_reported(row.about, as_of), "kind": row.kind, "booths": row.booths}
    return put_row(model=Event, key={"key": row.about.key}, values=values)[1]


def _put_sales_point(row: SalesPointRow, as_of: date) -> str:
    values = {**_reported(row.about, as_of), "kind": row.kind, "count": row.count, "area": row.area}
    return put_row(model=SalesPoint, key={"key": row.about.key}, values=values)[1]


def _reported(row: ReportedRow, as_of: date) -> dict[str, Any]:
    """A row's columns as the models name them."""
    values = {name: value for name, value in asdict(row).items() if name not in ("key", "start", "last", "commune_code")}
    return {
        **values,
        "starts_on": row.start.first,
        "start_precision": row.start.precision,
        "last_on": row.last,
        "commune_now": _commune(row, as_of),
        "as_of": as_of,
    }


def _commune(row: ReportedRow, as_of: date) -> Unit | None:
    if not row.commune_code:
        return None
    commune = unit_on(row.commune_code, as_of)
    if commune is None:
        raise BadTable(f"{row.key}: no commune bears {row.commune_code} on {as_of.isoformat()}")
    return commune
