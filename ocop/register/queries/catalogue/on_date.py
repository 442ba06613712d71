"""The register on any date: what every product's star was, why, and where that is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ocop.register.enums import StandingKind
from ocop.register.models import Product
from ocop.register.queries.catalogue.rows import DUE, standing_span, standing_state
from ocop.register.queries.prepared import Prepared
from ocop.register.rules import Standing, StandingReason, due_by


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One product on one date. `until` is exclusive; the source is the recognition's, or the product's where no star is known."""

    product_id: int
    code: str
    name: str
    name_en: str
    group: str
    set_no: int | None
    producer: str
    commune: str  # today's, empty where the source is less exact
    unit: str  # as the source names it
    unit_parent: str
    state: str  # a value of rows.STATES
    stars: int | None
    until: date | None
    reason: str
    confirmed_on: date | None
    recognition: str
    is_disputed: bool
    decision_no: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date

    @property
    def kind(self) -> str:
        """The value of StandingKind; `state` with "due" taken for what it is, a star that holds."""
        return StandingKind.VALID.value if self.state == DUE else self.state

    @property
    def place(self) -> str:
        return self.commune or self.unit

    @property
    def standing(self) -> Standing:
        """The same as the rules' answer."""
        reason = self.reason or StandingReason.NO_RECOGNITION
        is_due = self.state == DUE
        return Standing(self.kind, self.stars, self.until, reason, self.confirmed_on, self.recognition, is_due, self.is_disputed)


def _register_query(on: date, due: date) -> QuerySet[Product, Any]:
    """The fields of `RegisterLine` in their order."""
    empty = Value("", output_field=CharField())

    def text(*paths: str) -> Coalesce:
        return Coalesce(*paths, empty, output_field=CharField())

    def of_source(name: str) -> Case:
        return Case(When(Q(span__recognition__isnull=False), then=F(f"span__recognition__{name}")), default=F(name))

    return (
        Product.objects.filter(is_published=True, is_demo=False)
        .annotate(span=standing_span("standing_spans", on))
        .annotate(
            producer_name=text("producer__name"),
            commune_name=text("commune_now__name"),
            unit_name=text("unit__name"),
            unit_parent_name=text("unit__parent__name"),
            state=standing_state("span__kind", "span__until", due),
            reason=text("span__reason"),
            recognition_code=text("span__recognition__code"),
            disputed=Coalesce("span__is_disputed", Value(False), output_field=BooleanField()),
            decision_no=text("span__recognition__decision_no"),
            line_source_url=of_source("source_url"),
            line_source_name=of_source("source_name"),
            line_confidence=of_source("confidence"),
            line_as_of=of_source("as_of"),
        )
        .order_by("sort_key", "id")
        .values_list(
            "id", "public_id", "name", "name_en", "source_group", "set_no",
            "producer_name", "commune_name", "unit_name", "unit_parent_name",
            "state", "span__stars", "span__until", "reason", "span__confirmed_on", "recognition_code", "disputed", "decision_no",
            "line_source_url", "line_source_name", "line_confidence", "line_as_of",
        )
    )  # fmt: skip


_REGISTER = Prepared(_register_query, on=date, due=date)


def register_on(on: date, *, ids: Iterable[int] | None = None) -> list[RegisterLine]:
    """The register as it stood on `on` by what is known now, in the order of the alphabet; one question.

    Demo rows are never in it. `ids` keeps to these products and to their order.
    """
    lines = [RegisterLine(*row) for row in _REGISTER.rows(on=on, due=due_by(on))]
    if ids is None:
        return lines
    by_product = {line.product_id: line for line in lines}
    return [by_product[pk] for pk in ids if pk in by_product]
