"""Making stored rows what a file says, so that loading it twice changes nothing the second time."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

CREATED, CHANGED, SAME = "created", "changed", "same"

M = TypeVar("M", bound=Model)


def put_row(*, model: type[M], key: dict[str, Any], values: dict[str, Any]) -> tuple[M, str]:
    """The row under `key` with these values, and whether it was created, changed or the same. Call inside the action's transaction."""
    row, is_new = model._default_manager.get_or_create(**key, defaults=values)
    return (row, CREATED) if is_new else (row, _change(row, values))


def put_rows(*, model: type[M], key: tuple[str, ...], rows: Mapping[tuple[Any, ...], dict[str, Any]]) -> list[str]:
    """The same for many rows, each under the values of the columns in `key`; reads the table once and adds what is new at once."""
    stored = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()}
    added = [model(**dict(zip(key, where, strict=True)), **values) for where, values in rows.items() if where not in stored]
    model._default_manager.bulk_create(added)
    return [_change(stored[where], values) if where in stored else CREATED for where, values in rows.items()]


def _change(row: Model, values: dict[str, Any]) -> str:
    different = [name for name, value in values.items() if getattr(row, name) != value]
    if not different:
        return SAME
    for name in different:
        setattr(row, name, values[name])
    row.save(update_fields=different)
    return CHANGED
