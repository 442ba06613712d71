"""The register as the national table PTNT_OCOP wants it, every row checked against the structure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from ocop.places.enums import COMMUNE_KINDS
from ocop.places.models import Unit
from ocop.places.queries import existed_on
from ocop.register.queries.catalogue import RegisterLine, register_on
from ocop.register.queries.open_data import open_products
from ocop.register.rules.national import NationalProduct, NationalRow, NationalTable, belongs_in_report, faults, national_row, structure


@dataclass(frozen=True, slots=True)
class NationalReport:
    """The rows that fit, and of those that do not the product and why."""

    table: NationalTable
    year: int
    on: date
    rows: Sequence[NationalRow]
    left_out: Sequence[tuple[str, Sequence[str]]]


@cache
def national_table() -> NationalTable:
    """The structure of Decision 5277, read once a process."""
    return structure(json.loads((settings.DATA_DIR / "national" / "5277.json").read_bytes()))


def last_day_of_report(year: int, today: date) -> date:
    """The day a year's report speaks of: its last one, or today while the year runs."""
    return min(date(year, 12, 31), today)


def national_report(year: int, today: date) -> NationalReport:
    """Every product with a known star of three or more at the end of the year; three questions."""
    table, on = national_table(), last_day_of_report(year, today)
    rows, left_out, seen = [], [], set[object]()
    for product in _products(on):
        row = national_row(product, year)
        wrong = faults(table, row) + (["MA_OCOP: trùng với sản phẩm khác"] if row["MA_OCOP"] in seen else [])
        seen.add(row["MA_OCOP"])
        if wrong:
            left_out.append((product.public_id, wrong))
        else:
            rows.append(row)
    return NationalReport(table, year, on, sorted(rows, key=lambda row: str(row["Ma_SanPham"])), left_out)


def _products(on: date) -> Iterator[NationalProduct]:
    communes = _communes_of_products(on)
    for line in register_on(on):
        product = _facts(line, communes.get(line.product_id, ""))
        if belongs_in_report(product):
            yield product


def _facts(line: RegisterLine, commune: str) -> NationalProduct:
    return NationalProduct(line.code, line.name, line.producer, commune, line.stars, line.kind)


def _communes_of_products(on: date) -> Mapping[int, str]:
    """The code of the commune of each product on that day: today's, or before 1/7/2025 the one the source named."""
    units = {unit.pk: unit for unit in Unit.objects.filter(kind__in=COMMUNE_KINDS).only("code", "valid_from", "valid_to")}
    return {
        pk: next((units[key].code for key in (now, then) if key in units and existed_on(units[key], on)), "")
        for pk, now, then in open_products().values_list("pk", "commune_now_id", "unit_id")
    }
