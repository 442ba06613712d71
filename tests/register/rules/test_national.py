"""The national table PTNT_OCOP: rows made of products, and the structure that refuses what does not fit."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.register.enums import StandingKind
from ocop.register.rules.national import STATES, NationalProduct, belongs_in_report, faults, national_row, structure

FILE = Path(__file__).resolve().parents[3] / "data" / "national" / "5277.json"
TABLE = structure(json.loads(FILE.read_text(encoding="utf-8")))
PRODUCT = NationalProduct("BK007", "Miến dong", "HTX Mai", "02185", 4, "valid")
ROW = national_row(PRODUCT, 2026)


def test_a_row_is_what_the_structure_asks_and_invents_nothing() -> None:
    assert ROW == {
        "MA_OCOP": 7,
        "Ma_DonViHanhChinh": "02185",
        "Ma_ThoiGian": "2026",
        "Ma_SanPham": "BK007",
        "TenSanPham": "Miến dong",
        "XepHang": "4*",
        "ChuTheSXKD": "HTX Mai",
        "DoanhThuNam": None,
        "TrangThai": "con_han",
    }
    assert faults(TABLE, ROW) == []


@given(
    st.builds(
        NationalProduct,
        st.integers(1, 999_999).map("BK{:03d}".format),
        st.text(max_size=200),
        st.text(max_size=200),
        st.from_regex(r"[0-9]{5}|", fullmatch=True),
        st.integers(3, 5),
        st.sampled_from(sorted(STATES)),
    ),
    st.integers(2018, 2100),
)
def test_whatever_the_register_may_hold_fits(product: NationalProduct, year: int) -> None:
    assert belongs_in_report(product)
    assert faults(TABLE, national_row(product, year)) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MA_OCOP", "7", "kiểu integer"),
        ("Ma_SanPham", "BK123456789", "dài quá 10"),
        ("TenSanPham", "ệ" * 256, "dài quá 255"),
        ("XepHang", "2*", "chỉ nhận 3*, 4*, 5*"),
        ("ChuTheSXKD", 7, "kiểu text"),
        ("DoanhThuNam", Decimal("1.234"), "2 số lẻ"),
        ("DoanhThuNam", Decimal(10) ** 12, "14 chữ số"),
        ("DoanhThuNam", Decimal("NaN"), "14 chữ số"),
        ("DoanhThuNam", "nhiều", "kiểu decimal"),
        ("TrangThai", "con_hieu_luc", "dài quá 10"),
    ],
)
def test_what_does_not_fit_is_named_with_its_column(name: str, value: Any, words: str) -> None:
    (fault,) = faults(TABLE, {**ROW, name: value})
    assert fault.startswith(f"{name}: ")
    assert words in fault


def test_revenue_fits_to_its_last_digit() -> None:
    for value in (Decimal("999999999999.99"), Decimal("0"), Decimal("12.50"), 7):
        assert faults(TABLE, {**ROW, "DoanhThuNam": value}) == []


def test_a_missing_or_extra_column_is_a_fault() -> None:
    assert faults(TABLE, {name: value for name, value in ROW.items() if name != "XepHang"}) == ["XepHang: không đúng cột"]
    assert faults(TABLE, {**ROW, "GhiChu": "x"}) == ["GhiChu: không đúng cột"]


def test_every_standing_but_none_has_a_code_that_fits() -> None:
    assert set(STATES) == set(StandingKind) - {StandingKind.NONE}
    assert all(len(code) <= 10 for code in STATES.values())


@pytest.mark.parametrize(
    ("stars", "standing", "belongs"), [(3, "expired", True), (5, "withdrawn", True), (2, "valid", False), (None, "unverified", False)]
)
def test_only_known_stars_of_three_or_more_are_reported(stars: int | None, standing: str, belongs: bool) -> None:
    product = NationalProduct("BK001", "Chè", "", "", stars, standing)
    assert belongs_in_report(product) is belongs
    assert not belongs_in_report(NationalProduct("BK001", "Chè", "", "", 3, "none"))
