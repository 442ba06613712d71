"""The register files of the opening data, read into values. See data/README.md, section bac-kan/."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from ocop.core.dates import NotADay, day_after, parse_day
from ocop.core.text import clean_line, clean_text
from ocop.register.enums import STATED_ENDS, Confidence, DatePrecision, EndBasis, KeyGroup, LegalForm, RecordType

READ_ON = date(2026, 11, 24)  # data/README.md: "As of 24/11/2026"; the sources were read by then


class BadRegister(ValueError):
    """A row of the register files cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from."""

    source_url: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Where:
    """Places as the source gives them: codes before 1/7/2025 and after."""

    old_commune_code: str
    old_district_code: str
    new_commune_code: str


@dataclass(frozen=True, slots=True)
class ProducerRow:
    code: str
    name: str
    form: str
    subtype: str
    form_basis: str
    where: Where
    founded_year: int | None
    members_text: str
    facts: str
    possible_same_as: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ProductRow:
    public_id: str
    name: str
    slug: str
    producer: str
    where: Where
    status: str
    set_no: int | None
    set_alternatives: str
    set_basis: str
    source_group: str
    key_group: str
    key_group_basis: str
    price_text: str
    pack_text: str
    channels_text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class RecognitionRow:
    """One event. Every end is already exclusive."""

    code: str
    product: str
    record_type: str
    kind: str
    stars: int | None
    level: str
    rubric_id: str
    decision_no: str
    recognised_on: date | None
    precision: str
    known_as_of: str
    valid_to: date | None
    valid_to_min: date | None
    valid_to_max: date | None
    end_basis: str
    status_text: str
    conflict_group: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class AwardRow:
    product: str
    name: str
    level: str
    year: int
    source_url: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    key: str
    name: str
    kind: str
    village: str
    where: Where
    product: str
    lat: Decimal | None
    lon: Decimal | None
    coord_basis: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SetRow:
    """One scoring sheet of a rubric file: no more of it than its name and place in the classification."""

    no: int
    name: str
    sector: str
    group: str


_Row = TypeVar("_Row")
_Fields = dict[str, str]


def read_producers(content: bytes) -> list[ProducerRow]:
    """producers.csv. Raises `BadRegister`."""
    return _read(content, "producers.csv", _producer)


def read_products(content: bytes) -> list[ProductRow]:
    """products.csv. Raises `BadRegister`."""
    return _read(content, "products.csv", _product)


def read_recognitions(content: bytes) -> list[RecognitionRow]:
    """recognitions.csv. Raises `BadRegister`."""
    return _read(content, "recognitions.csv", _recognition)


def read_awards(content: bytes) -> list[AwardRow]:
    """awards.csv. Raises `BadRegister`."""
    return _read(content, "awards.csv", _award)


def read_sites(content: bytes) -> list[SiteRow]:
    """tourism.csv. Raises `BadRegister`."""
    return _read(content, "tourism.csv", _site)


def read_sets(content: bytes) -> list[SetRow]:
    """The sets of a rubric file, in their order."""
    return [SetRow(each["no"], each["name"], each["sector"], each["group"]) for each in json.loads(content)["sets"]]


def _read(content: bytes, name: str, make: Callable[[_Fields], _Row]) -> list[_Row]:
    rows = []
    for line, fields in _lines(content, name):
        try:
            rows.append(make(fields))
        except (ValueError, KeyError, NotADay, InvalidOperation) as wrong:
            raise BadRegister(f"{name}, line {line}: {wrong}") from wrong
    return rows


def _lines(content: bytes, name: str) -> Iterator[tuple[int, _Fields]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadRegister(f"{name} is not UTF-8: {wrong}") from wrong
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for fields in reader:
        if None in fields or None in fields.values():
            raise BadRegister(f"{name}, line {reader.line_num}: not as many values as there are columns")
        yield reader.line_num, fields


def _producer(fields: _Fields) -> ProducerRow:
    return ProducerRow(
        code=fields["producer_key"],
        name=clean_line(fields["name"]),
        form=LegalForm(fields["applicant_type"]).value,
        subtype=clean_line(fields["legal_subtype"]),
        form_basis=clean_line(fields["applicant_type_basis"]),
        where=_where(fields),
        founded_year=_number(fields["founded_year"]),
        members_text=clean_line(fields["members_text"]),
        facts=clean_text(fields["facts"]),
        possible_same_as=fields["possible_same_as"],
        origin=_origin(fields),
    )


def _product(fields: _Fields) -> ProductRow:
    return ProductRow(
        public_id=fields["product_id"],
        name=clean_line(fields["name"]),
        slug=fields["slug"],
        producer=fields["producer_key"],
        where=_where(fields),
        status=fields["status"],
        set_no=_number(fields["set_no"]),
        set_alternatives=",".join(fields["set_alt"].replace(";", ",").split(",")).strip(","),
        set_basis=clean_line(fields["set_basis"]),
        source_group=clean_line(fields["source_group"]),
        key_group=KeyGroup(fields["key_group"]).value if fields["key_group"] else "",
        key_group_basis=clean_line(fields["key_group_basis"]),
        price_text=clean_line(fields["price_text"]),
        pack_text=clean_line(fields["pack_text"]),
        channels_text=clean_text(fields["channels_text"]),
        origin=_origin(fields),
    )


def _recognition(fields: _Fields) -> RecognitionRow:
    basis = EndBasis(fields["valid_until_basis"] or EndBasis.UNKNOWN).value
    precision = DatePrecision(fields["recognised_precision"] or DatePrecision.UNKNOWN).value
    until = _day(fields["valid_until"])
    has_range = basis == EndBasis.COMPUTED_RANGE
    return RecognitionRow(
        code=fields["recognition_id"],
        product=fields["product_id"],
        record_type=RecordType(fields["record_type"]).value,
        kind=fields["kind"],
        stars=_number(fields["stars"]),
        level=fields["level"],
        rubric_id=fields["rubric_id"],
        decision_no=clean_line(fields["decision_no"]),
        recognised_on=_first_day(fields, precision),
        precision=precision,
        known_as_of=fields["known_as_of"],
        # A stated end is the last valid day, a computed one is exclusive already (data/README.md).
        valid_to=day_after(until) if basis in STATED_ENDS else until,
        valid_to_min=_day(fields["valid_until_min"]) if has_range else None,
        valid_to_max=_day(fields["valid_until_max"]) if has_range else None,
        end_basis=basis,
        status_text=clean_line(fields["status_text"]),
        conflict_group=fields["conflict_group"],
        origin=_origin(fields),
    )


def _first_day(fields: _Fields, precision: str) -> date | None:
    if precision == DatePrecision.YEAR:
        return date(int(fields["recognised_year"]), 1, 1)
    return _day(fields["recognised_on"])


def _award(fields: _Fields) -> AwardRow:
    return AwardRow(fields["product_id"], clean_line(fields["award"]), fields["level"], int(fields["year"]), fields["source_url"])


def _site(fields: _Fields) -> SiteRow:
    return SiteRow(
        key=fields["site_key"],
        name=clean_line(fields["name"]),
        kind=clean_line(fields["kind"]),
        village=clean_line(fields["village"]),
        where=_where(fields),
        product=fields["product_id"],
        lat=_decimal(fields["lat"]),
        lon=_decimal(fields["lon"]),
        coord_basis=fields["coord_basis"],
        origin=_origin(fields),
    )


def _where(fields: _Fields) -> Where:
    return Where(fields["old_commune_code"], fields.get("old_district_code", ""), fields["new_commune_code"])


def _origin(fields: _Fields) -> Origin:
    return Origin(clean_line(fields["source_url"]), Confidence(fields["confidence"]).value, clean_text(fields["note"]))


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
