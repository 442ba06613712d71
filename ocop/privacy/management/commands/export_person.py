"""Everything held of one person, as a ZIP; prints JSON with how much of each kind it holds."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.core.person import PersonKeys
from ocop.core.phones import NotAPhone
from ocop.privacy.actions import export_person
from ocop.privacy.readers import keys_typed
from ocop.register.queries import producer_with_code


class Command(BaseCommand):
    help = "Gather everything that is held of one person into a ZIP file that only its owner may read."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = person_typed(options)
        try:
            handle = os.open(options["out"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}") from error
        with os.fdopen(handle, "wb") as target:
            counts = export_person(actor=system_actor("export"), keys=keys, at=timezone.now(), target=target)
        self.stdout.write(json.dumps({"out": str(options["out"]), "held": counts}, ensure_ascii=False))


def add_person(parser: CommandParser) -> None:
    """By what the person is looked for; one of the three is needed."""
    parser.add_argument("--phone", default="", help="in any Vietnamese way of writing it")
    parser.add_argument("--email", default="")
    parser.add_argument("--producer", default="", metavar="CODE", help="the producer whose representative it is")


def person_typed(options: dict[str, Any]) -> PersonKeys:
    asked = {name: options[name] for name in ("phone", "email", "producer")}
    if not any(asked.values()):
        raise CommandError("Say who: --phone, --email or --producer.")
    if asked["producer"] and producer_with_code(asked["producer"]) is None:
        raise CommandError(f"There is no producer {asked['producer']}.")
    try:
        return keys_typed(**asked)
    except NotAPhone as error:
        raise CommandError(str(error)) from error
