"""The short lists of a public page in one question: photos, packs and prices, codes, awards, links, legal forms, sites.

They are one UNION of narrow rows, `part` saying which list a row belongs to; every column is text, empty for "none".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import CharField, FilteredRelation, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from ocop.register.models import Award, LegalFormSpan, Photo, ProducerLink, ProductCode, TourismSite, Variant
from ocop.register.queries.portal_parts import AwardLine, LegalFormLine, PhotoLine, PriceLine, SmallParts, VariantLine
from ocop.register.queries.prepared import Prepared

_COLUMNS = 7

Narrow = tuple[str, ...]
T = TypeVar("T")


def small_parts_of_product(product_id: int, producer_id: int | None, on: date) -> SmallParts:
    """The short lists of a product's page: its own, and the links and legal forms of its maker."""
    return _sorted_out(_PRODUCT_PARTS.rows(product=product_id, producer=producer_id or 0, on=on))


def small_parts_of_producer(producer_id: int) -> SmallParts:
    """The short lists of a maker's page."""
    return _sorted_out(_PRODUCER_PARTS.rows(producer=producer_id))


def _part(rows: QuerySet[Any], name: str, *columns: str) -> QuerySet[Any, Any]:
    """The rows as narrow rows of text."""
    padded: list[Combinable] = [Coalesce(Cast(column, CharField()), Value("")) for column in columns]
    padded += [Value("", CharField())] * (_COLUMNS - len(columns))
    named = {f"t{number}": column for number, column in enumerate(padded)}
    narrow: QuerySet[Any, Any] = rows.order_by().annotate(part=Value(name, CharField()), **named).values_list("part", *named)
    return narrow


def _photos(rows: QuerySet[Photo]) -> QuerySet[Any, Any]:
    size = [f"file__renditions__{name}" for name in ("format", "width", "height")]
    return _part(rows.filter(file__removed_at=None), "photo", "position", "file__key", "caption_vi", "caption_en", *size)


def _variants(product: int, on: date) -> QuerySet[Any, Any]:
    running = Q(prices__valid_from__lte=on) & (Q(prices__valid_to=None) | Q(prices__valid_to__gt=on))
    rows = Variant.objects.filter(product_id=product, is_active=True).annotate(price=FilteredRelation("prices", condition=running))
    return _part(rows, "variant", "id", "name", "gtin", "price__kind", "price__amount", "price__valid_from", "price__is_demo")


def _of_maker(producer: int) -> list[QuerySet[Any, Any]]:
    return [
        _part(ProducerLink.objects.filter(producer_id=producer), "link", "id", "kind", "url"),
        _part(LegalFormSpan.objects.filter(producer_id=producer), "form", "valid_from", "form", "subtype", "valid_to", "basis"),
    ]


def _of_product(product: int, producer: int, on: date) -> QuerySet[Any, Any]:
    return _photos(Photo.objects.filter(product_id=product)).union(
        _variants(product, on),
        _part(ProductCode.objects.filter(product_id=product), "code", "issued_year", "code", "kind"),
        _part(Award.objects.filter(product_id=product), "award", "year", "name", "level", "source_url"),
        _part(TourismSite.objects.filter(product_id=product), "site", "folded", "key", "name"),
        *_of_maker(producer),
        all=True,
    )


def _of_producer(producer: int) -> QuerySet[Any, Any]:
    return _photos(Photo.objects.filter(producer_id=producer)).union(*_of_maker(producer), all=True)


_PRODUCT_PARTS = Prepared(_of_product, product=int, producer=int, on=date)
_PRODUCER_PARTS = Prepared(_of_producer, producer=int)


def _sorted_out(rows: Iterable[Narrow]) -> SmallParts:
    """The narrow rows as the lists they belong to; a list is in the order of its first column, years newest first."""
    lists: dict[str, list[Narrow]] = defaultdict(list)
    for part, *columns in sorted(rows):
        lists[part].append(tuple(columns))
    return SmallParts(
        photos=tuple(_grouped(sorted(lists["photo"], key=lambda row: (int(row[0]), row[1])), 4, _photo)),
        variants=tuple(_grouped(sorted(lists["variant"], key=lambda row: int(row[0])), 3, _variant)),
        codes=tuple((code, kind) for _year, code, kind, *_ in reversed(lists["code"])),
        awards=tuple(AwardLine(name, level, int(year), url) for year, name, level, url, *_ in reversed(lists["award"])),
        links=tuple((kind, url) for _id, kind, url, *_ in lists["link"]),
        legal_forms=tuple(map(_legal_form, lists["form"])),
        sites=tuple((key, name) for _folded, key, name, *_ in lists["site"]),
    )


def _grouped(rows: list[Narrow], width: int, make: Callable[[Narrow, list[Narrow]], T]) -> Iterable[T]:
    """One thing for each run of rows that agree in their first `width` columns; the rest of each row is a line of that thing."""
    for head, run in groupby(rows, key=itemgetter(slice(width))):
        yield make(head, [row[width:] for row in run if row[width]])


def _photo(head: Narrow, lines: list[Narrow]) -> PhotoLine:
    sizes = sorted((file_format, int(width), int(height)) for file_format, width, height in lines)
    return PhotoLine(head[1], head[2], head[3], tuple(sizes))


def _variant(head: Narrow, lines: list[Narrow]) -> VariantLine:
    prices = (PriceLine(kind, int(amount), date.fromisoformat(since), demo in ("1", "true")) for kind, amount, since, demo in sorted(lines))
    return VariantLine(head[1], head[2], tuple(prices))


def _legal_form(row: Narrow) -> LegalFormLine:
    starts, form, subtype, ends, basis, *_ = row
    return LegalFormLine(form, subtype, _day(starts), _day(ends), basis)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
