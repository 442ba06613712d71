"""What the screens of taking a register in show: the list, a sheet's preview, one row, the columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.verdict import Verdict
from ocop.register import policies, rules
from ocop.register.actions import IntakeChanged
from ocop.register.enums import IntakeState
from ocop.register.models import IntakeBatch, IntakeRow
from ocop.register.queries import (
    ROW_CHOICES,
    UNDER_WAY,
    WITH_REMARKS,
    RowChoice,
    intake_rows,
    same_file_before,
)
from ocop.register.rules.intake import Field, Outcome
from ocop.web.desk.register.pages.intake_words import MOVES, OUTCOMES, STATES

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Status:
    """A word with its look."""

    word: str | Promise
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of the preview with how many rows it shows."""

    code: str
    word: str | Promise
    icon: str
    n: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview."""

    row: IntakeRow
    status: Status


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet of the list."""

    batch: IntakeBatch
    status: Status
    counts: dict[str, int]


def intake_list(batches: Sequence[IntakeBatch]) -> list[Listed]:
    return [Listed(batch, Status(*STATES[batch.state]), batch.summary.get("counts", {})) for batch in batches]


def row_choice(params: QueryDict) -> RowChoice:
    """What the address asks for; a kind that does not exist is none."""
    kind = params.get("loai", "")
    return RowChoice(kind if kind in ROW_CHOICES else "", params.get("q", "")[:100])


def intake_desk(actor: Actor, batch: IntakeBatch, params: QueryDict, at: datetime) -> dict[str, Any]:
    """Everything one page says of a sheet, whatever its state."""
    shown: dict[str, Any] = {
        "batch": batch,
        "status": Status(*STATES[batch.state]),
        "is_under_way": batch.state in UNDER_WAY,
        "earlier": list(same_file_before(batch)[:3]),
        "moves": _moves(batch),
        **intake_acts(actor, batch, at),
    }
    if batch.forgotten_at is None and batch.state in (IntakeState.READY, IntakeState.CONFIRMED, IntakeState.UNDONE):
        shown |= _rows(batch, row_choice(params), params.get("trang"))
    return shown


def intake_acts(actor: Actor, batch: IntakeBatch, at: datetime) -> dict[str, Any]:
    """What may be done with the sheet now, and until when it can be undone."""
    may = {
        "may_mend": policies.can_change_intake(actor, batch, IntakeState.READING),
        "may_confirm": policies.can_change_intake(actor, batch, IntakeState.CONFIRMED),
        "may_undo": policies.can_undo_intake(actor, batch, at),
        "may_discard": policies.can_change_intake(actor, batch, IntakeState.DISCARDED),
    }
    return {
        **may,
        "done": batch.summary.get("done", {}),
        "undo_until": batch.confirmed_at + rules.UNDO_WITHIN if batch.confirmed_at else None,
        "totals": totals(batch),
    }


def totals(batch: IntakeBatch) -> dict[str, int]:
    """The numbers of the plan that is shown, and how many rows would be written and left out."""
    counts = batch.summary.get("counts", {})
    written = counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0)
    numbers = {name: batch.summary.get(name, 0) for name in ("products", "producers", "recognitions")}
    return {**numbers, "written": written, "refused": counts.get(Outcome.REFUSED, 0), "all": sum(counts.values())}


def may_mend(actor: Actor, batch: IntakeBatch) -> Verdict:
    return policies.can_change_intake(actor, batch, IntakeState.READING)


def may_confirm(actor: Actor, batch: IntakeBatch) -> Verdict:
    return policies.can_change_intake(actor, batch, IntakeState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class RowDesk:
    """One row to be mended: what is said of it as a whole, and its fields, those with something to look at first."""

    row: IntakeRow
    status: Status
    sayings: list[str]  # about no cell in particular
    fields: list[Field]
    remarked: int  # how many of the fields something is said of
    hints: dict[str, str]


def row_desk(row: IntakeRow) -> RowDesk:
    """By field, why somebody should look at the cell, and what the sheet itself says there if it was mended."""
    hints: dict[str, list[str]] = {}
    for remark in row.remarks:
        hints.setdefault(remark["field"], []).append(remark["reason"])
    mends = {mend.field: mend for mend in row.batch.mends.filter(n=row.n)}
    for mend in mends.values():
        hints.setdefault(mend.field, []).append(_("Trong bảng gốc: %(value)s.") % {"value": mend.former or _("trống")})
    fields = sorted((field for field in Field if field is not Field.INDEX), key=lambda field: field.value not in hints)
    return RowDesk(
        row=row,
        status=Status(*OUTCOMES[row.kind]),
        sayings=hints.pop("", []),
        fields=fields,
        remarked=sum(field.value in hints for field in fields),
        hints={field: " ".join(said) for field, said in hints.items()},
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would end otherwise than its preview says."""

    n: int
    product: str
    before: Status
    now: Status


def changes(changed: IntakeChanged) -> list[Change]:
    looks = {code: Status(*look) for code, look in OUTCOMES.items()}
    return [Change(each.n, each.product, looks[each.before], looks[each.now]) for each in changed.changes]


def kept_filter(params: QueryDict) -> str:
    """The filter of the preview somebody came from, to go back to it."""
    choice = row_choice(params)
    return urlencode(
        {name: value for name, value in (("loai", choice.kind), ("q", choice.text), ("trang", params.get("trang", ""))) if value}
    )


def _moves(batch: IntakeBatch) -> list[dict[str, Any]]:
    """What people did and how the first reading ended; that each mend is read anew goes without saying."""
    moves = [move for move in batch.moves.select_related("by").order_by("pk") if move.by or move.target != IntakeState.READING]
    begun = [IntakeState.UPLOADED, *(move.target for move in moves)]  # what stands before each
    moves = [move for move, before in zip(moves, begun, strict=False) if (move.target, before) != (IntakeState.READY, IntakeState.READING)]
    return [{"word": MOVES[move.target], "at": move.at, "who": move.by.full_name if move.by else _("máy đọc")} for move in moves]


def _rows(batch: IntakeBatch, choice: RowChoice, number: str | None) -> dict[str, Any]:
    counts, remarked = batch.summary.get("counts", {}), batch.summary.get("remarked", 0)
    page: Page = Paginator(intake_rows(batch, choice), ROWS_PER_PAGE).get_page(number)
    chips = [Chip("", _("Tất cả"), "", sum(counts.values()), not choice.kind)]
    chips += [Chip(code, OUTCOMES[code][0], OUTCOMES[code][2], counts.get(code, 0), choice.kind == code) for code in Outcome]
    chips.append(Chip(WITH_REMARKS, _("Có ghi chú"), "message", remarked, choice.kind == WITH_REMARKS))
    return {"page": page, "lines": [Line(row, Status(*OUTCOMES[row.kind])) for row in page.object_list], "chips": chips, "choice": choice}
