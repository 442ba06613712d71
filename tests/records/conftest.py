"""What the tests of records share: a file store of their own and people who have addresses."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

AT = datetime(2026, 12, 20, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def file_store(settings, tmp_path):
    """An empty folder where stored files go."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    return tmp_path


def make_person(name="Hoàng Thị Mai", email="mai@example.org", phone=None, **more):
    return get_user_model().objects.create(username=email or phone, full_name=name, email=email, phone=phone, created_at=AT, **more)


@pytest.fixture
def mai(db):
    return make_person()


@pytest.fixture
def phone_only(db):
    return make_person("Triệu Văn Nam", None, "+84912345678")
