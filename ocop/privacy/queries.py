"""What all rooms together hold of one person, and the requests that ask for it.

A room that begins to hold personal data is added to `holdings_of` and to `actions.erase_person`;
docs/architecture/data-classes.csv and its test name every field of that kind.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.core.person import Fate, Holding, PersonKeys
from ocop.people import queries as people
from ocop.people.models import Invitation, User
from ocop.privacy import policies, rules
from ocop.privacy.enums import RequestState
from ocop.privacy.models import DataRequest, ErasureMark
from ocop.records import queries as records
from ocop.register.models import Producer, ProducerPerson, ReporterContact
from ocop.register.queries import personal as register

OPEN = (RequestState.RECEIVED, RequestState.ANSWERED)


def known_as(keys: PersonKeys) -> PersonKeys:
    """Everything one person is known by: what was given, the named producers' representative, the accounts behind both.

    One step and no further: two people who share a telephone must not pull each other's papers in.
    """
    return register.names_of(people.known_as(register.known_as(keys)))


def holdings_of(keys: PersonKeys) -> list[Holding]:
    """All that is held of a person, room by room; `keys` come from `known_as`. Kinds of which there is nothing are left out."""
    subjects = register.subjects_about(keys) | {f"user:{pk}" for pk in keys.user_ids}
    held = [*people.holdings_of(keys), *register.holdings_of(keys), *records.holdings_of(keys, subjects), _requests(keys)]
    return [holding for holding in held if holding.rows]


def _requests(keys: PersonKeys) -> Holding:
    fields = ("code", "kind", "state", "name", "phone", "email", "said", "identity_seen", "received_on", "closed_at", "outcome")
    return Holding("data_request", Fate.NAMELESS, tuple(requests_of(keys).values(*fields)))


def requests_of(keys: PersonKeys) -> QuerySet[DataRequest]:
    same = Q(phone__in=keys.phones) | Q(email__in=keys.emails) | Q(producer__code__in=keys.producer_codes)
    return DataRequest.objects.filter(same).order_by("pk")


def keys_of(request: DataRequest) -> PersonKeys:
    """By what the person of a request is looked for."""
    code = request.producer.code if request.producer else ""
    return PersonKeys().with_more(phones=[request.phone], emails=[request.email], producer_codes=[code])


def requests_visible_to(viewer: Actor) -> QuerySet[DataRequest]:
    """All of them for who takes them, nobody's for others."""
    found = DataRequest.objects.select_related("producer", "taken_by", "closed_by")
    return found if policies.can_take_requests(viewer) else found.none()


def requests_waiting(viewer: Actor) -> QuerySet[DataRequest]:
    """The open ones, the nearest end first."""
    return requests_visible_to(viewer).filter(state__in=OPEN).order_by("done_by", "pk")


def marks() -> list[rules.Mark]:
    """The list of the erased, the oldest first."""
    return [rules.Mark(mark.digest, mark.erased_at) for mark in ErasureMark.objects.order_by("erased_at", "pk")]


def addresses_held() -> Iterator[rules.Known]:
    """Every address of a person that the site holds, and since when."""
    yield from _known(User.objects.filter(erased_at__isnull=True).values_list("phone", "email", "created_at"))
    yield from _known(ReporterContact.objects.values_list("phone", "email", "report__received_at"))
    yield from _known(ProducerPerson.objects.values_list("phone", "email", "updated_at"))
    yield from _known(DataRequest.objects.values_list("phone", "email", "taken_at"))
    for address, at in Invitation.objects.exclude(address="").values_list("address", "invited_at"):
        yield rules.Known("email" if "@" in address else "phone", address, at)
    for code, at in ProducerPerson.objects.values_list("producer__code", "updated_at"):
        yield rules.Known("producer", code, at)
    consented = Producer.objects.exclude(contact_consent_at=None)
    for phone, zalo, since in consented.values_list("business_phone", "business_zalo", "contact_consent_at"):
        yield from (rules.Known("phone", number, since) for number in (phone, zalo) if number and since)


def _known(rows: Iterable[tuple[str | None, str | None, datetime]]) -> Iterator[rules.Known]:
    for phone, email, at in rows:
        if phone:
            yield rules.Known("phone", phone, at)
        if email:
            yield rules.Known("email", email.casefold(), at)
