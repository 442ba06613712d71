"""XLSX by python-calamine, after the package has been judged; and what calamine does not tell: formulas, errors, the count of days."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ocop.papers.tables.model import Merge, Place, Tab, Tables, UnreadableTable, check_size
from ocop.papers.tables.package import Package, open_package

MAX_TABS: Final = 60
MAX_MERGES: Final = 100_000
MAX_TEXT: Final = 100_000_000  # characters of all cells of one tab; one shared text may stand in a million cells

# A cell with content that does not say "column A to ZZ, row 1 to 99,999" at once: it is looked at more closely before calamine, which
# makes room for every cell between the first and the last.
_FAR: Final = re.compile(rb'<c(?! r="[A-Z]{1,2}[0-9]{1,5}")(?:\s[^>]*)?(?<!/)>')
_WIDE: Final = re.compile(rb'<c r="[A-Z]{2}[0-9]+"[^>]*(?<!/)>')
_CELL: Final = re.compile(rb"<c(\s[^>]*)?(?<!/)>")
_PREFIXED: Final = re.compile(rb"<[A-Za-z_][\w.-]*:c[\s/>]")
_REF: Final = re.compile(rb'\sr\s*=\s*["\']\s*\$?([A-Z]+)\$?([0-9]+)')
_ATTRIBUTE: Final = re.compile(r'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_FORMULA: Final = re.compile(rb"<f\b[^>]*?(?:/>|>(.*?)</f>)", re.DOTALL)
_VALUE: Final = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_ODD: Final = "Tệp .xlsx có cấu trúc lạ. Hãy mở bằng Excel rồi lưu lại."


def read_workbook(content: bytes) -> Tables:
    """All tabs of a workbook. Raises `UnreadableTable`."""
    package = open_package(content)
    _check_texts(package)
    for name, part in package.parts.items():
        _check_cells(name, part)
    try:
        with CalamineWorkbook.from_filelike(package.copy()) as book:
            tabs = tuple(_tabs(book, package))
    except (CalamineError, ValueError) as wrong:
        if isinstance(wrong, UnreadableTable):
            raise
        raise UnreadableTable(_("Tệp .xlsx hỏng, không đọc được. Hãy mở bằng Excel rồi lưu lại.")) from None
    remarks = (_("Tệp có liên kết tới bảng tính khác; chỉ đọc giá trị đã lưu."),) if package.has_links else ()
    properties = next(_tags(_part(package, "xl/workbook.xml"), "workbookPr"), {})
    return Tables("xlsx", tabs, properties.get("date1904", "0").lower() in ("1", "true"), remarks)


def _tabs(book: CalamineWorkbook, package: Package) -> Iterator[Tab]:
    parts = _sheet_parts(package)
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > MAX_TABS:
        raise UnreadableTable(_("Tệp có %(n)s trang tính, chỉ đọc được %(limit)s.") % {"n": len(sheets), "limit": MAX_TABS})
    for about in sheets:
        sheet = book.get_sheet_by_name(about.name)
        check_size(about.name, sheet.total_height, sheet.total_width)
        formulas, errors = _special_cells(package.parts.get(parts.get(about.name, ""), b""))
        yield Tab(
            name=about.name,
            rows=sheet.to_python(skip_empty_area=False),
            merges=_merges(sheet),
            formulas=formulas,
            errors=errors,
            is_hidden=about.visible != SheetVisibleEnum.Visible,
        )


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    ranges = sheet.merged_cell_ranges or []
    if len(ranges) > MAX_MERGES:
        raise UnreadableTable(_("Trang “%(name)s” có quá nhiều ô gộp. Hãy bỏ gộp ô rồi lưu lại.") % {"name": sheet.name})
    return tuple(Merge(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


def _check_texts(package: Package) -> None:
    """One long shared text in every cell would grow to gigabytes, since every cell gets its own copy."""
    texts = _part(package, "xl/sharedStrings.xml")
    if not texts:
        return
    longest = max(map(len, texts.split(b"</si>")))
    for name, part in package.parts.items():
        cells = part.count(b"</c>")
        if longest * cells > MAX_TEXT and _text_of_cells(texts, part) > MAX_TEXT:
            raise UnreadableTable(_("Tệp .xlsx chứa quá nhiều chữ (%(name)s), không an toàn nên không mở.") % {"name": name})


def _text_of_cells(texts: bytes, part: bytes) -> int:
    lengths = [len(text) for text in texts.split(b"</si>")]
    numbers = (int(found) for found in re.findall(rb"<v>\s*([0-9]{1,9})\s*</v>", part))
    return sum(lengths[n] for n in numbers if n < len(lengths))


def _check_cells(name: str, part: bytes) -> None:
    """No cell so far out that the table between would not fit into memory."""
    if _PREFIXED.search(part):
        raise UnreadableTable(_(_ODD))
    if not (_FAR.search(part) or _WIDE.search(part)):
        return
    rows = columns = 0
    for attributes in _CELL.findall(part):
        found = _REF.search(attributes)
        if not found:
            raise UnreadableTable(_(_ODD))
        rows, columns = max(rows, int(found[2][:8])), max(columns, _column_number(found[1].decode()))
    check_size(name.rpartition("/")[2].removesuffix(".xml"), rows, columns)


def _column_number(letters: str) -> int:
    """ "A" is 1, "AA" 27."""
    total = 0
    for letter in letters[:4]:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


def _special_cells(part: bytes) -> tuple[dict[Place, str], dict[Place, str]]:
    """Where formulas stand, with their text, and where errors do; calamine gives a value for the one and nothing for the other."""
    formulas: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    if b"<f" not in part and b't="e"' not in part:
        return formulas, errors
    for cell in part.split(b"<c ")[1:]:
        body = cell.partition(b"</c>")[0]
        if b"<f" not in body and b't="e"' not in body:
            continue
        head = body.partition(b">")[0]
        found = _REF.search(b" " + head)
        if not found or head.endswith(b"/"):
            continue
        place = (int(found[2]), _column_number(found[1].decode()))
        if formula := _FORMULA.search(body):
            formulas[place] = unescape((formula[1] or b"").decode("utf-8", "replace"))
        if b't="e"' in head:
            value = _VALUE.search(body)
            errors[place] = value[1].decode("utf-8", "replace") if value else "#ERROR!"
    return formulas, errors


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part of every sheet, by the sheet's name."""
    targets = {tag.get("Id", ""): tag.get("Target", "") for tag in _tags(_part(package, "xl/_rels/workbook.xml.rels"), "Relationship")}
    known = {name.lower(): name for name in package.parts}
    found = {}
    for tag in _tags(_part(package, "xl/workbook.xml"), "sheet"):
        target = targets.get(next((value for key, value in tag.items() if key.endswith(":id")), ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[tag.get("name", "")] = known.get(path.lower(), "")
    return found


def _tags(xml: bytes, name: str) -> Iterator[Mapping[str, str]]:
    """The attributes of every tag of this name, for the small parts that tell what stands where."""
    for tag in islice(re.finditer(rf"<(?:\w+:)?{name}(?=[\s/>])([^>]*)>", xml.decode("utf-8", "replace")), 10_000):
        yield {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(tag[1])}


def _part(package: Package, name: str) -> bytes:
    return next((content for part, content in package.parts.items() if part.lower() == name.lower()), b"")
