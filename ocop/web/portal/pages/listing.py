"""Finding what the catalogue lists: words and old place names to products, products to one page of cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from ocop.places.queries import find_units
from ocop.register.queries.catalogue import (
    Card,
    Row,
    Selection,
    Snapshot,
    cards,
    in_order,
    select,
)
from ocop.register.queries.search import matching_ids
from ocop.web.portal.forms.catalogue import CatalogueForm

PAGE_SIZE: Final = 24
_WHOLE_NAME: Final = 1  # UnitMatch.rank: the whole name of a unit was typed, not only its beginning


@dataclass(frozen=True, slots=True)
class Found:
    """What words lead to: products by their place in the answer, and the sentence on a place that has a new name."""

    relevance: Mapping[int, int]
    place_note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the catalogue as data."""

    selection: Selection
    cards: Sequence[Card]
    page: int  # the asked one, or the last there is
    last_page: int
    place_note: str

    @property
    def total(self) -> int:
        return len(self.selection.rows)


def list_products(form: CatalogueForm, register: Snapshot) -> Listing:
    """The asked page of the products that match; at most seven questions, whatever the register holds."""
    selection, found = choose(form, register)
    ordered = in_order(selection.rows, form.sort, found.relevance)
    last_page = max(1, ceil(len(ordered) / PAGE_SIZE))
    page = min(form.page, last_page)
    shown = [row.id for row in ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return Listing(selection, cards(shown, register.on), page, last_page, found.place_note)


def choose(form: CatalogueForm, register: Snapshot) -> tuple[Selection, Found]:
    """The rows that match words and filters, with the counts of every further choice."""
    asked = {"with_demo": form.with_demo, "with_dates": form.sort == "newest"}
    if form.is_empty:
        return register.everything(**asked), Found({}, "")
    rows = register.rows(**asked)
    if not form.text:
        return select(rows, form.choice, register.places), Found({}, "")
    found = _find(form.text, rows, register.on)
    return select([row for row in rows if row.id in found.relevance], form.choice, register.places), found


def _find(text: str, rows: Sequence[Row], on: date) -> Found:
    """Products whose words match, best first; then those of a commune that is named or that holds the old one named."""
    matched = matching_ids(text)
    note, communes = "", set[int]()
    for match in find_units(text, on):
        if match.rank <= _WHOLE_NAME:
            note = note or match.sentence
            communes.update(unit.pk for unit in match.now if unit.pk)
    matched += [row.id for row in rows if row.commune_id in communes]
    return Found({pk: place for place, pk in enumerate(dict.fromkeys(matched))}, note)
