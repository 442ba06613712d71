"""The date somebody asks the register for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ocop.core.dates import parse_day
from ocop.core.text import clean_line
from ocop.register.rules import PROGRAMME_START
from ocop.web.portal.forms.catalogue import Params, read_page

PARAMS: Final = ("ngay", "trang")
_AHEAD = timedelta(days=5 * 366)  # a star given today ends within 36 months, an extension included; later dates say nothing


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """The date understood; today with a sentence in `error` where it was not."""

    on: date
    last: date
    page: int
    error: str

    def address(self, page: int) -> str:
        return urlencode({"ngay": self.on.isoformat(), **({"trang": page} if page > 1 else {})})


def read_register(params: Params, today: date) -> RegisterForm:
    """The date as YYYY-MM-DD (or dd/mm/yyyy, as people type it), from the first round to five years ahead."""
    asked = clean_line(params.get("ngay", "") or "")[:40]
    last, page = today + _AHEAD, read_page(params) or 1
    if not asked:
        return RegisterForm(today, last, page, "")
    try:
        on = parse_day(asked)
    except ValueError:
        return RegisterForm(today, last, page, _("“%(asked)s” không phải một ngày. Viết ngày theo dạng 30/6/2024.") % {"asked": asked})
    if not PROGRAMME_START <= on <= last:
        limits = {"first": f"1/1/{PROGRAMME_START.year}", "last": f"{last.day}/{last.month}/{last.year}"}
        return RegisterForm(today, last, page, _("Sổ trả lời cho ngày từ %(first)s đến %(last)s.") % limits)
    return RegisterForm(on, last, page, "")
