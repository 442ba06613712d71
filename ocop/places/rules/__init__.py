"""Names and outlines of units: pure text and geometry."""

from ocop.places.rules.drawing import (
    LARGE_TOLERANCE,
    SMALL_TOLERANCE,
    Outline,
    Projection,
    label_point,
    outer_and_inner_rings,
    outline,
    path_data,
    projection_for,
    shade,
    simplified,
    simplified_geometry,
)
from ocop.places.rules.names import KIND_NAMES, Asked, asked_name, fold_case, folded_name, in_sentence, rank_of_match, split_kind

__all__ = [
    "KIND_NAMES",
    "LARGE_TOLERANCE",
    "SMALL_TOLERANCE",
    "Asked",
    "Outline",
    "Projection",
    "asked_name",
    "fold_case",
    "folded_name",
    "in_sentence",
    "label_point",
    "outer_and_inner_rings",
    "outline",
    "path_data",
    "projection_for",
    "rank_of_match",
    "shade",
    "simplified",
    "simplified_geometry",
    "split_kind",
]
