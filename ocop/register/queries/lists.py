"""What programs list: products, producers, recognitions and sites with their public fields alone, demo rows never among them.

Each list is in an order that nothing changes, by code or key, and is asked for from behind a given one: whoever walks through the
pages meets every row once, whatever is added meanwhile.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, F, FilteredRelation, Model, Q, QuerySet

from ocop.register.enums import RecordType
from ocop.register.models import Producer, Product, Recognition, StandingSpan, TourismSite
from ocop.register.queries.catalogue.rows import standing_span, standing_state
from ocop.register.queries.catalogue.snapshot import Snapshot
from ocop.register.queries.prepared import Prepared
from ocop.register.rules import due_by
from ocop.register.rules.typed_code import code_order

AT_MOST = 100  # rows of one page
M = TypeVar("M", bound=Model)


class ProductRow(NamedTuple):
    """One product and what is known of its star on the day asked. `until` is exclusive; `state` is a value of `catalogue.STATES`."""

    id: int
    code: str
    name: str
    name_en: str
    producer_code: str | None
    producer_name: str | None
    commune_code: str | None
    commune_name: str | None
    unit_name: str | None
    unit_parent_name: str | None
    rubric_id: str
    set_no: int | None
    key_group: str
    group: str
    state: str
    stars: int | None
    until: date | None
    reason: str | None
    confirmed_on: date | None
    is_disputed: bool | None
    recognition: str | None
    decision_no: str | None
    source_url: str
    source_name: str
    confidence: str
    as_of: date


class ProducerRow(NamedTuple):
    """One producer; `products` counts its published ones."""

    code: str
    name: str
    name_en: str
    commune_code: str | None
    commune_name: str | None
    unit_name: str | None
    unit_parent_name: str | None
    legal_form: str | None
    founded_year: int | None
    source_url: str
    source_name: str
    confidence: str
    as_of: date
    products: int


class RecognitionRow(NamedTuple):
    """One event in a product's history of stars. Every end is exclusive."""

    code: str
    product_code: str
    product_name: str
    record_type: str
    kind: str
    stars: int | None
    level: str
    rubric_id: str
    decision_no: str
    signatory: str
    recognised_on: date | None
    recognised_precision: str
    valid_from: date | None
    valid_to: date | None
    valid_to_min: date | None
    valid_to_max: date | None
    end_basis: str
    confirmed_on: date | None
    ended_on: date | None
    ended_reason: str
    extended_until: date | None
    withdrawn_on: date | None
    withdrawal_decision_no: str
    withdrawal_signatory: str
    withdrawal_reason: str
    conflict_group: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date


class SiteRow(NamedTuple):
    """One tourism site."""

    key: str
    name: str
    name_en: str
    kind: str
    village: str
    commune_code: str | None
    commune_name: str | None
    unit_name: str | None
    unit_parent_name: str | None
    product_code: str | None
    lat: Decimal | None
    lon: Decimal | None
    coord_basis: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date


class SpanRow(NamedTuple):
    """A product's standing from a day until before another; None means without bound."""

    starts_on: date | None
    ends_on: date | None
    kind: str
    stars: int | None
    until: date | None
    reason: str
    recognition: str | None


_PLACE = ("commune_now__code", "commune_now__name", "unit__name", "unit__parent__name")
_SOURCE = ("source_url", "source_name", "confidence", "as_of")
_IDS = tuple(f"id{n}" for n in range(AT_MOST))


def product_ids(register: Snapshot, *, chosen: Collection[int] | None, after: str, limit: int) -> list[int]:
    """Primary keys of the first `limit` products behind the code `after`; `chosen` keeps to those that match."""
    ordered = register.in_code_order
    start = bisect_right(ordered, code_order(after), key=lambda row: row[0]) if after else 0
    found: list[int] = []
    for place in range(start, len(ordered)):
        if len(found) == limit:
            break
        pk = ordered[place][1]
        if chosen is None or pk in chosen:
            found.append(pk)
    return found


def product_rows(ids: Sequence[int], on: date) -> list[ProductRow]:
    """These products, at most `AT_MOST`, in the order given, as they stood on a day; one question."""
    if not ids:
        return []
    asked = dict(zip(_IDS, [*ids, *[0] * AT_MOST], strict=False))
    found = {row[0]: ProductRow(*row) for row in _PRODUCTS.rows(on=on, due=due_by(on), **asked)}
    return [found[pk] for pk in ids if pk in found]


def _products_query(on: date, due: date, **ids: int) -> QuerySet[Product, Any]:
    rows = Product.objects.filter(is_published=True, is_demo=False, id__in=list(ids.values())).order_by()
    rows = rows.annotate(span=standing_span("standing_spans", on)).annotate(state=standing_state("span__kind", "span__until", due))
    return rows.values_list(
        "id", "public_id", "name", "name_en", "producer__code", "producer__name", *_PLACE, "rubric_id", "set_no", "key_group",
        "source_group", "state", "span__stars", "span__until", "span__reason", "span__confirmed_on", "span__is_disputed",
        "span__recognition__code", "span__recognition__decision_no", *_SOURCE,
    )  # fmt: skip


_PRODUCTS = Prepared(_products_query, on=date, due=date, **dict.fromkeys(_IDS, int))


def standing_over_time(public_id: str) -> list[SpanRow]:
    """All of time for one product, the earliest first."""
    rows = StandingSpan.objects.filter(product__public_id=public_id).order_by(F("starts_on").asc(nulls_first=True))
    return _as(SpanRow, rows.values_list("starts_on", "ends_on", "kind", "stars", "until", "reason", "recognition__code"))


def producer_rows(*, after: str, limit: int, commune: str = "", legal_form: str = "") -> list[ProducerRow]:
    """Producers behind a code, of one commune of today or under one legal form if asked; one question."""
    shown = Q(products__is_published=True, products__is_demo=False)
    rows = Producer.objects.filter(is_demo=False).annotate(
        form=FilteredRelation("legal_forms", condition=Q(legal_forms__valid_to__isnull=True)),
        shown=Count("products", filter=shown, distinct=True),
    )
    if commune:
        rows = rows.filter(commune_now__code=commune)
    if legal_form:
        rows = rows.filter(form__form=legal_form)
    fields = ("code", "name", "name_en", *_PLACE, "form__form", "founded_year", *_SOURCE, "shown")
    return _as(ProducerRow, _behind(rows, "code", after, limit).values_list(*fields))


def recognition_rows(*, after: str, limit: int, product: str = "", stars: int | None = None, code: str = "") -> list[RecognitionRow]:
    """Recognitions of published products behind a code, of one product or with so many stars if asked; one question."""
    rows = Recognition.objects.filter(is_demo=False, product__is_published=True, product__is_demo=False)
    if product:
        rows = rows.filter(product__public_id=product)
    if stars:
        rows = rows.filter(stars=stars, record_type=RecordType.RECOGNITION)
    if code:
        rows = rows.filter(code=code)
    own = [name for name in RecognitionRow._fields if not name.startswith("product_")]
    fields = [own[0], "product__public_id", "product__name", *own[1:]]
    return _as(RecognitionRow, _behind(rows, "code", after, limit).values_list(*fields))


def site_rows(*, after: str = "", limit: int = AT_MOST, commune: str = "", key: str = "") -> list[SiteRow]:
    """Tourism sites behind a key, of one commune of today if asked; one question."""
    rows = TourismSite.objects.filter(is_demo=False)
    if commune:
        rows = rows.filter(commune_now__code=commune)
    if key:
        rows = rows.filter(key=key)
    fields = ("key", "name", "name_en", "kind", "village", *_PLACE, "product__public_id", "lat", "lon", "coord_basis", *_SOURCE)
    return _as(SiteRow, _behind(rows, "key", after, limit).values_list(*fields))


R = TypeVar("R", bound=tuple[Any, ...])


def _as(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> list[R]:
    return [kind(*row) for row in rows]


def _behind(rows: QuerySet[M], column: str, after: str, limit: int) -> QuerySet[M]:
    """The first rows behind a value of the column that orders them."""
    behind = rows.filter(**{f"{column}__gt": after}) if after else rows
    return behind.order_by(column)[:limit]
