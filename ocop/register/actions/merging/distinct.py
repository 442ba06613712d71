"""Two that look alike are not one: somebody has looked, and nobody is asked again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.records.actions import record
from ocop.register import policies
from ocop.register.actions.merging.moving import MergeMoved
from ocop.register.actions.refusals import demand
from ocop.register.models import DistinctPair, Producer, Product
from ocop.register.queries.producers import subject_of


@transaction.atomic
def judge_distinct(*, actor: Actor, one: Producer | Product, other: Producer | Product, at: datetime) -> DistinctPair:
    """The two are not one; a source's hint that they may be is no longer shown. Raises `Refused`; `MergeMoved` when somebody said so."""
    demand(policies.can_merge(actor, one, other, localdate(at)))
    first, second = sorted((one, other), key=lambda row: row.pk)
    kind = "producer" if isinstance(one, Producer) else "product"
    hints = _take_hints(first, second)
    pair = DistinctPair(**{f"first_{kind}": first, f"second_{kind}": second}, hints=hints, judged_at=at, judged_by_id=actor.user_id)
    try:
        with transaction.atomic():
            pair.save(force_insert=True)
    except IntegrityError as error:
        raise MergeMoved from error
    record(
        actor=actor, event=f"{kind}.judged_distinct", subject=_subject(first), data={"other": _subject(second)}, at=at, public=bool(hints)
    )
    return pair


@transaction.atomic
def reconsider_pair(*, actor: Actor, pair: DistinctPair, at: datetime) -> None:
    """Take the judgement back: the two are in the list again. Raises `Refused`, `MergeMoved`."""
    demand(policies.can_merge_at_all(actor))
    first, second = pair.first_producer or pair.first_product, pair.second_producer or pair.second_product
    if first is None or second is None:
        raise ValueError("the database keeps two of one kind in every pair")
    if DistinctPair.objects.filter(pk=pair.pk).delete()[0] != 1:
        raise MergeMoved
    for pk, hint in ((first.pk, second.pk), (second.pk, first.pk)):
        if pk in pair.hints:
            Producer.with_merged.filter(pk=pk, possible_same_as__isnull=True).update(possible_same_as=hint)
    kind = "producer" if isinstance(first, Producer) else "product"
    data = {"other": _subject(second)}
    record(actor=actor, event=f"{kind}.reconsidered", subject=_subject(first), data=data, at=at, public=bool(pair.hints))


def _take_hints(first: Producer | Product, second: Producer | Product) -> list[int]:
    """Which of the two named the other as perhaps the same."""
    hinting = [(row.pk, other.pk) for row, other in ((first, second), (second, first)) if isinstance(row, Producer)]
    return [pk for pk, other in hinting if Producer.objects.filter(pk=pk, possible_same_as=other).update(possible_same_as=None)]


def _subject(row: Producer | Product) -> str:
    return subject_of(row) if isinstance(row, Producer) else f"product:{row.public_id}"
