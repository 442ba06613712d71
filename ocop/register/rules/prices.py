"""What a price may be (product decisions)."""

from datetime import date
from typing import Final

from ocop.core.verdict import YES, Verdict, no

MAX_PRICE: Final = 1_000_000_000  # đồng; above it somebody typed a zero too many


def check_price(*, amount: int, valid_from: date, valid_to: date | None, today: date) -> Verdict:
    """May this price be announced? A price may not start in the past: what was charged then is not ours to rewrite."""
    if amount <= 0:
        return no("Giá phải lớn hơn 0 đồng.")
    if amount > MAX_PRICE:
        return no("Giá quá lớn. Hãy ghi bằng đồng, không ghi bằng nghìn đồng.")
    if valid_from < today:
        return no("Giá mới không thể bắt đầu trong quá khứ. Hãy chọn từ hôm nay trở đi.")
    if valid_to is not None and valid_to <= valid_from:
        return no("Ngày thôi áp dụng phải sau ngày bắt đầu.")
    return YES
