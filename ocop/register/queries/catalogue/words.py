"""What words lead to: products that answer to them, and those of a commune that is named, by its old name too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ocop.places.queries import find_units
from ocop.register.queries.catalogue.rows import Row
from ocop.register.queries.search import matching_ids

_WHOLE_NAME: Final = 1  # UnitMatch.rank: the whole name of a unit was typed, not only its beginning


@dataclass(frozen=True, slots=True)
class Found:
    """Products by their place in the answer, and the sentence on a place that has a new name."""

    relevance: Mapping[int, int]
    place_note: str


def find(text: str, rows: Sequence[Row], on: date) -> Found:
    """Products whose words match, best first; then those of a commune that is named or that holds the old one named."""
    matched = matching_ids(text)
    note, communes = "", set[int]()
    for match in find_units(text, on):
        if match.rank <= _WHOLE_NAME:
            note = note or match.sentence
            communes.update(unit.pk for unit in match.now if unit.pk)
    matched += [row.id for row in rows if row.commune_id in communes]
    return Found({pk: place for place, pk in enumerate(dict.fromkeys(matched))}, note)
