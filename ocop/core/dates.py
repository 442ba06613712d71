"""Dates as people and papers give them: whole, or only the month or year; and the arithmetic the law uses on them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

DAY, MONTH, YEAR, UNKNOWN = "day", "month", "year", "unknown"
PRECISIONS = (DAY, MONTH, YEAR, UNKNOWN)


class NotADay(ValueError):
    """The text is no day of the calendar; the message is the Vietnamese sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, month or year. `first` is the first day it may mean; None goes with precision "unknown" alone."""

    first: date | None
    precision: str

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision must be one of {PRECISIONS}, not {self.precision!r}")
        if self.first is None and self.precision != UNKNOWN:
            raise ValueError("a date with a precision needs its first day")

    @property
    def last(self) -> date | None:
        """The last day it may mean."""
        if self.first is None or self.precision == UNKNOWN:
            return None
        if self.precision == MONTH:
            return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])
        return self.first.replace(month=12, day=31) if self.precision == YEAR else self.first

    def words(self) -> str:
        """As a sentence has it: "30/6/2021", "tháng 6/2021", "năm 2021", "chưa rõ ngày"."""
        if self.first is None or self.precision == UNKNOWN:
            return _("chưa rõ ngày")
        if self.precision == YEAR:
            return _("năm %(year)s") % {"year": self.first.year}
        month = f"{self.first.month}/{self.first.year}"
        return _("tháng %(month)s") % {"month": month} if self.precision == MONTH else f"{self.first.day}/{month}"

    def __str__(self) -> str:
        return self.words()


def parse_partial(text: str) -> PartialDate:
    """ "2021-06-30", "2021-06", "2021" or nothing, as the opening data writes them. Raises `NotADay`."""
    if not text.strip():
        return PartialDate(None, UNKNOWN)
    found = _PARTIAL.fullmatch(text.strip())
    if not found:
        raise NotADay(_sentence(text))
    year, month, day = found.groups()
    return PartialDate(_day(text, year, month or "1", day or "1"), DAY if day else MONTH if month else YEAR)


def parse_day(text: str) -> date:
    """A whole day written 2021-06-30 or 30/6/2021 (also with . or -). Raises `NotADay` with a Vietnamese sentence."""
    text = text.strip()
    if found := _ISO_DAY.fullmatch(text):
        return _day(text, *found.groups())
    if found := _VIETNAMESE_DAY.fullmatch(text):
        day, month, year = found.groups()
        return _day(text, year, month, day)
    raise NotADay(_sentence(text))


def add_months(start: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month: 29/2/2028 + 36 is 28/2/2031 (Civil Code 2015, Art. 146–148)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def day_after(last_day: date | None) -> date | None:
    """A source's last valid day as the exclusive end we store; nothing stays nothing."""
    return None if last_day is None else last_day + timedelta(days=1)


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NotADay(_sentence(text)) from None


def _sentence(text: str) -> str:
    return _("“%(text)s” không phải là một ngày. Hãy ghi ngày/tháng/năm, ví dụ 30/6/2021.") % {"text": text[:40]}
