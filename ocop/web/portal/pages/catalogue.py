"""The catalogue as its template shows it: every word, address and figure ready, so that the template only lays out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.places.queries import map_shapes
from ocop.register.queries.catalogue import PlaceIndex, Snapshot
from ocop.web.kit.templatetags.kit_text import day_words, number
from ocop.web.portal.forms.catalogue import CatalogueForm
from ocop.web.portal.pages.cards import card_views, cards_html
from ocop.web.portal.pages.filters import Chip, Facet, Option, Suggestion, chips, facets, sort_options, suggestions
from ocop.web.portal.pages.listing import Listing
from ocop.web.portal.pages.map import MapView, map_view

PLACES_LISTED: Final = 7


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of the list; number 0 stands for a gap."""

    number: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A commune beside the map, and the same asking narrowed to it."""

    name: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """Everything the catalogue's template shows."""

    form: CatalogueForm
    action: str
    addresses: Mapping[str, str]
    lead: str
    note: str
    heading: str
    position: str
    total: int
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    sorts: Sequence[Option]
    cards: SafeString
    pages: Sequence[PageLink]
    next: str
    suggestions: Sequence[Suggestion]
    demo_switch: str
    as_list: str
    as_map: str
    selection: str  # the query of the spreadsheet
    map: MapView | None  # only in the map view
    places: Sequence[PlaceLink]  # communes with the most products, beside the map
    places_more: Sequence[PlaceLink]

    @property
    def chosen(self) -> int:
        """How many boxes are ticked."""
        return sum(facet.checked for facet in self.facets)

    @property
    def is_narrowed(self) -> bool:
        """A selection, not the catalogue itself: nothing for a search engine to keep."""
        return bool(self.chips) or self.form.page > 1 or self.form.is_map or self.form.with_demo


def catalogue_view(form: CatalogueForm, listing: Listing, register: Snapshot, language: str) -> CatalogueView:
    """Put words and addresses to one page of the catalogue."""
    links_of, places, on = addresses(language), register.places, register.on
    action = links_of["catalogue"]
    demo = form.address(demo="" if form.with_demo else "1")
    links = _place_links(form, listing, places) if form.is_map else []
    return CatalogueView(
        form=form,
        action=action,
        addresses=links_of,
        lead=_("Sổ có tên sản phẩm, chủ thể, quyết định và ngày hết hạn của từng sao, tính đến %(day)s.") % {"day": day_words(on)},
        note=_capital(listing.place_note),
        heading=heading(listing.total),
        position=_("Trang %(page)s trên %(last)s") % {"page": listing.page, "last": listing.last_page},
        total=listing.total,
        facets=facets(form, listing.selection, places),
        chips=chips(form, places),
        sorts=sort_options(form),
        cards=cards_html(card_views(listing.cards, language)),
        pages=page_numbers(listing.page, listing.last_page, form.page_address) if listing.last_page > 1 else (),
        next=form.page_address(listing.page + 1) if listing.page < listing.last_page else "",
        suggestions=() if listing.cards else suggestions(form, listing.selection),
        demo_switch="" if settings.IS_PRODUCTION else f"{action}?{demo}" if demo else action,
        as_list=form.address(xem=""),
        as_map=form.address(xem="ban-do"),
        selection=form.address(xem="", demo=""),
        map=_map(form, listing, action, on) if form.is_map else None,
        places=links[:PLACES_LISTED],
        places_more=links[PLACES_LISTED:],
    )


@lru_cache(maxsize=4)
def addresses(_language: str) -> Mapping[str, str]:
    """The pages this one leads to, in one language; asked of the resolver once a process."""
    return {name: reverse(f"portal:{name}") for name in ("home", "catalogue", "catalogue_xlsx", "catalogue_csv", "figures")}


def _map(form: CatalogueForm, listing: Listing, action: str, on: date) -> MapView | None:
    """The map of the products that match, whatever commune is chosen; each commune narrows the asking to itself."""
    shapes = map_shapes(on)
    if shapes is None:
        return None
    counts = {str(code): count for code, count in listing.selection.counts["commune"].items()}
    selected = next(iter(form.choice.commune)) if len(form.choice.commune) == 1 else ""
    return map_view(shapes, counts, address=lambda shape: f"{action}?{form.address(xa=shape.code)}", selected=selected)


def _place_links(form: CatalogueForm, listing: Listing, places: PlaceIndex) -> list[PlaceLink]:
    """All communes, those with the most matching products first; a chosen one leads back to all."""
    counts, chosen = listing.selection.counts["commune"], form.choice.commune
    links = [
        PlaceLink(place.name, counts.get(place.code, 0), form.address(xa="" if place.code in chosen else place.code), place.code in chosen)
        for place in places.communes.values()
    ]
    return sorted(links, key=lambda link: (not link.is_chosen, -link.count))


def page_numbers(page: int, last: int, address: Callable[[int], str]) -> list[PageLink]:
    """First, last and the neighbours of the current page; a gap where pages are skipped."""
    wanted = sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)})
    links: list[PageLink] = []
    before = 0
    for this in wanted:
        if this > before + 1:
            links.append(PageLink(0, "", False))
        links.append(PageLink(this, address(this), this == page))
        before = this
    return links


def heading(total: int) -> str:
    return ngettext("%(total)s sản phẩm", "%(total)s sản phẩm", total) % {"total": number(total)}


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""
