"""Reading a province's register, purely: layout, cells, comparison keys, codes and their sentences (INTAKE.md)."""

from ocop.register.rules.intake.codes import Caution, Outcome, Refusal, Remark
from ocop.register.rules.intake.layout import (
    PERSONAL,
    REQUIRED,
    Field,
    Layout,
    RegisterSheet,
    find_register,
    mapped_layout,
    recognise_layout,
)

__all__ = [
    "PERSONAL",
    "REQUIRED",
    "Caution",
    "Field",
    "Layout",
    "Outcome",
    "Refusal",
    "RegisterSheet",
    "Remark",
    "find_register",
    "mapped_layout",
    "recognise_layout",
]
