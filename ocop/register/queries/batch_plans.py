"""The sheet of a batch read again, laid out and judged against the register as it is now."""

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter

from ocop.papers.tables import Tab, Tables, read_tables
from ocop.register import rules
from ocop.register.models import IntakeBatch, IntakeLayout
from ocop.register.queries.intake import IntakePlan, Mends, plan_intake
from ocop.register.rules.intake import Field, Layout, RegisterSheet, find_register, layout_under, mapped_layout, register_sheet

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


def headers_of(layout: Layout) -> list[str]:
    """The header of every column, in their order; empty where a column has none."""
    return [layout.headers.get(column, "") for column in range(1, max(layout.headers, default=0) + 1)]


def _mapped(tables: Tables, tab: int, header_row: int, columns: Mapping[str, str]) -> RegisterSheet | None:
    tabs = visible_tabs(tables)
    if not 0 <= tab < len(tabs):
        return None
    chosen = {int(number): Field(field) for number, field in columns.items()}
    return register_sheet(tables, tabs[tab], mapped_layout(tabs[tab], header_row=header_row, chosen=chosen))


def _remembered(tables: Tables) -> RegisterSheet | None:
    """The first row that is, word by word, a header an officer has mapped before."""
    rows: dict[str, tuple[int, int]] = {}
    for tab, row, fingerprint in _fingerprints(tables):
        rows.setdefault(fingerprint, (tab, row))
    known = dict(IntakeLayout.objects.filter(fingerprint__in=rows).values_list("fingerprint", "columns"))
    found = min(((rows[fingerprint], columns) for fingerprint, columns in known.items()), key=itemgetter(0), default=None)
    return _mapped(tables, *found[0], found[1]) if found else None


def _fingerprints(tables: Tables) -> Iterator[tuple[int, int, str]]:
    for index, tab in enumerate(visible_tabs(tables)):
        for row in range(1, min(HEADER_WITHIN, len(tab.rows)) + 1):
            if headers := headers_of(layout_under(tab, row)):
                yield index, row, rules.header_fingerprint(headers)
