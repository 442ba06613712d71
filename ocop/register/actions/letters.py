"""Letters about renewals: who is written to, on record, before the papers are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.records.actions import record, record_access
from ocop.register import policies
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.enums import LetterKind
from ocop.register.models import ProducerPerson, RenewalLetter
from ocop.register.queries.renewal import Recipient


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter to draw. `representative` is personal data: it goes onto the paper and nowhere else."""

    recipient: Recipient
    representative: str


@transaction.atomic
def draft_letters(*, actor: Actor, recipients: Sequence[Recipient], number: str, dated_on: date, at: datetime) -> list[Draft]:
    """Write down to whom letters were drafted, and hand out what stands on them. The reading of names is logged once for the batch.

    Raises `Refused`, `NotFitting` when there is nobody to write to.
    """
    demand(policies.can_write_letters(actor))
    if not recipients:
        raise NotFitting(_("Không có ai để viết thư theo lựa chọn này."))
    named = _representatives(recipients)
    for recipient in recipients:
        letter = RenewalLetter.objects.create(
            kind=recipient.kind,
            producer=recipient.producer,
            commune=recipient.commune,
            number=clean_line(number)[:60],
            dated_on=dated_on,
            made_by_id=actor.user_id,
            made_at=at,
        )
        letter.recognitions.set([row.recognition for row in recipient.renewals])
    kind = recipients[0].kind
    if named:
        record_access(actor=actor, event="person.read", subject="register:letters", fields=["representative"], at=at)
    data = {"kind": kind, "letters": len(recipients), "number": clean_line(number)[:60], "on": dated_on}
    record(actor=actor, event="renewal.letters_drafted", subject="register:letters", data=data, at=at, public=False)
    return [Draft(each, named.get(each.producer.pk, "") if each.producer else "") for each in recipients]


def _representatives(recipients: Sequence[Recipient]) -> Mapping[int, str]:
    makers = [each.producer.pk for each in recipients if each.kind == LetterKind.PRODUCER and each.producer]
    rows = ProducerPerson.objects.filter(producer__in=makers).exclude(representative="")
    return dict(rows.values_list("producer", "representative"))
