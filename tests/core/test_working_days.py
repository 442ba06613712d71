"""The law's working days: weekends, holidays, exchanged Saturdays, and years nobody knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.working_days import CalendarUnknown, add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, from 2026
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 8, 22), True),  # a Saturday worked for 31/8
        (date(2026, 8, 31), False),
        (date(2026, 2, 17), False),  # Tết Bính Ngọ
        (date(2026, 4, 27), False),  # the day after Giỗ Tổ, which fell on a Sunday
    ],
)
def test_days_of_2026(day, works):
    assert is_working_day(day) is works


def test_the_commune_has_fifteen_working_days():
    assert add_working_days(date(2026, 11, 20), 15) == date(2026, 12, 14)  # over two weekends and 24/11
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_a_year_without_a_calendar_is_an_error_not_a_guess():
    with pytest.raises(CalendarUnknown, match="2101") as caught:
        add_working_days(date(2100, 12, 30), 5)
    assert caught.value.year == 2101
    with pytest.raises(CalendarUnknown):
        is_working_day(date(1899, 5, 3))


def test_a_term_has_a_length():
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2026, 11, 20), 0)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_a_term_ends_on_a_working_day_and_counts_back(start, days):
    end = add_working_days(start, days)
    assert is_working_day(end)
    assert end >= start + timedelta(days=days)
    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days
