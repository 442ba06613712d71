"""Text that a spreadsheet would run (OWASP CSV injection; ASVS 5.0, 1.2.10): refused on the way in, neutralised on the way out."""

import re
import unicodedata
from typing import Final

_STARTS: Final = "=+-@"
_CALL: Final = re.compile(r"[A-Za-z_][\w.]*\s*\(")
_REFERENCE: Final = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}\s*(?:[-+*/^&:!]|$)")
_ARITHMETIC: Final = re.compile(r"\(?[0-9][0-9.,]*\s*[-+*/^&]\s*[\w($]")
_EXCHANGE: Final = re.compile(r"\|.*!")  # DDE: program|topic!item
_TELEPHONE: Final = re.compile(r"\+[0-9][0-9 .()-]{6,18}")
_QUOTED: Final = re.compile(r"'(?=\s*[-=+@\t\r])")
_DANGEROUS: Final = re.compile(r"hyperlink\s*\(|webservice\s*\(|filterxml\s*\(|importdata\s*\(|\|.*!|\brtd\s*\(|\bcall\s*\(", re.IGNORECASE)


def is_formula(text: str) -> bool:
    """Would a spreadsheet compute this? "=…" always; after + - @ what looks like arithmetic, a cell, a call: "- Chè khô" is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or plain[0] not in _STARTS:
        return False
    if plain[0] == "=":
        return True
    if _TELEPHONE.fullmatch(plain):
        return False
    rest = plain[1:].lstrip(_STARTS)
    if _EXCHANGE.search(rest):
        return True
    return any(form.match(rest) for form in (_CALL, _REFERENCE, _ARITHMETIC))


def reaches_out(formula: str) -> bool:
    """Does a stored formula open addresses or other programs?"""
    return bool(_DANGEROUS.search(formula))


def unquoted(text: str) -> tuple[str, bool]:
    """The text without the apostrophe that our own tables put before = + - @, and whether it had one."""
    return (text[1:], True) if _QUOTED.match(text) else (text, False)
