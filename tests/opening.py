"""The opening data as it is shipped, loaded by the rooms' own actions. Takes about a second; for tests that ask about real rows."""

from django.conf import settings

from ocop.market.actions import load_market
from ocop.places.actions import load_places
from ocop.programme.actions import load_programme
from ocop.register.actions import load_register
from tests.cast import NOW, SEED


def load_opening() -> None:
    """Units, register, market, programme: everything under data/ that has rows."""
    load_places(actor=SEED, folder=settings.DATA_DIR / "places", at=NOW)
    folder = settings.DATA_DIR / "bac-kan"
    for load in (load_register, load_market, load_programme):
        load(actor=SEED, folder=folder, at=NOW)
