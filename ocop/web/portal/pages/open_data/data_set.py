"""What a set of open data is: its columns, its licence, where it comes from, and how its rows are made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.places.models import Unit
from ocop.register.enums import Confidence
from ocop.register.models.base import Sourced

Value = str | int | Decimal | bool | date | None
Row = Sequence[Value]
Geometry = Mapping[str, Any] | None

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `name` and `kind` never change (Table Schema types); `values` closes the list of codes; `is_key` names the row."""

    name: str
    kind: str
    meaning: Promise
    values: tuple[str, ...] = ()
    unit: str | Promise = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what a set may be used again. `code` is SPDX's, `iri` what catalogues of the European profile know."""

    code: str
    name: str
    url: str
    iri: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """One set. `asks` is the query parameter by which another day is asked for: "ngay" a day, "nam" a year, or nothing.

    `rows` are in the order of `fields`; `shapes` are by the value of the key, where the things have a place; `events` are the
    audit events that change it.
    """

    name: str
    title: Promise
    about: Promise
    source: Promise
    licence: Licence
    fields: tuple[Field, ...]
    rows: Callable[[date], Iterable[Row]]
    events: frozenset[str]
    theme: str  # of the European table of themes
    keywords: tuple[str, ...]
    counted: Callable[[], QuerySet[Any]] | None = None  # the same rows, to be counted by the database
    shapes: Callable[[], Mapping[str, Geometry]] | None = None
    asks: str = ""

    @property
    def formats(self) -> tuple[str, ...]:
        return ("csv", "xlsx", "json", *(("geojson",) if self.shapes else ()))

    def size(self, on: date) -> int:
        """How many rows there are on a day."""
        return self.counted().count() if self.counted else sum(1 for _row in self.rows(on))

    @property
    def key(self) -> str:
        return next(field.name for field in self.fields if field.is_key)


JOINED = " ; "  # between several values of one cell

CC_BY = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
)
MIT = Licence("MIT", "MIT", "https://opensource.org/license/mit", "https://opensource.org/license/mit")


def choices(of: type[Enum]) -> tuple[str, ...]:
    """The codes a column may hold; the empty one stands for unknown and is an empty cell."""
    return tuple(each.value for each in of if each.value)


SOURCE_FIELDS = (
    Field("source_url", "string", _("Địa chỉ nguồn của dòng; nhiều địa chỉ cách nhau bằng “ ; ”.")),
    Field("source_name", "string", _("Tên nguồn khi nguồn không có địa chỉ.")),
    Field("confidence", "string", _("Độ tin cậy của nguồn."), choices(Confidence)),
    Field("source_read_on", "date", _("Ngày đọc nguồn.")),
    Field("note", "string", _("Ghi chú kèm theo, bằng tiếng Việt.")),
)


def source_of(row: Sourced) -> tuple[Value, ...]:
    """The values of `SOURCE_FIELDS`."""
    return row.source_url, row.source_name, row.confidence, row.as_of, row.note


PLACE_FIELDS = (
    Field("commune_code", "string", _("Mã xã, phường hiện nay; trống khi nguồn không nói rõ xã.")),
    Field("commune_name", "string", _("Tên xã, phường hiện nay.")),
    Field("source_place", "string", _("Nơi ghi trong nguồn, theo tên lúc đó.")),
)


def place_of(commune: Unit | None, unit: Unit | None) -> tuple[Value, ...]:
    """The values of `PLACE_FIELDS`."""
    names = (unit.name, unit.parent.name if unit.parent else "") if unit else ()
    return commune.code if commune else "", commune.name if commune else "", ", ".join(filter(None, names))


def point(lat: Decimal | None, lon: Decimal | None) -> Geometry:
    """A GeoJSON point (RFC 7946: longitude first), or nothing where the place is not known."""
    return None if lat is None or lon is None else {"type": "Point", "coordinates": [float(lon), float(lat)]}


def through(until: date | None) -> date | None:
    """An exclusive end as the last day itself."""
    return until - _ONE_DAY if until else None
