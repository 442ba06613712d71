"""Copy database and files into one file, and the list of the erased beside it; prints JSON with its path and hashes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from ocop.privacy import queries
from ocop.privacy.readers import LIST_NAME, list_lines, read_list
from ocop.records.backup import make_backup, remove_old


class Command(BaseCommand):
    help = "Copy the database and all stored files into one file, with a hash of every row; backups older than 90 days are deleted."
    requires_system_checks: list[str] = []  # a site that is ill needs its backup most

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "backups", help="where to (var/backups)")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        at = timezone.now()
        made = make_backup(folder=folder, at=at)
        removed = remove_old(folder=folder, at=at)
        answer = {**asdict(made), "erasures": self._keep_list(folder), "removed": removed}
        self.stdout.write(json.dumps(answer, default=str, ensure_ascii=False, indent=1))

    def _keep_list(self, folder: Path) -> str:
        """Whoever is erased later must not come back with this backup: the list goes wherever the backups go."""
        path = folder / LIST_NAME
        try:
            marks = queries.marks()
        except DatabaseError:
            return ""  # a database from before there was a list
        path.write_text(list_lines([*read_list(path), *marks]), encoding="utf-8")
        return str(path)
