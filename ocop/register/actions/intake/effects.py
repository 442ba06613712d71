"""What an intake did, as plain values that can be stored and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from ocop.register.models import Producer, ProducerPerson, Product, Recognition

# What is filled, by the `kind` of a `Fill`: the model and the column that names the row.
FILLED: Mapping[str, tuple[type[Model], str]] = {
    "producer": (Producer, "pk"),
    "person": (ProducerPerson, "producer_id"),
    "product": (Product, "pk"),
    "recognition": (Recognition, "code"),
}


@dataclass(frozen=True, slots=True)
class IntakeEffects:
    """What an intake did. `data` is JSON, to be stored by whoever called and handed to `undo_intake`; it may hold personal values."""

    producers: int
    products: int
    recognitions: int
    filled: int  # stored rows that got an empty field filled
    digest: str
    data: dict[str, Any]


def plain(value: object) -> object:
    """A column's value as JSON has it; `Field.to_python` reads it back."""
    return value.isoformat() if isinstance(value, date | datetime) else value
