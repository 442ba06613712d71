"""What the catalogue, the home page, the register on a date and the feeds read.

The catalogue is one pass: every published product as one narrow row in the order of its name, counted, filtered and
sorted in Python, then the cards of one page. So the number of questions to the database is the same for ten products
and for ten thousand, and the figures beside the filters cannot disagree with the list.
"""

from ocop.register.queries.catalogue.cards import Card, cards
from ocop.register.queries.catalogue.choice import FACETS, SORTS, Choice, Selection, in_order, select
from ocop.register.queries.catalogue.home import (
    NewRecognition,
    PublicPages,
    RegisterCounts,
    Spotlight,
    first_to_know,
    newest_recognitions,
    public_pages,
    register_counts,
    spotlight,
)
from ocop.register.queries.catalogue.on_date import RegisterLine, register_on
from ocop.register.queries.catalogue.rows import DUE, HOLDING, STATES, PlaceIndex, PlaceName, Row, catalogue_rows, place_index
from ocop.register.queries.catalogue.snapshot import Snapshot, snapshot
from ocop.register.queries.catalogue.words import Found, find

__all__ = [
    "DUE",
    "FACETS",
    "HOLDING",
    "SORTS",
    "STATES",
    "Card",
    "Choice",
    "Found",
    "NewRecognition",
    "PlaceIndex",
    "PlaceName",
    "PublicPages",
    "RegisterCounts",
    "RegisterLine",
    "Row",
    "Selection",
    "Snapshot",
    "Spotlight",
    "cards",
    "catalogue_rows",
    "find",
    "first_to_know",
    "in_order",
    "newest_recognitions",
    "place_index",
    "public_pages",
    "register_counts",
    "register_on",
    "select",
    "snapshot",
    "spotlight",
]
