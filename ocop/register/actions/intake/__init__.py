"""Taking a sheet in, all rows or none, and taking it back as a whole."""

from ocop.register.actions.intake.effects import IntakeEffects
from ocop.register.actions.intake.taking_in import IntakeMoved, commit_plan
from ocop.register.actions.intake.undoing import BuiltUpon, UndoTooLate, undo_intake

__all__ = ["BuiltUpon", "IntakeEffects", "IntakeMoved", "UndoTooLate", "commit_plan", "undo_intake"]
