"""Numbers and money as Vietnamese readers write them: 1.234,5 and 1.234.000 đ."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

_GROUPED = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_LARGEST = 10**12  # no pack of anything costs a thousand billion; a longer number is a slip of the finger


class NotAnAmount(ValueError):
    """The text is no amount of money; the message is the Vietnamese sentence for the person who typed it."""


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1234.5 as "1.234,5". Without `decimals`, as many as the value has; with it, rounded half to even to that many."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError("only a finite number can be written")
    text = f"{exact:,f}" if decimals is None else f"{exact:,.{decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def dong(amount: int) -> str:
    """1234000 as "1.234.000 đ"."""
    return f"{number(amount)} đ"


def parse_dong(text: str) -> int:
    """ "45.000 đ", "45 000", "45000đ" as 45000. Raises `NotAnAmount`: no fractions, no signs, no guesses."""
    bare = text.strip().removesuffix("đồng").removesuffix("VND").removesuffix("đ").removesuffix("₫").strip()
    if not _GROUPED.fullmatch(bare):
        raise NotAnAmount(_("“%(text)s” không phải là số tiền. Hãy ghi số đồng chẵn, ví dụ 45.000.") % {"text": text[:40]})
    amount = int(bare.replace(".", "").replace(" ", ""))
    if amount >= _LARGEST:
        raise NotAnAmount(_("Số tiền lớn quá, hãy xem lại các số 0."))
    return amount
