"""A cell's text as it may be stored: Unicode, clean, without the apostrophe that keeps a spreadsheet from running it."""

from functools import lru_cache

from ocop.core.text import clean_line
from ocop.papers.tables import from_tcvn3, looks_like_tcvn3


@lru_cache(maxsize=100_000)
def readable(text: str) -> str:
    """One clean line; text typed for an old .VnTime font is turned into Unicode."""
    return clean_line(from_tcvn3(text) if looks_like_tcvn3(text) else text)
