"""After a restore: erase again whoever the backup brought back; prints JSON with how many addresses that were."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.people.policies import RESTORING
from ocop.privacy.actions import replay_erasures
from ocop.privacy.readers import BadList, read_list


class Command(BaseCommand):
    help = "Hold the database against the list of the erased (its own, and FILE), and erase again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a list that `backup` wrote beside the backups (erasures.jsonl)")

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        if file is not None and not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            marks = read_list(file) if file else []
        except BadList as error:
            raise CommandError(str(error)) from error
        erased = replay_erasures(actor=system_actor(RESTORING), marks=marks, at=timezone.now())
        self.stdout.write(json.dumps({"marks": len(marks), "erased_again": erased}))
