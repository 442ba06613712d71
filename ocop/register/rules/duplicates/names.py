"""Names as they are compared: in one spelling, without the words that only say what kind of body it is."""

from functools import lru_cache
from typing import Final

from ocop.core.text import search_key, spelling_key

_BODIES: Final = (
    *("liên hiệp hợp tác xã", "hợp tác xã", "htx", "tổ hợp tác", "tht"),
    *("công ty", "ctcp", "trách nhiệm hữu hạn", "tnhh", "cổ phần", "cp", "một thành viên", "hai thành viên", "mtv"),
    *("doanh nghiệp tư nhân", "dntn", "doanh nghiệp", "hộ kinh doanh", "hkd", "hộ sản xuất", "hộ gia đình"),
    *("cơ sở sản xuất", "cssx", "cơ sở", "trang trại"),
)
_BODY_WORDS: Final = sorted((search_key(body).split() for body in _BODIES), key=len, reverse=True)
_SHORTEST_PART: Final = 2  # words; one word says too little


def bare_name(name: str) -> str:
    """The name in one spelling, without its legal form: "Hợp tác xã Hoà Bình" and "HTX Hòa Bình" are both "hoa'1 binh'1".

    A name that is nothing but its legal form stays whole.
    """
    words = spelling_key(name).split()
    folded = [unaccented(word) for word in words]
    start = 0
    while length := next((len(body) for body in _BODY_WORDS if folded[start : start + len(body)] == body), 0):
        start += length
    return " ".join(words[start:] or words)


def own_part(product: str, maker: str) -> str:
    """A product's name in one spelling without its maker's name, wherever that stands: "Mộc nhĩ Minh Anh thái chỉ" of HTX Minh Anh."""
    words, makers = spelling_key(product).split(), bare_name(maker).split()
    if len(makers) < _SHORTEST_PART:
        return " ".join(words)
    for start in range(len(words) - len(makers) + 1):
        if words[start : start + len(makers)] == makers:
            return " ".join(words[:start] + words[start + len(makers) :] or words)
    return " ".join(words)


def unaccented(spelling: str) -> str:
    """A spelling key without its accents and tones."""
    return " ".join(map(_bare_letters, spelling.split()))


def within(longer: str) -> list[str]:
    """The ends of a name that may be a whole name themselves: of "ruou chuoi tan dan" "chuoi tan dan" and "tan dan"."""
    words = longer.split()
    return [" ".join(words[start:]) for start in range(1, len(words) - _SHORTEST_PART + 1)]


@lru_cache(maxsize=8192)
def _bare_letters(word: str) -> str:
    return search_key(word.partition("'")[0])
