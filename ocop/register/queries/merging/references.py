"""Every foreign key that points at a producer or a product, whichever room it belongs to, read from the models themselves.

So a room that is built later needs no word here: what it keeps of a producer goes with the producer.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, ForeignKey, ForeignObjectRel, Model, OuterRef, Q, QuerySet, UniqueConstraint

from ocop.register.models import DistinctPair, Merge, Producer, Product, StandingSpan

_OWN_BOOKS = (Merge, DistinctPair, StandingSpan)  # about the rows themselves; standing is made anew


@dataclass(frozen=True)
class Reference:
    """One foreign key."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        """ "register.photo.producer": how a merge remembers it."""
        return f"{self.model._meta.label_lower}.{self.field}"

    @property
    def rows(self) -> QuerySet[Any]:
        """All rows, whatever the model's own manager hides."""
        return self.model._base_manager.all()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under one foreign key, by primary key: those that can follow and those for which the kept row has the same already."""

    reference: Reference
    free: tuple[Any, ...]
    colliding: tuple[Any, ...]


@cache
def references_to(model: type[Producer] | type[Product]) -> tuple[Reference, ...]:
    """The foreign keys to this model, those of many-to-many tables among them, in the order of their labels."""
    found = []
    for each in model._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel) and isinstance(each.field, ForeignKey):
            found.append(Reference(each.field.model, each.field.name))
    return tuple(sorted((each for each in found if each.model not in _OWN_BOOKS), key=lambda each: each.label))


def rows_to_move(merged: Producer | Product, kept: Producer | Product) -> list[Rows]:
    """What points at `merged`, table by table; tables without such rows are left out."""
    found = []
    for reference in references_to(type(merged)):
        pks = list(reference.rows.filter(**{reference.field: merged}).order_by("pk").values_list("pk", flat=True))
        if pks:
            stuck = set(colliding(reference, merged, kept).values_list("pk", flat=True))
            found.append(Rows(reference, tuple(pk for pk in pks if pk not in stuck), tuple(pk for pk in pks if pk in stuck)))
    return found


def colliding(reference: Reference, merged: Producer | Product, kept: Producer | Product) -> QuerySet[Any]:
    """Rows of `merged` that a uniqueness of the database forbids beside a row of `kept`."""
    stuck = Q(pk__in=[])
    for fields, condition in _uniquenesses(reference):
        others = {name: OuterRef(name) for name in fields if name != reference.field}
        twin = reference.rows.filter(condition, **{reference.field: kept}, **others)
        stuck |= condition & Q(Exists(twin))
    return reference.rows.filter(stuck, **{reference.field: merged})


def _uniquenesses(reference: Reference) -> list[tuple[tuple[str, ...], Q]]:
    """The fields that may occur only once together, where the foreign key is one of them, and under which condition."""
    options, key = reference.model._meta, reference.model._meta.get_field(reference.field)
    found = [(tuple(fields), Q()) for fields in options.unique_together]
    found += [
        (tuple(each.fields), each.condition or Q()) for each in options.constraints if isinstance(each, UniqueConstraint) and each.fields
    ]
    if isinstance(key, ForeignKey) and key.unique:
        found.append(((reference.field,), Q()))
    return [(fields, condition) for fields, condition in found if reference.field in fields]
