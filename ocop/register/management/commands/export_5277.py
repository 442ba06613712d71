"""Write the national table PTNT_OCOP (5277/QĐ-BNNMT) of one year to a file: every row checked, what does not fit named, not written."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.papers.sheets import Column, Sheet, csv_rows, xlsx
from ocop.register.queries.national import NationalReport, national_report
from ocop.register.rules import PROGRAMME_START

FORMATS = ("csv", "json", "xlsx")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="the year reported; the running one as of today")
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        today, year = timezone.localdate(), options["year"]
        if not PROGRAMME_START.year <= year <= today.year:
            raise CommandError(f"--year is a year from {PROGRAMME_START.year} to {today.year}.")
        report = national_report(year, today)
        try:
            options["out"].write_bytes(_WRITERS[options["format"]](report))
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}") from error
        left_out = [{"product": product, "faults": list(faults)} for product, faults in report.left_out]
        said = {"year": year, "on": report.on.isoformat(), "rows": len(report.rows), "left_out": left_out}
        self.stdout.write(json.dumps(said, ensure_ascii=False))


def _names(report: NationalReport) -> list[str]:
    return [field.name for field in report.table.fields]


def _cells(report: NationalReport) -> list[list[Any]]:
    return [[row[name] for name in _names(report)] for row in report.rows]


def _csv(report: NationalReport) -> bytes:
    return csv_rows(_names(report), _cells(report))


def _xlsx(report: NationalReport) -> bytes:
    as_of, source = f"Năm {report.year}, tính đến {report.on.isoformat()}", f"Sổ OCOP; cấu trúc: {report.table.source}"
    columns = tuple(Column(name, 24) for name in _names(report))
    title = f"{report.table.name} ({report.table.decision})"
    return xlsx(Sheet(report.table.name, title, as_of, source, columns), _cells(report))


def _json(report: NationalReport) -> bytes:
    rows = [{name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()} for row in report.rows]
    whole = {"table": report.table.name, "decision": report.table.decision, "year": report.year, "on": report.on.isoformat(), "rows": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}
