"""Which values of two rows differ, so that an officer can say which stays."""

from dataclasses import dataclass

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


def _text(value: object) -> str:
    return "" if value is None else str(value)
