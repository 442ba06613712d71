"""What the home page and the feed read: the counts of the day, the products to know first, the newest recognitions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from ocop.register.enums import RecordType
from ocop.register.models import Producer, Product, Recognition, TourismSite
from ocop.register.queries.catalogue.choice import in_order
from ocop.register.queries.catalogue.rows import HOLDING, Row
from ocop.register.queries.prepared import Prepared


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """How many products the register holds on a day, by what is known of their stars. Demo rows are not in it."""

    products: int
    holding: int  # the star may be used on that day
    due: int  # of these, ending soon
    holding_by_stars: Mapping[int, int]
    unverified: int
    unverified_by_stars: Mapping[int, int]
    ended: int  # expired or withdrawn
    without: int
    by_commune: Mapping[int, int]  # primary key of today's commune → products
    without_commune: int


def register_counts(rows: Sequence[Row]) -> RegisterCounts:
    """Count the rows of `catalogue_rows`."""
    states = Counter(row.state for row in rows)
    communes = Counter(row.commune_id for row in rows)
    without_commune = communes.pop(None, 0)
    return RegisterCounts(
        products=len(rows),
        holding=sum(states[state] for state in HOLDING),
        due=states["due"],
        holding_by_stars=Counter(row.stars for row in rows if row.stars and row.state in HOLDING),
        unverified=states["unverified"],
        unverified_by_stars=Counter(row.stars for row in rows if row.stars and row.state == "unverified"),
        ended=states["expired"] + states["withdrawn"],
        without=states["none"],
        by_commune={pk: count for pk, count in communes.items() if pk is not None},
        without_commune=without_commune,
    )


def first_to_know(rows: Sequence[Row], limit: int = 8) -> list[int]:
    """Which products to show first: the best of each kind of goods, at most `limit`.

    Product decision, said on the page: stars that hold come first, then more stars, then the alphabet; one product
    for each drawing, so that the eight show what the region makes and not eight times tea.
    """
    chosen: dict[str, int] = {}
    for row in in_order(rows, "standing"):
        chosen.setdefault(row.art, row.id)
    return list(chosen.values())[:limit]


@dataclass(frozen=True, slots=True)
class NewRecognition:
    """One recognition as the feed and the home page list it."""

    code: str
    product_code: str
    product: str
    product_en: str
    producer: str
    place: str
    kind: str
    stars: int
    level: str
    recognised_on: date
    recognised_precision: str
    decision_no: str
    source_url: str
    source_name: str
    as_of: date

    @property
    def sources(self) -> list[str]:
        return [address for address in self.source_url.split(" ; ") if address]


def _newest_query(on: date, *, limit: int) -> QuerySet[Recognition, Any]:
    found = (
        Recognition.objects.filter(
            record_type=RecordType.RECOGNITION, stars__isnull=False, recognised_on__lte=on, is_demo=False, withdrawn_on__isnull=True
        )
        .filter(product__is_published=True, product__is_demo=False)
        .order_by("-recognised_on", "-stars", "product__sort_key", "-id")
        .annotate(
            line_producer=Coalesce("product__producer__name", Value("")),
            line_place=Coalesce("product__commune_now__name", "product__unit__name", Value("")),
        )
    )
    own = (field.name for field in fields(NewRecognition)[6:])
    columns = ("code", "product__public_id", "product__name", "product__name_en", "line_producer", "line_place", *own)
    return found.values_list(*columns)[:limit]


@cache
def _newest(limit: int) -> Prepared:
    return Prepared(partial(_newest_query, limit=limit), on=date)


def newest_recognitions(on: date, limit: int) -> list[NewRecognition]:
    """The last recognitions with a known star and date up to `on`, newest first; one question. Demo rows are left out."""
    return [NewRecognition(*row) for row in _newest(limit).rows(on=on)]


@dataclass(frozen=True, slots=True)
class Spotlight:
    """One maker the home page tells of, in the words of a source."""

    producer_code: str
    producer: str
    commune: str
    facts: str
    source_url: str
    as_of: date
    product_code: str
    product: str


def _spotlight_query(on: date) -> QuerySet[Product, Any]:
    dated = Q(recognitions__record_type=RecordType.RECOGNITION, recognitions__recognised_on__lte=on)
    found = (
        Product.objects.filter(is_published=True, is_demo=False, commune_now__isnull=False, producer__is_demo=False)
        .exclude(producer__facts="")
        .annotate(best=Max("recognitions__stars", filter=dated))
        .filter(best__isnull=False)
        .order_by("-best", "public_id")
    )
    maker = ("producer__code", "producer__name", "commune_now__name", "producer__facts", "producer__source_url", "producer__as_of")
    return found.values_list(*maker, "public_id", "name")[:1]


_SPOTLIGHT = Prepared(_spotlight_query, on=date)


def spotlight(on: date) -> Spotlight | None:
    """The maker whose facts are known, whose commune is known and who once held the most stars; one question.

    Product decision: the same every day, so that a cached page and a fresh one agree.
    """
    found = _SPOTLIGHT.row(on=on)
    return Spotlight(*found) if found else None


@dataclass(frozen=True, slots=True)
class PublicPages:
    """Every public page that stands for a row: what the sitemap lists."""

    products: Sequence[tuple[str, date]]  # public id, day of the last change
    producers: Sequence[str]
    sites: Sequence[str]  # keys of tourism sites


def public_pages() -> PublicPages:
    """Published products, the makers of any, and tourism sites; demo rows are left out; three questions."""
    products = Product.objects.filter(is_published=True, is_demo=False).order_by("public_id").annotate(day=F("updated_at__date"))
    producers = Producer.objects.filter(is_demo=False, products__is_published=True).order_by("code").distinct()
    return PublicPages(
        products=list(products.values_list("public_id", "day")),
        producers=list(producers.values_list("code", flat=True)),
        sites=list(TourismSite.objects.filter(is_demo=False).order_by("key").values_list("key", flat=True)),
    )
