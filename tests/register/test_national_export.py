"""The national table of the real register, as the query makes it and the command writes it."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ocop.register.models import Product
from ocop.register.queries.national import national_report
from ocop.register.rules.national import faults
from tests.opening import load_opening
from tests.web.portal.rows import TODAY, far, make_places, make_producer, make_product, past


def write(out: Path, *more: str) -> dict[str, object]:
    said = io.StringIO()
    call_command("export_5277", "--out", str(out), *more, stdout=said)
    return dict(json.loads(said.getvalue()))


@pytest.mark.django_db
def test_every_row_of_the_real_register_fits_and_is_the_same_each_time(tmp_path: Path) -> None:
    load_opening()
    report = national_report(2026, date(2026, 11, 24))
    assert report.left_out == []
    assert len(report.rows) == 73
    assert all(faults(report.table, row) == [] for row in report.rows)
    assert all(row["DoanhThuNam"] is None for row in report.rows)
    assert national_report(2026, date(2026, 11, 24)).rows == report.rows
    earlier = {row["Ma_SanPham"]: row["MA_OCOP"] for row in national_report(2021, date(2026, 11, 24)).rows}
    now = {row["Ma_SanPham"]: row["MA_OCOP"] for row in report.rows}
    assert earlier.items() <= now.items()


@pytest.mark.django_db
def test_the_commune_is_the_one_of_that_day() -> None:
    places = make_places()
    make_product("Miến", producer=make_producer(), unit=places["bang-phuc"], commune_now=places["dong-phuc"], star=("expired", 3, past()))
    make_product("Chè", unit=places["cho-don"], star=("valid", 4, far()))
    make_product("Rượu", star=("none", None, None))
    codes = {year: [row["Ma_DonViHanhChinh"] for row in national_report(year, TODAY).rows] for year in (2024, 2026)}
    assert codes == {2024: [places["bang-phuc"].code, ""], 2026: [places["dong-phuc"].code, ""]}


@pytest.mark.django_db
def test_what_does_not_fit_is_left_out_and_named(tmp_path: Path) -> None:
    make_product("Miến", code="BK123456789", star=("valid", 4, far()))
    make_product("Chè", code="BK001", star=("valid", 3, far()))
    make_product("Trùng số", code="BC001", star=("valid", 3, far()))
    make_product("Demo", is_demo=True, star=("valid", 3, far()))
    said = write(tmp_path / "x.csv", "--year", str(TODAY.year))
    assert said["rows"] == 1
    assert {row["product"]: row["faults"][0].partition(":")[0] for row in said["left_out"]} == {  # type: ignore[attr-defined]
        "BK123456789": "Ma_SanPham",
        "BC001" if (tmp_path / "x.csv").read_text().count("BK001") else "BK001": "MA_OCOP",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_the_command_writes_each_format(tmp_path: Path, ending: str) -> None:
    make_product("Miến", producer=make_producer(), star=("valid", 4, far()))
    said = write(tmp_path / f"x.{ending}", "--year", str(TODAY.year), "--format", ending)
    assert (said["rows"], said["left_out"]) == (1, [])
    content = (tmp_path / f"x.{ending}").read_bytes()
    if ending == "csv":
        (row,) = csv.DictReader(io.StringIO(content.decode()))
        assert (row["TenSanPham"], row["XepHang"], row["DoanhThuNam"]) == ("Miến", "4*", "")
    elif ending == "json":
        assert json.loads(content)["rows"][0]["DoanhThuNam"] is None
    else:
        assert content.startswith(b"PK")


@pytest.mark.django_db
def test_a_wrong_year_or_place_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="from 2018 to"):
        write(tmp_path / "x", "--year", "1999")
    with pytest.raises(CommandError, match="cannot be written"):
        write(tmp_path / "no" / "x", "--year", str(TODAY.year))
    assert Product.objects.count() == 0
