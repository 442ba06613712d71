"""What the columns mean, for programs: Table Schema of one set, and a Data Package of them all (Frictionless Data)."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from ocop.web.portal.pages.open_data.data_set import DataSet, Field
from ocop.web.portal.pages.open_data.files import absolute, attribution
from ocop.web.portal.pages.open_data.sets import SETS


def table_schema(data: DataSet) -> dict[str, Any]:
    """Columns with type, meaning in both languages, unit and allowed codes."""
    return {
        "fields": [_field(field) for field in data.fields],
        "primaryKey": [data.key],
        "missingValues": [""],
    }


def _field(field: Field) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True, "unique": True} if field.is_key else {}
    if field.values:
        limits["enum"] = list(field.values)
    described: dict[str, Any] = {"name": field.name, "type": field.kind, "title": str(field.meaning), "titles": both(field.meaning)}
    if field.unit:
        described["unit"] = str(field.unit)
    return {**described, "constraints": limits} if limits else described


def both(text: Promise) -> dict[str, str]:
    """The text in both languages."""
    said = {}
    for language in ("vi", "en"):
        with override(language):
            said[language] = str(text)
    return said


def data_package(on: date) -> dict[str, Any]:
    """Every set's CSV with its schema, licence and source, as one package."""
    return {
        "profile": "tabular-data-package",
        "name": "ocop-bac-kan",
        "homepage": absolute("open_data"),
        "created": on.isoformat(),
        "contributors": [{"title": attribution(), "role": "publisher"}],
        "resources": [_resource(data) for data in SETS.values()],
    }


def _resource(data: DataSet) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": data.name,
        "title": str(data.title),
        "description": str(data.about),
        "path": absolute("open_data_csv", data.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": [{"name": data.licence.code, "title": data.licence.name, "path": data.licence.url}],
        "sources": [{"title": str(data.source)}],
        "schema": table_schema(data),
    }
