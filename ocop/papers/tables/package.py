"""The ZIP package of a workbook, judged by its directory before anything is unpacked, and by its parts before anything is parsed.

What a reader is given afterwards is a copy that holds only the parts with cells in them: no macro, no picture, no link.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ocop.core.money import number
from ocop.papers.tables.model import UnreadableTable

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_MEMBERS: Final = 1_000
MAX_UNPACKED: Final = 120 * 1024 * 1024
MAX_RATIO: Final = 200  # unpacked to packed; Excel's own sheets reach some 40
_RATIO_FROM: Final = 5 * 1024 * 1024  # below this no ratio harms anybody
_CONTENT_TYPES, _WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
_MACRO_PARTS: Final = ("vbaproject", "macrosheets/", "activex/", "vbadata")
_LINK_PARTS: Final = "xl/externallinks/"
_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/(styles|sharedStrings)\.xml"
    r"|xl/(worksheets|chartsheets|dialogsheets)/[^/]+\.xml",
    re.IGNORECASE,
)
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Package:
    """The parts with cells in them, unpacked, by their path."""

    parts: Mapping[str, bytes]
    has_links: bool  # to other workbooks; their stored values are read, the links are not

    def copy(self) -> io.BytesIO:
        """The same parts as a package of their own, ready to be read."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        target.seek(0)
        return target


def open_package(content: bytes) -> Package:
    """Check and unpack. Raises `UnreadableTable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            names = [member.filename for member in members]
            _check_directory(members)
            _check_kind(names)
            parts = {member.filename: _unpacked(package, member) for member in members if _NEEDED.fullmatch(member.filename)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, UnicodeDecodeError):
        raise UnreadableTable(_("Tệp .xlsx hỏng, không mở được. Hãy mở bằng Excel rồi lưu lại.")) from None
    for part in parts.values():
        _check_part(part)
    return Package(parts, any(name.lower().startswith(_LINK_PARTS) for name in names))


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Bombs and tricks show in the directory: how many members, how large unpacked, where they want to go."""
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS:
        said = {"n": number(len(members))}
        raise UnreadableTable(_("Tệp .xlsx chứa %(n)s tệp con, không giống một bảng tính. Hãy lưu lại từ Excel.") % said)
    if len({name.lower() for name in names}) != len(names) or any(_leads_out(name) for name in names):
        raise UnreadableTable(_("Tệp .xlsx có tên tệp con lạ, không an toàn nên không mở."))
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)):
        said = {"n": number(unpacked // (1024 * 1024))}
        raise UnreadableTable(_("Tệp .xlsx nở ra tới %(n)s MB, không an toàn nên không mở.") % said)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\x00" in name


def _check_kind(names: list[str]) -> None:
    if _CONTENT_TYPES not in names or not any(name.lower() == _WORKBOOK for name in names):
        raise UnreadableTable(_("Tệp nén này không phải bảng tính .xlsx. Hãy mở bằng Excel rồi lưu lại thành .xlsx."))
    if any(part in name.lower() for name in names for part in _MACRO_PARTS):
        raise UnreadableTable(_("Bảng tính có macro nên không nhận. Hãy lưu lại thành .xlsx không có macro."))


def _unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Never more than the directory said, checksum included: a directory that lies is refused."""
    taken: list[bytes] = []
    with package.open(member) as source:
        while chunk := source.read(_CHUNK):
            taken.append(chunk)
    content = b"".join(taken)
    if len(content) != member.file_size:
        raise zipfile.BadZipFile(member.filename)
    return content


def _check_part(part: bytes) -> None:
    """XML in UTF-8 without declarations of its own: neither entities that grow nor files that are fetched."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part[:100] or any(mark in part for mark in _DECLARATIONS):
        raise UnreadableTable(_("Tệp .xlsx chứa khai báo XML lạ, không an toàn nên không mở."))
