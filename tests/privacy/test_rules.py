"""The clocks of a request, and who has come back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ocop.core.working_days import CalendarUnknown
from ocop.privacy import rules

KEY = b"k" * 32
THEN = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "answer", "done"),
    [
        (date(2026, 11, 24), date(2026, 11, 26), date(2026, 12, 9)),  # a Tuesday
        (date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 11)),  # Thursday: Friday, Monday
        (date(2026, 11, 28), date(2026, 12, 1), date(2026, 12, 13)),  # Saturday
        (date(2026, 4, 29), date(2026, 5, 5), date(2026, 5, 14)),  # before 30/4 and 1/5
        (date(2028, 2, 28), date(2028, 3, 1), date(2028, 3, 14)),  # over 29 February
        (date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 15)),  # over New Year
    ],
)
def test_two_working_days_to_answer_and_fifteen_to_do(received: date, answer: date, done: date) -> None:
    assert (rules.answer_by(received), rules.done_by(received)) == (answer, done)


def test_a_year_without_known_holidays_is_not_guessed() -> None:
    with pytest.raises(CalendarUnknown):
        rules.answer_by(date(2300, 1, 1))


def mark(kind: str, value: str, at: datetime = THEN, key: bytes = KEY) -> rules.Mark:
    return rules.Mark(rules.mark_digest(key, kind, value), at)


def back(marks: list[rules.Mark], *known: rules.Known, keys: tuple[bytes, ...] = (KEY,)) -> list[rules.Known]:
    return list(rules.returned(marks, known, keys))


def test_whom_the_site_knew_before_the_erasure_has_come_back() -> None:
    old, new = rules.Known("phone", "+84912345678", THEN - DAY), rules.Known("phone", "+84912345678", THEN + DAY)
    assert back([mark("phone", "+84912345678")], old, new) == [old]
    assert back([mark("phone", "+84912345678"), mark("phone", "+84912345678", THEN + 2 * DAY)], old, new) == [old, new]


def test_kind_value_and_key_all_count() -> None:
    known = rules.Known("phone", "+84912345678", THEN - DAY)
    assert back([mark("email", "+84912345678")], known) == []
    assert back([mark("phone", "+84912345679")], known) == []
    assert back([mark("phone", "+84912345678", key=b"o" * 32)], known) == []
    assert back([mark("phone", "+84912345678", key=b"o" * 32)], known, keys=(KEY, b"o" * 32)) == [known]
