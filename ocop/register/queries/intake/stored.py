"""The register as an intake compares with it: its units, producers, products and recognitions, read once. Demo rows never match."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ocop.core.dates import PartialDate
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Unit
from ocop.places.queries import UnitThen, units_through_time
from ocop.places.rules import split_kind
from ocop.register.enums import RecordType
from ocop.register.models import LegalFormSpan, Producer, ProducerPerson, Product, Recognition
from ocop.register.queries.intake.plan import Good, Maker
from ocop.register.rules.intake.matching import Held
from ocop.register.rules.intake.names import compare_key
from ocop.register.rules.intake.places import Gazetteer, PlaceFacts, bare_key

_DISTRICT_KINDS = (UnitKind.DISTRICT, UnitKind.CITY)
_MAKER_FIELDS = ("unit_id", "commune_now_id", "address")
_PERSON_FIELDS = ("representative", "phone", "home_address")
_GOOD_FIELDS = ("unit_id", "commune_now_id", "source_group")


@dataclass(frozen=True, slots=True)
class Places:
    """The units by name, and of every unit the districts it lies in or was made of."""

    gazetteer: Gazetteer
    districts: Mapping[int, frozenset[str]]
    names: Mapping[int, str]


def places_on(today: date) -> Places:
    """Communes of all times with their heirs of today; districts of all times."""
    units = units_through_time(today)
    districts = {each.unit.pk: _districts_of(each) for each in units}
    alone = {each.unit.pk for each in units if len(each.made_of) == 1}
    named = {bare_key(each.unit.name): _facts(each, districts, alone) for each in units if each.unit.kind in _DISTRICT_KINDS}
    communes = [_facts(each, districts, alone) for each in units if each.unit.kind in COMMUNE_KINDS]
    provinces = {compare_key(split_kind(each.unit.name)[1]) for each in units if each.unit.kind == UnitKind.PROVINCE}
    return Places(Gazetteer(communes, named, provinces), districts, {each.unit.pk: each.unit.name for each in units})


def _districts_of(each: UnitThen) -> frozenset[str]:
    if each.unit.kind in _DISTRICT_KINDS:
        return frozenset([bare_key(each.unit.name)])
    above = [unit.parent for unit in (each.unit, *each.made_of) if unit.parent and unit.parent.kind in _DISTRICT_KINDS]
    return frozenset(bare_key(parent.name) for parent in above)


def _facts(each: UnitThen, districts: Mapping[int, frozenset[str]], alone: set[int]) -> PlaceFacts:
    unit, heir = each.unit, _heir(each)
    return PlaceFacts(
        pk=unit.pk,
        name=unit.name,
        kind=unit.kind,
        districts=districts[unit.pk],
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        heir=heir.pk if heir else None,
        heir_name=", ".join(now.name for now in each.now),
        is_unchanged=heir is not None and heir.pk in alone and (heir.name, heir.code) == (unit.name, unit.code),
    )


def _heir(each: UnitThen) -> Unit | None:
    """Today's commune, where it is one; an old district has many."""
    return each.now[0] if len(each.now) == 1 and each.now[0].kind in COMMUNE_KINDS else None


def stored_makers(places: Places) -> dict[int, Maker]:
    """The register's producers, by primary key."""
    people = {pk: rest for pk, *rest in ProducerPerson.objects.values_list("producer_id", *_PERSON_FIELDS)}
    formed = set(LegalFormSpan.objects.filter(valid_to__isnull=True).values_list("producer_id", flat=True))
    makers = {}
    for pk, name, *values in Producer.objects.filter(is_demo=False).order_by("pk").values_list("pk", "name", *_MAKER_FIELDS):
        known = dict(zip(_MAKER_FIELDS, values, strict=True))
        makers[pk] = Maker(
            name=name,
            key=compare_key(name),
            districts=places.districts.get(known["unit_id"]) or places.districts.get(known["commune_now_id"], frozenset()),
            pk=pk,
            has_form=pk in formed,
            values=known,
            person=dict(zip(_PERSON_FIELDS, people.get(pk, ("", "", "")), strict=True)),
        )
    return makers


def stored_goods(makers: Mapping[int, Maker], nobody: Maker) -> Iterator[Good]:
    """The register's products with their recognitions, the oldest first; those without a producer are `nobody`'s."""
    held = _stored_recognitions()
    rows = Product.objects.filter(is_demo=False).order_by("pk")
    for pk, public_id, name, maker, *values in rows.values_list("pk", "public_id", "name", "producer_id", *_GOOD_FIELDS):
        known = dict(zip(_GOOD_FIELDS, values, strict=True))
        if maker is None or maker in makers:
            whose = nobody if maker is None else makers[maker]
            yield Good(name=name, maker=whose, pk=pk, public_id=public_id, values=known, held=held.get(pk, []))


def _stored_recognitions() -> Mapping[int, list[Held]]:
    found: dict[int, list[Held]] = defaultdict(list)
    fields = (
        *("product_id", "code", "stars", "recognised_on", "recognised_precision", "decision_no", "signatory", "level"),
        *("valid_to", "end_basis", "conflict_group", "confirmed_on", "ended_on", "extended_until", "withdrawn_on"),
    )
    rows = Recognition.objects.filter(record_type=RecordType.RECOGNITION).order_by("pk")
    for product, code, stars, day, precision, decision, signatory, level, end, basis, *marks in rows.values_list(*fields):
        on = PartialDate(day, precision)
        found[product].append(Held(code, stars, on, decision, signatory, level, end, basis, is_settled=any(marks)))
    return found
