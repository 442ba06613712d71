"""Put a backup back; prints JSON with the hashes, equal to the backup's, and where the former data is kept."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.records.backup import BackupDamaged, RestoreRefused, restore_backup


class Command(BaseCommand):
    help = "Check a backup and put it in the place of today's data, which is set aside."
    requires_system_checks: list[str] = []  # the database may be away or empty: that is when one restores

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            restored = restore_backup(path=file, at=timezone.now())
        except (BackupDamaged, RestoreRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(asdict(restored), ensure_ascii=False, indent=1))
