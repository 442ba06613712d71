"""Erase one person, where no law obliges to keep; prints JSON with how much of each kind was found."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.people.actions import Refused
from ocop.privacy import queries
from ocop.privacy.actions import erase_person
from ocop.privacy.management.commands.export_person import add_person, person_typed


class Command(BaseCommand):
    help = "Show what an erasure of one person would touch; with --yes, do it. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--yes", action="store_true", help="erase; without it nothing changes")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = person_typed(options)
        if not options["yes"]:
            held = queries.holdings_of(queries.known_as(keys))
            rows = [{"what": holding.what, "rows": len(holding.rows), "fate": holding.fate} for holding in held]
            self.stdout.write(json.dumps({"erased": False, "held": rows}))
            return
        try:
            found = erase_person(actor=system_actor("erase"), keys=keys, at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps({"erased": True, "found": found}))
