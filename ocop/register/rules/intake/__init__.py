"""Reading a province's register, purely: layout, cells, comparison keys, codes and their sentences (INTAKE.md)."""

from ocop.register.rules.intake.codes import Outcome, Refusal, Remark, Warning  # noqa: A004
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
    "Field",
    "Layout",
    "Outcome",
    "Refusal",
    "RegisterSheet",
    "Remark",
    "Warning",
    "find_register",
    "mapped_layout",
    "recognise_layout",
]
