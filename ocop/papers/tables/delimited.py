"""CSV, in whatever encoding and with whatever separator an office's program wrote it."""

import csv
import io
import unicodedata
from contextlib import suppress
from typing import Final

from django.utils.translation import gettext as _

from ocop.core.text import clean_line
from ocop.papers.tables.legacy import from_tcvn3
from ocop.papers.tables.model import Tab, Tables, UnreadableTable, check_size

_SEPARATORS: Final = ",;\t|"
_SAMPLE: Final = 20_000  # characters looked at for the separator
# Words that any Vietnamese table has: which of the old encodings makes sense of the bytes.
_WORDS: Final = frozenset(
    [
        "tên",
        "sản",
        "phẩm",
        "chủ",
        "thể",
        "xã",
        "phường",
        "địa",
        "chỉ",
        "ngày",
        "năm",
        "số",
        "quyết",
        "định",
        "công",
        "nhận",
        "loại",
        "hình",
        "đại",
        "diện",
        "điện",
        "thoại",
        "ghi",
        "chú",
        "hạng",
        "tỉnh",
        "huyện",
    ]
)
_ENOUGH_WORDS: Final = 4
_TEXT_CONTROLS: Final = frozenset("\t\r\n\x0b\x0c\x1a")


def read_delimited(content: bytes) -> Tables:
    """One tab of text cells. Raises `UnreadableTable` where no encoding makes sense of the bytes."""
    text, remarks = _decoded(content)
    if any(character < " " and character not in _TEXT_CONTROLS for character in set(text)):
        raise UnreadableTable(_("Tệp không phải bảng tính Excel (.xlsx) cũng không phải CSV."))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error:
        raise UnreadableTable(_("Tệp CSV hỏng: có ô quá dài hoặc dấu ngoặc kép không khép. Hãy lưu lại thành .xlsx.")) from None
    check_size("CSV", len(rows), max(map(len, rows), default=0))
    return Tables(kind="csv", tabs=(Tab(name="CSV", rows=rows),), remarks=remarks)


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a word where the encoding was an old one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16"), ()
    if b"\x00" in content[:200]:
        return _strictly(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _from_old_encoding(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableTable(_("Tệp UTF-16 hỏng hoặc bị cắt ngang. Hãy lưu lại thành .xlsx.")) from None


def _from_old_encoding(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Windows-1258 or TCVN3, whichever makes Vietnamese words of the bytes; else nobody may guess."""
    read = [("TCVN3", from_tcvn3(content.decode("latin-1")))]
    with suppress(UnicodeDecodeError):
        read.append(("Windows-1258", unicodedata.normalize("NFC", content.decode("cp1258"))))
    name, text = max(read, key=lambda each: _known_words(each[1]))
    if _known_words(text) < _ENOUGH_WORDS:
        raise UnreadableTable(_("Không nhận ra bảng mã của tệp CSV. Hãy mở bằng Excel rồi lưu lại thành .xlsx."))
    return text, (_("Tệp dùng bảng mã cũ %(name)s, đã chuyển sang Unicode.") % {"name": name},)


def _known_words(text: str) -> int:
    words = "".join(letter if letter.isalpha() else " " for letter in clean_line(text[:_SAMPLE]).lower()).split()
    return len(_WORDS.intersection(words))


def _separator(text: str) -> str:
    """The separator that stands most often in the line that has most of any."""
    lines = text[:_SAMPLE].splitlines()
    best = max(((line.count(each), each) for line in lines for each in _SEPARATORS), default=(0, ","), key=lambda pair: pair[0])
    return best[1] if best[0] else ","
