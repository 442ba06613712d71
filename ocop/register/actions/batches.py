"""An officer's hand on a batch: sent, laid out, mended, confirmed, taken back, discarded."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.papers.tables import UnreadableTable
from ocop.records.actions import file_facts, record, store_file
from ocop.records.enums import FileKind
from ocop.register import policies, rules
from ocop.register.actions.batch_moves import BatchMoved, log_move, move_batch, subject_of
from ocop.register.actions.intake import commit_plan, undo_intake
from ocop.register.actions.refusals import Moved, NotFitting, demand
from ocop.register.enums import IntakeState
from ocop.register.models import IntakeBatch, IntakeLayout, IntakeMend
from ocop.register.queries.batch_plans import headers_of, plan_of, sheet_of, tables_of, visible_tabs
from ocop.register.queries.intake import IntakePlan
from ocop.register.rules.intake import PERSONAL, REQUIRED, Field, layout_under

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"  # none that looks like another when written down
_CODE_LENGTH, _VALUE_LIMIT, _DIFFERENCES_SHOWN = 10, 400, 50


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that would end otherwise than the preview says."""

    n: int
    product: str
    before: str
    now: str


class IntakeChanged(Moved):
    """The register is no longer as it was when the sheet was judged; nothing was written. `changes` are the rows it is about."""

    def __init__(self, changes: list[RowChange]) -> None:
        self.changes = changes
        super().__init__(_("Sổ đăng ký đã thay đổi sau khi bảng này được đọc. Hãy xem lại các dòng dưới đây rồi ghi."))


@transaction.atomic
def start_intake(*, actor: Actor, upload: File[Any], at: datetime, is_demo: bool = False) -> IntakeBatch:
    """Keep the file; a reader takes it up afterwards. Raises `Refused`, `records.FileRefused`."""
    demand(policies.can_take_in(actor))
    code = "".join(secrets.choice(_LETTERS) for _place in range(_CODE_LENGTH))
    file = store_file(actor=actor, kind=FileKind.INTAKE, subject=f"intake:{code}", upload=upload, at=at)
    batch = IntakeBatch.objects.create(code=code, file=file, uploaded_at=at, uploaded_by_id=actor.user_id, is_demo=is_demo)
    log_move(batch, "", IntakeState.UPLOADED, actor, at)
    record(actor=actor, event="intake.uploaded", subject=subject_of(batch), data=file_facts(file), at=at, public=False)
    return batch


@transaction.atomic
def choose_columns(
    *, actor: Actor, batch: IntakeBatch, tab: int, header_row: int, columns: Mapping[int, Field], at: datetime
) -> IntakeBatch:
    """Say which column (from 1) holds what, and remember it for every sheet with the same header row. The batch waits for a reader again.

    Raises `Refused`, `NotFitting`, `BatchMoved`.
    """
    demand(policies.can_change_intake(actor, batch, IntakeState.READING))
    if len(set(columns.values())) != len(columns):
        raise NotFitting(_("Mỗi nội dung chỉ chọn cho một cột."))
    if not set(REQUIRED) <= set(columns.values()):
        raise NotFitting(_("Hãy chọn ít nhất cột tên sản phẩm và cột tên chủ thể."))
    tabs = visible_tabs(tables_of(batch))
    headers = headers_of(layout_under(tabs[tab], header_row)) if 0 <= tab < len(tabs) and header_row > 0 else []
    if not headers or max(columns) > len(headers):
        raise NotFitting(_("Hàng tiêu đề này không có trong bảng. Hãy chọn hàng khác."))
    chosen = {str(number): field.value for number, field in sorted(columns.items())}
    layout = {"tab": tab, "header_row": header_row, "columns": chosen}
    facts = {"columns": chosen, "chosen_at": at, "chosen_by_id": actor.user_id}
    IntakeLayout.objects.update_or_create(fingerprint=rules.header_fingerprint(headers), defaults=facts)
    move_batch(batch, IntakeState.READING, actor, at, layout=layout, taken_up_at=None)
    record(actor=actor, event="intake.columns_chosen", subject=subject_of(batch), data={"columns": chosen}, at=at, public=False)
    return batch


@transaction.atomic
def mend_cells(*, actor: Actor, batch: IntakeBatch, n: int, values: Mapping[Field, str], at: datetime) -> IntakeBatch:
    """Correct cells of one row; the sheet itself stays as it was sent. The batch waits for a reader again.

    The audit keeps what was typed before and after, of personal cells only that they were mended. Raises `Refused`, `NotFitting`,
    `BatchMoved`.
    """
    demand(policies.can_change_intake(actor, batch, IntakeState.READING))
    row = batch.rows.filter(n=n).first()
    if row is None:
        raise NotFitting(_("Bảng không có dòng này."))
    typed = {field: clean_line(value) for field, value in values.items()}
    changed = {field: value for field, value in typed.items() if value != clean_line(row.cells.get(field.value, ""))}
    if any(len(value) > _VALUE_LIMIT for value in changed.values()):
        raise NotFitting(_("Mỗi ô ghi không quá %(n)s ký tự.") % {"n": _VALUE_LIMIT})
    if not changed:
        raise NotFitting(_("Bạn chưa sửa ô nào của dòng này."))
    for field, value in changed.items():
        said = {"value": value, "by_id": actor.user_id, "at": at}
        former = row.cells.get(field.value, "")[:_VALUE_LIMIT]
        IntakeMend.objects.update_or_create(batch=batch, n=n, field=field.value, defaults=said, create_defaults={**said, "former": former})
    move_batch(batch, IntakeState.READING, actor, at, taken_up_at=None)
    heard = {
        field.value: {"from": row.cells.get(field.value, ""), "to": value} for field, value in changed.items() if field not in PERSONAL
    }
    data: dict[str, Any] = {"row": n, **heard, "fields": sorted(field.value for field in changed if field in PERSONAL)}
    record(actor=actor, event="intake.mended", subject=subject_of(batch), data=data, at=at, public=False)
    return batch


@transaction.atomic
def reread_intake(*, actor: Actor, batch: IntakeBatch, at: datetime) -> IntakeBatch:
    """Judge the sheet anew against the register as it is now, also one that was undone. Raises `Refused`, `BatchMoved`."""
    demand(policies.can_change_intake(actor, batch, IntakeState.READING))
    fresh = {"confirmed_at": None, "confirmed_by": None, "undone_at": None, "undone_by": None}  # who did it then, the log keeps
    move_batch(batch, IntakeState.READING, actor, at, taken_up_at=None, **fresh)
    record(actor=actor, event="intake.reread", subject=subject_of(batch), data={}, at=at, public=False)
    return batch


@transaction.atomic
def confirm_intake(*, actor: Actor, batch: IntakeBatch, digest: str, at: datetime) -> IntakeBatch:
    """Write every row that is not refused, exactly as the preview with this digest showed it.

    Of two officers one wins, the other gets `BatchMoved`. Raises `Refused`, `NotFitting`, and `IntakeChanged` when the register
    has changed so that something else would happen.
    """
    demand(policies.can_change_intake(actor, batch, IntakeState.CONFIRMED))
    held = IntakeBatch.objects.select_for_update().filter(pk=batch.pk, state=IntakeState.READY, readings=batch.readings).first()
    if held is None or held.digest != digest:
        raise BatchMoved(IntakeBatch.objects.select_related("file").get(pk=batch.pk))
    plan = _plan(held, at)
    if plan.digest != digest:
        raise IntakeChanged(_changes(held, plan))
    effects = commit_plan(actor=actor, plan=plan, source_name=held.file.name, at=at)
    counts = {name: getattr(effects, name) for name in ("producers", "products", "recognitions", "filled")}
    facts = {"confirmed_at": at, "confirmed_by_id": actor.user_id, "effects": effects.data, "summary": {**held.summary, "done": counts}}
    move_batch(batch, IntakeState.CONFIRMED, actor, at, **facts)
    data = {**counts, "digest": digest, "sha256": held.file.sha256}
    record(actor=actor, event="intake.confirmed", subject=subject_of(batch), data=data, at=at)
    return batch


@transaction.atomic
def take_back_intake(*, actor: Actor, batch: IntakeBatch, at: datetime) -> IntakeBatch:
    """Undo a confirmed sheet as a whole, within a day.

    Raises `Refused`, `BatchMoved`, and `BuiltUpon` when somebody has worked on what it created.
    """
    demand(policies.can_undo_intake(actor, batch, at))
    held = IntakeBatch.objects.select_for_update().filter(pk=batch.pk, state=IntakeState.CONFIRMED).first()
    if held is None or held.effects is None:
        raise BatchMoved(IntakeBatch.objects.select_related("file").get(pk=batch.pk))
    undo_intake(actor=actor, effects=held.effects, at=at)
    move_batch(batch, IntakeState.UNDONE, actor, at, undone_at=at, undone_by_id=actor.user_id, effects=None)
    record(actor=actor, event="intake.undone", subject=subject_of(batch), data={}, at=at)
    return batch


@transaction.atomic
def discard_intake(*, actor: Actor, batch: IntakeBatch, at: datetime) -> IntakeBatch:
    """Put a sheet aside that will not be taken in. Raises `Refused`, `BatchMoved`."""
    demand(policies.can_change_intake(actor, batch, IntakeState.DISCARDED))
    move_batch(batch, IntakeState.DISCARDED, actor, at, discarded_at=at, discarded_by_id=actor.user_id)
    record(actor=actor, event="intake.discarded", subject=subject_of(batch), data={}, at=at, public=False)
    return batch


def _plan(batch: IntakeBatch, at: datetime) -> IntakePlan:
    try:
        sheet = sheet_of(batch, tables_of(batch))
    except (UnreadableTable, FileNotFoundError) as error:
        raise NotFitting(_("Tệp gốc không còn đọc được. Hãy gửi lại tệp.")) from error
    if sheet is None:
        raise NotFitting(_("Hãy chọn cột nào ghi gì trước."))
    return plan_of(batch, sheet, localdate(at))


def _changes(batch: IntakeBatch, plan: IntakePlan) -> list[RowChange]:
    """The rows whose outcome is another one now."""
    kept = {n: kind for n, kind in batch.rows.values_list("n", "kind")}
    now = ((row.row, row.cells.get(Field.NAME, ""), kept.get(row.row, ""), row.outcome.value) for row in plan.rows)
    return [RowChange(*each) for each in now if each[2] != each[3]][:_DIFFERENCES_SHOWN]
