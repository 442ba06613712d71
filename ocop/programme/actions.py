"""Loading what was planned and what was reported."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ocop.core.actor import Actor
from ocop.market.readers import BadTable
from ocop.places.queries import unit_on
from ocop.programme.models import Figure, PlanTarget, Policy
from ocop.programme.readers import FigureRow, PolicyRow, TargetRow, read_figures, read_policies, read_targets
from ocop.records.actions import record
from ocop.records.actions.rows import CHANGED, CREATED, put_rows
from ocop.register.enums import Confidence
from ocop.register.readers import READ_ON


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many rows are new, changed, and there in all."""

    created: int
    changed: int
    total: int


@transaction.atomic
def load_programme(*, actor: Actor, folder: Path, at: datetime, as_of: date = READ_ON) -> Loaded:
    """Load indicators.csv, plan-targets.csv and policies.csv of a folder; the units must be there already.

    `as_of` is the day the sources were read. Contradicting rows all stay. Running it twice changes nothing.
    Raises `market.readers.BadTable`.
    """
    files = {name: (folder / name).read_bytes() for name in ("indicators.csv", "plan-targets.csv", "policies.csv")}
    figures = read_figures(files["indicators.csv"])
    areas = _areas(figures)
    rows = {(row.code,): _figure_values(row, areas, as_of) for row in figures}
    fates = put_rows(model=Figure, key=("code",), rows=rows)
    rows = {(row.key,): _target_values(row, as_of) for row in read_targets(files["plan-targets.csv"])}
    fates += put_rows(model=PlanTarget, key=("key",), rows=rows)
    rows = {(row.key,): _policy_values(row, as_of) for row in read_policies(files["policies.csv"])}
    fates += put_rows(model=Policy, key=("key",), rows=rows)
    loaded = Loaded(fates.count(CREATED), fates.count(CHANGED), len(fates))
    if loaded.created or loaded.changed:
        digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
        data = {"created": loaded.created, "changed": loaded.changed, "files_sha256": digest}
        record(actor=actor, event="programme.opening_data_loaded", subject="programme:opening", data=data, at=at)
    return loaded


Areas = Mapping[tuple[str, date], int | None]  # primary keys of units by code and day


def _figure_values(row: FigureRow, areas: Areas, as_of: date) -> dict[str, Any]:
    values = {name: value for name, value in asdict(row).items() if name not in ("code", "area_code")}
    return {**values, "area_unit_id": areas[row.area_code, row.stated_from], "as_of": as_of}


def _target_values(row: TargetRow, as_of: date) -> dict[str, Any]:
    """Targets come from one press article or from the figures; the file gives no confidence, so it is that of the press: medium."""
    values = {name: value for name, value in asdict(row).items() if name != "key"}
    return {**values, "confidence": Confidence.MEDIUM.value, "as_of": as_of}


def _policy_values(row: PolicyRow, as_of: date) -> dict[str, Any]:
    values = {name: value for name, value in asdict(row).items() if name not in ("key", "start")}
    return {**values, "starts_on": row.start.first, "start_precision": row.start.precision, "as_of": as_of}


def _areas(rows: Iterable[FigureRow]) -> Areas:
    """The units figures speak of, each as it was when the time began (a plan to 2025 is of the province of 2021).

    None for a producer and where the source gives no code.
    """
    return {(code, day): _area(code, day) for code, day in {(row.area_code, row.stated_from) for row in rows}}


def _area(code: str, day: date) -> int | None:
    unit = unit_on(code, day) if code else None
    if code and unit is None:
        raise BadTable(f"indicators.csv: no unit bears {code} on {day.isoformat()}")
    return unit.pk if unit else None
