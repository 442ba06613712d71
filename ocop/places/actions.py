"""Loading the administrative units."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from ocop.core.actor import Actor
from ocop.places.models import Succession, Unit
from ocop.places.queries import existed_on
from ocop.places.readers import BadPlaces, SuccessionRow, UnitRow, read_boundaries, read_successions, read_units
from ocop.places.rules import folded_name
from ocop.records.actions import record
from ocop.records.actions.rows import CHANGED, CREATED, SAME, put_rows


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many units and successions are new, changed, and there in all."""

    created: int
    changed: int
    total: int


def load_places(*, actor: Actor, folder: Path, at: datetime) -> Loaded:
    """Load units.csv, succession.csv and communes.geojson of a folder. Raises `BadPlaces`; running it twice changes nothing."""
    files = {name: (folder / name).read_bytes() for name in ("units.csv", "succession.csv", "communes.geojson")}
    return load_units(
        actor=actor,
        units=read_units(files["units.csv"]),
        successions=read_successions(files["succession.csv"]),
        boundaries=read_boundaries(files["communes.geojson"]),
        digest=hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest(),
        at=at,
    )


@transaction.atomic
def load_units(
    *,
    actor: Actor,
    units: Sequence[UnitRow],
    successions: Sequence[SuccessionRow],
    boundaries: Mapping[tuple[str, date], dict[str, Any]],
    digest: str,
    at: datetime,
) -> Loaded:
    """Make the units and successions what the rows say; rows that are gone from the files stay. One audit entry if anything changed.

    `digest` is the SHA-256 of what was read. Raises `BadPlaces` when a parent or a successor cannot be found on its date.
    """
    fates = put_rows(model=Unit, key=("key",), rows={(row.key,): _unit_values(row, boundaries) for row in units})
    known = _Known()
    moved = known.move_under_parents(units)  # after all are there, since a parent may stand below its child in the file
    fates = [CHANGED if fate == SAME and row.key in moved else fate for fate, row in zip(fates, units, strict=True)]
    fates += put_rows(model=Succession, key=("predecessor_id", "successor_id"), rows=known.successions(successions))
    created, changed = fates.count(CREATED), fates.count(CHANGED)
    if created or changed:
        record(
            actor=actor,
            event="places.units_loaded",
            subject="places:units",
            data={"created": created, "changed": changed, "files_sha256": digest},
            at=at,
        )
    return Loaded(created, changed, len(units) + len(successions))


def _unit_values(row: UnitRow, boundaries: Mapping[tuple[str, date], dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {name: value for name, value in asdict(row).items() if name not in ("key", "parent_code")}
    values["folded"] = folded_name(row.name)
    if row.valid_from is not None and (boundary := boundaries.get((row.code, row.valid_from))):
        values["boundary"] = boundary
    return values


class _Known:
    """Every stored unit by its code, to find the one a row means on a day without asking the database each time."""

    def __init__(self) -> None:
        self._units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.defer("boundary"):
            self._units[unit.code].append(unit)

    def move_under_parents(self, rows: Sequence[UnitRow]) -> set[str]:
        """Put each unit under its parent; the keys of those that were elsewhere before."""
        by_key = {unit.key: unit for units in self._units.values() for unit in units}
        moved = []
        for row in rows:
            if row.parent_code and by_key[row.key].parent_id != (parent := self._parent(row)).pk:
                by_key[row.key].parent = parent
                moved.append(by_key[row.key])
        Unit.objects.bulk_update(moved, ["parent"])
        return {unit.key for unit in moved}

    def successions(self, rows: Sequence[SuccessionRow]) -> dict[tuple[Any, ...], dict[str, Any]]:
        """The rows by the primary keys of both units: the old one on the day before, the new one on the day itself."""
        found = {}
        for row in rows:
            old = self._on(row.old_code, row.effective_on - timedelta(days=1), "predecessor")
            new = self._on(row.new_code, row.effective_on, "successor")
            found[old.pk, new.pk] = {"effective_on": row.effective_on, "relation": row.relation, "legal_basis": row.legal_basis}
        return found

    def _parent(self, row: UnitRow) -> Unit:
        """The parent on the unit's first day, or on its last when the first is not known."""
        day = row.valid_from or (row.valid_to and row.valid_to - timedelta(days=1))
        if day is None:
            raise BadPlaces(f"{row.key} has neither a beginning nor an end, so its parent {row.parent_code} cannot be told")
        return self._on(row.parent_code, day, f"parent of {row.key}")

    def _on(self, code: str, day: date, what: str) -> Unit:
        found = [unit for unit in self._units[code] if existed_on(unit, day)]
        if len(found) != 1:
            raise BadPlaces(f"{what}: {len(found) or 'no'} unit bore {code} on {day.isoformat()}")
        return found[0]
