"""Pointing rows anew and writing values over, and remembering both, so that a merge can be taken back exactly.

A merge remembers `rows` (foreign key → primary keys) and `values` (one entry a field, with the value before and after).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ocop.core.text import clean_line
from ocop.register.actions.refusals import Moved, NotFitting
from ocop.register.models import Photo, Producer, Product
from ocop.register.queries.merging import Rows, differing

T = TypeVar("T", Producer, Product)

# The kept row says the same already: these stay with the row that is merged, untouched, and are there again when it is parted.
_SAME_TWICE = frozenset(
    {
        "register.legalformspan.producer",
        "register.producerperson.producer",
        "register.producerlink.producer",
        "register.award.product",
    }
)
_REASON_LIMIT = 300


class MergeMoved(Moved):
    """Somebody merged, parted or changed one of the two a moment ago."""

    def __init__(self) -> None:
        super().__init__(_("Vừa có người gộp, tách hoặc sửa một trong hai bên. Hãy xem lại rồi làm tiếp."))


def reason_of(text: str) -> str:
    """The reason, cut to fit. Raises `NotFitting` when there is none."""
    why = clean_line(text)[:_REASON_LIMIT]
    if not why:
        raise NotFitting(_("Hãy ghi căn cứ, ví dụ “cùng giấy đăng ký hợp tác xã số …”."))
    return why


def locked(kept: T, merged: T, versions: tuple[int, int]) -> tuple[T, T]:
    """Both rows as they are now, held until the transaction ends. Raises `MergeMoved` unless both stand and are as the officer saw them."""
    model = type(kept)
    rows = model._default_manager.select_for_update(of=("self",)).select_related("unit", "commune_now")
    found = {row.pk: row for row in rows.filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    if len(found) != 2 or (found[kept.pk].version, found[merged.pk].version) != versions:
        raise MergeMoved
    return found[kept.pk], found[merged.pk]


def taken_from(merged: T, kept: T, choices: Mapping[str, str]) -> dict[str, Any]:
    """The fields whose value the officer takes from the merged row, with these values; where nothing was chosen, empty ones are filled."""
    chosen = ((each.field, choices.get(each.field, each.default)) for each in differing(kept, merged))
    return {field: getattr(merged, field) for field, side in chosen if side == "merged"}


def joined_source(kept: T, merged: T) -> str:
    """Where the values of both come from."""
    addresses = [address for row in (kept, merged) for address in row.source_url.split(" ; ") if address]
    return " ; ".join(dict.fromkeys(addresses))


def stay_or_refuse(tables: Iterable[Rows], *, may_stay: Collection[str] = ()) -> None:
    """Rows that cannot stand beside their twins stay behind where both say the same; otherwise there is no merge. Raises `NotFitting`."""
    for rows in tables:
        label, model = rows.reference.label, rows.reference.model
        if rows.colliding and not (label in _SAME_TWICE or label in may_stay or model._meta.auto_created):
            what = model._meta.verbose_name
            raise NotFitting(_("Hai bên cùng có dữ liệu trùng nhau (%(what)s). Hãy bỏ hoặc sửa ở một bên rồi gộp.") % {"what": what})


def point_at(kept: models.Model, tables: Iterable[Rows]) -> dict[str, list[int]]:
    """Let the free rows of every table point at `kept`. Raises `NotFitting` where the database forbids it all the same."""
    moved = {}
    for rows in tables:
        if rows.free:
            _update(rows.reference.rows.filter(pk__in=rows.free), {rows.reference.field: kept})
            moved[rows.reference.label] = list(rows.free)
    return moved


def point_back(moved: Mapping[str, Sequence[int]], *, kept: models.Model, merged: models.Model) -> None:
    """Let them point at `merged` again; what was deleted since is gone. Raises `NotFitting` when a row belongs to a third by now."""
    for label, pks in moved.items():
        name, field = label.rsplit(".", 1)
        rows = apps.get_model(name)._base_manager.filter(pk__in=pks)
        if rows.exclude(**{field: kept}).exists():
            raise NotFitting(_("Một phần đã chuyển sang nơi khác sau khi gộp nên không tách được nữa."))
        _update(rows, {field: merged})


def write_over(row: models.Model, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Write the values that differ, and say what was there before."""
    column = {field.name: field.attname for field in row._meta.concrete_fields}
    changes = [
        {"model": row._meta.label_lower, "pk": row.pk, "field": column[name], "was": _plain(was), "now": _plain(now)}
        for name, value in values.items()
        if (was := getattr(row, column[name])) != (now := value.pk if isinstance(value, models.Model) else value)
    ]
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    return changes


def write_back(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Write the values of before, except where somebody has written another one since; the names of those fields are returned."""
    left = []
    for (name, pk), group in groupby(changes, key=lambda change: (change["model"], change["pk"])):
        model = apps.get_model(name)
        row = model._base_manager.filter(pk=pk).first()
        if row is None:
            continue  # a photo that was removed since
        back = {}
        for change in group:
            field = change["field"]
            if _plain(getattr(row, field)) == change["now"]:
                back[field] = model._meta.get_field(field).to_python(change["was"])
            else:
                left.append(field)
        model._base_manager.filter(pk=pk).update(**back)
    return left


def append_photos(kept: T, merged: T) -> list[dict[str, Any]]:
    """The photos that follow stand behind those that are there, in their own order."""
    last = kept.photos.aggregate(last=models.Max("position"))["last"]
    first = 0 if last is None else last + 1
    return [change for n, photo in enumerate(_photos(merged)) for change in write_over(photo, {"position": first + n})]


def new_version(kept: T, merged: T, at: datetime) -> None:
    """A form that somebody opened for either of them before is too old for both."""
    version = max(kept.version, merged.version) + 1
    type(kept)._base_manager.filter(pk__in=[kept.pk, merged.pk]).update(version=version, updated_at=at)


def _photos(of: Producer | Product) -> list[Photo]:
    return list(of.photos.order_by("position", "pk"))


def _update(rows: models.QuerySet[Any], values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError as error:
        raise NotFitting(_("Sổ không nhận hai dòng trùng nhau (%(what)s).") % {"what": rows.model._meta.verbose_name}) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
