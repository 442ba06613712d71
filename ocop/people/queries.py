"""Every read of accounts, offices, mandates, invitations that others use."""

import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from functools import cache

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet

from ocop.core.actor import Actor
from ocop.core.phones import normalise_phone
from ocop.core.text import search_key
from ocop.people.enums import OFFICIAL_ROLES, Role
from ocop.people.models import AssistedReset, Invitation, Mandate, Office, User
from ocop.people.rules import HOUSE_WORDS, IMPORT_ACCOUNT, digest_of_token
from ocop.places.models import Unit

ALL_SEEING_ROLES = frozenset({Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.INSPECTOR})


def import_actor() -> Actor:
    """The built-in account in whose name registers are taken in when no person is named; it signs in nowhere."""
    return Actor(user_id=User.objects.get(username=IMPORT_ACCOUNT).pk, system=IMPORT_ACCOUNT)


def actor_in_role(username: str, role: str, on: date) -> Actor | None:
    """The account under its mandate of this role; None where there is no such account, or it may not act so today."""
    user = User.objects.filter(username=username, is_active=True).first() or user_with_address(username)
    if user is None or not user.is_active:
        return None
    mandate = mandates_of(user, on).filter(role=role).first()
    return actor_for(user, mandate.pk, on) if mandate else None


def normal_address(text: str) -> str:
    """A phone as E.164 or an e-mail in small letters; what is neither comes back trimmed, so that it finds nobody."""
    bare = unicodedata.normalize("NFC", text).strip()
    if "@" in bare:
        return bare.casefold()
    try:
        return normalise_phone(bare)
    except ValueError:
        return bare.casefold()


def user_with_address(text: str) -> User | None:
    """The account that answers to this phone number or e-mail, however it was typed."""
    return User.objects.with_address(normal_address(text)).first()


def username_for(text: str) -> str:
    """The name under which sign-in counts and checks: the account's own, or what was typed if there is no account."""
    user = user_with_address(text)
    return user.username if user else normal_address(text)[:254]


def in_force(on: date, prefix: str = "") -> Q:
    """Mandates (or offices) that hold on a date; an office may have no known beginning."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on}))


def mandates_of(user: User, on: date) -> QuerySet[Mandate]:
    """What this person may act as on a date, the oldest first."""
    return Mandate.objects.filter(in_force(on), user=user).select_related("office__unit").order_by("valid_from", "pk")


def actor_for(user: User, mandate_id: int | None, on: date) -> Actor:
    """The person under the chosen hat, if it still holds; else under the first they have; else under none."""
    mandates = list(mandates_of(user, on))
    mandate = next((m for m in mandates if m.pk == mandate_id), mandates[0] if mandates else None)
    if mandate is None:
        return Actor(user_id=user.pk)
    office = mandate.office
    return Actor(
        user_id=user.pk,
        mandate_id=mandate.pk,
        role=mandate.role,
        office_key=office.key if office else "",
        unit_key=office.unit.key if office else "",
        subject=mandate.subject,
    )


def roles_of(user: User, on: date) -> frozenset[str]:
    return frozenset(Mandate.objects.filter(in_force(on), user=user).values_list("role", flat=True))


def is_official(user: User, on: date) -> bool:
    return bool(roles_of(user, on) & OFFICIAL_ROLES)


def users_with_role(role: str, on: date, unit_key: str = "") -> QuerySet[User]:
    """Active people who hold the role on a date, everywhere or for the offices of one unit."""
    mandates = Mandate.objects.filter(in_force(on), role=role)
    if unit_key:
        mandates = mandates.filter(office__unit__key=unit_key)
    return User.objects.filter(is_active=True, pk__in=mandates.values("user")).order_by("pk")


def offices(on: date) -> QuerySet[Office]:
    return Office.objects.filter(in_force(on)).select_related("unit").order_by("kind", "name")


def has_second_factor(user: User) -> bool:
    """An app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def people_visible_to(actor: Actor, on: date, *, subjects: Collection[str] = (), text: str = "") -> QuerySet[User]:
    """Accounts the actor may look up, with their mandates of that date under `current_mandates`.

    `subjects` are the producers of the actor's commune, which only the register knows. `text` searches name, office and subject
    with or without accents.
    """
    current = Mandate.objects.filter(in_force(on)).select_related("office__unit").order_by("valid_from", "pk")
    people = User.objects.exclude(username=IMPORT_ACCOUNT).order_by("sort_key", "pk")
    people = people.prefetch_related(Prefetch("mandates", queryset=current, to_attr="current_mandates"))
    if actor.role not in ALL_SEEING_ROLES:
        if actor.role != Role.COMMUNE_OFFICER:
            return people.none()
        people = people.filter(pk__in=current.filter(Q(office__unit__key=actor.unit_key) | Q(subject__in=subjects)).values("user"))
    for word in search_key(text).split():
        named = [pk for pk, name, subject in _names_of(current) if word in search_key(f"{name or ''} {subject}")]
        people = people.filter(Q(folded__contains=word) | Q(mandates__pk__in=named)).distinct()
    return people


def _names_of(mandates: QuerySet[Mandate]) -> QuerySet[Mandate, tuple[int, str | None, str]]:
    return mandates.values_list("pk", "office__name", "subject_name")


def mandates_visible_to(actor: Actor, person: User) -> QuerySet[Mandate]:
    """All mandates of a person, past ones too, the newest first; the caller has asked for the person through `people_visible_to`."""
    return Mandate.objects.filter(user=person).select_related("office__unit", "granted_by").order_by("-valid_from", "-pk")


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The actor's own invitations; administrators and inspectors see all."""
    found = Invitation.objects.select_related("office", "invited_by", "accepted_by").order_by("-invited_at")
    if actor.role in {Role.ADMINISTRATOR, Role.INSPECTOR}:
        return found
    return found.filter(invited_by=actor.user_id) if actor.user_id else found.none()


def invitation_by_token(token: str) -> Invitation | None:
    return Invitation.objects.select_related("office__unit", "invited_by").filter(token_hash=digest_of_token(token)).first()


def invitation_is_open(invitation: Invitation, at: datetime) -> bool:
    return invitation.accepted_at is None and invitation.revoked_at is None and invitation.expires_at > at


def open_resets_of(user: User, at: datetime) -> QuerySet[AssistedReset]:
    return AssistedReset.objects.filter(user=user, used_at__isnull=True, expires_at__gt=at)


@cache
def password_words() -> tuple[str, ...]:
    """The words a password may not be made of: the house's own and the names of the province's units; read once per process."""
    names = Unit.objects.filter(is_home=True).values_list("folded", flat=True).distinct()
    return (*HOUSE_WORDS, *(name for name in names if len(name) > 2))


def names_by_id(user_ids: Collection[int]) -> dict[int, str]:
    """Full names for the record of who did what."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "full_name"))


def hats_by_id(mandate_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Role and office (or whom they speak for) of mandates, past ones too."""
    rows = Mandate.objects.filter(pk__in=mandate_ids).values_list("pk", "role", "office__name", "subject_name")
    return {pk: (role, office or subject) for pk, role, office, subject in rows}
