"""Personal data of a producer's representative: kept apart, never public, and every reading of it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line
from ocop.records.actions import record, record_access
from ocop.register import policies
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.models import Producer, ProducerPerson

PERSON_FIELDS = ("representative", "phone", "email", "identity_number", "gender", "ethnicity", "home_address")
_LIMITS = {"representative": 120, "identity_number": 20, "gender": 20, "ethnicity": 40, "home_address": 300}


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The representative as the forms ask for them; empty where nobody said."""

    representative: str = ""
    phone: str = ""
    email: str = ""
    identity_number: str = ""
    gender: str = ""
    ethnicity: str = ""
    home_address: str = ""
    has_disability: bool | None = None


@transaction.atomic
def set_person(
    *, actor: Actor, producer: Producer, values: Mapping[str, str], at: datetime, has_disability: bool | None = None
) -> ProducerPerson:
    """Write the representative's data down; what is not said stays. The audit names the fields, never the values.

    Raises `Refused`, `NotFitting`.
    """
    demand(policies.can_set_person(actor, producer))
    cleaned = _cleaned(values)
    person, _created = ProducerPerson.objects.get_or_create(producer=producer, defaults={"updated_at": at, "is_demo": producer.is_demo})
    said: dict[str, object] = dict(cleaned)
    if has_disability is not None:
        said["has_disability"] = has_disability
    changed = sorted(field for field, value in said.items() if getattr(person, field) != value)
    if changed:
        ProducerPerson.objects.filter(pk=person.pk).update(**said, updated_at=at)
        record(actor=actor, event="person.set", subject=f"producer:{producer.code}", data={"fields": changed}, at=at, public=False)
    person.refresh_from_db()
    return person


@transaction.atomic
def read_person(*, actor: Actor, producer: Producer, at: datetime) -> PersonalData:
    """The representative's data, with an entry in the access log for this reading. Raises `Refused`."""
    demand(policies.can_read_person(actor, producer))
    person = ProducerPerson.objects.filter(producer=producer).first()
    fields = [*PERSON_FIELDS, "has_disability"]
    record_access(actor=actor, event="person.read", subject=f"producer:{producer.code}", fields=fields, at=at)
    return PersonalData(**{field: getattr(person, field) for field in fields}) if person else PersonalData()


def _cleaned(values: Mapping[str, str]) -> dict[str, str]:
    cleaned = {field: clean_line(value) for field, value in values.items() if field in PERSON_FIELDS}
    for field, limit in _LIMITS.items():
        if len(cleaned.get(field, "")) > limit:
            raise NotFitting(_("Phần này chỉ ghi được %(limit)s ký tự.") % {"limit": limit})
    try:
        if cleaned.get("phone"):
            cleaned["phone"] = normalise_phone(cleaned["phone"])
        if cleaned.get("email"):
            validate_email(cleaned["email"])
    except ValidationError as error:
        raise NotFitting(_("Thư điện tử chưa đúng, ví dụ ten@congty.vn.")) from error
    except ValueError as error:
        raise NotFitting(str(error)) from error
    return cleaned
