"""Tables that people send in: XLSX and CSV as plain values, bounded before anything is unpacked, never run."""

from django.utils.translation import gettext as _

from ocop.papers.tables.delimited import read_delimited
from ocop.papers.tables.legacy import from_tcvn3, is_tcvn3_column, looks_like_tcvn3
from ocop.papers.tables.model import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, Place, Tab, Tables, UnreadableTable, Value
from ocop.papers.tables.package import MAX_BYTES
from ocop.papers.tables.workbook import read_workbook

__all__ = [
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Merge",
    "Place",
    "Tab",
    "Tables",
    "UnreadableTable",
    "Value",
    "from_tcvn3",
    "is_tcvn3_column",
    "looks_like_tcvn3",
    "read_tables",
]

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_MEGABYTE = 1024 * 1024


def read_tables(content: bytes) -> Tables:
    """Every tab of an XLSX or CSV file, judged by its content, never by its name. Raises `UnreadableTable`.

    Formulas are never computed, links never followed; a file with macros, with a password, or in another format is refused.
    """
    if not content.strip(b"\x00\t\r\n "):
        raise UnreadableTable(_("Tệp trống, không có gì để đọc."))
    if len(content) > MAX_BYTES:
        raise UnreadableTable(_("Tệp lớn hơn %(n)s MB. Hãy tách thành nhiều tệp.") % {"n": MAX_BYTES // _MEGABYTE})
    if content.startswith(_ZIP):
        return read_workbook(content)
    if content.startswith(_OLE):
        raise UnreadableTable(_("Tệp Excel này có mật khẩu hoặc ở định dạng .xls cũ. Hãy bỏ mật khẩu và lưu lại thành .xlsx."))
    if content.startswith(_PDF):
        raise UnreadableTable(_("Đây là tệp PDF, không phải bảng tính. Hãy gửi tệp .xlsx."))
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise UnreadableTable(_("Đây là trang web (HTML) mang tên bảng tính. Hãy mở bằng Excel rồi lưu lại thành .xlsx."))
    return read_delimited(content)
