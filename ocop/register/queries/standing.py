"""A product's star on any date, its history, and the sources that contradict each other."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from ocop.core.dates import PartialDate, parse_partial
from ocop.register import rules
from ocop.register.enums import RecordType
from ocop.register.models import Product, Recognition, StandingSpan
from ocop.register.rules import RecognitionFacts, Span, Standing


def span_covers(on: date, prefix: str = "") -> Q:
    """The condition that a `StandingSpan` (or one at the end of `prefix`) is the one of this day."""
    begun = Q(**{f"{prefix}starts_on__isnull": True}) | Q(**{f"{prefix}starts_on__lte": on})
    return begun & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on}))


def standing_on(product: Product, on: date) -> Standing:
    """What is known of the product's star on a date, as written down in its spans."""
    return standings_on([product.pk], on)[product.pk]


def standings_on(product_ids: Iterable[int], on: date) -> Mapping[int, Standing]:
    """The standings of several products on one date, in one question."""
    ids = list(product_ids)
    spans = StandingSpan.objects.filter(span_covers(on), product__in=ids).select_related("recognition")
    found = {span.product_id: _as_span(span).standing(on) for span in spans}
    return {pk: found.get(pk) or rules.standing_on([], on) for pk in ids}


def standing_spans(product: Product) -> list[Span]:
    """The whole of time for one product, as written down."""
    rows = StandingSpan.objects.filter(product=product).select_related("recognition")
    return sorted(map(_as_span, rows), key=lambda span: span.starts_on or date.min)


def history_of(product: Product) -> QuerySet[Recognition]:
    """Every event of a product's stars with its source, oldest first, those without a date last."""
    return product.recognitions.order_by("recognised_on", "code")


def conflicts_of(product: Product) -> list[list[Recognition]]:
    """The rows that contradict each other, side by side, one list a conflict."""
    groups: dict[str, list[Recognition]] = {}
    for row in history_of(product).exclude(conflict_group=""):
        groups.setdefault(row.conflict_group, []).append(row)
    return list(groups.values())


def products_in_conflict() -> QuerySet[Product]:
    """Products of whose stars the sources say different things: an officer has to settle them."""
    return Product.objects.filter(recognitions__conflict_group__gt="", is_demo=False).distinct().order_by("public_id")


def products_due(on: date) -> QuerySet[Product]:
    """Published real products whose star is valid with 240 days or fewer left, the nearest end first; `due_until` is exclusive."""
    spans = StandingSpan.objects.filter(span_covers(on), kind="valid", until__lte=rules.due_by(on))
    return Product.objects.filter(is_published=True, is_demo=False, pk__in=spans.values("product")).order_by("public_id")


def facts_of(row: Recognition) -> RecognitionFacts:
    """A recognition as the rules need it."""
    known = parse_partial(row.known_as_of) if row.known_as_of else PartialDate(None, "unknown")
    return RecognitionFacts(
        code=row.code,
        record_type=row.record_type,
        stars=row.stars,
        recognised_on=row.recognised_on,
        precision=row.recognised_precision,
        known_from=known.first,
        known_as_of=known.last,
        recorded_as_of=row.as_of,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        valid_to_min=row.valid_to_min,
        valid_to_max=row.valid_to_max,
        end_basis=row.end_basis,
        confidence=row.confidence,
        conflict_group=row.conflict_group,
        confirmed_on=row.confirmed_on,
        ended_on=row.ended_on,
        extended_until=row.extended_until,
        withdrawn_on=row.withdrawn_on,
    )


def timeline_of(product: Product) -> list[Span]:
    """The spans the rules make of the product's recognitions now; `actions.rebuild_standing` writes them down."""
    rows = Recognition.objects.filter(product=product, record_type=RecordType.RECOGNITION)
    return rules.standing_timeline([facts_of(row) for row in rows])


def reason_sentence(standing: Standing, on: date) -> str:
    """The reason in words, in the language of the page."""
    return rules.reason_sentence(standing, on, gettext)


def _as_span(row: StandingSpan) -> Span:
    code = row.recognition.code if row.recognition else ""
    return Span(row.starts_on, row.ends_on, row.kind, row.stars, row.until, row.reason, row.confirmed_on, code, row.is_disputed)
