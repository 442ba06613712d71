"""What merging two rows means: which rows point at them, which of those cannot both stand, which values differ."""

from ocop.register.queries.merging.fields import PRODUCER_FIELDS, PRODUCT_FIELDS, Choice, differing, star_conflicts
from ocop.register.queries.merging.references import Reference, Rows, colliding, references_to, rows_to_move

__all__ = [
    "PRODUCER_FIELDS",
    "PRODUCT_FIELDS",
    "Choice",
    "Reference",
    "Rows",
    "colliding",
    "differing",
    "references_to",
    "rows_to_move",
    "star_conflicts",
]
