"""What every test gets: an empty cache, no leftover database files, and marks that skip aloud where a machine lacks something."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from ocop.web.kit.middleware.public_pages import SHELF
from tests.chain import chains_survive_the_flush  # noqa: F401


def pytest_configure(config: pytest.Config) -> None:
    """Take away test databases of runs that were killed; those of living processes stay."""
    for path in settings.VAR_DIR.glob("test-*.sqlite3*"):
        owner = re.match(r"test-(\d+)\.", path.name)
        if owner and not _lives(int(owner[1])):
            path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Limits live in the cache and kept pages on the shelf; no test sees another's."""
    cache.clear()
    SHELF.clear()
    yield
    cache.clear()
    SHELF.clear()


@pytest.fixture
def on_postgres() -> None:
    """For tests marked `postgres`: skip on SQLite. `make test` runs the same suite on PostgreSQL as well."""
    if connection.vendor != "postgresql":
        pytest.skip("this test asks PostgreSQL; `make test` runs it there")


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """An English page leaves its language in the thread; the next test begins in Vietnamese all the same."""
    translation.activate("vi")


@pytest.fixture(autouse=True)
def _second_factor_off(settings: Any) -> None:
    """Most tests sign officials in without a factor, as the demo does; the tests of the duty itself switch it on."""
    settings.SECOND_FACTOR_REQUIRED = False
