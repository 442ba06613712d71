"""Reading a province's register, purely: layout, cells, comparison keys, codes and their sentences (INTAKE.md)."""

from ocop.register.rules.intake.cells import words_of
from ocop.register.rules.intake.codes import Caution, Outcome, Refusal, Remark
from ocop.register.rules.intake.layout import (
    PERSONAL,
    REQUIRED,
    Field,
    Layout,
    RegisterSheet,
    find_register,
    layout_under,
    mapped_layout,
    recognise_layout,
    register_sheet,
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
    "layout_under",
    "mapped_layout",
    "recognise_layout",
    "register_sheet",
    "words_of",
]
