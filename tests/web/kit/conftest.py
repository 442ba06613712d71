"""Sample pages behind the real middleware, and people with hats."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.test import Client

from ocop.core.actor import system_actor
from ocop.people.actions import create_user, grant_mandate, load_offices
from ocop.people.models import Office, User
from ocop.places.models import Unit
from ocop.records.models import Notice
from ocop.web.kit import context
from ocop.web.kit.templatetags import kit_parts
from tests.web.kit import sample_urls

SEED = system_actor("test")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SINCE = date(2026, 1, 1)
PASSWORD = "suong-som-ven-nuong-99"

Person = Callable[..., User]


@pytest.fixture
def site(settings: LazySettings) -> Iterator[Client]:
    """A browser before the sample pages; errors come as pages, not as exceptions."""
    settings.ROOT_URLCONF = "tests.web.kit.sample_urls"
    settings.SECOND_FACTOR_REQUIRED = False  # the desk's own rule, tested there
    _forget_addresses()
    sample_urls.calls.clear()
    yield Client(raise_request_exception=False)
    _forget_addresses()


def _forget_addresses() -> None:
    """Menus are made once per process; another URLconf needs its own."""
    context._menu.cache_clear()
    kit_parts._portal_header.cache_clear()
    kit_parts._portal_footer.cache_clear()


@pytest.fixture
def officer(db: None) -> Person:
    """`officer(*roles)`: somebody with a mandate in each role, the first given first."""
    top = Unit.objects.create(
        key="19@2025-07-01", code="19", name="Tỉnh Thái Nguyên", folded="thai nguyen", kind="province", valid_from=date(2025, 7, 1)
    )
    Unit.objects.create(
        key="02185@2025-07-01",
        code="02185",
        name="Xã Côn Minh",
        folded="con minh",
        kind="commune",
        parent=top,
        valid_from=date(2025, 7, 1),
        is_home=True,
    )
    load_offices(actor=SEED, at=NOW)
    office_kinds = {"ocop_officer": "ocop_office", "administrator": "ocop_office", "leader": "province_committee"}

    def make(*roles: str, email: str = "can-bo@thu.vn") -> User:
        user = create_user(actor=SEED, full_name="Nông Thị Bình", password=PASSWORD, at=NOW, email=email, is_email_verified=True)
        for role in roles:
            if role == "producer":
                grant_mandate(
                    actor=SEED, user=user, role=role, valid_from=SINCE, at=NOW, subject="producer:htx-thu", subject_name="HTX Thử"
                )
            else:
                office = Office.objects.filter(kind=office_kinds[role], unit=top).first()
                grant_mandate(actor=SEED, user=user, role=role, valid_from=SINCE, at=NOW, office=office)
        Notice.objects.filter(recipient=user).delete()
        user.needs_new_password = False
        user.save(update_fields=["needs_new_password"])
        return user

    return make


@pytest.fixture
def sign_in(site: Client) -> Callable[[User], None]:
    def enter(user: User) -> None:
        site.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    return enter
