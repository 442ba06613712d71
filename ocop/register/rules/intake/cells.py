"""One cell as a clerk meant it: text, a star, a date."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

from ocop.core.dates import DAY, MONTH, YEAR, PartialDate
from ocop.core.text import clean_line, fold
from ocop.papers.tables import Value

_FIRST_YEAR, _LAST_YEAR = 2000, 2100  # the programme began in 2018; what lies outside is a slip of the finger
_DASHES: Final = frozenset({"", "-", "–", "—", "…", "...", "/", "chưa rõ", "không rõ", "không có"})


class NotReadable(ValueError):
    """The cell cannot mean what its column holds."""


def words_of(value: Value) -> str:
    """A cell as a person would read it aloud: 2021.0 is "2021", a day is "30/6/2021"."""
    if isinstance(value, str):
        return clean_line(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return f"{value.day}/{value.month}/{value.year}"
    return str(value)


# --- Stars ---


class NoStar(Enum):
    """Why a cell has no star."""

    EMPTY = "empty"
    REGISTERED = "registered"  # "đã đăng ký"
    REISSUED = "reissued"  # "cấp lại": the star was not printed


_STARS: Final = range(3, 6)
_NUMBER_OF_STARS: Final = re.compile(
    r"(?:sản phẩm\s+)?(?:ocop\s+)?(?:đạt\s+)?(?:hạng\s+)?(?:ocop\s+)?0?([0-9]+)(?:[.,]0+)?"
    r"\s*(?:\*|★|⭐|sao)?(?:\s+ocop)?(?:\s+cấp (?:tỉnh|huyện|quốc gia|trung ương))?\.?"
)
_WORDS_FOR_STARS: Final = {"ba sao": 3, "bốn sao": 4, "năm sao": 5}
_FULL, _HOLLOW = "*★⭐🌟✭", "☆✩"
_REGISTERED: Final = ("da dang ky", "dang ky", "da dang ki", "dang ki", "chua ", "khong", "dang cho", "cho danh gia", "dang danh gia")
_REISSUED: Final = ("cap lai", "cong nhan lai", "cap doi", "danh gia lai", "gia han")


def star_of(value: Value) -> int | NoStar:
    """3, 4 or 5, however it is written, or why there is none. Raises `NotReadable` for everything else."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if value in _STARS:
            return int(value)
        raise NotReadable(words_of(value))
    if value is None or isinstance(value, str):
        return _star_of_text(value or "")
    raise NotReadable(words_of(value))


@lru_cache(maxsize=4096)
def _star_of_text(text: str) -> int | NoStar:
    line = clean_line(text).lower().replace("\ufe0f", "")
    if line in _DASHES:
        return NoStar.EMPTY
    glyphs = line.replace(" ", "")
    if not glyphs.strip(_FULL + _HOLLOW):
        found = sum(glyph in _FULL for glyph in glyphs)
    elif match := _NUMBER_OF_STARS.fullmatch(re.sub(r"\([^)]*\)", " ", line).replace("  ", " ").strip()):
        found = int(match[1][:4])
    else:
        found = _WORDS_FOR_STARS.get(line, 0)
    if found in _STARS:
        return found
    return _reason_for_no_star(fold(line))


def _reason_for_no_star(folded: str) -> NoStar:
    if any(word in folded for word in _REISSUED):
        return NoStar.REISSUED
    if f"{folded} ".startswith(_REGISTERED):
        return NoStar.REGISTERED
    raise NotReadable(folded)


# --- Dates ---

_DAY: Final = re.compile(r"(?:ngày\s*)?([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})\.?(?:\s+0?0:00(?::00)?)?")
_DAY_IN_WORDS: Final = re.compile(r"(?:ngày\s*)?([0-9]{1,2})\s*tháng\s*([0-9]{1,2})\s*,?\s*năm\s*([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ t]00:00(?::00)?(?:\.0+)?)?")
_MONTH: Final = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*(?:[/.\-]|,?\s*năm)\s*([0-9]{4})")
_YEAR: Final = re.compile(r"(?:năm\s*)?([0-9]{4})(?:[.,]0+)?")
_DAY_OF_YEAR: Final = re.compile(r"(?:ngày\s*)?([0-9]{1,2})\s*(?:[/.\-]|tháng)\s*([0-9]{1,2})")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_BEFORE_1900, _BEFORE_1904 = date(1899, 12, 30), date(1904, 1, 1)  # day 0 of Excel's two calendars (after its false 29/2/1900)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a workbook counts days."""

    counts_from_1904: bool = False

    def when(self, value: Value, year: int | None = None) -> PartialDate | None:
        """The date a cell means, None when it is empty; `year` helps "30/6" out. Raises `NotReadable`."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return self._of_text(clean_line(value).lower().lstrip("'"), year)
        if isinstance(value, bool):
            raise NotReadable(words_of(value))
        if isinstance(value, float | int):
            return self._of_number(value)
        if isinstance(value, datetime):
            return self._of_day(value.date())
        if isinstance(value, date):
            return self._of_day(value)
        raise NotReadable(words_of(value))

    def _of_day(self, day: date) -> PartialDate:
        """A day; but 2021 in a cell that is formatted as a date looks like 13/7/1905, and means the year."""
        as_number = (day - (_BEFORE_1904 if self.counts_from_1904 else _BEFORE_1900)).days
        if _FIRST_YEAR <= as_number <= _LAST_YEAR:
            return PartialDate(date(as_number, 1, 1), YEAR)
        return PartialDate(_plausible(day), DAY)

    def _of_number(self, value: float) -> PartialDate:
        if value in range(_FIRST_YEAR, _LAST_YEAR + 1):
            return PartialDate(date(int(value), 1, 1), YEAR)
        if not 10_000 <= value < 100_000:
            raise NotReadable(words_of(value))
        start = _BEFORE_1904 if self.counts_from_1904 else _BEFORE_1900
        return PartialDate(_plausible(start + timedelta(days=int(value))), DAY)

    def _of_text(self, line: str, year: int | None) -> PartialDate | None:
        if line in _DASHES:
            return None
        if found := _DAY.fullmatch(line) or _DAY_IN_WORDS.fullmatch(line):
            return PartialDate(_day(found[3], found[2], found[1]), DAY)
        if found := _ISO.fullmatch(line):
            return PartialDate(_day(found[1], found[2], found[3]), DAY)
        if found := _YEAR.fullmatch(line):
            return PartialDate(_day(found[1], "1", "1"), YEAR)
        if _SERIAL.fullmatch(line):
            return self._of_number(float(line.replace(",", ".")))
        if found := _MONTH.fullmatch(line):
            return PartialDate(_day(found[2], found[1], "1"), MONTH)
        if year and (found := _DAY_OF_YEAR.fullmatch(line)):
            return PartialDate(_day(str(year), found[2], found[1]), DAY)
        raise NotReadable(line)


def _day(year: str, month: str, day: str) -> date:
    try:
        return _plausible(date(int(year), int(month), int(day)))
    except ValueError:
        raise NotReadable(f"{day}/{month}/{year}") from None


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotReadable(f"{day.day}/{day.month}/{day.year}")
    return day
