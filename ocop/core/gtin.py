"""The number under a barcode, GTIN-13 above all. Source: GS1 General Specifications, section 7.9 (check digit) and 1.4 (prefixes)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ocop.core.verdict import YES, Verdict, no

_LENGTH = 13
_IN_STORE = ("02", "04", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29")
_NO_PRODUCT = {
    "05": gettext_noop("phiếu mua hàng"),
    "977": gettext_noop("báo, tạp chí (ISSN)"),
    "978": gettext_noop("sách (ISBN)"),
    "979": gettext_noop("sách (ISBN)"),
    "980": gettext_noop("biên lai hoàn tiền"),
    "981": gettext_noop("phiếu mua hàng"),
    "982": gettext_noop("phiếu mua hàng"),
    "983": gettext_noop("phiếu mua hàng"),
    "984": gettext_noop("phiếu mua hàng"),
    "99": gettext_noop("phiếu mua hàng"),
}


def check_gtin13(text: str) -> Verdict:
    """May this stand on a pack sold anywhere? A refusal says which: digits, length, check digit, reserved prefix."""
    if not (text.isascii() and text.isdigit()):
        return no(_("Mã vạch chỉ gồm chữ số, không có dấu cách hay chữ."))
    if len(text) != _LENGTH:
        return no(_("Mã GTIN-13 có đúng 13 chữ số, mã này có %(count)s.") % {"count": len(text)})
    expected = check_digit(text[:-1])
    if int(text[-1]) != expected:
        return no(_("Chữ số cuối không khớp: với 12 số đầu này phải là %(digit)s. Hãy đối chiếu lại với bao bì.") % {"digit": expected})
    if text.startswith(_IN_STORE):
        return no(_("Mã bắt đầu bằng %(prefix)s chỉ dùng nội bộ trong một cửa hàng, không dùng chung được.") % {"prefix": text[:2]})
    for prefix, use in _NO_PRODUCT.items():
        if text.startswith(prefix):
            return no(_("Mã bắt đầu bằng %(prefix)s dành cho %(use)s, không dành cho hàng hóa.") % {"prefix": prefix, "use": _(use)})
    return YES


def check_digit(others: str) -> int:
    """The last digit of a GS1 number from those before it: weights 3, 1, 3, 1 … from the right, filled up to the next ten."""
    total = sum(int(digit) * (1 if index % 2 else 3) for index, digit in enumerate(reversed(others)))
    return -total % 10
