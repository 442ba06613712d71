"""Which values of two rows differ, so that an officer can say which stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.register.enums import RecordType
from ocop.register.models import Producer, Product

PRODUCER_FIELDS = (
    *("name", "name_en", "unit", "address", "founded_year", "members_text", "tax_code", "opening_hours"),
    *("facts", "story_vi", "story_en"),
)
PRODUCT_FIELDS = (
    *(
        "name",
        "name_en",
        "producer",
        "unit",
        "set_no",
        "key_group",
        "source_group",
        "description_vi",
        "description_en",
        "story_vi",
        "story_en",
    ),
    *("ingredients", "storage", "shelf_life", "price_text", "pack_text", "channels_text"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One field with two different values, as text; one of them may be empty."""

    field: str
    kept: str
    merged: str

    @property
    def default(self) -> str:
        """The kept row's own value, where it has one."""
        return "kept" if self.kept else "merged"


def differing(kept: Producer | Product, merged: Producer | Product) -> list[Choice]:
    """The fields whose values differ, in the order of the page."""
    fields = PRODUCER_FIELDS if isinstance(kept, Producer) else PRODUCT_FIELDS
    pairs = ((field, getattr(kept, field), getattr(merged, field)) for field in fields)
    return [Choice(field, _text(ours), _text(theirs)) for field, ours, theirs in pairs if ours != theirs]


def star_conflicts(kept: Product, merged: Product) -> list[tuple[str, int | None, int | None]]:
    """Decisions that both have with different stars: (number, the kept one's, the merged one's). Only the paper tells which is right."""
    ours = dict(_decisions(kept))
    return [(number, ours[number], stars) for number, stars in _decisions(merged) if number in ours and ours[number] != stars]


def _decisions(product: Product) -> Iterable[tuple[str, int | None]]:
    rows = product.recognitions.filter(record_type=RecordType.RECOGNITION).exclude(decision_no="")
    return rows.order_by("decision_no").values_list("decision_no", "stars")


def _text(value: object) -> str:
    return "" if value is None else str(value)
