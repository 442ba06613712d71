"""A small province and a cast: enough places for mandates to differ."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ocop.core.actor import Actor, system_actor
from ocop.people import queries
from ocop.people.actions import create_user, grant_mandate, load_offices
from ocop.people.models import Mandate, Office, User
from ocop.places.models import Unit

SEED = system_actor("test")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = date(2026, 3, 2)
SINCE = date(2026, 1, 1)
PASSWORD = "suong-som-ven-nuong-99"

Person = Callable[..., User]


@pytest.fixture
def province(db: None) -> Unit:
    """Thái Nguyên with two home communes and the offices that come with them."""
    queries.password_words.cache_clear()
    top = Unit.objects.create(
        key="19@2025-07-01", code="19", name="Tỉnh Thái Nguyên", folded="thai nguyen", kind="province", valid_from=date(2025, 7, 1)
    )
    for code, name, folded in (("02185", "Xã Côn Minh", "con minh"), ("01933", "Xã Đồng Phúc", "dong phuc")):
        Unit.objects.create(
            key=f"{code}@2025-07-01",
            code=code,
            name=name,
            folded=folded,
            kind="commune",
            parent=top,
            valid_from=date(2025, 7, 1),
            is_home=True,
        )
    load_offices(actor=SEED, at=NOW)
    return top


@pytest.fixture
def person(province: Unit) -> Person:
    """`person(role, place)`: somebody with a mandate since January. `place` is the beginning of an office's key, or a subject."""
    count = iter(range(1, 999))

    def make(role: str = "", place: str = "", *, email: str | None = "", name: str = "Người Thử", phone: str | None = None) -> User:
        n = next(count)
        address = f"nguoi-{n}@thu.vn" if email == "" else email
        number = phone or (None if address else f"+8490000{n:04d}")
        user = create_user(
            actor=SEED, full_name=f"{name} {n}", password=PASSWORD, at=NOW, email=address, phone=number, is_email_verified=True
        )
        if role:
            give(user, role, place)
        User.objects.filter(pk=user.pk).update(needs_new_password=False)
        user.refresh_from_db()
        return user

    return make


def acting(user: User) -> Actor:
    return queries.actor_for(user, None, TODAY)


def give(user: User, role: str, place: str) -> Mandate:
    """One more mandate since January."""
    office = Office.objects.filter(key__startswith=place).first() if ":" not in place else None
    subject = "" if office else place
    return grant_mandate(
        actor=SEED,
        user=user,
        role=role,
        valid_from=SINCE,
        at=NOW,
        office=office,
        subject=subject,
        subject_name="HTX Thử" if subject else "",
    )
