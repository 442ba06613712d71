"""Reading what is known of stored files, and finding what fell out of step between disk and database."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db.models import Count, Q, QuerySet

from ocop.records import rules
from ocop.records.enums import FileKind
from ocop.records.models import Rendition, StoredFile

# A file without a row may belong to a transaction that is not over; a removed one to a page that is being sent.
_SETTLED_AFTER = timedelta(hours=1)


def file_by_key(key: str) -> StoredFile | None:
    """The file under a key, unless it was removed. Whether somebody may read it, the room of its subject says."""
    return StoredFile.objects.filter(key=key, removed_at__isnull=True).first()


def file_facts(file: StoredFile) -> dict[str, str | int]:
    """What an audit entry keeps of a file: enough to prove later that it is the same one. Not its name, which may be a person's."""
    return {"key": file.key, "kind": file.kind, "type": file.content_type, "bytes": file.size, "sha256": file.sha256}


def rendition_by_name(key: str, width: int, image_format: str) -> Rendition | None:
    """One size of a photo, with its file."""
    return (
        Rendition.objects.select_related("file")
        .filter(file__key=key, file__kind=FileKind.PHOTO, file__removed_at__isnull=True, width=width, format=image_format)
        .first()
    )


def files_to_size() -> QuerySet[StoredFile]:
    """Photos without sizes, or whose sizing was begun and not finished, that have not failed too often."""
    photos = StoredFile.objects.filter(kind=FileKind.PHOTO, removed_at__isnull=True, rendition_tries__lt=rules.ATTEMPTS)
    return photos.annotate(made=Count("renditions")).filter(Q(made=0) | Q(rendition_tries__gt=0)).order_by("pk")


def files_to_erase(at: datetime) -> QuerySet[StoredFile]:
    """Removed files whose bytes are still there."""
    return StoredFile.objects.filter(removed_at__lte=at - _SETTLED_AFTER).exclude(blob="").order_by("pk")


def stray_blobs(at: datetime) -> Iterator[str]:
    """Names of files, of this month and the last, that no row knows and that are older than any transaction."""
    for folder in _folders(at):
        known = {*_names(StoredFile.objects.all(), folder), *_names(Rendition.objects.all(), folder)}
        for name in _listed(folder):
            if name not in known and default_storage.get_modified_time(name) <= at - _SETTLED_AFTER:
                yield name


def blobs_missing(at: datetime) -> list[StoredFile]:
    """Files of the last two days whose bytes are gone: never to be expected, so somebody must look."""
    recent = StoredFile.objects.filter(uploaded_at__gte=at - timedelta(days=2)).exclude(blob="")
    return [stored for stored in recent if not default_storage.exists(str(stored.blob.name))]


def _folders(at: datetime) -> list[str]:
    """Where Django put files lately: it names folders by the day in UTC or in local time, so both months' ends are looked at."""
    months = {at + timedelta(days=days) for days in (-31, -1, 0, 1)}
    return sorted({f"files/{month:%Y/%m}/" for month in months})


def _names(rows: QuerySet[StoredFile] | QuerySet[Rendition], folder: str) -> QuerySet[StoredFile, str]:
    return rows.filter(blob__startswith=folder).values_list("blob", flat=True)  # type: ignore[return-value]


def _listed(folder: str) -> list[str]:
    try:
        return [f"{folder}{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []
