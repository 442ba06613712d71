"""Producers, who speaks for them, and who asks to."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.models import Mandate, User
from ocop.people.queries import in_force, users_with_role
from ocop.places.models import Unit
from ocop.register.enums import ClaimState
from ocop.register.models import LegalFormSpan, Photo, Producer, ProducerClaim

_PREFIX = "producer:"


def subject_of(producer: Producer) -> str:
    """How mandates, notices and the audit name a producer."""
    return f"{_PREFIX}{producer.code}"


def producer_code_of(actor: Actor) -> str:
    """The code of the producer this actor speaks for, empty for everybody else."""
    if actor.role != Role.PRODUCER or not actor.subject.startswith(_PREFIX):
        return ""
    return actor.subject.removeprefix(_PREFIX)


def producers_visible_to(viewer: Actor) -> QuerySet[Producer]:
    """Every producer is public; what is personal about it stands in another table. `n_products` counts what the viewer may see."""
    counted = Q(products__is_published=True)
    if viewer.role == Role.OCOP_OFFICER:
        counted = Q(products__merged_into__isnull=True)
    producers = Producer.objects.select_related("unit__parent", "commune_now")
    return producers.annotate(n_products=Count("products", filter=counted)).order_by("sort_key", "pk")


def producers_kept_by(viewer: Actor) -> QuerySet[Producer]:
    """The producers this actor looks after: the one it speaks for, its commune's, or all of them."""
    producers = producers_visible_to(viewer)
    if viewer.role == Role.OCOP_OFFICER:
        return producers
    if viewer.role == Role.COMMUNE_OFFICER:
        return producers.filter(commune_now__key=viewer.unit_key)
    code = producer_code_of(viewer)
    return producers.filter(code=code) if code else producers.none()


def producer_with_code(code: str) -> Producer | None:
    """The producer with this code, whoever asks."""
    return Producer.objects.select_related("unit__parent", "commune_now").filter(code=code).first()


def kept_producer(code: str) -> Producer | None:
    """The producer that the one with this code was merged into; None for a code that stands for itself or for nobody."""
    merged = Producer.with_merged.filter(code=code, merged_into__isnull=False).values("merged_into")
    return Producer.objects.select_related("unit__parent", "commune_now").filter(pk__in=merged).first()


def producer_of(actor: Actor) -> Producer | None:
    """The producer this actor speaks for."""
    code = producer_code_of(actor)
    return producer_with_code(code) if code else None


def producers_named(folded: str) -> QuerySet[Producer]:
    """Producers whose folded name is this one: perhaps the same producer again."""
    return Producer.objects.filter(folded=folded)


def legal_form_on(producer: Producer, on: date) -> LegalFormSpan | None:
    """Under which legal form the producer worked on a date."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return producer.legal_forms.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=on)).order_by("-valid_from").first()


def photos_of(producer: Producer) -> QuerySet[Photo]:
    """The producer's own photos in their order."""
    return producer.photos.filter(file__removed_at__isnull=True).select_related("file")


def subjects_in_unit(unit_key: str) -> list[str]:
    """The mandates' subjects of every producer of a commune: whose people its officer may look up."""
    return [f"{_PREFIX}{code}" for code in Producer.objects.filter(commune_now__key=unit_key).values_list("code", flat=True)]


def people_of(producer: Producer, on: date) -> QuerySet[User]:
    """Who speaks for a producer on a date."""
    mandates = Mandate.objects.filter(in_force(on), role=Role.PRODUCER, subject=subject_of(producer))
    return User.objects.filter(is_active=True, pk__in=mandates.values("user")).order_by("pk")


def officers_for(commune: Unit | None, on: date) -> list[int]:
    """Whom a matter of a commune concerns: its officers and the OCOP office; the office alone where the commune is not known."""
    ids = list(users_with_role(Role.OCOP_OFFICER, on).values_list("pk", flat=True))
    if commune is not None:
        ids += users_with_role(Role.COMMUNE_OFFICER, on, unit_key=commune.key).values_list("pk", flat=True)
    return list(dict.fromkeys(ids))


def claims_visible_to(viewer: Actor) -> QuerySet[ProducerClaim]:
    """A person's own claims; for an officer those on the producers it looks after. The newest first."""
    claims = ProducerClaim.objects.select_related("producer__commune_now", "user", "decided_by").order_by("-requested_at", "-pk")
    if viewer.role == Role.OCOP_OFFICER:
        return claims
    seen = Q(user_id=viewer.user_id) if viewer.user_id else Q(pk__in=[])
    if viewer.role == Role.COMMUNE_OFFICER:
        seen |= Q(producer__commune_now__key=viewer.unit_key)
    return claims.filter(seen)


def claims_waiting(viewer: Actor) -> QuerySet[ProducerClaim]:
    """Claims this officer may decide, the oldest first; nobody decides their own."""
    if viewer.role not in (Role.OCOP_OFFICER, Role.COMMUNE_OFFICER):
        return ProducerClaim.objects.none()
    waiting = claims_visible_to(viewer).filter(state=ClaimState.REQUESTED).exclude(user_id=viewer.user_id or 0)
    return waiting.order_by("requested_at", "pk")


def speaks_for_already(user_id: int, producer: Producer, on: date) -> bool:
    """Has this person a mandate for the producer that holds?"""
    return Mandate.objects.filter(in_force(on), user_id=user_id, role=Role.PRODUCER, subject=subject_of(producer)).exists()
