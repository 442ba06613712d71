"""Put a backup back; prints JSON with the hashes, equal to the backup's, and where the former data is kept.

Whoever was erased since the backup was made is erased again before anybody signs in.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.people.policies import RESTORING
from ocop.privacy import queries
from ocop.privacy.actions import replay_erasures
from ocop.privacy.readers import LIST_NAME, BadList, list_lines, read_list
from ocop.privacy.rules import Mark
from ocop.records.backup import BackupDamaged, RestoreRefused, restore_backup


class Command(BaseCommand):
    help = "Check a backup and put it in the place of today's data, which is set aside."
    requires_system_checks: list[str] = []  # the database may be away or empty: that is when one restores

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument("--erasures", type=Path, metavar="FILE", help=f"a newer list of the erased than {LIST_NAME} beside the file")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            lists = [path for path in (file.parent / LIST_NAME, options["erasures"]) if path]
            marks = [*todays_marks(), *(mark for path in lists for mark in read_list(path))]
            restored = restore_backup(path=file, at=timezone.now())
        except (BackupDamaged, RestoreRefused, BadList) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps({**asdict(restored), **self._erase_again(marks, file.parent)}, ensure_ascii=False, indent=1))

    def _erase_again(self, marks: list[Mark], folder: Path) -> dict[str, Any]:
        """At once; or, where the backup is older than this version's tables, by the command it names."""
        if is_older_than_this_version():
            kept = folder / LIST_NAME
            kept.write_text(list_lines(marks), encoding="utf-8")
            return {"erased_again": None, "next": f"manage.py migrate, then manage.py replay_erasures {kept}"}
        return {"erased_again": replay_erasures(actor=system_actor(RESTORING), marks=marks, at=timezone.now())}


def todays_marks() -> list[Mark]:
    """The list of the erased in today's database, which is about to be replaced; nothing where there is none."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return []  # asking would make an empty one
    try:
        return queries.marks()
    except DatabaseError:
        return []
    finally:
        connection.close()  # PostgreSQL swaps only what nobody is connected to


def is_older_than_this_version() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
