"""Where the register stands in a file: which tab, which rows are its header, which column holds what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ocop.core.text import search_key
from ocop.papers.tables import Tab, Tables
from ocop.register.rules.intake.cells import words_of
from ocop.register.rules.intake.texts import readable


class Field(StrEnum):
    """What a column holds (INTAKE.md). The second recognition has the fields of the first with "second_" before them."""

    INDEX = "index"
    NAME = "name"
    GROUP = "group"
    FORM = "form"
    PRODUCER = "producer"
    COMMUNE = "commune"
    DISTRICT = "district"  # not in the usual layout; read when it is there
    ADDRESS = "address"
    REPRESENTATIVE = "representative"
    PHONE = "phone"
    STARS = "stars"
    EXPIRY = "expiry"
    FIRST_STARS = "first_stars"
    FIRST_DATE = "first_date"
    FIRST_YEAR = "first_year"
    FIRST_DECISION = "first_decision"
    FIRST_ISSUER = "first_issuer"
    SECOND_STARS = "second_stars"
    SECOND_DATE = "second_date"
    SECOND_YEAR = "second_year"
    SECOND_DECISION = "second_decision"
    SECOND_ISSUER = "second_issuer"
    NOTE = "note"


REQUIRED = (Field.NAME, Field.PRODUCER)
PERSONAL = frozenset({Field.REPRESENTATIVE, Field.PHONE, Field.ADDRESS})  # shown only to those who may read them


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a tab. `columns` maps what is held to its column; `headers` maps every column with a header to its text."""

    header_top: int
    first_row: int  # the first row below the header
    columns: Mapping[Field, int]
    headers: Mapping[int, str]

    def header(self, field: Field) -> str:
        """The header's text of a field's column, empty when the sheet has none."""
        return self.headers.get(self.columns.get(field, 0), "")


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """The tab that holds the register, with its layout; and sentences on what was left aside (other tabs, macros …)."""

    tab: Tab
    layout: Layout
    counts_from_1904: bool
    remarks: tuple[str, ...]


def find_register(tables: Tables) -> RegisterSheet | None:
    """The first visible tab whose header has a name and a producer; None when no tab has one (then a person maps the columns)."""
    layouts = [(tab, recognise_layout(tab)) for tab in sorted(tables.tabs, key=lambda tab: tab.is_hidden)]
    found = next(((tab, layout) for tab, layout in layouts if layout), None)
    if found is None:
        return None
    tab, layout = found
    return register_sheet(tables, tab, layout)


def register_sheet(tables: Tables, tab: Tab, layout: Layout) -> RegisterSheet:
    """This tab under this layout; of every other tab with something in it a word that it is left aside."""
    others = [other.name for other in tables.tabs if other is not tab and any(any(row) for row in other.rows)]
    aside = [f"Trang “{name}” không được đọc: sổ nằm ở trang “{tab.name}”." for name in others]
    return RegisterSheet(tab, layout, tables.counts_from_1904, (*tables.remarks, *aside))


def recognise_layout(tab: Tab) -> Layout | None:
    """The layout by the headers' words, in any order, old and new spellings."""
    for top, cells in enumerate(tab.rows[:_DEEPEST_HEADER], start=1):
        labels = {_key(words_of(cell)) for cell in cells if isinstance(cell, str)}
        if any(_fits(label, Field.NAME) for label in labels) and any(_fits(label, Field.PRODUCER) for label in labels):
            top = _with_groups_above(tab, top)
            headers, bottom = _headers(tab, top)
            columns = _columns(headers)
            if all(field in columns for field in REQUIRED):
                return Layout(top, bottom + 1, columns, _joined(headers))
    return None


def mapped_layout(tab: Tab, *, header_row: int, chosen: Mapping[int, Field]) -> Layout:
    """The layout as a person maps it: which column (from 1) holds what, under which header row. Raises ValueError without the required."""
    columns = {field: column for column, field in sorted(chosen.items(), reverse=True)}
    if not all(field in columns for field in REQUIRED):
        raise ValueError("Hãy chọn cột tên sản phẩm và cột tên chủ thể.")
    headers, bottom = _headers(tab, header_row)
    return Layout(header_row, bottom + 1, columns, _joined(headers))


def layout_under(tab: Tab, header_row: int) -> Layout:
    """The layout as far as the headers from this row down tell it; what is required may be missing, for a person to say."""
    headers, bottom = _headers(tab, header_row)
    return Layout(header_row, bottom + 1, _columns(headers), _joined(headers))


# --- The header's rows ---

_DEEPEST_HEADER: Final = 40
_MOST_HEADER_ROWS: Final = 4
_COLUMN_NUMBER: Final = re.compile(r"\(?[0-9]{1,2}\)?|\([a-z]\)|[a-z]")


_Headers = dict[int, tuple[str, ...]]  # of every column the labels, from above


def _joined(headers: _Headers) -> dict[int, str]:
    return {column: " / ".join(labels) for column, labels in headers.items()}


def _with_groups_above(tab: Tab, top: int) -> int:
    """The names of the two recognitions may stand one row higher than every other header."""
    above = [_key(words_of(cell)) for cell in (tab.rows[top - 2] if top > 1 else ())]
    parts = [_part_of(_key(words_of(cell))) for cell in tab.rows[top - 1]]
    return top - 1 if any(map(_block_of, above)) and sum(map(bool, parts)) >= 2 else top


def _headers(tab: Tab, top: int) -> tuple[_Headers, int]:
    """Every column's labels, and the last row that is header."""
    bottom = _bottom(tab, top)
    width = max((len(tab.rows[row - 1]) for row in range(top, min(bottom, len(tab.rows)) + 1)), default=0)
    lines = [_spread(tab, row, width, is_last=row == bottom) for row in range(top, bottom + 1)]
    headers: _Headers = {}
    for column in range(1, width + 1):
        parts = dict.fromkeys(line[column] for line in lines if line.get(column))
        if parts:
            headers[column] = tuple(parts)
    while bottom < len(tab.rows) and _is_numbering(tab.rows[bottom]):
        bottom += 1
    return headers, bottom


def _bottom(tab: Tab, top: int) -> int:
    """A header cell merged downwards says how deep the header is; else the row below belongs to it if it names parts of a recognition."""
    depths = [merge.bottom for merge in tab.merges if merge.top == top and merge.bottom < top + _MOST_HEADER_ROWS]
    below = [_key(words_of(cell)) for cell in (tab.rows[top] if top < len(tab.rows) else ())]
    parts = {part for label in below if label and (part := _part_of(label))}
    return max([*depths, top + 1 if len(parts) >= 2 else top])


def _spread(tab: Tab, row: int, width: int, *, is_last: bool) -> dict[int, str]:
    """The labels of one header row. A label over several columns is said of each, merged or only followed by empty cells."""
    cells = tab.rows[row - 1] if row <= len(tab.rows) else ()
    labels = {column: _label(cell) for column, cell in enumerate(cells, start=1) if _label(cell)}
    for merge in tab.merges:
        if merge.top == row and merge.right > merge.left and merge.left in labels:
            for column in range(merge.left, min(merge.right, width) + 1):
                labels[column] = labels[merge.left]
    if not is_last:
        _spread_unmerged(tab, row, width, labels)
    return labels


def _spread_unmerged(tab: Tab, row: int, width: int, labels: dict[int, str]) -> None:
    """ "Công nhận lần 1" without a merge stands over the parts that follow it, as long as they have no label above them."""
    below = tab.rows[row] if row < len(tab.rows) else ()
    said = ""
    for column in range(1, width + 1):
        said = labels.get(column, said)
        is_part = column <= len(below) and bool(_part_of(_key(words_of(below[column - 1]))))
        if said and is_part and column not in labels and _block_of(_key(said)):
            labels[column] = said


def _label(cell: object) -> str:
    return readable(cell) if isinstance(cell, str) else ""


def _is_numbering(cells: Sequence[object]) -> bool:
    """A row "1, 2, 3 …" or "(1), (2) …" under a header numbers the columns."""
    said = [words_of(cell).lower() for cell in cells if words_of(cell)]  # type: ignore[arg-type]
    return len(said) >= 5 and all(_COLUMN_NUMBER.fullmatch(text) for text in said) and len(set(said)) == len(said)


# --- What a header's words mean ---

# Folded, y as i (core.text.search_key). The first column that fits a field holds it.
_WORDS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.INDEX: ("tt", "stt", "so tt", "so thu tu"),
    Field.NAME: ("ten san pham", "ten san pham ocop", "san pham", "san pham ocop", "ten sp", "ten san pham du thi"),
    Field.GROUP: ("nhom san pham", "nhom sp", "nhom", "nganh hang", "nganh", "nhom nganh", "phan nhom", "nhom nganh hang"),
    Field.FORM: ("loai hinh", "loai hinh chu the", "loai hinh to chuc", "loai hinh kinh te", "hinh thuc to chuc", "loai chu the"),
    Field.PRODUCER: (
        *("ten chu the", "chu the", "chu the ocop", "ten chu the ocop", "chu the san xuat", "ten chu the san xuat", "co so san xuat"),
        *("ten co so", "don vi san xuat", "ten don vi", "don vi", "to chuc ca nhan", "nha san xuat"),
    ),
    Field.COMMUNE: (
        *("xa phuong", "xa thi tran", "xa", "xa phuong thi tran", "xa thi tran phuong", "phuong xa", "phuong xa thi tran"),
        *("ten xa", "dia ban", "dia ban xa", "don vi hanh chinh", "ten xa phuong", "xa tt", "xa phuong tt", "dia phuong"),
    ),
    Field.DISTRICT: ("huien", "huien thanh pho", "huien tp", "huien thi xa thanh pho", "thanh pho huien", "cap huien"),
    Field.ADDRESS: ("dia chi", "dia chi san xuat", "dia chi chu the", "dia chi chi tiet", "dia chi co so"),
    Field.REPRESENTATIVE: (
        *("nguoi dai dien", "dai dien", "ho ten nguoi dai dien", "ho va ten nguoi dai dien", "nguoi dai dien phap luat", "giam doc"),
        *("nguoi dai dien theo phap luat", "ten nguoi dai dien", "dai dien chu the", "chu co so", "nguoi lien he"),
    ),
    Field.PHONE: ("so dien thoai", "dien thoai", "sdt", "dt", "so dt", "dien thoai lien he", "so dien thoai lien he", "di dong"),
    Field.STARS: (
        *("hang sao hien tai", "hang sao", "so sao hien tai", "sao hien tai", "xep hang", "xep hang hien tai", "hang hien tai"),
        *("ket qua xep hang", "phan hang", "hang sao hien nai"),
    ),
    Field.EXPIRY: (
        *("ngai het han", "het han", "ngai het hieu luc", "thoi han", "co gia tri den", "han cong nhan", "ngai het han hien tai"),
        *("hieu luc den", "gia tri den", "ngai het han giai chung nhan", "thoi han cong nhan"),
    ),
    Field.NOTE: ("ghi chu", "chu thich"),
}
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "stars": ("so sao", "sao", "hang sao", "hang", "xep hang", "ket qua"),
    "date": ("ngai", "ngai cong nhan", "ngai thang", "ngai qd", "ngai quiet dinh", "ngai ki", "ngai thang nam", "thoi gian", "ngai cap"),
    "year": ("nam", "nam cong nhan"),
    "decision": ("so qd", "so quiet dinh", "qd", "quiet dinh", "qd so", "quiet dinh so", "so van ban", "qd cong nhan", "so ki hieu"),
    "issuer": ("co quan", "co quan ban hanh", "co quan cong nhan", "co quan cap", "cap", "cap cong nhan", "noi cap", "don vi cong nhan"),
}
_SECOND: Final = re.compile(r"\b(lan 2|lan hai|lan ii|nang hang|cong nhan lai|danh gia lai|lan thu 2|lan thu hai)\b")
_FIRST: Final = re.compile(r"\b(lan 1|lan mot|lan i|lan dau|lan thu 1|lan thu nhat|cong nhan)\b")


def _key(text: str) -> str:
    return search_key(readable(text)) if text else ""


def _fits(label: str, field: Field) -> bool:
    return label in _WORDS[field]


def _block_of(label: str) -> str:
    """Which recognition a group's header speaks of."""
    return "second" if _SECOND.search(label) else "first" if _FIRST.search(label) else ""


def _part_of(label: str) -> str:
    return next((part for part, words in _PARTS.items() if label in words), "")


def _columns(headers: _Headers) -> dict[Field, int]:
    columns: dict[Field, int] = {}
    for column, labels in headers.items():
        field = _field_of([_key(label) for label in labels])
        if field is not None:
            columns.setdefault(field, column)
    return columns


def _field_of(labels: Sequence[str]) -> Field | None:
    """A part under a recognition's group; else the column's own words, whole or without what stands in brackets."""
    block = next((block for label in labels if (block := _block_of(label))), "")
    if block and (part := _part_in_block(labels)):
        return Field(f"{block}_{part}")
    return next((field for label in reversed(labels) for field in _WORDS if _fits(label, field)), None)


def _part_in_block(labels: Iterable[str]) -> str:
    """ "Công nhận lần 1 / Số sao" in two rows, or "Số sao lần 1" in one."""
    for label in labels:
        bare = " ".join(_FIRST.sub(" ", _SECOND.sub(" ", label)).split())
        if part := _part_of(label) or _part_of(bare):
            return part
    return ""
