"""What the register holds of one person: as somebody's representative, as who asked to keep pages, as who reported."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from ocop.core.person import Fate, Holding, PersonKeys
from ocop.register.models import Producer, ProducerClaim, ProducerPerson, ReporterContact

PERSONAL_FIELDS = ("representative", "phone", "email", "identity_number", "gender", "ethnicity", "home_address", "has_disability")
_REPRESENTATIVE = ("producer__code", "producer__name", *PERSONAL_FIELDS, "updated_at")
_REPORT = ("name", "phone", "email", "report__code", "report__text", "report__place_seen", "report__received_at", "report__outcome")


def known_as(keys: PersonKeys) -> PersonKeys:
    """The keys with the addresses that the named producers' representatives have."""
    rows = list(ProducerPerson.objects.filter(producer__code__in=keys.producer_codes).values_list("phone", "email"))
    return keys.with_more(phones=[phone for phone, _ in rows], emails=[email.casefold() for _, email in rows])


def names_of(keys: PersonKeys) -> PersonKeys:
    """The keys with every name the person stands under here."""
    people = representatives_of(keys).values_list("representative", flat=True)
    return keys.with_more(names=[*people, *reporters_of(keys).values_list("name", flat=True)])


def representatives_of(keys: PersonKeys) -> QuerySet[ProducerPerson]:
    """Under one of the person's own addresses, or of a producer that was named."""
    found = ProducerPerson.objects.annotate(address=Lower("email")).select_related("producer").order_by("pk")
    return found.filter(Q(phone__in=keys.phones) | Q(address__in=keys.emails) | Q(producer__code__in=keys.producer_codes))


def contacts_of(keys: PersonKeys) -> QuerySet[Producer]:
    """Producers whose published number is the person's own."""
    return Producer.objects.filter(Q(business_phone__in=keys.phones) | Q(business_zalo__in=keys.phones)).order_by("pk")


def reporters_of(keys: PersonKeys) -> QuerySet[ReporterContact]:
    found = ReporterContact.objects.annotate(address=Lower("email")).select_related("report__photo").order_by("pk")
    return found.filter(Q(phone__in=keys.phones) | Q(address__in=keys.emails))


def claims_of(keys: PersonKeys) -> QuerySet[ProducerClaim]:
    return ProducerClaim.objects.filter(user__in=keys.user_ids).order_by("pk")


def subjects_about(keys: PersonKeys) -> frozenset[str]:
    """Under which subjects the logs speak of this person."""
    makers = representatives_of(keys).values_list("producer__code", flat=True)
    reports = reporters_of(keys).values_list("report__code", flat=True)
    return frozenset({*(f"producer:{code}" for code in makers), *(f"report:{code}" for code in reports)})


def holdings_of(keys: PersonKeys) -> list[Holding]:
    """Everything this room holds of a person."""
    reports = list(reporters_of(keys))
    photos = tuple(contact.report.photo.key for contact in reports if contact.report.photo and not contact.report.photo.removed_at)
    contact = ("code", "name", "business_phone", "business_zalo", "contact_consent_at")
    claim = ("producer__code", "producer__name", "state", "relation", "requested_at", "decided_at", "decision_reason")
    return [
        Holding("representative", Fate.GOES, _rows(representatives_of(keys), _REPRESENTATIVE)),
        Holding("business_contact", Fate.GOES, _rows(contacts_of(keys), contact)),
        Holding("claim", Fate.NAMELESS, _rows(claims_of(keys), claim)),
        Holding("report", Fate.NAMELESS, _rows(reporters_of(keys), _REPORT), photos),
    ]


def fields_filled(producer: Producer) -> list[str]:
    """Which of the representative's values are written down; the names of the fields alone."""
    row = ProducerPerson.objects.filter(producer=producer).values(*PERSONAL_FIELDS).first() or {}
    return [field for field, value in row.items() if value not in ("", None)]


def _rows(rows: QuerySet[Any], fields: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(rows.values(*fields))
