"""Reading a batch in the background: claimed by one reader, told as it goes, begun anew when a reader dies; forgotten in the end."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import search_key
from ocop.papers.tables import UnreadableTable
from ocop.records.actions import record, remove_file
from ocop.register import rules
from ocop.register.actions.batch_moves import log_move, subject_of
from ocop.register.enums import INTAKE_MOVES, IntakeState
from ocop.register.models import IntakeBatch, IntakeRow
from ocop.register.queries.batch_plans import plan_of, sheet_of, tables_of
from ocop.register.queries.batches import intakes_to_forget, intakes_to_read
from ocop.register.queries.intake import IntakePlan, PlannedRow
from ocop.register.rules.intake import Field, Outcome

_SEARCH_LIMIT, _PROBLEM_LIMIT = 600, 400
_SEARCHED = (Field.NAME, Field.PRODUCER, Field.COMMUNE)
_STARS = (Field.SECOND_STARS, Field.FIRST_STARS, Field.STARS)
_DATES = (Field.SECOND_DATE, Field.SECOND_YEAR, Field.FIRST_DATE, Field.FIRST_YEAR)


class _TakenOver(Exception):
    """Another reader is at work, or the batch was discarded meanwhile; this one stops."""


def read_intake(*, actor: Actor, batch_id: int, at: datetime) -> bool:
    """Read, judge and keep every row of a batch that waits for it. True: this call brought it to an end.

    Not inside a transaction: the progress is seen while it goes on. Killed and run again, it begins anew and leaves the same rows.
    """
    batch = _take_up(actor, batch_id, at)
    if batch is None:
        return False
    try:
        if batch.tries > rules.READER_TRIES:
            raise UnreadableTable(_("Máy đọc đã dừng giữa chừng nhiều lần với tệp này. Hãy bớt dòng, bớt trang tính rồi gửi lại."))
        tables = tables_of(batch)
        sheet = sheet_of(batch, tables)
        if sheet is None:
            _end(actor, batch, IntakeState.UNMAPPED, at)
        else:
            plan = plan_of(batch, sheet, localdate(at))
            _keep_rows(batch, plan)
            _end(actor, batch, IntakeState.READY, at, digest=plan.digest, summary=_summary(plan, sheet.tab.name))
    except (UnreadableTable, FileNotFoundError) as error:
        reason = str(error) if isinstance(error, UnreadableTable) else _("Tệp gốc không còn. Hãy gửi lại tệp.")
        _end(actor, batch, IntakeState.UNREADABLE, at, problem=reason[:_PROBLEM_LIMIT])
    except _TakenOver:
        return False
    return True


@transaction.atomic
def forget_intake(*, actor: Actor, batch_id: int, at: datetime) -> bool:
    """Erase a file that was kept long enough and everything read of it; what was confirmed stays in the register."""
    batch = intakes_to_forget(at).select_related("file").filter(pk=batch_id).first()
    if batch is None or IntakeBatch.objects.filter(pk=batch_id, forgotten_at__isnull=True).update(forgotten_at=at) != 1:
        return False
    batch.rows.all().delete()
    batch.mends.all().delete()
    IntakeBatch.objects.filter(pk=batch_id, effects__isnull=False).update(effects={})  # former values may be personal
    if batch.file.removed_at is None:
        remove_file(actor=actor, file=batch.file, at=at)
    record(actor=actor, event="intake.forgotten", subject=subject_of(batch), data={}, at=at, public=False)
    return True


@transaction.atomic
def _take_up(actor: Actor, batch_id: int, at: datetime) -> IntakeBatch | None:
    """Make the batch this reader's own; None when it does not wait for one. What an earlier reader left half done goes."""
    batch = intakes_to_read(at).select_related("file").filter(pk=batch_id).first()
    if batch is None:
        return None
    mine = IntakeBatch.objects.filter(pk=batch_id, state=batch.state, readings=batch.readings)
    begun: dict[str, Any] = {"state": IntakeState.READING, "taken_up_at": at, "rows_read": 0, "rows_total": None}
    if mine.update(**begun, readings=F("readings") + 1, tries=F("tries") + 1) != 1:
        return None
    if batch.state != IntakeState.READING:
        log_move(batch, batch.state, IntakeState.READING, actor, at)
    batch.rows.all().delete()
    batch.refresh_from_db()
    return batch


def _keep_rows(batch: IntakeBatch, plan: IntakePlan) -> None:
    """The judged rows, some at a time, each time telling how far it is. Raises `_TakenOver`."""
    rows = [_row(batch, planned) for planned in plan.rows]
    _tell(batch, rows_total=len(rows), rows_read=0)
    for first in range(0, len(rows), rules.ROWS_AT_ONCE):
        some = rows[first : first + rules.ROWS_AT_ONCE]
        with transaction.atomic():
            _tell(batch, rows_read=first + len(some))
            IntakeRow.objects.bulk_create(some)


def _row(batch: IntakeBatch, planned: PlannedRow) -> IntakeRow:
    cells = planned.cells
    shown = {
        "product": cells.get(Field.NAME, ""),
        "producer": cells.get(Field.PRODUCER, ""),
        "commune": cells.get(Field.COMMUNE, ""),
        "stars": next((cells[field] for field in _STARS if cells.get(field)), ""),
        "date": next((cells[field] for field in _DATES if cells.get(field)), ""),
        "public_id": planned.public_id,
        "first_row": planned.first_row,
        "adds": list(planned.adds),
    }
    return IntakeRow(
        batch=batch,
        n=planned.row,
        kind=planned.outcome.value,
        is_remarked=bool(planned.remarks),
        search_text=search_key(" ".join(cells.get(field, "") for field in _SEARCHED))[:_SEARCH_LIMIT],
        shown=shown,
        cells={field.value: text for field, text in cells.items() if text},
        remarks=[{**remark.as_json(), "field": remark.field, "is_refusal": remark.is_refusal} for remark in planned.remarks],
    )


def _summary(plan: IntakePlan, tab: str) -> dict[str, Any]:
    """What the preview says of the whole sheet."""
    return {
        "tab": tab,
        "counts": {outcome.value: plan.count(outcome) for outcome in Outcome},
        "remarked": sum(bool(row.remarks) for row in plan.rows),
        "products": plan.products_created,
        "producers": plan.producers_created,
        "recognitions": plan.recognitions_created,
        "remarks": list(plan.remarks),
    }


def _tell(batch: IntakeBatch, **progress: Any) -> None:
    """Write down how far this reader is, as long as it is the one at work."""
    if IntakeBatch.objects.filter(pk=batch.pk, state=IntakeState.READING, readings=batch.readings).update(**progress) != 1:
        raise _TakenOver(batch.code)


@transaction.atomic
def _end(actor: Actor, batch: IntakeBatch, target: IntakeState, at: datetime, **found: Any) -> None:
    """The reader's last word: the state, its line in the log, its audit entry."""
    mine = IntakeBatch.objects.filter(pk=batch.pk, readings=batch.readings, state__in=INTAKE_MOVES[target])
    if mine.update(state=target, tries=0, **found) != 1:
        raise _TakenOver(batch.code)
    log_move(batch, IntakeState.READING, target, actor, at)
    data = {"to": target.value, "digest": found.get("digest", ""), "rows": batch.rows.count()}
    record(actor=actor, event="intake.read", subject=subject_of(batch), data=data, at=at, public=False)
