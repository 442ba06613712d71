"""Finding what the catalogue lists: words and old place names to products, products to one page of cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from ocop.register.queries.catalogue import Card, Found, Selection, Snapshot, cards, find, in_order, select
from ocop.web.portal.forms.catalogue import CatalogueForm

PAGE_SIZE: Final = 24


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
    found = find(form.text, rows, register.on)
    return select([row for row in rows if row.id in found.relevance], form.choice, register.places), found
