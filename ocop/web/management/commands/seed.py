"""Load the opening data and the demo. Running it again changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from ocop.core.actor import system_actor
from ocop.market.actions import load_market
from ocop.market.readers import BadTable
from ocop.people.actions import load_offices
from ocop.people.demo import DemoRefused, seed_people
from ocop.people.models import Mandate, Office, User
from ocop.places.actions import load_places
from ocop.places.readers import BadPlaces
from ocop.privacy.demo import seed_privacy_demo
from ocop.privacy.models import DataRequest
from ocop.programme.actions import load_programme
from ocop.register.actions import load_register
from ocop.register.demo import demo_rows, seed_register_demo
from ocop.register.readers import BadRegister

PARTS = ("places", "register", "demo")


class Command(BaseCommand):
    help = "Load the administrative units, the real register, or demo rows; each part may be loaded again without harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[*PARTS, "all"])

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        parts = PARTS if what == "all" else (what,)
        if what == "all" and settings.IS_PRODUCTION:
            parts = tuple(part for part in PARTS if part != "demo")
            self.stdout.write("demo: skipped, OCOP_MODE=production never holds demo rows")
        for part in parts:
            try:
                with transaction.atomic():
                    self.stdout.write(f"{part}: {getattr(self, f'_{part}')()}")
            except (BadPlaces, BadRegister, BadTable, DemoRefused, FileNotFoundError) as wrong:
                raise CommandError(str(wrong)) from wrong

    def _places(self) -> str:
        actor, at = system_actor("seed"), timezone.now()
        loaded = load_places(actor=actor, folder=settings.DATA_DIR / "places", at=at)
        offices = load_offices(actor=actor, at=at)
        return f"{loaded.created} new and {loaded.changed} changed of {loaded.total} units and successions; {offices} new offices"

    def _register(self) -> str:
        actor, folder, at = system_actor("seed"), settings.DATA_DIR / "bac-kan", timezone.now()
        loaded = load_register(actor=actor, folder=folder, at=at)
        market = load_market(actor=actor, folder=folder, at=at)
        programme = load_programme(actor=actor, folder=folder, at=at)
        return (
            f"{loaded.producers} producers, {loaded.products} products, {loaded.recognitions} recognitions, "
            f"{loaded.awards} awards, {loaded.sites} tourism sites, "
            f"{market.created} channels, events and sales points, {programme.created} figures, targets and policies added"
        )

    def _demo(self) -> str:
        before = self._demo_counts()
        actor, at = system_actor("seed"), timezone.now()
        people = seed_people(actor=actor, at=at)
        seed_register_demo(actor=actor, people=people, at=at)
        seed_privacy_demo(actor=actor, at=at)
        added = {name: count - before[name] for name, count in self._demo_counts().items()}
        return ", ".join(f"{count} {name}" for name, count in added.items()) + " added"

    def _demo_counts(self) -> dict[str, int]:
        kinds = {"accounts": User, "mandates": Mandate, "offices": Office, "data requests": DataRequest}
        return {name: kind.objects.filter(is_demo=True).count() for name, kind in kinds.items()} | demo_rows()
