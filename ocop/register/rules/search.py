"""What is written into a product's searched text, and what is made of the words somebody types."""

from collections.abc import Iterable
from typing import Final

from ocop.core.text import search_key

MAX_WORDS: Final = 8  # of a query; more words only narrow what is already narrow
MAX_QUERY: Final = 200  # characters looked at


def search_text(parts: Iterable[str]) -> str:
    """The parts folded for searching, each word once, in the order of the parts.

    A space stands before the first word, so that every word begins after a space and ` mien` finds words that begin with "mien".
    """
    words = (word for part in parts for word in search_key(part).split())
    return " " + " ".join(dict.fromkeys(words))


def fold_query(text: str) -> list[str]:
    """The words of a query, folded as the searched text is: letters and digits alone, so no engine's syntax survives."""
    words = search_key(text[:MAX_QUERY]).split()
    return list(dict.fromkeys(words))[:MAX_WORDS]
