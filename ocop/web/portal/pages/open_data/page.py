"""The pages of open data as their templates show them: the list of sets, one set, what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.web.kit.templatetags.kit_text import day_words, number
from ocop.web.portal.pages.open_data.changes import Change, changes, last_changes
from ocop.web.portal.pages.open_data.data_set import DataSet, Field, Row, Value
from ocop.web.portal.pages.open_data.sets import SETS

PREVIEW_ROWS = 5
LAST_CHANGES = 10
_CELL = 60  # characters shown of a cell in the preview
_FORMAT_WORDS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "geojson": "GeoJSON"}


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its short name, its address here, and whether a browser should keep off."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SetCard:
    """One set in the list."""

    data: DataSet
    address: str
    schema: str
    count: int
    changed_on: date | None
    downloads: Sequence[Download]


@dataclass(frozen=True, slots=True)
class SetPage:
    """One set: `preview` are its first rows as text, `changes` the last ones."""

    card: SetCard
    fields: Sequence[Field]
    preview: Sequence[Sequence[str]]
    changes: Sequence[Change]
    whole_address: str  # of the JSON, as others reach it
    asks: str  # an example of asking for another day, or nothing


def set_cards(on: date) -> list[SetCard]:
    """Every set with the number of its rows."""
    changed = last_changes()
    return [_card(data, data.size(on), localdate(at) if (at := changed[data.name]) else None) for data in SETS.values()]


def set_page(data: DataSet, on: date) -> SetPage:
    """One set with its columns and first rows."""
    rows: Iterable[Row] = list(data.rows(on))
    at = last_changes()[data.name]
    address = reverse("portal:open_data_json", args=[data.name])
    example = {"ngay": f"?ngay={on.replace(day=1).isoformat()}", "nam": f"?nam={on.year - 1}"}.get(data.asks, "")
    return SetPage(
        card=_card(data, len(rows), localdate(at) if at else None),
        fields=data.fields,
        preview=[list(map(_shown, row)) for row in islice(rows, PREVIEW_ROWS)],
        changes=changes(data)[:LAST_CHANGES],
        whole_address=f"{settings.SITE_URL}{address}",
        asks=f"{settings.SITE_URL}{address}{example}" if example else "",
    )


def _card(data: DataSet, count: int, changed_on: date | None) -> SetCard:
    files = [Download(_FORMAT_WORDS[ending], reverse(f"portal:open_data_{ending}", args=[data.name])) for ending in data.formats]
    schema = reverse("portal:open_data_schema", args=[data.name])
    return SetCard(data, reverse("portal:open_data_set", args=[data.name]), schema, count, changed_on, files)


def _shown(value: Value) -> str:
    """A value as a reader of this page reads it; the file has it as the schema says."""
    match value:
        case None | "":
            return "–"
        case bool():
            return _("có") if value else _("không")
        case date():
            return day_words(value)
        case Decimal():
            return number(value)
        case int():
            return str(value)
        case _:
            return value if len(value) <= _CELL else f"{value[: _CELL - 1].rstrip()}…"
