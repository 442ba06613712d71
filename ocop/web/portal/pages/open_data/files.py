"""One set of open data as CSV, XLSX, JSON and GeoJSON, each saying what it is, as of when, from where and under which licence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.papers.sheets import Cell, Column, Sheet, csv_rows, xlsx
from ocop.web.kit.templatetags.kit_text import day_words
from ocop.web.portal.pages.open_data.data_set import DataSet, Value

CONTENT_TYPES: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json",
}
_WIDTHS: Final = {"string": 24, "date": 12}


@dataclass(frozen=True, slots=True)
class Publication:
    """A set on a day, ready to be written: `modified_at` is the moment of the last change the register recorded."""

    data: DataSet
    on: date
    modified_at: datetime | None


def file_of(made: Publication, ending: str) -> bytes:
    """The file in one of `made.data.formats`."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json, "geojson": _geojson}[ending](made)


def absolute(name: str, *args: str) -> str:
    """A portal address as others reach it, in the reader's language."""
    return f"{settings.SITE_URL}{reverse(f'portal:{name}', args=args)}"


def attribution() -> str:
    """How to name the source when using the data again."""
    return _("Sổ OCOP Bắc Kạn, %(site)s") % {"site": settings.SITE_URL}


def head_of(made: Publication) -> dict[str, Any]:
    """What the file says of itself."""
    data = made.data
    return {
        "name": data.name,
        "title": str(data.title),
        "description": str(data.about),
        "license": {"name": data.licence.code, "title": data.licence.name, "path": data.licence.url},
        "attribution": attribution(),
        "as_of": made.on.isoformat(),
        "modified": localdate(made.modified_at).isoformat() if made.modified_at else None,
        "source": str(data.source),
        "schema": absolute("open_data_schema", data.name),
        "page": absolute("open_data_set", data.name),
    }


def _csv(made: Publication) -> bytes:
    return csv_rows([field.name for field in made.data.fields], (list(map(_cell, row)) for row in made.data.rows(made.on)))


def _xlsx(made: Publication) -> bytes:
    data = made.data
    sheet = Sheet(
        name=data.name,
        title=str(data.title),
        as_of=_("Theo những gì sổ biết cho ngày %(day)s.") % {"day": day_words(made.on)},
        source=f"{data.source} {data.licence.name} ({data.licence.url}). {attribution()}",
        columns=tuple(Column(field.name, _WIDTHS.get(field.kind, 10)) for field in data.fields),
    )
    return xlsx(sheet, (list(map(_cell, row)) for row in data.rows(made.on)))


def _json(made: Publication) -> bytes:
    names = [field.name for field in made.data.fields]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in made.data.rows(made.on)]
    return _dumped({"meta": {**head_of(made), "count": len(rows)}, "rows": rows})


def _geojson(made: Publication) -> bytes:
    """RFC 7946; what the collection says of itself stands beside its features as foreign members."""
    data = made.data
    names, key = [field.name for field in data.fields], [field.is_key for field in data.fields].index(True)
    shapes = data.shapes() if data.shapes else {}
    features = [
        {
            "type": "Feature",
            "id": row[key],
            "geometry": shapes.get(str(row[key])),
            "properties": dict(zip(names, map(_plain, row), strict=True)),
        }
        for row in data.rows(made.on)
    ]
    return _dumped({"type": "FeatureCollection", **head_of(made), "features": features})


def _cell(value: Value) -> Cell:
    """As a table holds it: yes and no as Table Schema writes them."""
    return str(value).lower() if isinstance(value, bool) else value


def _plain(value: Value) -> Any:
    """As JSON holds it; an empty text is an unknown value."""
    match value:
        case "":
            return None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _dumped(whole: dict[str, Any]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
