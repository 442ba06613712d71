"""The places files of the opening data, read into values. See data/README.md, section places/."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ocop.core.dates import NotADay, day_after, parse_day
from ocop.core.text import clean_line, clean_text
from ocop.places.enums import SuccessionRelation
from ocop.places.rules import KIND_NAMES, fold_case, outer_and_inner_rings

_KINDS = {fold_case(name): kind for name, kind in KIND_NAMES.items()}


class BadPlaces(ValueError):
    """A row of the places files cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit. `valid_to` is already exclusive: the file's last valid day plus one."""

    key: str
    code: str
    name: str
    kind: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None
    valid_from_basis: str
    legal_basis: str
    is_home: bool
    lat: Decimal | None
    lon: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One unit going into another. Codes, to be read on the day before and on the day itself."""

    old_code: str
    new_code: str
    effective_on: date
    relation: str
    legal_basis: str


def read_units(content: bytes) -> list[UnitRow]:
    """units.csv. Raises `BadPlaces`."""
    units = [_unit(line, row) for line, row in _rows(content, "units.csv")]
    keys = [unit.key for unit in units]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise BadPlaces(f"units.csv: {', '.join(sorted(twice))} stands there twice")
    return units


def read_successions(content: bytes) -> list[SuccessionRow]:
    """succession.csv. Raises `BadPlaces`."""
    return [_succession(line, row) for line, row in _rows(content, "succession.csv")]


def read_boundaries(content: bytes) -> dict[tuple[str, date], dict[str, Any]]:
    """communes.geojson: the outline of each unit by its code and the day it begins. Raises `BadPlaces`."""
    try:
        features = json.loads(content)["features"]
        found = {
            (feature["properties"]["code"], parse_day(feature["properties"]["valid_from"])): feature["geometry"] for feature in features
        }
        for geometry in found.values():
            outer_and_inner_rings(geometry)
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadPlaces(f"communes.geojson: {wrong}") from wrong
    return found


def _rows(content: bytes, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadPlaces(f"{name} is not UTF-8: {wrong}") from wrong
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        yield f"{name} line {number}", {column: value or "" for column, value in row.items() if column}


def _unit(line: str, row: dict[str, str]) -> UnitRow:
    try:
        last_day = _day(row["valid_to"])
        return UnitRow(
            key=row["unit_id"],
            code=row["code"],
            name=clean_line(row["name"]),
            kind=_KINDS[fold_case(row["kind"])],
            parent_code=row["parent_code"],
            valid_from=_day(row["valid_from"]),
            valid_to=day_after(last_day),
            valid_from_basis=row["valid_from_basis"],
            legal_basis=clean_line(row["legal_basis"]),
            is_home=row["former_bac_kan"] == "yes",
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
            note=clean_text(row["note"]),
        )
    except (KeyError, NotADay, InvalidOperation) as wrong:
        raise BadPlaces(f"{line}: {wrong!r}") from wrong


def _succession(line: str, row: dict[str, str]) -> SuccessionRow:
    try:
        return SuccessionRow(
            row["old_code"],
            row["new_code"],
            parse_day(row["effective_on"]),
            SuccessionRelation(row["relation"]).value,
            clean_line(row["legal_basis"]),
        )
    except (KeyError, ValueError) as wrong:
        raise BadPlaces(f"{line}: {wrong!r}") from wrong


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def _degrees(text: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal("0.000001")) if text else None
