"""People with hats before the records' screens."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from ocop.people.models import Mandate, Office, User
from ocop.places.models import Unit

AT = datetime(2026, 12, 20, 3, 4, 5, tzinfo=UTC)
SINCE = date(2026, 1, 1)


@pytest.fixture
def office(db):
    unit = Unit.objects.create(
        key="19@2025-07-01", code="19", name="Tỉnh Thái Nguyên", folded="tinh thai nguyen", kind="province", valid_from=date(2025, 7, 1)
    )
    return Office.objects.create(key="ocop-office", name="Văn phòng điều phối", kind="ocop_office", unit=unit)


@pytest.fixture
def person(office, settings):
    """`person(role, name)`: somebody with one hat."""
    settings.SECOND_FACTOR_REQUIRED = False

    def make(role, name="Hoàng Thị Mai", subject=""):
        email = f"{role}-{User.objects.count()}@example.org"
        user = User.objects.create(username=email, full_name=name, folded=name.lower(), email=email, created_at=AT)
        place = {"subject": subject, "subject_name": subject} if subject else {"office": office}
        Mandate.objects.create(user=user, role=role, valid_from=SINCE, granted_at=AT, **place)
        return user

    return make


@pytest.fixture
def browser():
    """`browser(user)`: signed in as somebody; errors come as pages."""

    def sign_in(user=None):
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
