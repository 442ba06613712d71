"""Which rows of the tab are data, and what their cells hold: sections, totals and footnotes are told apart, merged cells continue."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ocop.core.text import fold
from ocop.papers.tables import Tab, Value, from_tcvn3, is_tcvn3_column
from ocop.register.rules.intake.cells import words_of
from ocop.register.rules.intake.layout import Field, Layout, RegisterSheet
from ocop.register.rules.intake.texts import readable

Mends = Mapping[tuple[int, Field], str]  # (the sheet's row, what) → what a person typed in place of the cell


@dataclass(frozen=True, slots=True)
class RawRow:
    """One data row before it is understood."""

    row: int
    values: Mapping[Field, Value]  # of merged cells the value that continues; mends included
    section: str  # the section row it stands under, "" before the first
    formulas: Mapping[Field, str]
    errors: Mapping[Field, str]
    is_old_text: frozenset[Field]  # typed for an old font, turned into Unicode here
    maker_row: int  # where a producer cell merged downwards begins; the row itself otherwise


_TOTALS: Final = re.compile(r"(?:tong cong|tong so|tong huyen|tong toan|tong tinh|tong:|cong:|tong hop|cong toan)|(?:tong|cong)$")
_FOOTNOTES: Final = re.compile(
    r"ghi chu|chu thich|luu y|nguon[: ]|\(?\*+\)?|nguoi lap|nguoi tong hop|noi nhan|thu truong|tm[. ]|kt[. ]|tl[. ]|truong phong|chu tich"
    r"|giam doc|pho |xac nhan|.*ngay [0-9.… ]+ thang [0-9.… ]+ nam|danh sach (?:co|nay|gom)|ban hanh kem"
)
_ROMAN: Final = re.compile(r"[ivxIVX]{1,5}\.?|[A-Ha-h]\.?")
_COUNTED: Final = re.compile(rf"{_ROMAN.pattern}|[0-9]{{1,6}}[.)]?")
_HEADINGS: Final = re.compile(r"(?:[0-9ivx]+[.)]\s*)?(?:huyen |thanh pho |tp[. ]|thi xa |bo sung|nam [0-9]{4}|dot [0-9])")
_ENOUGH_COLUMNS: Final = 3  # a cell over so many columns runs across


def data_rows(sheet: RegisterSheet, mends: Mends) -> Iterator[RawRow]:
    """The data rows of the register, in their order."""
    tab, layout = sheet.tab, sheet.layout
    across = _rows_across(tab, layout)
    continued = _continued(tab, layout)
    repeated = {label for header in layout.headers.values() for label in (header, *header.split(" / "))}
    mended = _mended(mends)
    old_text = _old_text_columns(tab, layout)
    section = ""
    for number in range(layout.first_row, len(tab.rows) + 1):
        cells = tab.rows[number - 1]
        is_computed = _is_computed(tab, number, layout)
        if not (any(cells) or number in mended or is_computed):
            continue
        own = {field: cells[column - 1] for field, column in layout.columns.items() if column <= len(cells)}
        own.update(mended.get(number, {}))
        kind, text = _kind_of(own, cells, is_across=number in across, is_computed=is_computed, repeated=repeated)
        if kind == _SECTION:
            section = text
        elif kind == _DATA:
            yield _raw(tab, layout, number, own, continued, section, mended.get(number, {}), old_text)


_DATA, _SECTION, _NOTHING = "data", "section", "nothing"


def _kind_of(
    own: Mapping[Field, Value], cells: Sequence[Value], *, is_across: bool, is_computed: bool, repeated: set[str]
) -> tuple[str, str]:
    """What a row is, and of a section its words. `is_computed`: a name or producer is there that reads as empty."""
    said = [text for cell in cells if (text := _words(cell))]
    index = _words(own.get(Field.INDEX))
    texts = [text for text in said if not (text == index and _COUNTED.fullmatch(text))]
    if not texts:
        return (_DATA if is_computed else _NOTHING), ""  # only numbered, or empty
    if not _words(own.get(Field.PRODUCER)) or is_across:
        first = fold(texts[0])
        if _TOTALS.match(first) or _FOOTNOTES.match(first):
            return _NOTHING, ""
        if is_across or _is_heading(own, texts, index):
            return _SECTION, texts[0]
        if not is_computed and _is_outside(own, texts, index):
            return _NOTHING, ""
    if len(said) >= _ENOUGH_COLUMNS and all(text in repeated for text in said):
        return _NOTHING, ""  # the header again, on the next printed page
    return _DATA, ""


def _is_heading(own: Mapping[Field, Value], texts: Sequence[str], index: str) -> bool:
    """ "I | HUYỆN CHỢ ĐỒN" without a merge: one text in the number's or the name's column, with a heading's words or number."""
    if len(texts) != 1 or texts[0] not in (_words(own.get(Field.NAME)), index):
        return False
    is_counted_so = bool(_ROMAN.fullmatch(index)) or texts[0] == index
    return is_counted_so or bool(_HEADINGS.match(fold(texts[0])))


def _is_outside(own: Mapping[Field, Value], texts: Sequence[str], index: str) -> bool:
    """Nothing of a product: a signature, a date, a remark somewhere below the table."""
    if _words(own.get(Field.NAME)) or (index and index not in texts):
        return False
    return len(texts) < _ENOUGH_COLUMNS


def _words(value: Value) -> str:
    return readable(value) if isinstance(value, str) else words_of(value)


def _rows_across(tab: Tab, layout: Layout) -> set[int]:
    """Rows whose name and producer lie in one merged cell."""
    name, maker = layout.columns[Field.NAME], layout.columns[Field.PRODUCER]
    left, right = min(name, maker), max(name, maker)
    wide = (merge for merge in tab.merges if merge.right - merge.left + 1 >= min(_ENOUGH_COLUMNS, right - left + 1))
    found: set[int] = set()
    for merge in wide:
        if merge.left <= left and merge.right >= right and merge.bottom - merge.top < _ENOUGH_COLUMNS:
            found.update(range(merge.top, merge.bottom + 1))
    return found


def _continued(tab: Tab, layout: Layout) -> Mapping[Field, Mapping[int, int]]:
    """For every column, which row's value a row below it continues. Merged cells never overlap; those that do are cut short."""
    by_column = {column: field for field, column in layout.columns.items() if field != Field.INDEX}
    found: dict[Field, dict[int, int]] = {field: {} for field in by_column.values()}
    free = dict.fromkeys(by_column, layout.first_row)
    for merge in sorted(tab.merges, key=lambda each: each.top):
        if merge.bottom == merge.top or merge.left not in by_column:
            continue
        start, end = max(merge.top, free[merge.left]), min(merge.bottom, len(tab.rows))
        found[by_column[merge.left]].update(dict.fromkeys(range(start + 1, end + 1), start))
        free[merge.left] = max(free[merge.left], end + 1)
    return found


def _old_text_columns(tab: Tab, layout: Layout) -> list[Field]:
    """The columns whose texts were typed for an old font."""
    body = tab.rows[layout.first_row - 1 :]
    texts = {field: [cells[at - 1] for cells in body if at <= len(cells)] for field, at in layout.columns.items()}
    return [field for field, cells in texts.items() if is_tcvn3_column([cell for cell in cells if isinstance(cell, str)])]


def _mended(mends: Mends) -> Mapping[int, Mapping[Field, str]]:
    found: dict[int, dict[Field, str]] = {}
    for (row, field), text in mends.items():
        found.setdefault(row, {})[field] = text
    return found


def _is_computed(tab: Tab, row: int, layout: Layout) -> bool:
    """A formula or an error as name or producer: they read as empty."""
    if not tab.formulas and not tab.errors:
        return False
    places = [(row, column) for field, column in layout.columns.items() if field in (Field.NAME, Field.PRODUCER)]
    return any(place in tab.formulas or place in tab.errors for place in places)


def _raw(
    tab: Tab,
    layout: Layout,
    number: int,
    own: dict[Field, Value],
    continued: Mapping[Field, Mapping[int, int]],
    section: str,
    mended: Mapping[Field, str],
    old_text: Collection[Field],
) -> RawRow:
    sources = {field: rows[number] for field, rows in continued.items() if number in rows and field not in mended}
    for field, source in sources.items():
        own[field] = tab.value(source, layout.columns[field])
    if tab.formulas or tab.errors:
        places = {field: (sources.get(field, number), column) for field, column in layout.columns.items() if field not in mended}
        formulas = {field: tab.formulas[place] for field, place in places.items() if place in tab.formulas}
        errors = {field: tab.errors[place] for field, place in places.items() if place in tab.errors}
    else:
        formulas, errors = {}, {}
    turned = {field: from_tcvn3(text) for field in old_text if isinstance(text := own.get(field), str) and not text.isascii()}
    own.update({field: text for field, text in turned.items() if field not in mended})
    return RawRow(number, own, section, formulas, errors, frozenset(turned), sources.get(Field.PRODUCER, number))
