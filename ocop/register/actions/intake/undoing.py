"""Taking an intake back: as a whole, within a day, and only while nobody has built upon it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.models import Mandate
from ocop.records.actions import record
from ocop.records.models import AuditEntry
from ocop.register import policies
from ocop.register.actions.derived import rebuild_standings, refresh_search
from ocop.register.actions.intake.effects import FILLED, plain
from ocop.register.actions.refusals import Moved, NotFitting, demand
from ocop.register.models import LegalFormSpan, Producer, ProducerPerson, Product, Recognition, StandingSpan
from ocop.register.rules import UNDO_WITHIN

_AT_ONCE = 500
_TOLD = 10  # rows named in the message


class BuiltUpon(Moved):
    """Somebody has worked on what the intake wrote; `rows` are the sheet's rows."""

    def __init__(self, rows: Iterable[int]) -> None:
        self.rows = tuple(sorted(set(rows)))
        named = ", ".join(map(str, self.rows[:_TOLD])) + (" …" if len(self.rows) > _TOLD else "")
        super().__init__(_("Không hoàn tác được: đã có người làm tiếp trên dữ liệu của dòng %(rows)s.") % {"rows": named})


class UndoTooLate(NotFitting):
    """A day has passed."""


@transaction.atomic
def undo_intake(*, actor: Actor, effects: Mapping[str, Any], at: datetime) -> None:
    """Take an intake back as a whole; `effects` is `IntakeEffects.data`. Raises `Refused`, `UndoTooLate`, `BuiltUpon`."""
    demand(policies.can_take_in(actor))
    if at - datetime.fromisoformat(effects["at"]) > UNDO_WITHIN:
        raise UndoTooLate(_("Chỉ hoàn tác được trong 24 giờ sau khi nhập."))
    undoing = _Undoing(effects)
    if rows := [*undoing.rows_built_upon()]:
        raise BuiltUpon(rows)
    undoing.take_back()
    counts = {name: len(effects[name]) for name in ("producers", "products", "recognitions", "filled")}
    if any(counts.values()) or effects["forms"]:
        record(actor=actor, event="register.intake_undone", subject="register", data={"entry": effects["entry"], **counts}, at=at)


class _Undoing:
    """One undoing under way: every row is held until the transaction ends."""

    def __init__(self, effects: Mapping[str, Any]) -> None:
        self.effects, self.at = effects, datetime.fromisoformat(effects["at"])
        self.products = _held(Product, "public_id", effects["products"])
        self.producers = _held(Producer, "code", effects["producers"])
        self.recognitions = _held(Recognition, "code", effects["recognitions"])
        self.forms = _held(LegalFormSpan, "pk", effects["forms"])

    def rows_built_upon(self) -> Iterator[int]:
        """The sheet's rows whose data somebody has changed, used or removed since."""
        for name, found in (
            ("products", self.products),
            ("producers", self.producers),
            ("recognitions", self.recognitions),
            ("forms", self.forms),
        ):
            yield from (row for key, row in self.effects[name].items() if key not in found)
        yield from (self.effects["products"][key] for key, row in self.products.items() if row.version != 1)
        yield from (self.effects["producers"][key] for key, row in self.producers.items() if row.version != 1)
        yield from (self.effects["recognitions"][key] for key, row in self.recognitions.items() if _is_spoken_of(row))
        yield from self._rows_told_of()
        yield from self._rows_used()
        yield from (fill["row"] for fill, row in self._filled() if row is None or _differs(fill, row))

    def _rows_told_of(self) -> Iterator[int]:
        """Every action leaves an audit entry under what it touched; so does whoever was given a mandate for a producer."""
        subjects = {f"product:{key}": row for key, row in self.effects["products"].items()}
        subjects |= {f"producer:{key}": row for key, row in self.effects["producers"].items()}
        for some in _in_parts([*subjects]):
            later = AuditEntry.objects.filter(n__gt=self.effects.get("entry", 0), subject__in=some)
            for asked in (later, Mandate.objects.filter(subject__in=some)):
                yield from (subjects[subject] for subject in asked.values_list("subject", flat=True))

    def _rows_used(self) -> Iterator[int]:
        """Rows of any room that point at what the intake made, other than its own."""
        own_products = {row.pk for row in self.products.values()}
        own_recognitions = {row.pk for row in self.recognitions.values()}
        own_producers = {row.pk for row in self.producers.values()}
        allowed: dict[tuple[type[models.Model], str], Any] = {
            (Product, "producer"): models.Q(pk__in=own_products),
            (Recognition, "product"): models.Q(pk__in=own_recognitions),
            (StandingSpan, "product"): models.Q(),
            (StandingSpan, "recognition"): models.Q(),
            (LegalFormSpan, "producer"): models.Q(as_of=self.at.date()),
            (ProducerPerson, "producer"): models.Q(updated_at=self.at),
            (Producer, "possible_same_as"): models.Q(pk__in=own_producers),
        }
        for name, found in (("products", self.products), ("producers", self.producers), ("recognitions", self.recognitions)):
            row_of = {row.pk: self.effects[name][key] for key, row in found.items()}
            for model, column in _pointing_at({"products": Product, "producers": Producer, "recognitions": Recognition}[name]):
                own = allowed.get((model, column))
                for some in _in_parts([*row_of]):
                    users = model._default_manager.filter(**{f"{column}__in": some})
                    users = users if own is None else users.exclude(own) if own else users.none()
                    yield from (row_of[pk] for pk in users.values_list(column, flat=True))

    def _filled(self) -> Iterator[tuple[Mapping[str, Any], models.Model | None]]:
        for kind, (model, column) in FILLED.items():
            fills = [fill for fill in self.effects["filled"] if fill["kind"] == kind]
            rows = _held(model, column, {fill["key"]: 0 for fill in fills})
            yield from ((fill, rows.get(fill["key"])) for fill in fills)

    def take_back(self) -> None:
        """Delete what was made, put back what was empty, and reckon anew what follows from it."""
        touched = {row.product_id for row in self.recognitions.values()} - {row.pk for row in self.products.values()}
        for model, found in (
            (Recognition, self.recognitions),
            (LegalFormSpan, self.forms),
            (Product, self.products),
            (Producer, self.producers),
        ):
            for some in _in_parts([row.pk for row in found.values()]):
                model._default_manager.filter(pk__in=some).delete()
        products = []
        for fill, row in [*self._filled()]:
            if row is None:
                continue
            _put_back(fill, row)
            if isinstance(row, Recognition):
                touched.add(row.product_id)
            elif isinstance(row, Product):
                products.append(row)
        ProducerPerson.objects.filter(producer__in=self.effects["persons"]).delete()
        rebuild_standings(sorted(touched))
        refresh_search(products)


def _held(model: type[models.Model], column: str, keys: Mapping[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for some in _in_parts([*keys]):
        for row in model._default_manager.select_for_update().filter(**{f"{column}__in": some}):
            found[str(getattr(row, column))] = row
    return found


def _in_parts(values: list[Any]) -> Iterator[list[Any]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _pointing_at(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every model of any room with a foreign key to this one, by the key's name."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):  # one to one is one of these
            yield relation.related_model, relation.field.name


def _is_spoken_of(row: Recognition) -> bool:
    return any((row.withdrawn_on, row.ended_on, row.extended_until, row.confirmed_on, row.scan_id))


def _differs(fill: Mapping[str, Any], row: models.Model) -> bool:
    return any(plain(getattr(row, name)) != value for name, value in fill["values"].items())


def _put_back(fill: Mapping[str, Any], row: Any) -> None:
    changed = [*fill["former"]]
    for name, value in fill["former"].items():
        setattr(row, name, row._meta.get_field(name).to_python(value) if value is not None else None)
    if hasattr(row, "version"):
        row.version += 1
        changed.append("version")
    row.save(update_fields=changed)
