"""The sheet of a batch read again, laid out and judged against the register as it is now."""

from collections.abc import Iterator
from datetime import date

from ocop.papers.tables import Tab, Tables, read_tables
from ocop.register import rules
from ocop.register.models import IntakeBatch, IntakeLayout
from ocop.register.queries.intake import IntakePlan, Mends, plan_intake
from ocop.register.rules.intake import Field, RegisterSheet, find_register, mapped_layout

HEADER_WITHIN = 20  # rows from the top in which a header is looked for


def tables_of(batch: IntakeBatch) -> Tables:
    """The stored file, read. Raises `papers.tables.UnreadableTable`."""
    with batch.file.blob.open("rb") as blob:
        return read_tables(blob.read())


def sheet_of(batch: IntakeBatch, tables: Tables) -> RegisterSheet | None:
    """The tab that holds the register: as an officer said, else by its headers, else as was said of the same headers before."""
    if batch.layout is not None:
        return _mapped(tables, batch.layout["tab"], batch.layout["header_row"], batch.layout["columns"])
    return find_register(tables) or _remembered(tables)


def plan_of(batch: IntakeBatch, sheet: RegisterSheet, on: date) -> IntakePlan:
    """Every row judged, with what officers mended."""
    return plan_intake(sheet, today=on, mends=mends_of(batch))


def mends_of(batch: IntakeBatch) -> Mends:
    """What officers typed in place of cells."""
    return {(mend.n, Field(mend.field)): mend.value for mend in batch.mends.all()}


def visible_tabs(tables: Tables) -> list[Tab]:
    """The tabs a person sees when the file is opened; all of them when every one is hidden."""
    return [tab for tab in tables.tabs if not tab.is_hidden] or list(tables.tabs)


def header_words(tab: Tab, row: int) -> list[str]:
    """A row as the texts of its cells, without the empty ones at its end."""
    cells = tab.rows[row - 1] if 0 < row <= len(tab.rows) else ()
    words = ["" if cell is None else str(cell).strip() for cell in cells]
    while words and not words[-1]:
        words.pop()
    return words


def _mapped(tables: Tables, tab: int, header_row: int, columns: dict[str, str]) -> RegisterSheet | None:
    tabs = visible_tabs(tables)
    if not 0 <= tab < len(tabs):
        return None
    layout = mapped_layout(tabs[tab], header_row=header_row, chosen={int(number): Field(field) for number, field in columns.items()})
    return RegisterSheet(tabs[tab], layout, tables.counts_from_1904, tables.remarks)


def _remembered(tables: Tables) -> RegisterSheet | None:
    """The first row that is, letter by letter, a header an officer has mapped before."""
    rows = {print_: (tab, row) for tab, row, print_ in reversed(list(_fingerprints(tables)))}
    known = {layout.fingerprint: layout for layout in IntakeLayout.objects.filter(fingerprint__in=rows)}
    for print_, (tab, row) in sorted(rows.items(), key=lambda item: item[1]):
        if print_ in known:
            return _mapped(tables, tab, row, known[print_].columns)
    return None


def _fingerprints(tables: Tables) -> Iterator[tuple[int, int, str]]:
    for index, tab in enumerate(visible_tabs(tables)):
        for row in range(1, min(HEADER_WITHIN, len(tab.rows)) + 1):
            if words := header_words(tab, row):
                yield index, row, rules.header_fingerprint(words)
