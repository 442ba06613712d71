"""A product's code as people type, paste or scan it. Product decision: forgiving in form, exact in content."""

import re
from dataclasses import dataclass
from typing import Final

from ocop.core.text import clean_line

LONGEST: Final = 80  # characters looked at; no code is half as long

_DASHES: Final = re.compile("[\u2010-\u2015\u2212_]")
_ADDRESS: Final = re.compile(r"(?:^|/)(?:sp|v)/([^/?#]+)", re.IGNORECASE)
_PUBLIC_ID: Final = re.compile(r"([A-Za-z]{2,4})[ .-]*0*([0-9]{1,6})")
_FOUR_PARTS: Final = re.compile(r"([0-9]{2})[ ./-]+([0-9]{5})[ ./-]+([0-9]{2,4})[ ./-]+([0-9]{4})")


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What was typed: a public id ("BK001"), or anything else that may be an official code; one of the two is empty."""

    public_id: str
    official: str
    text: str  # as to be shown again: cleaned, cut


def typed_code(text: str) -> TypedCode:
    """Letter case, spaces, other dashes, leading zeros and a whole address around it do not matter: "bk 1" is BK001."""
    shown = clean_line(text)[:LONGEST]
    found = _ADDRESS.search(shown)
    code = _DASHES.sub("-", found[1] if found else shown).strip(" .-")
    if public := _PUBLIC_ID.fullmatch(code):
        return TypedCode(f"{public[1].upper()}{int(public[2]):03d}", "", shown)
    if parts := _FOUR_PARTS.fullmatch(code):
        return TypedCode("", "-".join(parts.groups()), shown)
    return TypedCode("", re.sub(r" *- *", "-", code), shown)


def code_order(public_id: str) -> tuple[str, int]:
    """A key that sorts public ids as people count: BK999 before BK1000."""
    found = _PUBLIC_ID.fullmatch(public_id)
    return (found[1], int(found[2])) if found else (public_id, 0)
