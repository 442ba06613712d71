"""Reading what a sheet holds of people: one row, its first rows, the whole of it with remarks. Each reading is logged."""

from datetime import datetime

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.papers.grids import Note, noted_grid
from ocop.papers.tables import Tables, UnreadableTable
from ocop.records.actions import record_access
from ocop.register import policies
from ocop.register.actions.batch_moves import subject_of
from ocop.register.actions.refusals import NotFitting, demand
from ocop.register.models import IntakeBatch, IntakeRow
from ocop.register.queries.batch_plans import sheet_of, tables_of
from ocop.register.rules.intake import PERSONAL, Field, Layout


def read_intake_row(*, actor: Actor, batch: IntakeBatch, n: int, at: datetime) -> IntakeRow | None:
    """One row with every cell; None when the sheet has no such row. Raises `Refused`."""
    demand(policies.can_take_in(actor))
    row = batch.rows.filter(n=n).first()
    if row is None:
        return None
    if personal := sorted(field.value for field in PERSONAL if row.cells.get(field.value)):
        record_access(actor=actor, event="intake.row_read", subject=subject_of(batch), fields=personal, at=at)
    return row


def read_first_rows(*, actor: Actor, batch: IntakeBatch, at: datetime) -> Tables:
    """The file's tabs, for an officer who says what each column holds. Raises `Refused`, `NotFitting`."""
    demand(policies.can_take_in(actor))
    tables = _tables(batch)
    record_access(actor=actor, event="intake.sheet_read", subject=subject_of(batch), fields=["first_rows"], at=at)
    return tables


def read_remarked_sheet(*, actor: Actor, batch: IntakeBatch, at: datetime) -> bytes:
    """The sheet as XLSX with the column "Ghi chú của hệ thống"; the reading is logged, for it holds personal data.

    Raises `Refused`, `NotFitting`.
    """
    demand(policies.can_take_in(actor))
    sheet = sheet_of(batch, _tables(batch))
    if sheet is None:
        raise NotFitting(_("Chưa biết cột nào ghi gì nên chưa có ghi chú để tải."))
    notes = {sheet.layout.first_row - 1: Note(_("Ghi chú của hệ thống"), is_head=True)}
    mended = _mended(batch, sheet.layout)
    for n, remarks in batch.rows.order_by("n").values_list("n", "remarks"):
        said = [_in_words(each["column"], each["reason"]) for each in remarks] + mended.get(n, [])
        if said:
            notes[n] = Note("\n".join(said), is_stop=any(each["is_refusal"] for each in remarks))
    record_access(actor=actor, event="intake.sheet_read", subject=subject_of(batch), fields=["sheet"], at=at)
    return noted_grid(sheet.tab.name, sheet.tab.rows, notes)


def _tables(batch: IntakeBatch) -> Tables:
    if batch.forgotten_at is not None:
        raise NotFitting(_("Tệp này đã được xóa sau 90 ngày."))
    try:
        return tables_of(batch)
    except (UnreadableTable, FileNotFoundError) as error:
        raise NotFitting(_("Không đọc được tệp gốc. Hãy gửi lại tệp.")) from error


def _mended(batch: IntakeBatch, layout: Layout) -> dict[int, list[str]]:
    """What officers typed in place of cells, by row."""
    said: dict[int, list[str]] = {}
    for mend in batch.mends.order_by("n", "field"):
        words = _("đã sửa trên màn hình thành: %(value)s") % {"value": mend.value or _("trống")}
        said.setdefault(mend.n, []).append(_in_words(layout.header(Field(mend.field)), words))
    return said


def _in_words(column: str, reason: str) -> str:
    return f"{column}: {reason}" if column else reason
