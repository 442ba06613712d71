"""Taking files in, sizing photos, and letting files go.

Files and rows live in two stores that share no transaction. The file is written first and the row after it; a file left
without a row (a rollback, a kill) is found by the hourly sweep. There is never a row without its file.

No function here writes an audit entry of its own: each is a part of another room's action, whose one entry carries `queries.file_facts`.
"""

import hashlib
import logging
import os
import secrets
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.records import rules
from ocop.records.enums import FileKind
from ocop.records.models import Rendition, StoredFile
from ocop.records.readers import FileRefused, SizedPicture, read_picture, sized_pictures

logger = logging.getLogger(__name__)


class FileAlreadyRemoved(Exception):
    """Somebody removed the file before."""


@transaction.atomic
def store_file(*, actor: Actor, kind: str, subject: str, upload: File[bytes], at: datetime) -> StoredFile:
    """Check a file, make pictures anew, keep it under a name of ours. Raises `FileRefused` with a sentence for the sender.

    `subject` names what the file belongs to ("product:BK001"); the room that owns the subject answers who may read it.
    """
    data = _read(upload, rules.UPLOAD_LIMITS[kind])
    content_type = _content_type(data, kind)
    width = height = None
    if content_type in rules.PICTURES:
        picture = read_picture(data, content_type, rules.pixel_limit(kind, content_type))
        data, width, height = picture.data, picture.width, picture.height
    key = secrets.token_hex(16)
    stored = StoredFile(
        key=key,
        kind=kind,
        subject=subject,
        name=rules.clean_file_name(upload.name or "", content_type),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        width=width,
        height=height,
        uploaded_at=at,
        uploaded_by_id=actor.user_id,
    )
    stored.blob.save(f"{secrets.token_hex(16)}.{rules.EXTENSIONS[content_type]}", ContentFile(data), save=False)
    _settle(str(stored.blob.name))
    stored.save(force_insert=True)
    return stored


def remove_file(*, actor: Actor, file: StoredFile, at: datetime) -> None:
    """Take a file out of every page at once; a sweep erases its bytes. The row stays: entries name it."""
    if StoredFile.objects.filter(pk=file.pk, removed_at__isnull=True).update(removed_at=at) != 1:
        raise FileAlreadyRemoved(file.key)
    file.removed_at = at


def erase_file(*, actor: Actor, file_id: int, at: datetime) -> None:
    """Erase the bytes of a removed file and of its sizes. Running it twice does no harm."""
    stored = StoredFile.objects.filter(pk=file_id, removed_at__lte=at).exclude(blob="").first()
    if stored is None:
        return
    for rendition in stored.renditions.all():
        default_storage.delete(str(rendition.blob.name))
        rendition.delete()
    default_storage.delete(str(stored.blob.name))
    StoredFile.objects.filter(pk=file_id).update(blob="")


def erase_stray_blob(*, actor: Actor, name: str, at: datetime) -> bool:
    """Erase a file that no row knows. Asks again first: the row may have been committed meanwhile."""
    known = StoredFile.objects.filter(blob=name).exists() or Rendition.objects.filter(blob=name).exists()
    if not known:
        default_storage.delete(name)
    return not known


def make_renditions(*, actor: Actor, file_id: int, at: datetime) -> int:
    """Make the sizes of a photo that are still missing; returns how many were made. After five failures it is left alone."""
    todo = StoredFile.objects.filter(pk=file_id, kind=FileKind.PHOTO, removed_at__isnull=True, rendition_tries__lt=rules.ATTEMPTS)
    if todo.update(rendition_tries=F("rendition_tries") + 1) != 1:
        return 0
    stored = StoredFile.objects.get(pk=file_id)
    done = set(stored.renditions.values_list("format", "width"))
    with stored.blob.open("rb") as blob:
        data = blob.read()
    made = sum(_keep(stored, picture) for picture in sized_pictures(data) if (picture.format, picture.width) not in done)
    StoredFile.objects.filter(pk=file_id).update(rendition_tries=0)
    return made


def _keep(stored: StoredFile, picture: SizedPicture) -> bool:
    """File first, row after it; False when another worker was quicker."""
    rendition = Rendition(file=stored, format=picture.format, width=picture.width, height=picture.height)
    rendition.blob.save(f"{secrets.token_hex(16)}.{picture.format}", ContentFile(picture.data), save=False)
    _settle(str(rendition.blob.name))
    try:
        with transaction.atomic():
            rendition.save(force_insert=True)
    except IntegrityError:
        default_storage.delete(str(rendition.blob.name))
        return False
    return True


def _read(upload: File[bytes], limit: rules.UploadLimit) -> bytes:
    """The bytes, if they are neither none nor too many; a sender that lies about the size is read one byte past the limit, no more."""
    if upload.size and upload.size > limit.bytes:
        raise FileRefused(_too_heavy(limit))
    upload.seek(0)
    data: bytes = upload.read(limit.bytes + 1)
    if len(data) > limit.bytes:
        raise FileRefused(_too_heavy(limit))
    if not data:
        raise FileRefused(_("Tệp này trống. Hãy chọn tệp khác."))
    return data


def _too_heavy(limit: rules.UploadLimit) -> str:
    return _("Tệp nặng hơn %(most)s MB. Hãy chọn tệp nhẹ hơn.") % {"most": limit.bytes // (1024 * 1024)}


def _content_type(data: bytes, kind: str) -> str:
    """What the bytes are, if this kind of file may be that."""
    content_type = rules.sniff(data)
    allowed = rules.UPLOAD_LIMITS[kind].types
    if content_type not in allowed:
        if rules.XLSX in allowed:
            raise FileRefused(
                _("Chỉ nhận tệp XLSX hoặc CSV. Hãy mở bảng trong Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx), rồi gửi lại.")
            )
        if rules.PDF in allowed:
            raise FileRefused(_("Chỉ nhận tệp PDF hoặc ảnh JPEG, PNG, WebP. Hãy lưu tài liệu thành PDF rồi gửi lại."))
        raise FileRefused(_("Chỉ nhận ảnh JPEG, PNG hoặc WebP. Ảnh HEIC của iPhone cần đổi sang JPEG trước."))
    if content_type == rules.PDF and not rules.is_closed_pdf(data):
        raise FileRefused(_("Tệp PDF bị cắt ngang. Hãy gửi lại tệp đầy đủ."))
    return content_type


def _settle(name: str) -> None:
    """On a disk of our own, wait until the bytes are on it: the row that follows must not outlive its file in a power cut."""
    try:
        path = default_storage.path(name)
    except NotImplementedError:  # an object store answers only when it has kept the object
        return
    for part in (path, os.path.dirname(path)):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
