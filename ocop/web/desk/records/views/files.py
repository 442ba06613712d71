"""The one way to every stored file. It asks the room that owns the file's subject, the same question its pages ask."""

import logging

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone

from ocop.records import queries, rules
from ocop.records.actions import record_access
from ocop.records.models import Rendition, StoredFile
from ocop.register import queries as register
from ocop.web.kit.gates import desk_page, public_page

logger = logging.getLogger(__name__)
_INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


@desk_page(methods=("GET", "HEAD"))
def private_file(request: HttpRequest, key: str) -> FileResponse:
    """A file as an attachment, for whom the owning room lets see it. Foreign and absent look the same."""
    stored = queries.file_by_key(key)
    if stored is None or not register.file_visible_to(request.actor, stored, timezone.localdate()):
        raise Http404
    if rules.UPLOAD_LIMITS[stored.kind].is_logged:
        record_access(actor=request.actor, event="file.read", subject=stored.subject, fields=[stored.kind, stored.key], at=timezone.now())
    response = _bytes_of(stored, stored.content_type, as_attachment=True, filename=stored.name)
    response["Cache-Control"] = "private, no-store"
    return response


@public_page(params=(), kept=False)
def photo(request: HttpRequest, key: str, width: str, image_format: str) -> FileResponse:
    """One size of a photo that stands on a public page. Its bytes never change under this address."""
    rendition = queries.rendition_by_name(key, int(width), image_format)
    if rendition is None or not register.photo_is_public(rendition.file):
        raise Http404
    response = _bytes_of(rendition, f"image/{image_format}")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _bytes_of(row: StoredFile | Rendition, content_type: str, *, as_attachment: bool = False, filename: str = "") -> FileResponse:
    """The file as an answer in which nothing can run."""
    try:
        blob = row.blob.open("rb")
    except FileNotFoundError:
        logger.error("a stored file is gone", extra={"code": row.blob.name})
        raise Http404 from None
    return FileResponse(blob, content_type=content_type, as_attachment=as_attachment, filename=filename, headers=_INERT)
