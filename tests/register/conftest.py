"""The cast, for every test of the register; files it stores go to a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.cast import cast  # noqa: F401
from tests.opening import load_opening


@pytest.fixture(scope="module")
def opening(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real units and register, loaded once for a file of tests that each write in a transaction of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_opening()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def opened(opening: None, db: None) -> None:
    """The real register, as it was opened, whatever other tests wrote."""


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
