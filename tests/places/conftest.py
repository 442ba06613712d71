"""The real units, loaded once a test from the opening data."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from ocop.core.actor import system_actor
from ocop.places.actions import load_places

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FOLDER: Path = settings.DATA_DIR / "places"


@pytest.fixture
def units(db):
    load_places(actor=system_actor("test"), folder=FOLDER, at=NOW)
