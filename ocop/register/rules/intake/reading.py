"""Understanding one data row: its texts here, its recognitions in `decisions`."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from ocop.core.phones import NotAPhone, normalise_phone
from ocop.papers.tables import Value, looks_like_tcvn3
from ocop.register.rules.intake.cells import Calendar, words_of
from ocop.register.rules.intake.codes import Caution, Refusal, Remark
from ocop.register.rules.intake.formulas import is_formula, reaches_out, unquoted
from ocop.register.rules.intake.layout import Field, Layout
from ocop.register.rules.intake.rows import RawRow
from ocop.register.rules.intake.sentences import sentence
from ocop.register.rules.intake.texts import readable
from ocop.register.rules.intake.words import FormSaid, legal_form_of

TEXT_LIMITS: Final = {
    Field.NAME: 200,
    Field.PRODUCER: 200,
    Field.GROUP: 80,
    Field.FORM: 100,
    Field.COMMUNE: 200,
    Field.DISTRICT: 100,
    Field.ADDRESS: 300,
    Field.REPRESENTATIVE: 120,
    Field.PHONE: 100,
    Field.FIRST_DECISION: 80,
    Field.FIRST_ISSUER: 160,
    Field.SECOND_DECISION: 80,
    Field.SECOND_ISSUER: 160,
    Field.NOTE: 4000,
}
_ERRORS: Final = frozenset(
    (
        *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!"),
        *("#BLOCKED!", "#UNKNOWN!", "#GETTING_DATA", "#CONNECT!", "#BUSY!"),
    )
)
_REFUSED: Final = "refused"
_SEVERAL: Final = re.compile(r"[;,/\n]|\s+-\s+|\bvà\b|\bhoặc\b")


class Reading:
    """One row being read: of each cell the first refusal counts, since what cannot be read is not also missing."""

    def __init__(self, raw: RawRow, layout: Layout, calendar: Calendar, today: date) -> None:
        self.raw, self.layout, self.calendar, self.today = raw, layout, calendar, today
        self.remarks: dict[tuple[Field, str], Remark] = {}
        self.bare_decisions: set[str] = set()  # those whose star is not printed
        self.texts: Mapping[Field, str] = {field: self._text(field) for field in TEXT_LIMITS if field in raw.values}
        self._check_names()

    def remark(self, field: Field, code: str, said: object = "", other: object = "") -> None:
        """Note something about a cell."""
        remark = Remark(self.raw.row, self.layout.header(field), code, sentence(code, said, other), field)
        self.remarks.setdefault((field, _REFUSED if remark.is_refusal else code), remark)

    def is_refused(self, field: Field) -> bool:
        return (field, _REFUSED) in self.remarks

    def value(self, field: Field) -> Value:
        """The cell; an error, and a formula that has no value or reaches out of the sheet, is refused here and reads as empty."""
        value = self.raw.values.get(field)
        if field in self.raw.errors:
            self.remark(field, Refusal.FORMULA_ERROR, self.raw.errors[field])
            return None
        if isinstance(value, str) and value.lstrip().startswith("#") and value.strip().upper() in _ERRORS:
            self.remark(field, Refusal.FORMULA_ERROR, value.strip())
            return None
        return self._of_formula(field, value) if field in self.raw.formulas else value

    def _of_formula(self, field: Field, value: Value) -> Value:
        is_empty = value is None or value == ""
        if reaches_out(self.raw.formulas[field]) or (is_empty and field in TEXT_LIMITS):
            self.remark(field, Refusal.FORMULA_IN_TEXT)
            return None
        self.remark(field, Refusal.FORMULA_ERROR if is_empty else Caution.FORMULA_VALUE, "công thức không có kết quả")
        return value

    def _text(self, field: Field) -> str:
        value = self.value(field)
        raw = value if isinstance(value, str) else words_of(value)
        text, was_quoted = unquoted(readable(raw)) if raw else ("", False)
        if not text:
            return ""
        if not was_quoted and isinstance(value, str) and is_formula(text):
            self.remark(field, Refusal.FORMULA_IN_TEXT)
            return ""
        if len(text) > TEXT_LIMITS[field]:
            self.remark(field, Refusal.TOO_LONG, len(text), TEXT_LIMITS[field])
        if field in self.raw.is_old_text or (not raw.isascii() and looks_like_tcvn3(raw)):
            self.remark(field, Caution.OLD_ENCODING)
        return text

    def _check_names(self) -> None:
        for field, code in ((Field.NAME, Refusal.NAME_MISSING), (Field.PRODUCER, Refusal.SUBJECT_MISSING)):
            if not self.texts.get(field) and not self.is_refused(field):
                self.remark(field, code)

    def legal_form(self) -> FormSaid | None:
        """By its own column; where that is empty or not understood, by how the producer's name begins."""
        said = self.texts.get(Field.FORM, "")
        found = legal_form_of(said) if said else None
        if said and found is None:
            self.remark(Field.FORM, Caution.FORM_UNKNOWN, said)
        return found or legal_form_of(self.texts.get(Field.PRODUCER, ""))

    def phone(self) -> str:
        """The first number of the cell, as E.164."""
        text = self.texts.get(Field.PHONE, "")
        for part in _SEVERAL.split(text) if text else ():
            try:
                return normalise_phone(_with_nought(part.strip()))
            except NotAPhone:
                continue
        if text:
            self.remark(Field.PHONE, Caution.PHONE_UNREADABLE)
        return ""


def _with_nought(digits: str) -> str:
    """Excel takes the leading nought away from what it believes to be a number."""
    return f"0{digits}" if digits.isdigit() and len(digits) in (9, 10) and digits[0] in "235789" else digits
