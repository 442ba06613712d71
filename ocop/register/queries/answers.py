"""Stars that wait to be verified, and what officers answered about them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.register.enums import StandingKind
from ocop.register.models import Product, Recognition, StandingAnswer, StandingSpan
from ocop.register.queries.products import products_kept_by
from ocop.register.queries.standing import span_covers

_OFFICERS = (Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the answering is: stars answered so that they are settled today, of those and the ones still waiting."""

    done: int
    total: int


def unverified_stars(viewer: Actor, on: date) -> QuerySet[StandingSpan]:
    """The stars an officer looks after that wait to be verified, in the order of the alphabet; none for anybody else."""
    spans = StandingSpan.objects.filter(span_covers(on), kind=StandingKind.UNVERIFIED, recognition__isnull=False)
    spans = spans.select_related("product__producer", "product__commune_now", "product__unit__parent", "recognition")
    if viewer.role not in _OFFICERS:
        return spans.none()
    return spans.filter(product__in=products_kept_by(viewer).order_by().values("pk")).order_by("product__sort_key", "product__public_id")


def is_unverified(recognition: Recognition, on: date) -> bool:
    """Does the product's star wait to be verified, and is it this recognition's?"""
    spans = StandingSpan.objects.filter(span_covers(on), product=recognition.product_id, kind=StandingKind.UNVERIFIED)
    return spans.filter(recognition=recognition).exists()


def unverified_recognition(product: Product, on: date) -> Recognition | None:
    """The recognition of a product that is asked about; None where nothing is."""
    span = StandingSpan.objects.filter(span_covers(on), product=product, kind=StandingKind.UNVERIFIED).select_related("recognition").first()
    return span.recognition if span else None


def answer_progress(viewer: Actor, on: date) -> Progress:
    """For "đã trả lời 12 trên 37"; two questions."""
    waiting = set(unverified_stars(viewer, on).values_list("product", flat=True))
    kept = products_kept_by(viewer).order_by().values("pk")
    answered = set(StandingAnswer.objects.filter(product__in=kept, taken_back_at__isnull=True).values_list("product", flat=True))
    return Progress(len(answered - waiting), len(answered | waiting))


def answers_visible_to(viewer: Actor) -> QuerySet[StandingAnswer]:
    """All answers for the OCOP office, a commune's own for its officer; the newest first."""
    answers = StandingAnswer.objects.select_related("product__producer", "product__commune_now", "recognition", "renewed", "scan")
    answers = answers.select_related("given_by", "checked_by", "taken_back_by").order_by("-given_at", "-pk")
    if viewer.role == Role.OCOP_OFFICER:
        return answers
    if viewer.role == Role.COMMUNE_OFFICER:
        return answers.filter(product__commune_now__key=viewer.unit_key)
    return answers.none()


def answers_to_check(viewer: Actor) -> QuerySet[StandingAnswer]:
    """What communes answered and the OCOP office has not looked at, the oldest first."""
    if viewer.role != Role.OCOP_OFFICER:
        return StandingAnswer.objects.none()
    open_ones = Q(needs_check=True, checked_at__isnull=True, taken_back_at__isnull=True)
    return answers_visible_to(viewer).filter(open_ones).order_by("given_at", "pk")
