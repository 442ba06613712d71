"""Taking a sheet in, all rows or none, and taking it back as a whole."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ocop.core.actor import Actor
from ocop.register.actions.refusals import Moved, NotFitting
from ocop.register.queries.intake import IntakePlan

UNDO_WITHIN = timedelta(days=1)


class IntakeMoved(Moved):
    """Somebody wrote what this plan was going to write: plan again. Nothing was written."""


class BuiltUpon(Moved):
    """Somebody has worked on what the intake created; `rows` are the sheet's rows, the message names them."""

    rows: tuple[int, ...]


class UndoTooLate(NotFitting):
    """A day has passed."""


@dataclass(frozen=True, slots=True)
class IntakeEffects:
    """What an intake did, to be stored by whoever called and handed to `undo_intake`. Opaque but for the counts."""

    producers: int
    products: int
    recognitions: int
    filled: int  # fields that were empty before
    digest: str
    data: dict[str, Any]  # JSON: keys created with their rows, former values (personal ones among them: store it as such)


def commit_plan(*, actor: Actor, plan: IntakePlan, source_name: str, at: datetime) -> IntakeEffects:
    """Write every row that is not refused, in one transaction with one audit entry that holds the digest of the row log.

    `source_name` (the file's name) stands as the source of every fact. Raises `Refused`, `IntakeMoved`.
    """
    raise NotImplementedError


def undo_intake(*, actor: Actor, effects: dict[str, Any], at: datetime) -> None:
    """Take an intake back as a whole; `effects` is `IntakeEffects.data`. Raises `Refused`, `UndoTooLate`, `BuiltUpon`."""
    raise NotImplementedError
