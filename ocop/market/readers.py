"""channels.csv, events.csv and sales-points.csv of the opening data, read into values. See data/README.md, section bac-kan/."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ocop.core.dates import NotADay, PartialDate, parse_partial
from ocop.core.text import clean_line, clean_text
from ocop.market.enums import ChannelKind, EventKind, SalesPointKind
from ocop.register.enums import Confidence

T = TypeVar("T")
Row = dict[str, str]


class BadTable(ValueError):
    """A table of the opening data cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """What every row has. `last` is the last day itself, as printed; the commune's code is of units since 1/7/2025."""

    key: str
    name: str
    start: PartialDate
    last: date | None
    place: str
    commune_text: str
    commune_code: str
    scale_text: str
    result_text: str
    partners: str
    note: str
    source_url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    about: ReportedRow
    kind: str
    product_ids: tuple[str, ...]
    is_ocop: bool | None
    quantity: Decimal | None  # tonnes


@dataclass(frozen=True, slots=True)
class EventRow:
    about: ReportedRow
    kind: str
    booths: int | None


@dataclass(frozen=True, slots=True)
class SalesPointRow:
    about: ReportedRow
    kind: str
    count: int
    area: int | None  # m²


def read_channels(content: bytes) -> list[ChannelRow]:
    """channels.csv. Raises `BadTable`."""
    answers = {"yes": True, "no": False, "unknown": None}
    return read_table(
        content,
        "channels.csv",
        lambda row: ChannelRow(
            about=_about(row, "channel_key"),
            kind=ChannelKind(row["kind"]).value,
            product_ids=tuple(code for code in row["product_ids"].split(";") if code),
            is_ocop=answers[row["ocop"]],
            quantity=Decimal(row["quantity_tonnes"]) if row["quantity_tonnes"] else None,
        ),
    )


def read_events(content: bytes) -> list[EventRow]:
    """events.csv. Raises `BadTable`."""
    return read_table(
        content,
        "events.csv",
        lambda row: EventRow(_about(row, "event_key"), EventKind(row["kind"]).value, int(row["booths"]) if row["booths"] else None),
    )


def read_sales_points(content: bytes) -> list[SalesPointRow]:
    """sales-points.csv. Raises `BadTable`."""
    return read_table(
        content,
        "sales-points.csv",
        lambda row: SalesPointRow(
            about=_about(row, "sales_point_key"),
            kind=SalesPointKind(row["record_type"]).value,
            count=int(row["count"]),
            area=int(row["area_m2"]) if row["area_m2"] else None,
        ),
    )


def read_table(content: bytes, name: str, read_row: Callable[[Row], T]) -> list[T]:
    """Every line of a CSV table through `read_row`; what it cannot read becomes `BadTable` with the place of the fault."""
    read = []
    for where, row in _lines(content, name):
        try:
            read.append(read_row(row))
        except (KeyError, ValueError, NotADay, InvalidOperation) as wrong:
            raise BadTable(f"{where}: {wrong!r}") from wrong
    return read


def _lines(content: bytes, name: str) -> Iterator[tuple[str, Row]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadTable(f"{name} is not UTF-8: {wrong}") from wrong
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        yield f"{name} line {number}", {column: value or "" for column, value in row.items() if column}


def _about(row: Row, key: str) -> ReportedRow:
    start = parse_partial(row["start"])
    if start.precision != (row["start_precision"] or "unknown"):
        raise ValueError(f"{row['start']!r} is no {row['start_precision']}")
    return ReportedRow(
        key=row[key],
        name=clean_line(row["name"]),
        start=start,
        last=parse_partial(row["end"]).last,
        place=clean_line(row["place"]),
        commune_text="" if row["new_commune_code"] else clean_line(row["new_commune"]),
        commune_code=row["new_commune_code"],
        scale_text=clean_line(row["scale_text"]),
        result_text=clean_line(row["result_text"]),
        partners=clean_line(row["partners"]),
        note=clean_text(row["note"]),
        source_url=clean_line(row["source_url"]),
        confidence=Confidence(row["confidence"]).value,
    )
