"""Two producers are one: everything of the second belongs to the first from now on, and the second's address leads to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import search_key, sort_key
from ocop.people.actions import redirect_subject
from ocop.records.actions import record
from ocop.register import policies
from ocop.register.actions.derived import refresh_search_of
from ocop.register.actions.merging import moving
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.actions.told import tell_producer
from ocop.register.enums import ClaimState
from ocop.register.models import Merge, Producer, ProducerClaim, Product
from ocop.register.queries.merging import Rows, rows_to_move
from ocop.register.queries.producers import subject_of

_LONGEST_FOLDED = 220
CONTACT = ("business_phone", "business_zalo", "contact_consent_at", "contact_consent_by_id")


@transaction.atomic
def merge_producers(
    *,
    actor: Actor,
    kept: Producer,
    merged: Producer,
    choices: Mapping[str, str],
    versions: tuple[int, int],
    reason: str,
    at: datetime,
) -> Merge:
    """Take `merged` into `kept`: products, photos, links, claims, people, and whatever any room keeps of it.

    `choices` says for a field that differs whose value stays, "kept" or "merged"; `versions` are those the officer saw, kept first.
    Personal data follows where `kept` has none, and stays where it is otherwise. Two officers at once: one wins, the other gets
    `MergeMoved`. Raises `Refused`, `NotFitting`.
    """
    demand(policies.can_merge(actor, kept, merged, localdate(at)))
    why = moving.reason_of(reason)
    kept, merged = moving.locked(kept, merged, versions)
    _refuse_twin_claims(kept, merged)
    taken = moving.taken_from(merged, kept, choices)
    moved = _take_over(actor, kept, merged, taken, at)
    moving.new_version(kept, merged, at)
    who = {"kept_producer": kept, "merged_producer": merged, "merged_by_id": actor.user_id}
    merge = Merge.objects.create(**who, reason=why, moved=moved, merged_at=at)
    kept.refresh_from_db()
    Product.objects.filter(pk__in=moved["rows"].get("register.product.producer", ())).update(updated_at=at)
    refresh_search_of(kept)
    _tell(actor, kept, merged, at)
    data = {"into": kept.code, "reason": why, "taken": sorted(taken), "rows": sum(map(len, moved["rows"].values()))}
    record(actor=actor, event="producer.merged", subject=subject_of(merged), data=data, at=at)
    return merge


def _take_over(actor: Actor, kept: Producer, merged: Producer, taken: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Everything that changes hands, and what the merge has to remember of it."""
    tables = [_without(rows, kept) for rows in rows_to_move(merged, kept)]
    moving.stay_or_refuse(tables)
    values = moving.append_photos(kept, merged)
    rows = moving.point_at(kept, tables)
    values += moving.write_over(kept, _values(kept, merged, taken))
    values += moving.write_over(merged, {"merged_into": kept})
    people = redirect_subject(actor=actor, subject=subject_of(merged), to=subject_of(kept), to_name=kept.name, at=at)
    return {"rows": rows, "values": values, "contact": _move_contact(merged, kept), "people": people.as_json()}


def _tell(actor: Actor, kept: Producer, merged: Producer, at: datetime) -> None:
    title = _("“%(merged)s” đã gộp vào “%(kept)s”; bạn giữ trang này") % {"merged": merged.name, "kept": kept.name}
    about = {"event": "producer.merged", "subject": subject_of(kept), "title": title[:200], "path": f"/chu-the/{kept.code}/"}
    tell_producer(actor=actor, producer=kept, at=at, **about)


def _refuse_twin_claims(kept: Producer, merged: Producer) -> None:
    """One person who waits for an answer about both would wait for nothing."""
    waiting = ProducerClaim.objects.filter(state=ClaimState.REQUESTED)
    both = waiting.filter(producer=merged, user__in=waiting.filter(producer=kept).values("user")).select_related("user").first()
    if both:
        raise NotFitting(_("%(person)s đang xin giữ trang của cả hai. Hãy trả lời một yêu cầu rồi gộp.") % {"person": both.user.full_name})


def _without(rows: Rows, kept: Producer) -> Rows:
    """`kept` itself does not begin to point at itself where a source said that it may be `merged`."""
    if rows.reference.model is not Producer:
        return rows
    return Rows(rows.reference, tuple(pk for pk in rows.free if pk != kept.pk), rows.colliding)


def _values(kept: Producer, merged: Producer, taken: Mapping[str, Any]) -> dict[str, Any]:
    """What is written over `kept`: the values taken, what follows from them, and their source."""
    values = dict(taken)
    if "name" in taken:
        values |= {"folded": search_key(taken["name"])[:_LONGEST_FOLDED], "sort_key": sort_key(taken["name"])}
    if "unit" in taken:
        values["commune_now"] = merged.commune_now
    if taken:
        values["source_url"] = moving.joined_source(kept, merged)
    if kept.possible_same_as_id == merged.pk:
        values["possible_same_as"] = None
    return values


def _move_contact(giver: Producer, taker: Producer) -> str | None:
    """The numbers shown with consent follow to a page that shows none. Returns when the consent was given: no number is remembered."""
    if taker.contact_consent_at is not None or giver.contact_consent_at is None:
        return None
    numbers = {name: getattr(giver, name) for name in CONTACT}
    Producer.with_merged.filter(pk=taker.pk).update(**numbers)
    Producer.with_merged.filter(pk=giver.pk).update(business_phone="", business_zalo="", contact_consent_at=None, contact_consent_by=None)
    return giver.contact_consent_at.isoformat()


def move_contact_back(merge: Merge, kept: Producer, merged: Producer) -> None:
    """The numbers return, unless the consent was withdrawn or given anew meanwhile."""
    consent = kept.contact_consent_at.isoformat() if kept.contact_consent_at else None
    if consent is not None and consent == merge.moved.get("contact"):
        _move_contact(kept, merged)
