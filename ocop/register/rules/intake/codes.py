"""What may be said of a row: the codes of the contract, and those of a careful clerk."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Refusal(StrEnum):
    """Why a row is not taken in; it creates nothing, not even its producer."""

    BAD_STAR = "bad_star"
    SUBJECT_MISSING = "subject_missing"
    NAME_MISSING = "name_missing"
    FORMULA_ERROR = "formula_error"
    FORMULA_IN_TEXT = "formula_in_text"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    DATE_YEAR_CONFLICT = "date_year_conflict"
    COMMUNE_UNKNOWN = "commune_unknown"
    EXPIRY_BEFORE_RECOGNITION = "expiry_before_recognition"
    TOO_LONG = "too_long"


class Caution(StrEnum):
    """What a person should look at; the row is taken in."""

    DATE_YEAR_ONLY = "date_year_only"
    OLD_COMMUNE = "old_commune"
    COMMUNE_EMPTY = "commune_empty"
    COMMUNE_BOTH = "commune_both_old_and_new"
    DATE_MISSING = "date_missing"
    NO_RECOGNITION = "no_recognition"
    STARS_MISSING = "stars_missing"
    STAR_CONFLICT = "star_conflict"
    EXPIRY_MISSING = "expiry_missing"
    DUPLICATE = "duplicate"
    # A careful clerk's own.
    DATE_MONTH_ONLY = "date_month_only"
    DATE_BEFORE_PROGRAMME = "date_before_programme"
    STARS_FROM_CURRENT = "stars_from_current"
    EXPIRY_NOT_36_MONTHS = "expiry_not_36_months"
    BLOCKS_OUT_OF_ORDER = "blocks_out_of_order"
    RECOGNITION_REPEATED = "recognition_repeated"
    SPELLING_MERGED = "spelling_merged"
    PRODUCER_MAYBE_SAME = "producer_maybe_same"
    DISTRICT_DIFFERS = "district_differs"
    FORM_UNKNOWN = "form_unknown"
    PHONE_UNREADABLE = "phone_unreadable"
    OLD_ENCODING = "old_encoding"
    FORMULA_VALUE = "formula_value"
    KEPT_AS_IN_REGISTER = "kept_as_in_register"


_REFUSALS: Final = frozenset(Refusal)


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # a product the register does not have
    CHANGED = "changed"  # a product it has gets a recognition it lacked, or an empty field filled
    SAME = "same"
    DUPLICATE = "duplicate"  # repeats an earlier row of the file
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know about a row. `reason` is a Vietnamese sentence that never holds a personal value."""

    row: int
    column: str  # the header's text, two header rows joined by " / "; empty when it is about the whole row
    code: str  # of Refusal or Caution
    reason: str
    field: str = ""  # of layout.Field: where a mend goes

    @property
    def is_refusal(self) -> bool:
        return self.code in _REFUSALS

    def as_json(self) -> dict[str, object]:
        """As the report has it."""
        return {"row": self.row, "column": self.column, "code": self.code, "reason": self.reason}
