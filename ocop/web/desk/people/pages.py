"""What the screens about people show: choices for a place, and the answers of the policies beside each button."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.core.phones import phone_in_words
from ocop.core.verdict import Verdict
from ocop.people import policies, queries
from ocop.people.enums import Role
from ocop.people.models import ApiToken, Mandate, User
from ocop.register.queries import producer_with_code, producers_kept_by, producers_visible_to, subject_of, subjects_in_unit
from ocop.web.kit.words import role_name

PER_PAGE = 25
# Sales points and buyers have no books yet whose rows a mandate could name.
_ROLES_WITHOUT_BOOKS = frozenset({Role.KEEPER, Role.BUYER})


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One mandate of a person. `n` counts from the oldest and names it in addresses: mandates are never deleted."""

    n: int
    mandate: Mandate
    role: str
    place: str
    is_current: bool
    can_end: Verdict


def people_seen_by(actor: Actor, on: date, text: str = "") -> Any:
    """The people the actor may look up, with current mandates."""
    subjects = subjects_in_unit(actor.unit_key) if actor.role == Role.COMMUNE_OFFICER else ()
    return queries.people_visible_to(actor, on, subjects=subjects, text=text)


def people_rows(page: Any) -> list[tuple[User, list[tuple[str, str]]]]:
    """Each person of a page with role and place of today's mandates."""
    return [(person, [(role_name(mandate.role), place_of(mandate)) for mandate in person.current_mandates]) for person in page]


def person_or_404(actor: Actor, code: str, on: date) -> User:
    person: User | None = people_seen_by(actor, on).filter(code=code).first()
    if person is None:
        raise Http404
    return person


def mandate_rows(actor: Actor, person: User, on: date) -> list[MandateRow]:
    """All mandates of a person, the newest first."""
    mandates = list(queries.mandates_visible_to(actor, person))
    return [
        MandateRow(
            n=len(mandates) - index,
            mandate=mandate,
            role=role_name(mandate.role),
            place=place_of(mandate),
            is_current=mandate.valid_from <= on and (mandate.valid_to is None or mandate.valid_to > on),
            can_end=policies.can_end_mandate(actor, mandate=mandate, on=on, unit_key=unit_of(mandate)),
        )
        for index, mandate in enumerate(mandates)
    ]


def factor_reset_state(actor: Actor, person: User, at: datetime) -> dict[str, Any]:
    """The open request to remove a person's factors, if there is one, and what this actor may do about it."""
    reset = queries.open_factor_reset(person, at)
    if reset is None:
        return {"reset": None}
    return {
        "reset": reset,
        "can_approve": policies.can_approve_factor_reset(actor, reset=reset, at=at),
        "can_refuse": policies.can_refuse_factor_reset(actor, reset=reset, at=at),
    }


def address_in_words(address: str | None) -> str:
    """A phone the way people read it aloud; an e-mail as it is."""
    return phone_in_words(address) if address and address.startswith("+84") else address or ""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token of the API as its holder sees it."""

    token: ApiToken
    role: str
    place: str
    state: str  # "open", "over", "revoked"; "idle" while its mandate does not hold


def token_rows(user: User, at: datetime) -> list[TokenRow]:
    """All of a person's tokens with their state, the newest first."""
    on = localdate(at)
    rows = []
    for token in queries.api_tokens_of(user.pk):
        state = "open" if queries.mandate_holds(token.mandate, on) else "idle"
        if token.revoked_at or token.expires_at <= at:
            state = "revoked" if token.revoked_at else "over"
        rows.append(TokenRow(token, role_name(token.mandate.role), place_of(token.mandate), state))
    return rows


def place_of(mandate: Any) -> str:
    """Where a mandate or an invitation belongs, in words."""
    return mandate.office.name if mandate.office else mandate.subject_name


def unit_of(mandate: Mandate) -> str:
    """The unit a mandate is exercised in: its office's, or the commune where its producer sits today."""
    return mandate.office.unit.key if mandate.office else unit_of_subject(mandate.subject)


def unit_of_subject(subject: str) -> str:
    """The key of the commune where a producer sits today, empty if it is not known."""
    kind, _colon, code = subject.partition(":")
    producer = producer_with_code(code) if kind == "producer" else None
    return producer.commune_now.key if producer and producer.commune_now else ""


def unit_of_person(person: User, on: date, unit_key: str) -> str:
    """`unit_key` if the person speaks for a producer of that commune today, else what the first mandate says."""
    units = [unit_of(mandate) for mandate in queries.mandates_of(person, on)]
    return unit_key if unit_key in units else next(iter(units), "")


def unit_of_place(place: dict[str, Any]) -> str:
    return place["office"].unit.key if place.get("office") else unit_of_subject(place.get("subject", ""))


def place_choices(actor: Actor, on: date) -> dict[str, Any]:
    """What a `PlaceForm` offers this actor: roles within reach, offices of today, producers it looks after."""
    reach = policies.REACH.get(actor.role, frozenset()) - _ROLES_WITHOUT_BOOKS
    producers = producers_visible_to(actor) if actor.role == Role.ADMINISTRATOR else producers_kept_by(actor)
    return {
        "roles": [(role, role_name(role)) for role in Role.values if role in reach],
        "offices": queries.offices(on) if reach - {Role.PRODUCER} else queries.offices(on).none(),
        "subjects": [(subject_of(producer), producer.name) for producer in producers],
    }
