"""A province's register of 20,000 rows: read, previewed, taken in and handed out, each beside the plain library's time for the file.

`python -m tests.bench.intake` prints JSON. Reading stands beside openpyxl's read-only mode on the same file, which only turns cells into
values; handing out beside XlsxWriter alone writing the same cells. Memory is the peak of the process while it reads and previews.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tools.postgres import NoPostgres, cluster

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS, PASSES = 20_000, 20, 3
READ_GOAL, PREVIEW_GOAL, EXPORT_GOAL = 1 / 6, 3.0, 1.5
_HEAD = (
    *("TT", "Tên sản phẩm", "Nhóm sản phẩm", "Loại hình", "Tên chủ thể", "Xã/phường", "Địa chỉ", "Người đại diện", "Số điện thoại"),
    *("Hạng sao hiện tại", "Ngày hết hạn", "Số sao lần 1", "Ngày lần 1", "Năm lần 1", "Số QĐ lần 1", "Cơ quan lần 1"),
    *("Số sao lần 2", "Ngày lần 2", "Số QĐ lần 2", "Ghi chú"),
)


def intake_figures() -> dict[str, Any]:
    """Both databases, each in a process of its own."""
    answer: dict[str, Any] = {"goals": {"read": round(READ_GOAL, 3), "preview": PREVIEW_GOAL, "export": EXPORT_GOAL}}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        _write_register(path)
        answer["sqlite"] = _ask(f"sqlite:///{folder}/bench.sqlite3", path)
        try:
            with cluster() as server:
                answer["postgresql"] = _ask(server.url, path)
        except NoPostgres as missing:
            answer["postgresql"] = {"skipped": str(missing)}
    return answer


def _ask(url: str, path: Path) -> dict[str, Any]:
    environment = {**os.environ, "OCOP_MODE": "test", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("MIGRATE_DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.bench.intake", "--one", str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def _write_register(path: Path) -> None:
    import openpyxl  # noqa: PLC0415 (only the process that writes the file needs it)

    book = openpyxl.Workbook(write_only=True)
    tab = book.create_sheet("Sổ OCOP")
    tab.append(_HEAD)
    for cells in _rows():
        tab.append(cells)
    book.save(path)


def _rows() -> Iterator[tuple[Any, ...]]:
    communes = ("Côn Minh", "Bằng Phúc", "Yến Dương", "Xuân Lạc", "Phương Viên", "Sĩ Bình", "Đồng Phúc", "TT Bằng Lũng")
    for n in range(ROWS):
        maker = n // 4
        first, second = date(2021, 1 + n % 12, 1 + n % 28), date(2024, 1 + n % 12, 1 + n % 28)
        yield (
            *(n + 1, f"Miến dong số {n}", "Thực phẩm", "Hợp tác xã", f"HTX Tài Hoan {maker}", communes[maker % len(communes)]),
            *(f"Thôn {maker % 97}", f"Nguyễn Văn {maker}", f"09{maker:08d}", "4 sao", date(2027, 1 + n % 12, 1 + n % 28)),
            *("3 sao", first, first.year, f"{n % 300}/QĐ-UBND", "UBND tỉnh", "4*", f"{second:%d/%m/%Y}", f"{n % 310}/QĐ-UBND-2024", "đạt"),
        )


def measure(path: Path) -> dict[str, Any]:
    """One database: preview, take in, preview again, hand out."""
    import django  # noqa: PLC0415 (settings come from the environment this process was given)

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from ocop.papers.tables import read_tables  # noqa: PLC0415
    from ocop.people.queries import import_actor  # noqa: PLC0415
    from ocop.places.actions import load_places  # noqa: PLC0415
    from ocop.register.actions import commit_plan, export_register  # noqa: PLC0415
    from ocop.register.queries import plan_intake  # noqa: PLC0415
    from ocop.register.rules.intake import find_register  # noqa: PLC0415
    from tests.cast import NOW, SEED, TODAY  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load_places(actor=SEED, folder=settings.DATA_DIR / "places", at=NOW)
    content = path.read_bytes()

    def preview() -> Any:
        sheet = find_register(read_tables(content))
        assert sheet is not None
        return plan_intake(sheet, today=TODAY)

    before = _memory()
    first, plan = _timed(preview)
    memory = _memory() - before
    read, baseline = _in_turn(lambda: read_tables(content), lambda: _read_plainly(path))
    written, _effects = _timed(lambda: commit_plan(actor=import_actor(), plan=plan, source_name=path.name, at=NOW))
    again, second = _timed(preview)
    assert (plan.products_created, second.products_created, second.changes_nothing) == (ROWS, 0, True)
    export, plain = _exports(lambda: export_register(actor=import_actor(), at=NOW, with_persons=True))
    return {
        **{"openpyxl_s": baseline, "read_s": read, "read_ratio": round(read / baseline, 3)},
        **{"preview_s": first, "preview_ratio": round(first / baseline, 2), "preview_again_s": again, "memory_mb": memory},
        **{"again_ratio": round(again / baseline, 2), "taken_in_s": written},
        **{"export_s": export, "xlsxwriter_s": plain, "export_ratio": round(export / plain, 2)},
    }


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = perf_counter()
    answer = act()
    return round(perf_counter() - started, 2), answer


def _in_turn(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float]:
    """The two in turn, so that whatever else the machine does slows both; medians."""
    pairs = [(_timed(ours)[0], _timed(theirs)[0]) for _ in range(PASSES)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def _read_plainly(path: Path) -> int:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(cells) for cells in book.active.iter_rows(values_only=True))


def _exports(export: Callable[[], bytes]) -> tuple[float, float]:
    """Our export, and XlsxWriter alone with the very cells of it."""
    import openpyxl  # noqa: PLC0415

    lines = list(openpyxl.load_workbook(io.BytesIO(export()), read_only=True).active.iter_rows(values_only=True))
    return _in_turn(export, lambda: _write_plainly(lines))


def _write_plainly(lines: list[tuple[Any, ...]]) -> None:
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        tab = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    tab.write_string(number, column, cell)
                elif isinstance(cell, int | float):
                    tab.write_number(number, column, cell)
                elif cell is not None:
                    tab.write_datetime(number, column, cell, day)


def _memory() -> int:
    """The peak of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if "--one" in sys.argv:
        sys.stdout.write(json.dumps(measure(Path(sys.argv[-1]))))
    else:
        sys.stdout.write(json.dumps(intake_figures(), indent=1) + "\n")
