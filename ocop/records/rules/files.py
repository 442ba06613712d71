"""What a stored file may be. The type is read from the bytes; what the sender calls it decides nothing.

Sources: OWASP File Upload Cheat Sheet; ASVS 5.0 5.2 and 5.3; Pillow's advice on decompression bombs (RELIABILITY.md P11).
"""

import re
from dataclasses import dataclass

from ocop.core.text import clean_line
from ocop.records.enums import FileKind

_MEGABYTE = 1024 * 1024
PIXEL_LIMIT = 40_000_000
# libwebp keeps several whole canvases while it decodes: about 16 bytes a pixel where JPEG and PNG need 4.
WEBP_PIXEL_LIMIT = 10_000_000
LONGEST_EDGE = 2560  # pixels kept of a photo; a page never shows more

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"
PICTURES, TABLES = (JPEG, PNG, WEBP), (XLSX, CSV)
CONTENT_TYPES = (*PICTURES, PDF, *TABLES)
EXTENSIONS = {JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf", XLSX: "xlsx", CSV: "csv"}
RENDITION_FORMATS = ("webp", "avif")
RENDITION_WIDTHS = (320, 640, 1280)

# What Windows will not have as a name, whatever the extension.
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*;%]+')
_NAME_LIMIT = 100
# No text holds these bytes: NUL (but in UTF-16, which begins with its mark) and the controls that no keyboard writes.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LOOKED_AT = 4096  # bytes; whether the rest is a table, its reader says


@dataclass(frozen=True, slots=True)
class UploadLimit:
    """What one kind of file may hold. `is_logged`: reading it leaves an access-log entry."""

    types: tuple[str, ...]
    bytes: int
    pixels: int
    is_logged: bool


UPLOAD_LIMITS: dict[str, UploadLimit] = {
    FileKind.PHOTO: UploadLimit(PICTURES, 15 * _MEGABYTE, PIXEL_LIMIT, is_logged=False),
    FileKind.MISUSE_PHOTO: UploadLimit(PICTURES, 15 * _MEGABYTE, PIXEL_LIMIT, is_logged=True),
    FileKind.DECISION_SCAN: UploadLimit((PDF, *PICTURES), 25 * _MEGABYTE, PIXEL_LIMIT, is_logged=True),
    FileKind.EVIDENCE: UploadLimit((PDF, *PICTURES), 25 * _MEGABYTE, PIXEL_LIMIT, is_logged=True),
    FileKind.INTAKE: UploadLimit(TABLES, 15 * _MEGABYTE, 0, is_logged=True),
}


def sniff(data: bytes) -> str:
    """The content type by the first bytes, or "" for anything we do not take."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if re.match(rb"%PDF-[12]\.\d", data):
        return PDF
    if data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data:
        return XLSX
    return CSV if _is_plain_text(data) else ""


def _is_plain_text(data: bytes) -> bool:
    """Could this be a table as text, in whatever letters? A page of HTML or XML is none."""
    head = data[:_LOOKED_AT]
    if head.startswith(_UTF_16):
        return True
    return not _NOT_TEXT.search(head) and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<", b"%PDF", b"{\\rtf"))


def is_closed_pdf(data: bytes) -> bool:
    """A PDF that was sent to its end: the end mark stands in its last 4 KB (scanners pad with zeros)."""
    return b"%%EOF" in data[-4096:]


def pixel_limit(kind: str, content_type: str) -> int:
    """How many pixels may be decoded."""
    most = UPLOAD_LIMITS[kind].pixels
    return min(most, WEBP_PIXEL_LIMIT) if content_type == WEBP else most


def clean_file_name(name: str, content_type: str) -> str:
    """A name fit for a download: one line, no path, no reserved word, at most 100 characters, the extension of what it is."""
    last = re.split(r"[/\\]", clean_line(name))[-1]
    stem = last.rpartition(".")[0] if "." in last.strip(". ") else last
    stem = clean_line(_FORBIDDEN.sub(" ", stem)).strip(". ")
    extension = EXTENSIONS[content_type]
    stem = stem[: _NAME_LIMIT - len(extension) - 1].strip(". ")
    if not stem or _RESERVED.match(stem.partition(".")[0].strip()):
        stem = f"tep {stem}".strip()
    return f"{stem}.{extension}"


def rendition_widths(width: int) -> tuple[int, ...]:
    """The widths a photo is made in, in pixels: never larger than it is."""
    return tuple(sorted({min(width, target) for target in RENDITION_WIDTHS}))
