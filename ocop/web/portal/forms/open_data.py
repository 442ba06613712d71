"""Which day or year of a set somebody asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from ocop.core.text import clean_line
from ocop.register.rules import PROGRAMME_START
from ocop.web.portal.forms.catalogue import Params
from ocop.web.portal.forms.register import read_register

PARAMS: Final = ("ngay", "nam")


@dataclass(frozen=True, slots=True)
class Asked:
    """The day understood; today with a sentence in `error` where it was not. `is_past` tells that another day than today is asked."""

    on: date
    is_other_day: bool = False
    error: str = ""


def read_asked(params: Params, asks: str, today: date) -> Asked:
    """The day by `?ngay=`, the last day of a year by `?nam=`, today by nothing; `asks` is the one the set knows."""
    given = [name for name in PARAMS if params.get(name)]
    if not given:
        return Asked(today)
    if given != [asks]:
        return Asked(today, error=_("Bộ này không nhận tham số %(name)s.") % {"name": next(name for name in given if name != asks)})
    return _year(clean_line(params.get("nam") or ""), today) if asks == "nam" else _day(params, today)


def _day(params: Params, today: date) -> Asked:
    form = read_register(params, today)
    return Asked(form.on, form.on != today, form.error)


def _year(text: str, today: date) -> Asked:
    first = PROGRAMME_START.year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and first <= int(text) <= today.year):
        return Asked(today, error=_("Năm từ %(first)s đến %(last)s.") % {"first": first, "last": today.year})
    on = min(date(int(text), 12, 31), today)
    return Asked(on, on != today)
