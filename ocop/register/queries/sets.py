"""The 26 product sets of a rubric by name; the rubric's scoring belongs to evaluation."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from ocop.register.readers import SetRow, read_sets

CURRENT_RUBRIC = "qd-26-2026"


@dataclass(frozen=True, slots=True)
class ProductSet:
    """One scoring sheet: its number, name, and the classification of Annex I."""

    rubric_id: str
    no: int
    name: str
    sector: str
    group: str


@cache
def product_sets(rubric_id: str = CURRENT_RUBRIC) -> tuple[ProductSet, ...]:
    """The sets of a rubric in their order; read once a process, since a rubric file never changes."""
    rows: list[SetRow] = read_sets((settings.DATA_DIR / "rubrics" / f"{rubric_id}.json").read_bytes())
    return tuple(ProductSet(rubric_id, row.no, row.name, row.sector, row.group) for row in rows)


def set_name(set_no: int | None, rubric_id: str = CURRENT_RUBRIC) -> str:
    """The name of a set, empty when it is not known."""
    return next((each.name for each in product_sets(rubric_id) if each.no == set_no), "")
