"""Filters for what is read: dates, numbers, money, quantities, found words."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.core import money
from ocop.core.dates import MONTH, UNKNOWN, YEAR, PartialDate
from ocop.core.text import fold
from ocop.web.kit import words

register = template.Library()
DASH = "–"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """For tables: 30/06/2021; a dash when nothing is known."""
    if not value:
        return DASH
    when = _day(value)
    return f"{when.day:02}/{when.month:02}/{when.year}"


@register.filter
def day_words(value: date | datetime | None) -> str:
    """Inside a sentence: 30/6/2021."""
    if not value:
        return _("chưa rõ ngày")
    when = _day(value)
    return f"{when.day}/{when.month}/{when.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """A time to the minute, 24 hours: 30/06/2021, 12:31."""
    if not value:
        return DASH
    when = timezone.localtime(value)
    return f"{day(when)}, {when:%H:%M}"


@register.filter
def clock(value: datetime | None) -> str:
    """The hour alone: 12:31."""
    return f"{timezone.localtime(value):%H:%M}" if value else DASH


@register.filter
def last_day(ends_on: date | None) -> date | None:
    """The last day of a period whose stored end is exclusive."""
    return ends_on - timedelta(days=1) if ends_on else None


@register.filter
def partial(value: PartialDate | date | None, precision: str = "day") -> str:
    """A date known to the day, month or year: "30/6/2021", "tháng 6/2021", "năm 2021", "chưa rõ ngày"."""
    known = value if isinstance(value, PartialDate) else PartialDate(value, precision if value else UNKNOWN)
    first = known.first
    if first is None or known.precision == UNKNOWN:
        return _("chưa rõ ngày")
    if known.precision == YEAR:
        return _("năm %(year)s") % {"year": first.year}
    if known.precision == MONTH:
        return _("tháng %(month)s/%(year)s") % {"month": first.month, "year": first.year}
    return day_words(first)


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234,5 (1,234.5 for English readers); a dash for nothing, never a zero."""
    if value is None or value == "":
        return DASH
    text = money.number(value, decimals)
    return text if get_language() != "en" else text.translate(str.maketrans(".,", ",."))


@register.filter
def dong(value: int | None) -> str:
    """1.234.000 đ."""
    return DASH if value is None else f"{number(value)}\N{NO-BREAK SPACE}đ"


@register.filter
def dong_range(low: int | None, high: int | None) -> str:
    """25.000–30.000 đ, or one price when both ends are the same."""
    if low is None:
        return DASH
    return dong(low) if high in (None, low) else f"{number(low)}–{dong(high)}"


@register.filter
def quantity(value: Decimal | int | None, unit: str) -> str:
    """1.250 kg: the unit always goes with the number; `unit` is a code of `register.enums.Unit`."""
    return DASH if value is None else f"{number(value)}\N{NO-BREAK SPACE}{words.UNITS.get(unit, unit)}"


@register.filter
def word(code: str, table: str) -> str:
    """The word for a code: `{{ producer.legal_form|word:"LEGAL_FORMS" }}`; the code itself when nobody named it."""
    label = getattr(words, table).get(code, code)
    return str(label[0] if isinstance(label, tuple) else label)


@register.filter
def unit_name(name: str) -> str:
    """A unit of places as a heading or a label: "Xã Côn Minh"; for English readers "Côn Minh commune"."""
    return words.unit_words(name) if get_language() == "en" else name


@register.filter
def file_size(size: int) -> str:
    """Bytes as people say them: 840 kB, 1,2 MB."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}\N{NO-BREAK SPACE}kB"
    return f"{number(size / 1_000_000, 1)}\N{NO-BREAK SPACE}MB"


@register.filter
def mark_found(text: str, query: str) -> SafeString | str:
    """`text` with the words of `query` marked, found with or without accents."""
    wanted = {term for term in fold(query or "").split() if len(term) > 1}
    if not wanted:
        return text
    return format_html_join("", "{}", ((piece,) for piece in _marked(str(text), wanted)))


def _marked(text: str, wanted: set[str]) -> Iterable[SafeString]:
    for piece in re.split(r"(\w+)", text):
        yield format_html("<mark>{}</mark>", piece) if piece and fold(piece) in wanted else escape(piece)


@register.filter
def get(table: Any, key: Any) -> Any:
    """A value of a mapping by a key only the template knows."""
    return table.get(key, "") if table else ""
