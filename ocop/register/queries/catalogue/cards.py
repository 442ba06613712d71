"""Cards: what a list of products shows of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from ocop.records.models import Rendition
from ocop.register.enums import PriceKind, StandingKind
from ocop.register.models import Price, Product
from ocop.register.queries.catalogue.rows import DUE, standing_span, standing_state
from ocop.register.queries.prepared import Prepared
from ocop.register.rules import due_by


@dataclass(frozen=True, slots=True)
class Card:
    """One product in a list. `price_low` and `price_high` are today's retail prices in đồng over all packs."""

    id: int
    code: str
    slug: str
    name: str
    name_en: str
    art: str
    group: str
    set_no: int | None
    producer: str
    producer_en: str
    place: str  # today's commune, or the unit the source names
    is_place_past: bool  # that unit has ended
    is_demo: bool
    state: str  # a value of rows.STATES
    stars: int | None
    until: date | None  # exclusive
    reason: str
    photo: str  # "<key>-<width in pixels>" of the WebP picture to show, empty without a photo
    price_low: int | None
    price_high: int | None
    price_text: str

    @property
    def kind(self) -> str:
        """The value of StandingKind; `state` with "due" taken for what it is, a star that holds."""
        return StandingKind.VALID.value if self.state == DUE else self.state


_AT_ONCE = 24  # a page of the catalogue; longer lists are asked for piece by piece
_PHOTO_WIDTH = 640  # pixels; a card is never drawn wider
_IDS = tuple(f"id{n}" for n in range(_AT_ONCE))


def _cards_query(on: date, due: date, **ids: int) -> QuerySet[Product, Any]:
    pictures = (
        Rendition.objects.filter(file__photo__product=OuterRef("pk"), file__removed_at__isnull=True, format="webp", width__lte=_PHOTO_WIDTH)
        .order_by("file__photo__position", "file__photo__id", "-width")
        .annotate(name=Concat("file__key", Value("-"), Cast("width", CharField()), output_field=CharField()))
    )
    prices = (
        Price.objects.filter(variant__product=OuterRef("pk"), variant__is_active=True, kind=PriceKind.RETAIL, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .filter(Q(is_demo=False) | Q(variant__product__is_demo=True))  # an invented price never stands on a real product's card
        .order_by()
        .values("variant__product")
    )
    return (
        Product.objects.filter(is_published=True, id__in=list(ids.values()))
        .annotate(span=standing_span("standing_spans", on))
        .annotate(
            producer_name=_text("producer__name"),
            producer_name_en=_text("producer__name_en"),
            place=_text("commune_now__name", "unit__name"),
            is_place_past=Case(
                When(commune_now__isnull=True, unit__valid_to__lte=on, then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
            state=standing_state("span__kind", "span__until", due),
            photo=Coalesce(Subquery(pictures.values("name")[:1]), Value("")),
            price_low=Subquery(prices.annotate(low=Min("amount")).values("low")),
            price_high=Subquery(prices.annotate(high=Max("amount")).values("high")),
        )
        .values_list(
            "id", "public_id", "slug", "name", "name_en", "art", "source_group", "set_no",
            "producer_name", "producer_name_en", "place", "is_place_past", "is_demo", "state", "span__stars", "span__until", "span__reason",
            "photo", "price_low", "price_high", "price_text",
        )
    )  # fmt: skip


def _text(*paths: str) -> Coalesce:
    return Coalesce(*paths, Value(""), output_field=CharField())


_CARDS = Prepared(_cards_query, on=date, due=date, **dict.fromkeys(_IDS, int))


def cards(ids: Sequence[int], on: date) -> list[Card]:
    """The cards of these products in the order given; unpublished ones are left out; one question for 24, none for none."""
    due = due_by(on)
    found: dict[int, Card] = {}
    for start in range(0, len(ids), _AT_ONCE):
        piece = [*ids[start : start + _AT_ONCE], *[0] * _AT_ONCE][:_AT_ONCE]
        found |= {row[0]: Card(*row) for row in _CARDS.rows(on=on, due=due, **dict(zip(_IDS, piece, strict=True)))}
    return [found[pk] for pk in ids if pk in found]
