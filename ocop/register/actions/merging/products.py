"""Two products are one: stars, codes, packs and photos of the second belong to the first, and every label of it leads there."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import slug, sort_key
from ocop.records.actions import record
from ocop.register import policies, rules
from ocop.register.actions.derived import rebuild_standing, refresh_search
from ocop.register.actions.merging import moving
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.actions.told import tell_producer
from ocop.register.models import Merge, Product, Variant
from ocop.register.queries.merging import Rows, rows_to_move, star_conflicts

_STARS, _PACKS = "register.recognition.product", "register.variant.product"
# What belongs to a field and goes with it.
_WITH = {
    "unit": ("commune_now",),
    "set_no": ("rubric_id", "set_alternatives", "set_basis", "set_chosen_by", "set_chosen_at"),
    "key_group": ("key_group_basis",),
}


@transaction.atomic
def merge_products(
    *,
    actor: Actor,
    kept: Product,
    merged: Product,
    choices: Mapping[str, str],
    versions: tuple[int, int],
    reason: str,
    at: datetime,
    settled: Collection[str] = (),
) -> Merge:
    """Take `merged` into `kept`: recognitions under their own codes, official codes, packs, photos, reports, and what other rooms keep.

    Where both have a recognition by one decision, `kept`'s stays; if the stars differ, the officer must have compared the paper and
    name the decision in `settled`. `choices` and `versions` as in `merge_producers`. Raises `Refused`, `NotFitting`, `MergeMoved`.
    """
    demand(policies.can_merge(actor, kept, merged, localdate(at)))
    why = moving.reason_of(reason)
    kept, merged = moving.locked(kept, merged, versions)
    if merged.is_published and not kept.is_published:
        raise NotFitting(_("Sản phẩm giữ lại đang ẩn, nhãn cũ sẽ không dẫn tới đâu. Hãy cho hiện trước, hoặc gộp theo chiều kia."))
    _check_stars(kept, merged, settled)
    taken = moving.taken_from(merged, kept, choices)
    moved = _take_over(kept, merged, taken)
    moving.new_version(kept, merged, at)
    who = {"kept_product": kept, "merged_product": merged, "merged_by_id": actor.user_id}
    merge = Merge.objects.create(**who, reason=why, moved=moved, merged_at=at)
    kept.refresh_from_db()
    rebuild_products(kept, merged)
    _tell(actor, kept, merged, at)
    data = {"into": kept.public_id, "reason": why, "taken": sorted(taken), "rows": sum(map(len, moved["rows"].values()))}
    record(actor=actor, event="product.merged", subject=f"product:{merged.public_id}", data=data, at=at)
    return merge


def _take_over(kept: Product, merged: Product, taken: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that changes hands, and what the merge has to remember of it."""
    tables = rows_to_move(merged, kept)
    _check_packs(tables)
    moving.stay_or_refuse(tables, may_stay=(_STARS, _PACKS))
    values = moving.append_photos(kept, merged)
    rows = moving.point_at(kept, tables)
    values += moving.write_over(kept, _values(kept, merged, taken))
    values += moving.write_over(merged, {"merged_into": kept, "is_published": False})
    return {"rows": rows, "values": values}


def rebuild_products(*products: Product) -> None:
    """Standing and searched text follow from what each of them has now."""
    for product in products:
        rebuild_standing(product)
    refresh_search(products)


def _rows(tables: list[Rows], label: str) -> tuple[int, ...]:
    return next((rows.colliding for rows in tables if rows.reference.label == label), ())


def _check_stars(kept: Product, merged: Product, settled: Collection[str]) -> None:
    """The same decision twice is one event; with different stars one of the two is a mistake that only the paper can tell."""
    for number, ours, theirs in star_conflicts(kept, merged):
        if number not in settled:
            words = _(
                "Quyết định %(no)s: bên giữ lại ghi %(ours)s sao, bên kia ghi %(theirs)s sao. Hãy đối chiếu bản quyết định rồi đánh dấu."
            )
            raise NotFitting(words % {"no": number, "ours": ours or "?", "theirs": theirs or "?"})


def _check_packs(tables: list[Rows]) -> None:
    """A pack of the same name may stay behind only if nothing hangs on it."""
    twins = Variant.objects.filter(pk__in=_rows(tables, _PACKS)).order_by("name")
    in_use = next((pack for pack in twins if pack.gtin or pack.prices.exists()), None)
    if in_use:
        raise NotFitting(
            _("Cả hai cùng có quy cách “%(name)s” với giá hoặc mã vạch. Hãy đổi tên ở một bên rồi gộp.") % {"name": in_use.name}
        )


def _values(kept: Product, merged: Product, taken: Mapping[str, Any]) -> dict[str, Any]:
    """What is written over `kept`: the values taken, what follows from them, and their source."""
    values = dict(taken)
    for field in taken:
        values |= {name: getattr(merged, name) for name in _WITH.get(field, ())}
    if "name" in taken:
        values |= {"sort_key": sort_key(taken["name"]), "slug": slug(taken["name"], 120) or "san-pham"}
    if {"name", "set_no", "source_group"} & taken.keys():
        said = {name: values.get(name, getattr(kept, name)) for name in ("name", "set_no", "source_group")}
        values["art"] = rules.art_for(**said)
    if taken:
        values["source_url"] = moving.joined_source(kept, merged)
    return values


def _tell(actor: Actor, kept: Product, merged: Product, at: datetime) -> None:
    words = _("%(merged)s (%(old)s) đã gộp vào %(kept)s (%(new)s)")
    title = words % {"merged": merged.name, "old": merged.public_id, "kept": kept.name, "new": kept.public_id}
    about = {"event": "product.merged", "subject": f"product:{kept.public_id}", "title": title[:200], "path": f"/sp/{kept.public_id}"}
    for producer in {each.producer_id: each.producer for each in (kept, merged)}.values():
        tell_producer(actor=actor, producer=producer, at=at, **about)
