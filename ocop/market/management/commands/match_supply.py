"""Match the supplies of a case with its demands; JSON on standard output. Exit 0 matched, 2 the case is wrong (and where).

Needs no database. docs/how-to/match-supply.md describes a case and the answer.
"""

import json
import os
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ocop.market.rules import matching


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=Path, metavar="CASE.json")
        parser.add_argument("--time-limit", type=seconds, default=60, metavar="SECONDS", help="for the whole search (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = matching.read_case(read_text(options["case"]))
            with standard_output_kept_clean():
                plan = matching.best_plan(reading.case, clock=time.monotonic, seconds=options["time_limit"])
        except matching.BadCase as bad:
            self._refuse(options["case"], bad.faults)
        except matching.PinsDoNotFit as bad:
            self._refuse(options["case"], [matching.Fault("$.pinned", fault) for fault in bad.faults])
        for path in reading.ignored:
            self.stderr.write(f"{options['case']}: {path} means nothing in a case and is ignored")
        self._print(matching.answer_of(plan, matching.shortfalls(reading.case, plan.shares)))

    def _refuse(self, path: Path, faults: list[matching.Fault]) -> None:
        for fault in faults:
            self.stderr.write(f"{path}: {fault}")
        self._print({"errors": [{"path": fault.path, "detail": fault.detail} for fault in faults]})
        sys.exit(2)

    def _print(self, answer: dict[str, Any]) -> None:
        text = json.dumps(answer, ensure_ascii=False)
        self.stdout.write(text.encode(errors="backslashreplace").decode())  # half a surrogate pair becomes its JSON escape


def seconds(text: str) -> float:
    """A time limit."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise ArgumentTypeError("must be more than 0")
    return number


def read_text(path: Path) -> str:
    """The text of a case. Raises `BadCase`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise matching.BadCase([matching.Fault("$", f"cannot be read: {error}")]) from error


@contextmanager
def standard_output_kept_clean() -> Iterator[None]:
    """The solver's own lines, which it prints past Python, go to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
