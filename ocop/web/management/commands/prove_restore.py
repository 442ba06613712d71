"""Prove that a backup restores: unpack it into an empty place, compare every hash, write the proof down; prints JSON."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.records.actions import note_proof
from ocop.records.backup import BackupDamaged, RestoreRefused, backups_in, prove_restore


class Command(BaseCommand):
    help = "Restore a backup beside the site, compare it to the last byte, and take it away again. Once a week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="what `backup` wrote; the newest of var/backups if left out")

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        path = file or next(reversed(backups_in(settings.VAR_DIR / "backups")), None)
        if path is None or not path.is_file():
            raise CommandError(f"There is no backup {path or 'in var/backups'}.")
        at = timezone.now()
        try:
            proved = prove_restore(path=path, at=at)
        except (BackupDamaged, RestoreRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        note_proof(actor=system_actor("backup"), proved=proved, at=at)
        self.stdout.write(json.dumps({"path": str(path), **asdict(proved)}, ensure_ascii=False, indent=1))
