"""Vietnamese text: one way to clean it, one to compare it, one to search it, one to sort it.

People type decomposed letters (NFD), put the tone on either vowel (Hòa, Hoà), write i for y (Sĩ, Sỹ) and paste marks nobody sees.
"""

import re
import unicodedata

# Tab, line feed, carriage return and their Unicode kin end a line; every other control character is dropped.
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # controls; zero-width and direction marks; lone surrogates, which UTF-8 cannot hold
_SORT_KEY_LIMIT = 600  # the width of the columns that hold it

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODE = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET, start=30)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng, as dictionaries order them
_END, _SPACE, _OTHER = "00", "11", "99"


def clean_text(text: str) -> str:
    """Text of several lines: NFC, no control, direction or zero-width marks, no stray spaces, at most one empty line in a row."""
    if text.isprintable():
        return clean_line(text)  # no line ends in it
    lines = [clean_line(line) for line in _LINE_ENDS.split(text)]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clean_line(text: str) -> str:
    """Text of one line: as `clean_text`, and line ends become spaces."""
    if text.isprintable() and "  " not in text and text.strip() == text and unicodedata.is_normalized("NFC", text):
        return text  # nearly every text is clean already, and long registers are cleaned cell by cell
    spaced = "".join(" " if character.isspace() else character for character in text)
    seen = "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def fold(text: str) -> str:
    """Lower case, no accents, đ as d, spaces collapsed: "Hoà  BÌNH" and "Hòa Bình" are both "hoa binh"."""
    bare = _without_marks(clean_line(text)).casefold()
    return clean_line(_without_marks(bare).replace("đ", "d"))


def search_key(text: str) -> str:
    """What is searched and what is searched for: folded, y as i, anything but letters and digits a space ("Sỹ Bình" is "si binh")."""
    return " ".join(_words(fold(text).replace("y", "i")))


def slug(text: str, limit: int = 80) -> str:
    """The text as a piece of an address: ASCII letters, digits and hyphens, at most `limit` of them; may come out empty."""
    whole = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    return whole if len(whole) <= limit else whole[: limit + 1].rpartition("-")[0].strip("-") or whole[:limit]


def sort_key(text: str) -> str:
    """A key of digits alone that sorts by the Vietnamese alphabet under any collation: letters first, then tones word by word.

    The key never exceeds 600 characters; texts that differ only in the place of a tone mark have the same key.
    """
    words = [_split_tone(word) for word in _words(clean_line(text).lower())]
    letters = _SPACE.join("".join(map(_letter_code, bare)) for bare, _tone in words)
    return f"{letters}{_END}{''.join(str(tone) for _bare, tone in words)}"[:_SORT_KEY_LIMIT]


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() or unicodedata.combining(character) else " " for character in text).split()


def _without_marks(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKD", text) if unicodedata.category(character) != "Mn")


def _split_tone(word: str) -> tuple[str, int]:
    """A syllable without its tone mark, and the tone: "miến" → ("miên", 4)."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = max((_TONES.get(character, 0) for character in decomposed), default=0)
    return unicodedata.normalize("NFC", "".join(character for character in decomposed if character not in _TONES)), tone


def _letter_code(letter: str) -> str:
    """Two digits for one letter: figures come before the alphabet, unknown scripts after it."""
    if letter.isascii() and letter.isdigit():
        return f"2{letter}"
    return _LETTER_CODE.get(letter) or _LETTER_CODE.get(_without_marks(letter)[:1], _OTHER)
