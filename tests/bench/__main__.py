"""`make bench`: every figure beside its baseline in the same run; the table goes to docs/operations/performance.md."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.intake import ROWS, intake_figures
from tests.bench.pages import CLIENTS, PRODUCTS, ROUNDS, page_figures
from tests.bench.search import search_figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "performance.md"


def main() -> int:
    """Measure, print and write down."""
    text = _text(page_figures(), search_figures()) + _intake(intake_figures())
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _text(pages: list[dict[str, Any]], search: dict[str, Any]) -> str:
    lines = [
        "# Performance",
        "",
        "Written by `make bench`. Every figure stands beside its baseline of the same run; trust the ratios, not the bare numbers.",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}.",
        "",
        "## Public pages beside a bare Django view",
        "",
        f"gunicorn sync, one worker, SQLite, {PRODUCTS:,} products, {CLIENTS} clients, {ROUNDS} rounds in turn, medians.",
        "",
        _row("page", "served", "requests/s", "bare view", "ratio", "goal", ""),
        "|---|---|---|---|---|---|---|",
    ]
    for row in pages:
        met = "met" if row["ratio"] >= row["goal"] else "missed"
        lines.append(_row(*row.values(), met))
    lines += [
        "",
        "## Search over 100,000 names, ranked, beside a LIKE scan",
        "",
        "| database | p90 | LIKE p90 | ratio | goal | p90 at 1,000 names | growth |",
    ]
    lines.append("|---|---|---|---|---|---|---|")
    for name in ("sqlite", "postgresql"):
        row = search[name]
        if "skipped" in row:
            lines.append(f"| {name} | not measured: {row['skipped']} | | | | | |")
            continue
        small = row["sizes"]["1000"]["search_p90_ms"]
        lines.append(
            _row(
                name,
                f"{row['search_p90_ms']} ms",
                f"{row['like_p90_ms']} ms",
                row["ratio"],
                search["goal"],
                f"{small} ms",
                f"×{row['growth']}",
            )
        )
    return "\n".join([*lines, ""])


def _intake(figures: dict[str, Any]) -> str:
    lines = [
        "",
        f"## A register of {ROWS:,} rows, beside the plain library on the same file",
        "",
        "Reading and preview beside openpyxl's read-only mode, handing out beside XlsxWriter alone; the ratio to it in brackets.",
        "",
        _row("database", "openpyxl", "read", "preview", "preview again", "memory", "taken in", "XlsxWriter", "handed out", ""),
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    goals = figures["goals"]
    for name in ("sqlite", "postgresql"):
        row = figures[name]
        if "skipped" in row:
            lines.append(f"| {name} | not measured: {row['skipped']} | | | | | | | | |")
            continue
        told = [
            f"{row[f'{what}_s']} s ({row[f'{ratio}_ratio']})"
            for what, ratio in (("read", "read"), ("preview", "preview"), ("preview_again", "again"))
        ]
        is_met = all(row[f"{what}_ratio"] <= goals[what] for what in goals) and row["again_ratio"] <= goals["preview"]
        cells = [f"{row['openpyxl_s']} s", *told, f"{row['memory_mb']} MB", f"{row['taken_in_s']} s", f"{row['xlsxwriter_s']} s"]
        lines.append(_row(name, *cells, f"{row['export_s']} s ({row['export_ratio']})", "met" if is_met else "missed"))
    lines += ["", f"Goals: read {goals['read']}, preview {goals['preview']}, handed out {goals['export']} times the baseline.", ""]
    return "\n".join(lines)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
