"""When two spellings are one name: INTAKE.md's comparison, stricter than searching, since accents make other names."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from ocop.core.text import clean_line

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# i and y are one letter after a consonant and after "qu" ("Sĩ", "Sỹ"; "quí", "quý"), never after another vowel ("mai" is not "may").
_Y: Final = re.compile("(?:(?<=[bcdđghklmnprstvx])|(?<=qu))y")
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def compare_key(text: str) -> str:
    """The same for spellings that differ in NFC or NFD, spaces, case, the place of the tone mark (Hoà, Hòa) and i or y."""
    return " ".join(map(_word_key, clean_line(text).lower().translate(_QUOTES).split()))


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    if word.isascii():
        return _Y.sub("i", word)
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.get(mark, "") for mark in decomposed)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    return _Y.sub("i", bare) + tones


_LEGAL_WORDS: Final = (("hợp tác xã", "htx"), ("tổ hợp tác", "tht"), ("hộ kinh doanh", "hkd"), ("doanh nghiệp tư nhân", "dntn"))


def loose_key(text: str) -> str:
    """The same for "Hợp tác xã Mai" and "HTX Mai": perhaps one producer, for a person to say."""
    line = clean_line(text).lower()
    for long, short in _LEGAL_WORDS:
        line = line.replace(long, short)
    return compare_key(line)


UNKNOWN_MAKER: Final = "(chưa rõ chủ thể)"  # how a register that we write names the producer of a product whose producer nobody knows


def names_no_maker(text: str) -> bool:
    """Does a producer's cell say that nobody knows?"""
    return compare_key(text) == compare_key(UNKNOWN_MAKER)
