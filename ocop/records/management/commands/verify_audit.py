"""Check the audit chain: exit 0 sound, 1 something found, 2 unreadable; JSON on standard output."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from ocop.records import queries, rules


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--witness", type=Path, metavar="FILE", help="heads kept outside: JSON lines or one list of {n, hash, …}")
        parser.add_argument("--access", action="store_true", help="check the access log instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            witnessed = read_heads(options["witness"]) if options["witness"] else []
            found = queries.verify_audit(witnessed=witnessed, access_log=options["access"])
        except (OSError, ValueError, DatabaseError) as error:
            self._answer(False, 0, [rules.Finding(0, "unreadable", f"{type(error).__name__}: {error}")])
            sys.exit(2)
        self._answer(found.sound, found.entries, found.findings)
        sys.exit(0 if found.sound else 1)

    def _answer(self, sound: bool, entries: int, findings: Any) -> None:
        rows = [{"n": finding.n, "code": finding.code, "detail": finding.detail} for finding in findings]
        self.stdout.write(json.dumps({"sound": sound, "entries": entries, "findings": rows}, ensure_ascii=False))


def read_heads(path: Path) -> list[rules.Head]:
    """The heads in a witness's file. One that holds none proves nothing and is unreadable."""
    text = path.read_text(encoding="utf-8-sig").strip()
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line.strip()]
    try:
        heads = [rules.Head(int(row["n"]), str(row["hash"])) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError("a head needs n and hash") from error
    if not heads:
        raise ValueError("the witness file holds no head")
    return heads
