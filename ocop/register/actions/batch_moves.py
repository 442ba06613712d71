"""How a batch's state moves: one conditional update, one line in its log."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.register.actions.refusals import Moved
from ocop.register.enums import INTAKE_MOVES, IntakeState
from ocop.register.models import IntakeBatch, IntakeMove


class BatchMoved(Moved):
    """Somebody confirmed, mended, undid or discarded this sheet first; `batch` is how it stands now."""

    def __init__(self, batch: IntakeBatch) -> None:
        self.batch = batch
        super().__init__(_("Bảng này vừa được cán bộ khác xử lý."))


def move_batch(batch: IntakeBatch, target: IntakeState, actor: Actor, at: datetime, **facts: Any) -> None:
    """From the state this actor saw to `target`; the slower of two gets `BatchMoved`. Call inside the action's transaction."""
    before = batch.state
    moved = IntakeBatch.objects.filter(pk=batch.pk, state=before, state__in=INTAKE_MOVES[target], readings=batch.readings)
    if moved.update(state=target, **facts) != 1:
        raise BatchMoved(IntakeBatch.objects.select_related("file").get(pk=batch.pk))
    log_move(batch, before, target, actor, at)
    batch.refresh_from_db()


def log_move(batch: IntakeBatch, source: str, target: str, actor: Actor, at: datetime) -> None:
    IntakeMove.objects.create(batch=batch, source=source, target=target, at=at, by_id=actor.user_id)


def subject_of(batch: IntakeBatch) -> str:
    return f"intake:{batch.code}"
