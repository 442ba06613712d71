"""Product codes. Form of Decision 26/2026/QĐ-TTg, Annex II, head of every sheet: (T)-(X)-(STT)-(năm).

T is the province's code, X the commune's, both of Decision 19/2025/QĐ-TTg; STT the number in the commune's own list; then the year
of evaluation.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ocop.core.verdict import YES, Verdict, no

_CODE: Final = re.compile(r"([0-9]{2})-([0-9]{5})-([0-9]{2,4})-([0-9]{4})")
_OLD_PARTS: Final = 4
_OLD_CODE: Final = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ.]*")
FIRST_YEAR: Final = 2026  # the form came with Decision 26/2026
MAX_NUMBER: Final = 9999


@dataclass(frozen=True, slots=True)
class CodeParts:
    """A code taken apart."""

    province: str
    commune: str
    number: int
    year: int


def build_product_code(parts: CodeParts) -> str:
    """ "19-02185-01-2026". Raises ValueError when a part cannot be printed so."""
    code = f"{parts.province}-{parts.commune}-{parts.number:02d}-{parts.year}"
    if parts.number < 1 or parse_product_code(code) != parts:
        raise ValueError(f"{parts} cannot be written as a product code")
    return code


def parse_product_code(text: str) -> CodeParts | None:
    """The parts of an official code, or None when the text is none."""
    found = _CODE.fullmatch(text.strip())
    if not found or not text.isascii():
        return None
    province, commune, number, year = found.groups()
    return CodeParts(province, commune, int(number), int(year)) if int(number) else None


def check_product_code(text: str, *, province: str, communes: Collection[str], year: int) -> Verdict:
    """Is this a code the province may give in `year`? `communes` are the codes of its communes on that day."""
    parts = parse_product_code(text)
    if parts is None:
        return no("Mã sản phẩm gồm mã tỉnh (2 số), mã xã (5 số), số thứ tự và năm, ví dụ 19-02185-01-2026.")
    if parts.province != province:
        return no(f"Mã tỉnh là {province}, mã này ghi {parts.province}.")
    if parts.commune not in communes:
        return no(f"Không có xã, phường nào mang mã {parts.commune} vào ngày này. Mã xã đổi từ 1/7/2025.")
    if not FIRST_YEAR <= parts.year <= year:
        return no(f"Năm đánh giá phải từ {FIRST_YEAR} đến {year}.")
    return YES


def check_old_code(text: str) -> Verdict:
    """A code of an earlier decision is kept as printed; it has four parts joined by hyphens."""
    parts = [part.strip() for part in text.split("-")]
    if len(parts) != _OLD_PARTS or not all(_OLD_CODE.fullmatch(part.upper()) for part in parts):
        return no("Mã cũ có bốn phần nối bằng gạch ngang, ghi đúng như trên giấy.")
    return YES
