"""Midnight is Viet Nam's, to the second, wherever the server stands; a clock that jumps changes no order (RELIABILITY P14, faults 14-17).

Edges of the law over dates: `tests/core/test_working_days.py`, `tests/register/rules/test_law.py`, `tests/privacy/test_rules.py`. The whole
suite under another zone is part of `make drill`.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ocop.core.actor import VISITOR, system_actor
from ocop.people.actions import grant_mandate
from ocop.people.models import User
from ocop.people.queries import actor_for, roles_of
from ocop.records.actions import record
from ocop.records.models import AuditEntry
from ocop.records.queries import verify_audit
from ocop.register.actions import file_report
from ocop.register.queries import standing_on
from tests.cast import SEED, Cast, cast, recognise
from tests.web.desk.register.conftest import SignIn, sign_in

__all__ = ["cast", "sign_in"]
VIETNAM = timedelta(hours=7)
SECOND = timedelta(seconds=1)


def midnight(day: date) -> datetime:
    """The first moment of a day in Viet Nam, as a server in UTC has it."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - VIETNAM


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "Pacific/Auckland", "America/Los_Angeles"])
def machine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone of the machine itself, which must not matter."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


# A star's last day, and the days around which it turns: a leap day, a year's end, before 30/4, an ordinary one.
LAST_DAYS = [date(2028, 2, 28), date(2028, 2, 29), date(2027, 12, 31), date(2028, 4, 29), date(2028, 8, 31)]


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
def test_a_star_turns_at_midnight_on_the_page_that_was_kept(last_day: date, cast: Cast, time_machine: Any) -> None:
    recognise(cast.product, last_day=last_day)
    over, client = midnight(last_day + timedelta(days=1)), Client()
    page = f"/kiem-tra.json?ma={cast.product.public_id}"
    words = {}
    for name, moment in (("before", over - SECOND), ("at", over)):
        time_machine.move_to(moment, tick=False)
        words[name] = client.get(page).json()["standing"]
    assert words == {"before": "valid", "at": "expired"}


@pytest.mark.parametrize(
    ("signed_on", "first_day_without"),
    [
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2028, 2, 28), date(2031, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2024, 12, 31), date(2027, 12, 31)),
        (date(2025, 8, 31), date(2028, 8, 31)),
        (date(2025, 4, 30), date(2028, 4, 30)),
    ],
    ids=str,
)
def test_thirty_six_months_end_on_the_rules_day(signed_on: date, first_day_without: date, cast: Cast) -> None:
    recognise(cast.product, signed_on=signed_on, at=datetime(signed_on.year, signed_on.month, signed_on.day, 12, tzinfo=UTC))
    assert standing_on(cast.product, first_day_without - timedelta(days=1)).kind == "valid"
    assert standing_on(cast.product, first_day_without).kind != "valid"


@pytest.mark.parametrize(
    ("day", "due_on"),
    [(date(2026, 4, 29), date(2026, 5, 22)), (date(2026, 11, 24), date(2026, 12, 15)), (date(2026, 12, 31), date(2027, 1, 22))],
    ids=str,
)
def test_a_report_at_the_last_second_belongs_to_its_day(day: date, due_on: date, machine: str, cast: Cast) -> None:
    said = {"kind": "error", "text": "Sai giá", "place_seen": "Chợ", "product": cast.product}
    first, last = midnight(day), midnight(day + timedelta(days=1)) - timedelta(milliseconds=100)
    reports = [file_report(actor=VISITOR, at=at, **said) for at in (first, last)]
    assert [report.due_on for report in reports] == [due_on, due_on]
    after = file_report(actor=VISITOR, at=midnight(day + timedelta(days=1)), **said)
    assert after.due_on >= due_on
    assert timezone.localdate(after.received_at) == day + timedelta(days=1)


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 12, 31), date(2026, 4, 30), date(2026, 7, 1)], ids=str)
def test_today_is_viet_nams_on_the_desk(day: date, machine: str, cast: Cast, sign_in: SignIn, time_machine: Any) -> None:
    following = day + timedelta(days=1)
    for moment, shown in ((midnight(day), day), (midnight(following) - SECOND, day), (midnight(following), following)):
        time_machine.move_to(moment, tick=False)
        page = sign_in(cast.producer).get("/viec/").content.decode()
        assert f"Hôm nay {shown.day}/{shown.month}/{shown.year}" in page


def test_a_mandate_begins_and_ends_with_the_day(machine: str, cast: Cast, time_machine: Any) -> None:
    user, first = User.objects.get(pk=cast.newcomer.user_id), date(2028, 2, 29)
    mandate = grant_mandate(
        actor=SEED, user=user, role="producer", valid_from=first, at=midnight(first), subject="producer:x", subject_name="x"
    )
    type(mandate).objects.filter(pk=mandate.pk).update(valid_to=date(2028, 3, 1))
    expected = [(midnight(first) - SECOND, ""), (midnight(first), "producer"), (midnight(date(2028, 3, 1)) - SECOND, "producer")]
    for moment, role in [*expected, (midnight(date(2028, 3, 1)), "")]:
        time_machine.move_to(moment, tick=False)
        assert actor_for(user, None, timezone.localdate()).role == role
        assert roles_of(user, timezone.localdate()) == ({role} if role else set())


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=1), timedelta(days=-400)], ids=str)
def test_a_clock_that_jumps_leaves_the_chain_in_order(jump: timedelta) -> None:
    """The order of entries is their number, never their time."""
    at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    moments = [at, at + jump, at + SECOND]
    for moment in moments:
        with transaction.atomic():
            record(actor=system_actor("x"), event="x.y", subject="clock", data={}, at=moment)
    entries = AuditEntry.objects.filter(subject="clock").order_by("n")
    assert [entry.at for entry in entries] == moments
    assert verify_audit().sound
