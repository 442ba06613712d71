"""The opening data behind the open-data addresses, and a reader of their files."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from ocop.web.portal.pages.open_data.sets import SETS
from tests.opening import load_opening


@pytest.fixture
def opening(db: None) -> None:
    load_opening()


def every_file() -> list[tuple[str, str]]:
    """(set, ending) of every file there is."""
    return [(data.name, ending) for data in SETS.values() for ending in data.formats]


def rows_of(client: Client, name: str, ending: str, query: str = "") -> list[dict[str, Any]]:
    """The rows of a file by column; what is empty is None, numbers and days as the format has them."""
    response = client.get(f"/so-lieu/{name}.{ending}{query}")
    assert response.status_code == 200, response.content[:300]
    match ending:
        case "csv":
            return [{key: value or None for key, value in row.items()} for row in csv.DictReader(io.StringIO(response.content.decode()))]
        case "xlsx":
            sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
            header, *rows = list(sheet.iter_rows(min_row=5, values_only=True))
            return [dict(zip(map(str, header), row, strict=True)) for row in rows]
        case "json":
            return list(json.loads(response.content)["rows"])
        case _:
            return [feature["properties"] for feature in json.loads(response.content)["features"]]
