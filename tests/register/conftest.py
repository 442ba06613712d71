"""The cast, for every test of the register; files it stores go to a folder of the test's own."""

from pathlib import Path

import pytest

from tests.cast import cast  # noqa: F401


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
