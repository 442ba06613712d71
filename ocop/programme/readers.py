"""indicators.csv, plan-targets.csv and policies.csv of the opening data, read into values. See data/README.md, section bac-kan/."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.core.dates import PartialDate, parse_partial
from ocop.core.text import clean_line, clean_text
from ocop.market.readers import Row, read_table
from ocop.programme.enums import AreaLevel, FigureKind, Operator, PeriodPrecision, Qualifier, TargetKind
from ocop.register.enums import Confidence

_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")


@dataclass(frozen=True, slots=True)
class FigureRow:
    code: str
    indicator_code: str
    indicator: str
    kind: str
    value_text: str
    value_low: Decimal
    value_high: Decimal
    qualifier: str
    unit_text: str
    stated_from: date
    stated_last: date  # included
    stated_precision: str
    area: str
    area_level: str
    area_code: str  # to be read on `stated_from`
    disagreement_group: str
    note: str
    source_url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    key: str
    kind: str
    period: str
    name: str
    value_low: Decimal | None
    value_high: Decimal | None
    operator: str
    unit_text: str
    legal_document: str
    source_name: str
    source_url: str
    note: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    key: str
    name: str
    start: PartialDate
    issued_by: str
    place: str
    result_text: str
    note: str
    source_url: str
    confidence: str


def read_figures(content: bytes) -> list[FigureRow]:
    """indicators.csv. Raises `market.readers.BadTable`."""
    return read_table(content, "indicators.csv", _figure)


def read_targets(content: bytes) -> list[TargetRow]:
    """plan-targets.csv. Raises `market.readers.BadTable`."""
    return read_table(content, "plan-targets.csv", _target)


def read_policies(content: bytes) -> list[PolicyRow]:
    """policies.csv. Raises `market.readers.BadTable`."""
    return read_table(content, "policies.csv", _policy)


def read_period(text: str) -> tuple[date, date, str]:
    """ "2019-12-20", "2019-12", "2019" or "2018-2020" as first day, last day (included) and precision. Raises ValueError."""
    if years := _YEARS.fullmatch(text):
        return date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), PeriodPrecision.YEARS.value
    partial = parse_partial(text)
    if partial.first is None or partial.last is None:
        raise ValueError("a figure has a time")
    return partial.first, partial.last, PeriodPrecision(partial.precision).value


def _figure(row: Row) -> FigureRow:
    first, last, precision = read_period(row["as_of"])
    return FigureRow(
        code=row["indicator_id"],
        indicator_code=row["indicator_code"],
        indicator=clean_line(row["indicator"]),
        kind=FigureKind(row["kind"]).value,
        value_text=clean_line(row["value_text"]),
        value_low=Decimal(row["value_low"]),
        value_high=Decimal(row["value_high"]),
        qualifier=Qualifier(row["qualifier"]).value if row["qualifier"] else "",
        unit_text=clean_line(row["unit"]),
        stated_from=first,
        stated_last=last,
        stated_precision=precision,
        area=clean_line(row["area"]),
        area_level=AreaLevel(row["area_level"]).value,
        area_code=row["area_code"],
        disagreement_group=row["disagreement_group"],
        note=clean_text(row["note"]),
        source_url=clean_line(row["source_url"]),
        confidence=Confidence(row["confidence"]).value,
    )


def _target(row: Row) -> TargetRow:
    return TargetRow(
        key=row["target_key"],
        kind=TargetKind(row["kind"]).value,
        period=clean_line(row["period"]),
        name=clean_line(row["name"]),
        value_low=_amount(row["value_low"]),
        value_high=_amount(row["value_high"]),
        operator=Operator(row["operator"]).value if row["operator"] else "",
        unit_text=clean_line(row["unit"]),
        legal_document=clean_line(row["legal_document"]),
        source_name=clean_line(row["source"]),
        source_url=clean_line(row["source_url"]),
        note=clean_text(row["note"]),
    )


def _policy(row: Row) -> PolicyRow:
    start = parse_partial(row["start"])
    if start.precision != (row["start_precision"] or "unknown"):
        raise ValueError(f"{row['start']!r} is no {row['start_precision']}")
    return PolicyRow(
        key=row["policy_key"],
        name=clean_line(row["name"]),
        start=start,
        issued_by=clean_line(row["partners"]),
        place=clean_line(row["place"]),
        result_text=clean_line(row["result_text"]),
        note=clean_text(row["note"]),
        source_url=clean_line(row["source_url"]),
        confidence=Confidence(row["confidence"]).value,
    )


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
