"""A merge taken back: both stand again as they did, with what happened since where it can be told apart."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.actions import restore_subject
from ocop.records.actions import record
from ocop.register import policies
from ocop.register.actions.derived import refresh_search_of
from ocop.register.actions.merging import moving
from ocop.register.actions.merging.producers import move_contact_back
from ocop.register.actions.merging.products import rebuild_products
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.models import Merge, Producer, Product
from ocop.register.queries.producers import subject_of

_PRODUCTS = "register.product.producer"


@transaction.atomic
def unmerge(*, actor: Actor, merge: Merge, reason: str, at: datetime) -> Merge:
    """Give back every row and value the merge took; what was written since on the kept one stays there, and so does a value changed since.

    Raises `Refused`; `NotFitting` when the kept one was itself merged away, or something that was taken belongs to a third by now;
    `MergeMoved` when another officer was faster.
    """
    demand(policies.can_merge_at_all(actor))
    why = moving.reason_of(reason)
    if not Merge.objects.select_for_update().filter(pk=merge.pk, undone_at__isnull=True).exists():
        raise moving.MergeMoved
    part = _part_producers if merge.kept_producer_id else _part_products
    subject, data = part(actor, merge, at)
    Merge.objects.filter(pk=merge.pk).update(undone_at=at, undone_by_id=actor.user_id, undo_reason=why)
    event = "producer.unmerged" if merge.kept_producer_id else "product.unmerged"
    record(actor=actor, event=event, subject=subject, data={**data, "reason": why}, at=at)
    merge.refresh_from_db()
    return merge


def _part_producers(actor: Actor, merge: Merge, at: datetime) -> tuple[str, dict[str, Any]]:
    kept, merged = _both(Producer, merge.kept_producer_id, merge.merged_producer_id)
    _refuse_entangled(merge, kept)
    moving.point_back(merge.moved["rows"], kept=kept, merged=merged)
    left = moving.write_back(merge.moved["values"])
    move_contact_back(merge, kept, merged)
    about = {"subject": subject_of(merged), "to": subject_of(kept), "to_name": kept.name}
    restore_subject(actor=actor, done=merge.moved["people"], at=at, **about)
    moving.new_version(kept, merged, at)
    Product.objects.filter(pk__in=merge.moved["rows"].get(_PRODUCTS, ())).update(updated_at=at)
    for producer in Producer.objects.filter(pk__in=[kept.pk, merged.pk]):
        refresh_search_of(producer)
    return subject_of(merged), {"into": kept.code, "left": left}


def _part_products(actor: Actor, merge: Merge, at: datetime) -> tuple[str, dict[str, Any]]:
    kept, merged = _both(Product, merge.kept_product_id, merge.merged_product_id)
    moving.point_back(merge.moved["rows"], kept=kept, merged=merged)
    left = moving.write_back(merge.moved["values"])
    moving.new_version(kept, merged, at)
    rebuild_products(*Product.objects.filter(pk__in=[kept.pk, merged.pk]).order_by("pk"))
    return f"product:{merged.public_id}", {"into": kept.public_id, "left": left}


def _both(model: Any, kept_id: int | None, merged_id: int | None) -> tuple[Any, Any]:
    """Both rows, held. Raises `NotFitting` when the kept one has gone on into a third."""
    rows = model.with_merged.select_for_update(of=("self",)).select_related("merged_into").filter(pk__in=[kept_id, merged_id])
    found = {row.pk: row for row in rows.order_by("pk")}
    kept = found[kept_id]
    if kept.merged_into:
        words = _("“%(kept)s” đã gộp tiếp vào “%(third)s”. Hãy tách lần gộp đó trước.")
        raise NotFitting(words % {"kept": kept.name, "third": kept.merged_into.name})
    return kept, found[merged_id]


def _refuse_entangled(merge: Merge, kept: Producer) -> None:
    """A product of the one that was merged since with a product of the other cannot go back with its old maker."""
    followed = merge.moved["rows"].get(_PRODUCTS, [])
    twins = Product.with_merged.select_related("merged_into").filter(merged_into__isnull=False, producer=kept)
    for product in twins.order_by("pk"):
        if (product.pk in followed) != (product.merged_into_id in followed):
            words = _("Sau khi gộp, sản phẩm %(one)s đã gộp vào %(other)s. Hãy tách hai sản phẩm đó trước.")
            raise NotFitting(words % {"one": product.public_id, "other": product.merged_into.public_id if product.merged_into else ""})
