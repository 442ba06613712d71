"""The national table PTNT_OCOP of Decision 5277/QĐ-BNNMT: what a row of it is, and whether a row fits.

The structure is data (`data/national/5277.json`, as one public repository implemented it; the decision itself was not read). What it
leaves open is settled here and said on the page: product decisions, until the code lists of the Ministry are known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ocop.register.enums import StandingKind

Value = str | int | Decimal | None
NationalRow = Mapping[str, Value]

# TrangThai, at most ten letters. Product decision: a product whose star has ended stays in the table and says so.
STATES: Final[Mapping[str, str]] = {
    StandingKind.VALID: "con_han",
    StandingKind.EXTENDED: "keo_dai",
    StandingKind.UNVERIFIED: "cho_xm",
    StandingKind.EXPIRED: "het_han",
    StandingKind.WITHDRAWN: "thu_hoi",
}
LOWEST_STARS: Final = 3  # XepHang knows 3*, 4*, 5*


@dataclass(frozen=True, slots=True)
class NationalField:
    """One column. `max_length` in characters; `digits` in all and `decimals` behind the point; `values` if the list is closed."""

    name: str
    kind: str  # integer, text, decimal
    max_length: int | None = None
    digits: int | None = None
    decimals: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NationalTable:
    """The structure and where it is known from."""

    decision: str
    name: str
    source: str
    fields: tuple[NationalField, ...]


@dataclass(frozen=True, slots=True)
class NationalProduct:
    """What the register knows of a product on the day of the report. `commune_code` is of the unit that existed that day."""

    public_id: str
    name: str
    producer: str
    commune_code: str
    stars: int | None
    standing: str


def structure(told: Mapping[str, Any]) -> NationalTable:
    """The table that a file of `data/national/` describes."""
    fields = (
        NationalField(row["name"], row["type"], row.get("max"), row.get("digits"), row.get("decimals"), tuple(row.get("values", ())))
        for row in told["fields"]
    )
    return NationalTable(told["decision"], told["table"], told["source"], tuple(fields))


def national_row(product: NationalProduct, year: int) -> NationalRow:
    """The product in the columns of PTNT_OCOP; what nobody knows stays empty, revenue above all.

    MA_OCOP is the number in the public id and Ma_SanPham the id itself, so both are the same in every report.
    """
    return {
        "MA_OCOP": int(re.sub("[^0-9]", "", product.public_id) or 0),
        "Ma_DonViHanhChinh": product.commune_code,
        "Ma_ThoiGian": str(year),
        "Ma_SanPham": product.public_id,
        "TenSanPham": product.name,
        "XepHang": f"{product.stars}*" if product.stars else "",
        "ChuTheSXKD": product.producer,
        "DoanhThuNam": None,
        "TrangThai": STATES.get(product.standing, ""),
    }


def belongs_in_report(product: NationalProduct) -> bool:
    """A product with a known star of three or more, whatever became of it."""
    return product.standing in STATES and (product.stars or 0) >= LOWEST_STARS


def faults(table: NationalTable, row: NationalRow) -> list[str]:
    """What keeps a row out of the table, in the table's own words; empty when it fits."""
    odd = sorted(set(row) ^ {field.name for field in table.fields})
    return [f"{name}: không đúng cột" for name in odd] or list(_misfits(table.fields, row))


def _misfits(fields: Iterable[NationalField], row: NationalRow) -> Iterator[str]:
    for field in fields:
        value = row[field.name]
        if value is None or value == "":
            continue  # the structure does not say which columns must be filled
        if reason := _misfit(field, value):
            yield f"{field.name}: {reason}"


def _misfit(field: NationalField, value: Value) -> str:
    match field.kind, value:
        case "integer", int():
            return ""
        case "decimal", Decimal() | int():
            return "" if _has_room(field, Decimal(value)) else f"quá {field.digits} chữ số hoặc quá {field.decimals} số lẻ"
        case "text", str():
            if field.max_length and len(value) > field.max_length:
                return f"dài quá {field.max_length} ký tự"
            return "" if not field.values or value in field.values else f"chỉ nhận {', '.join(field.values)}"
        case _:
            return f"không phải kiểu {field.kind}"


def _has_room(field: NationalField, value: Decimal) -> bool:
    if not value.is_finite():
        return False
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    whole = len(str(abs(int(value))))
    return decimals <= (field.decimals or 0) and whole <= (field.digits or 0) - (field.decimals or 0)
