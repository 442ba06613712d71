"""The map of the site: every public page once, with its address in both languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import override

from ocop.core.text import slug
from ocop.places.rules import split_kind
from ocop.programme.queries import figure_years
from ocop.register.queries.catalogue import place_index, public_pages
from ocop.web.portal.pages.open_data.sets import SETS

FIXED = (
    *("home", "catalogue", "communes", "map", "tourism", "sales_points", "events", "verify", "scan", "register_on", "about"),
    *("open_data", "open_data_changes", "figures", "targets"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its path in each language, and the day it last changed where that is known."""

    vi: str
    en: str
    changed_on: date | None = None


def sitemap_entries(on: date) -> list[Entry]:
    """Fixed pages, sets of open data, years of figures, communes of the day, products, makers and tourism sites; five questions."""
    return [*_fixed(), *_of_data(), *_of_rows(on)]


def _fixed() -> Iterator[Entry]:
    for name in FIXED:
        yield _entry(name, ())


def _of_data() -> Iterator[Entry]:
    for name in SETS:
        yield _entry("open_data_set", (name,))
    for year in figure_years():
        yield _entry("figures_of", (year,))


def _of_rows(on: date) -> Iterator[Entry]:
    for place in place_index(on).communes.values():
        yield _entry("commune", (slug(split_kind(place.name)[1]), place.code))
    pages = public_pages()
    for code, changed_on in pages.products:
        yield _entry("product", (code,), changed_on)
    for code in pages.producers:
        yield _entry("producer", (code,))
    for key in pages.sites:
        yield _entry("tourism_site", (key,))


def _entry(name: str, args: Sequence[str | int], changed_on: date | None = None) -> Entry:
    with override("vi"):
        vi = reverse(f"portal:{name}", args=args)
    with override("en"):
        en = reverse(f"portal:{name}", args=args)
    return Entry(vi, en, changed_on)
