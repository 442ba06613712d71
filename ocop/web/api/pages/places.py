"""Units through time, and figures, as JSON."""

from datetime import date

from ocop.places.models import Succession, Unit
from ocop.places.queries import precessions_of, successions_of, successors
from ocop.programme.models import Figure
from ocop.web.api.pages.answers import Json, day, last_day, source


def unit_item(unit: Unit) -> Json:
    return {
        "key": unit.key,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent.key if unit.parent else None,
        "first_day": day(unit.valid_from),
        "last_day": last_day(unit.valid_to),
        "lat": float(unit.lat) if unit.lat is not None else None,
        "lon": float(unit.lon) if unit.lon is not None else None,
    }


def unit_whole(unit: Unit, today: date) -> Json:
    """With what it came of, what became of it, and who holds it today."""
    return {
        **unit_item(unit),
        "legal_basis": unit.legal_basis or None,
        "predecessors": [_step(row.predecessor, row) for row in precessions_of(unit)],
        "successors": [_step(row.successor, row) for row in successions_of(unit)],
        "now": [heir.key for heir in successors(unit, today)],
    }


def _step(other: Unit, row: Succession) -> Json:
    return {
        "key": other.key,
        "name": other.name,
        "on": row.effective_on.isoformat(),
        "relation": row.relation,
        "legal_basis": row.legal_basis or None,
    }


def figure_item(figure: Figure) -> Json:
    return {
        "code": figure.code,
        "indicator": {"code": figure.indicator_code, "name": figure.indicator},
        "kind": figure.kind,
        "value": figure.value_text,
        "value_low": float(figure.value_low),
        "value_high": float(figure.value_high),
        "qualifier": figure.qualifier or None,
        "unit": figure.unit_text,
        "first_day": figure.stated_from.isoformat(),
        "last_day": figure.stated_last.isoformat(),
        "precision": figure.stated_precision,
        "area": figure.area,
        "area_level": figure.area_level,
        "area_unit": figure.area_unit.key if figure.area_unit else None,
        "contradicts": figure.disagreement_group or None,
        "source": source(figure.source_url, figure.source_name, figure.confidence, figure.as_of),
    }
