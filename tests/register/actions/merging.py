"""Merging and parting as the tests do it, and every row of three rooms, to see that nothing is lost."""

from datetime import timedelta
from typing import Any

from django.apps import apps

from ocop.core.actor import Actor
from ocop.people.models import User
from ocop.people.queries import actor_for
from ocop.register import actions
from ocop.register.models import Merge, Producer, StandingSpan
from tests.cast import NOW, TODAY, Cast

LATER = NOW + timedelta(days=3)
_ROOMS = ("register", "market", "people")
_NOT_COMPARED = {"version", "updated_at"}
_NOT_ROWS = {"register.merge", "register.standingspan"}  # the book of merges itself; standing is compared without its keys


def everything() -> dict[str, list[str]]:
    """Every row of three rooms as text, without what counts changes."""
    found = {}
    for room in _ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            if model._meta.label_lower not in _NOT_ROWS:
                fields = [field.attname for field in model._meta.concrete_fields if field.name not in _NOT_COMPARED]
                found[model._meta.label_lower] = sorted(map(str, model._base_manager.values_list(*fields)))
    spans = [field.attname for field in StandingSpan._meta.concrete_fields if field.name != "id"]
    found["standing"] = sorted(map(str, StandingSpan.objects.values_list(*spans)))
    return found


def merge(cast: Cast, kept: Any, merged: Any, **more: Any) -> Merge:
    kept, merged = (type(row).with_merged.get(pk=row.pk) for row in (kept, merged))
    act = actions.merge_producers if isinstance(kept, Producer) else actions.merge_products
    given = {"choices": {}, "versions": (kept.version, merged.version), "reason": "cùng giấy đăng ký", "at": NOW, **more}
    return act(**{"actor": cast.officer, "kept": kept, "merged": merged, **given})


def part(cast: Cast, merged: Merge, **more: Any) -> Merge:
    return actions.unmerge(**{"actor": cast.officer, "merge": merged, "reason": "hai cơ sở khác nhau", "at": LATER, **more})


def again(actor: Actor) -> Actor:
    return actor_for(User.objects.get(pk=actor.user_id), actor.mandate_id, TODAY)
