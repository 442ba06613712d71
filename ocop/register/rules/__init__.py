"""Pure decisions of the register: standing, codes, prices, drawings, words. No clock, no database."""

from ocop.register.rules.art import ART_NAMES, art_for
from ocop.register.rules.batch import INTAKE_KEPT, READ_AT_ONCE, READER_SILENT, ROWS_AT_ONCE, UNDO_WITHIN
from ocop.register.rules.codes import MAX_NUMBER, CodeParts, build_product_code, check_old_code, check_product_code, parse_product_code
from ocop.register.rules.law import (
    CERTIFICATE_MONTHS,
    EXTENSION_DAYS,
    REPORT_WORKING_DAYS,
    RenewalWindow,
    Signed,
    certificate_end,
    check_decision,
    check_extension,
    check_withdrawal,
    extension_limit,
    renewal_window,
    withdrawal_authority,
)
from ocop.register.rules.prices import MAX_PRICE, check_price
from ocop.register.rules.reasons import reason_sentence
from ocop.register.rules.search import fold_query, search_text
from ocop.register.rules.standing import (
    DUE_DAYS,
    PROGRAMME_START,
    RecognitionFacts,
    Span,
    Standing,
    StandingReason,
    is_due,
    standing_on,
    standing_timeline,
)

__all__ = [
    "ART_NAMES",
    "CERTIFICATE_MONTHS",
    "DUE_DAYS",
    "EXTENSION_DAYS",
    "INTAKE_KEPT",
    "MAX_NUMBER",
    "MAX_PRICE",
    "PROGRAMME_START",
    "READER_SILENT",
    "READ_AT_ONCE",
    "REPORT_WORKING_DAYS",
    "ROWS_AT_ONCE",
    "UNDO_WITHIN",
    "CodeParts",
    "RecognitionFacts",
    "RenewalWindow",
    "Signed",
    "Span",
    "Standing",
    "StandingReason",
    "art_for",
    "build_product_code",
    "certificate_end",
    "check_decision",
    "check_extension",
    "check_old_code",
    "check_price",
    "check_product_code",
    "check_withdrawal",
    "extension_limit",
    "fold_query",
    "is_due",
    "parse_product_code",
    "reason_sentence",
    "renewal_window",
    "search_text",
    "standing_on",
    "standing_timeline",
    "withdrawal_authority",
]
