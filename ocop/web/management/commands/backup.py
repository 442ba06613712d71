"""Copy database and files into one file; prints JSON with its path and hashes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ocop.records.backup import make_backup


class Command(BaseCommand):
    help = "Copy the database and all stored files into one file, with a hash of every row."
    requires_system_checks: list[str] = []  # a site that is ill needs its backup most

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "backups", help="where to (var/backups)")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        made = make_backup(folder=folder, at=timezone.now())
        self.stdout.write(json.dumps(asdict(made), default=str, ensure_ascii=False, indent=1))
