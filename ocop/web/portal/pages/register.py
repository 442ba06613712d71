"""The register on a date as its template and its spreadsheet show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from django.utils.translation import gettext as _

from ocop.register.queries import reason_sentence
from ocop.register.queries.catalogue import HOLDING, RegisterLine
from ocop.register.rules import PROGRAMME_START
from ocop.web.portal.forms.register import RegisterForm
from ocop.web.portal.pages.cards import product_address
from ocop.web.portal.pages.catalogue import PageLink, heading, page_numbers
from ocop.web.portal.pages.star import links

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class LineView:
    """One product in words."""

    row: RegisterLine
    address: str
    reason: str
    decision: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """Everything the page shows."""

    on: date
    first: date
    last: date
    error: str
    is_asked: bool
    heading: str
    position: str
    counts: Sequence[Count]
    lines: Sequence[LineView]
    pages: Sequence[PageLink]


def register_view(form: RegisterForm, lines: Sequence[RegisterLine], today: date) -> RegisterView:
    """One page of the lines, with the counts of all."""
    last_page = max(1, ceil(len(lines) / PAGE_SIZE))
    page = min(form.page, last_page)
    return RegisterView(
        on=form.on,
        first=PROGRAMME_START,
        last=form.last,
        error=form.error,
        is_asked=form.on != today or page > 1,
        heading=heading(len(lines)),
        position=_("Trang %(page)s trên %(last)s") % {"page": page, "last": last_page},
        counts=_counts(lines),
        lines=[line_view(line, form.on) for line in lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]],
        pages=page_numbers(page, last_page, form.address) if last_page > 1 else (),
    )


def line_view(line: RegisterLine, on: date) -> LineView:
    return LineView(
        row=line,
        address=product_address(line.code),
        reason=reason_sentence(line.standing, on),
        decision=line.decision_no or (_("Chưa tìm thấy quyết định") if line.recognition else "–"),
        links=links(line.source_url),
    )


def _counts(lines: Sequence[RegisterLine]) -> list[Count]:
    states = Counter(line.state for line in lines)
    return [
        Count(_("Sao còn hiệu lực"), sum(states[state] for state in HOLDING)),
        Count(_("Chờ xác minh"), states["unverified"]),
        Count(_("Hết hạn"), states["expired"]),
        Count(_("Đã thu hồi"), states["withdrawn"]),
        Count(_("Chưa có sao"), states["none"]),
    ]
