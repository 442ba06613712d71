"""Working days in Viet Nam, for clocks such as the commune's 15 working days (Decision 26/2026/QĐ-TTg, Art. 7.2).

Holidays and exchanged days come from the `holidays` library: Labour Code 2019, Art. 112, and the Government's yearly notices.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _


class CalendarUnknown(LookupError):
    """Nobody has said which days of this year are holidays; counting would be a guess."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(_("Chưa có lịch nghỉ lễ của năm %(year)s, nên chưa tính được ngày làm việc.") % {"year": year})


def is_working_day(day: date) -> bool:
    """Monday to Friday and no holiday, or a Saturday the Government exchanged for a day off. Raises `CalendarUnknown`."""
    return _calendar(day.year).is_working_day(day)


def add_working_days(start: date, days: int) -> date:
    """The last day of a term of `days` working days that begins on `start`, which is not counted itself (Civil Code 2015, Art. 147).

    Raises `CalendarUnknown` when the term reaches a year whose holidays are not known, ValueError when `days` is not positive.
    """
    if days < 1:
        raise ValueError("a term has at least one working day")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


@lru_cache(maxsize=16)
def _calendar(year: int) -> holidays.HolidayBase:
    calendar = holidays.country_holidays("VN", years=year, expand=False)
    if not calendar:  # the library answers a year outside its tables with no holidays at all
        raise CalendarUnknown(year)
    return calendar
