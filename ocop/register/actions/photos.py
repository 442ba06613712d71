"""Photos on a product's or a producer's page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.records.actions import file_facts, record, remove_file, store_file
from ocop.records.enums import FileKind
from ocop.register import policies
from ocop.register.actions.refusals import Moved, NotFitting, demand
from ocop.register.models import Photo, Producer, Product

MAX_PHOTOS = 12
_CAPTION = 200


class PhotosMoved(Moved):
    """Somebody else added or removed a photo meanwhile."""


@transaction.atomic
def add_photo(
    *, actor: Actor, of: Product | Producer, upload: File[Any], at: datetime, caption_vi: str = "", caption_en: str = ""
) -> Photo:
    """One photo more, behind those there are. Raises `Refused`, `NotFitting`, and `records.FileRefused` for a bad file."""
    demand(policies.can_touch_photos(actor, of))
    type(of).objects.select_for_update().get(pk=of.pk)
    shown = of.photos.filter(file__removed_at__isnull=True)
    if shown.count() >= MAX_PHOTOS:
        raise NotFitting(_("Một trang có nhiều nhất %(n)s ảnh. Hãy gỡ bớt ảnh cũ.") % {"n": MAX_PHOTOS})
    file = store_file(actor=actor, kind=FileKind.PHOTO, subject=_subject(of), upload=upload, at=at)
    last = of.photos.aggregate(last=Max("position"))["last"]
    photo = Photo.objects.create(
        **_owner(of),
        file=file,
        caption_vi=clean_line(caption_vi)[:_CAPTION],
        caption_en=clean_line(caption_en)[:_CAPTION],
        position=0 if last is None else last + 1,
        is_demo=of.is_demo,
    )
    record(actor=actor, event="photo.added", subject=_subject(of), data=file_facts(file), at=at)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, photo: Photo, at: datetime) -> None:
    """The photo leaves the page. Raises `Refused`, and `PhotosMoved` when it was gone already."""
    of = _of(photo)
    demand(policies.can_touch_photos(actor, of))
    file = photo.file
    if Photo.objects.filter(pk=photo.pk, file__removed_at__isnull=True).delete()[0] != 1:
        raise PhotosMoved(_("Ảnh này đã được gỡ."))
    remove_file(actor=actor, file=file, at=at)
    record(actor=actor, event="photo.removed", subject=_subject(of), data={"photo": file.key}, at=at)


@transaction.atomic
def order_photos(*, actor: Actor, of: Product | Producer, keys: Sequence[str], at: datetime) -> None:
    """The photos in the order of their files' keys; all of them must be named. Raises `Refused`, `PhotosMoved`."""
    demand(policies.can_touch_photos(actor, of))
    photos = {photo.file.key: photo for photo in of.photos.filter(file__removed_at__isnull=True).select_related("file")}
    if set(photos) != set(keys) or len(set(keys)) != len(keys):
        raise PhotosMoved(_("Danh sách ảnh đã thay đổi. Hãy xem lại rồi sắp lại."))
    for position, key in enumerate(keys):
        Photo.objects.filter(pk=photos[key].pk).update(position=position)
    record(actor=actor, event="photo.ordered", subject=_subject(of), data={"photos": list(keys)}, at=at)


def _of(photo: Photo) -> Product | Producer:
    of = photo.product or photo.producer
    if of is None:
        raise ValueError("the database keeps every photo with one owner")
    return of


def _owner(of: Product | Producer) -> dict[str, Product | Producer]:
    return {"product": of} if isinstance(of, Product) else {"producer": of}


def _subject(of: Product | Producer) -> str:
    return f"product:{of.public_id}" if isinstance(of, Product) else f"producer:{of.code}"
