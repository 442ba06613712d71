"""An unknown sheet, shown so that an officer can say which column holds what."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from ocop.papers.tables import Tab, Tables
from ocop.register.models import IntakeBatch
from ocop.register.queries import HEADER_WITHIN, headers_of, visible_tabs
from ocop.register.rules.intake import Layout, find_register, layout_under, words_of

_SAMPLES, _LOOKED_AT, _SAMPLE_LENGTH, _HEADER_LENGTH = 3, 12, 40, 90


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, some of what stands below, and what it seems to hold (a `rules.intake.Field`)."""

    number: int
    header: str
    samples: list[str]
    holds: str

    @property
    def label(self) -> str:
        return self.header or _("Cột %(n)s, không có tiêu đề") % {"n": self.number}


@dataclass(frozen=True, slots=True)
class Head:
    """The tab and row that name the columns, and what else could be chosen."""

    tab: int
    row: int
    tabs: list[str]
    rows: list[tuple[int, str]]
    columns: list[Column]


def head_of(batch: IntakeBatch, tables: Tables, params: QueryDict) -> Head:
    """As the address asks, else as it was chosen before, else as the headers tell, else the fullest of the first rows."""
    tabs, kept = visible_tabs(tables), batch.layout or {}
    known = find_register(tables)
    likely = tabs.index(known.tab) if known and known.tab in tabs else 0
    tab = _number(params.get("bang"), kept.get("tab", likely), range(len(tabs)))
    rows = _first_rows(tabs[tab])
    fullest = max(rows, key=lambda row: len(row[1]), default=(1, []))[0]
    top = known.layout.header_top if known and known.tab is tabs[tab] else fullest
    row = _number(params.get("hang"), kept["header_row"] if kept.get("tab") == tab else top, [number for number, _words in rows])
    named = [(number, f"{number}: {_cut(' · '.join(words), _HEADER_LENGTH)}") for number, words in rows]
    is_kept = (kept.get("tab"), kept.get("header_row")) == (tab, row)
    return Head(tab, row, [each.name for each in tabs], named, _columns(tabs[tab], row, kept["columns"] if is_kept else None))


def _first_rows(tab: Tab) -> list[tuple[int, list[str]]]:
    """The rows among which the header is looked for, with their words."""
    rows = ((number, list(filter(None, map(words_of, cells)))) for number, cells in enumerate(tab.rows[:HEADER_WITHIN], 1))
    return [(number, words) for number, words in rows if words]


def _columns(tab: Tab, header_row: int, kept: Mapping[str, str] | None) -> list[Column]:
    layout = layout_under(tab, header_row)
    holds = {int(number): field for number, field in kept.items()} if kept else _told(layout)
    below = tab.rows[layout.first_row - 1 : layout.first_row - 1 + _LOOKED_AT]
    headers = enumerate(headers_of(layout), 1)
    return [Column(number, header, _samples(below, number), holds.get(number, "")) for number, header in headers]


def _told(layout: Layout) -> dict[int, str]:
    return {number: field.value for field, number in layout.columns.items()}


def _samples(rows: Sequence[Sequence[object]], column: int) -> list[str]:
    words = (words_of(row[column - 1]) for row in rows if column <= len(row))  # type: ignore[arg-type]
    return [_cut(word, _SAMPLE_LENGTH) for word in words if word][:_SAMPLES]


def _number(typed: str | None, otherwise: int, allowed: Container[int]) -> int:
    """What was typed, if it is one of the numbers there are."""
    number = int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 6 else otherwise
    return number if number in allowed else otherwise


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
