"""The narrow rows the catalogue counts, filters and sorts, and the places they are counted by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db.models import Case, CharField, F, FilteredRelation, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from ocop.core.text import sort_key
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Unit
from ocop.register.enums import RecordType, StandingKind
from ocop.register.models import Product, Recognition
from ocop.register.queries.prepared import Prepared
from ocop.register.rules import due_by

DUE: Final = "due"  # a star that holds, with DUE_DAYS or fewer left
STATES: Final = ("valid", DUE, "extended", "unverified", "expired", "withdrawn", "none")
HOLDING: Final = frozenset({"valid", DUE, "extended"})  # the star may be used on that day
STATE_RANK: Final = {"valid": 0, DUE: 0, "extended": 0, "unverified": 1, "expired": 2, "none": 3, "withdrawn": 4}


class Row(NamedTuple):
    """One product as counting and sorting need it. `state` is a value of `STATES`."""

    id: int
    state: str
    stars: int | None
    key_group: str
    set_no: int | None
    commune_id: int | None
    unit_id: int | None
    legal_form: str | None
    art: str
    recognised_on: str | None  # the last dated recognition as YYYY-MM-DD; only where it was asked for


def _rows_query(on: date, due: date, *, with_demo: bool, with_dates: bool) -> QuerySet[Product, Any]:
    products = Product.objects.filter(is_published=True)
    if not with_demo:
        products = products.filter(is_demo=False)
    dated = Recognition.objects.filter(product=OuterRef("pk"), record_type=RecordType.RECOGNITION, recognised_on__lte=on).order_by()
    # As text, like every other column: a date would have to be converted, and with it all rows of the answer be made anew.
    last = Cast(Subquery(dated.values("product").annotate(last=Max("recognised_on")).values("last")), CharField())
    return (
        products.annotate(span=standing_span("standing_spans", on), form=_open_form())
        .annotate(state=standing_state("span__kind", "span__until", due))
        .annotate(last=last if with_dates else Value(None, output_field=CharField()))
        .order_by("sort_key", "id")
        .values_list("id", "state", "span__stars", "key_group", "set_no", "commune_now_id", "unit_id", "form__form", "art", "last")
    )


def standing_span(path: str, on: date) -> FilteredRelation:
    """The one row of `StandingSpan` under `path` that says how a product stands on `on`."""
    started = Q((f"{path}__starts_on__isnull", True)) | Q((f"{path}__starts_on__lte", on))
    not_ended = Q((f"{path}__ends_on__isnull", True)) | Q((f"{path}__ends_on__gt", on))
    return FilteredRelation(path, condition=started & not_ended)


def standing_state(kind: str, until: str, due: date) -> Case:
    """The value of `STATES` for a span's kind and end; `due` is `rules.due_by` the day asked."""
    is_due = When(Q((kind, StandingKind.VALID), (f"{until}__lte", due)), then=Value(DUE))
    return Case(is_due, default=Coalesce(F(kind), Value(StandingKind.NONE)), output_field=CharField())


def _open_form() -> FilteredRelation:
    return FilteredRelation("producer__legal_forms", condition=Q(producer__legal_forms__valid_to__isnull=True))


_QUESTIONS = {
    (with_demo, with_dates): Prepared(partial(_rows_query, with_demo=with_demo, with_dates=with_dates), on=date, due=date)
    for with_demo in (False, True)
    for with_dates in (False, True)
}


def catalogue_rows(on: date, *, with_demo: bool = False, with_dates: bool = False) -> list[Row]:
    """Every published product with its standing on `on`, in the order of the Vietnamese alphabet; one question."""
    found = _QUESTIONS[with_demo, with_dates].rows(on=on, due=due_by(on))
    return list(map(Row._make, found))


def product_codes() -> list[tuple[str, int]]:
    """The code and primary key of every published product that is no demo; one question."""
    return list(Product.objects.filter(is_published=True, is_demo=False).values_list("public_id", "id"))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A unit as a filter shows it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """The communes of the day by primary key, the districts that were by code, and which unit lay in which district."""

    communes: Mapping[int, PlaceName]
    districts: Mapping[str, PlaceName]
    district_of: Mapping[int, str]

    def communes_coded(self, codes: Iterable[str]) -> frozenset[int]:
        """Primary keys of the communes with these codes."""
        wanted = frozenset(codes)
        return frozenset(pk for pk, place in self.communes.items() if place.code in wanted)

    def units_in_districts(self, codes: Iterable[str]) -> frozenset[int]:
        """Primary keys of every unit that lay in one of these districts, the districts themselves included."""
        wanted = frozenset(codes)
        return frozenset(pk for pk, code in self.district_of.items() if code in wanted)


def _places_query(on: date) -> QuerySet[Unit, Any]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    ended = Case(When(valid_to__lte=on, then=Value(1)), default=Value(0), output_field=IntegerField())
    units = Unit.objects.filter(begun, is_home=True, kind__in=[*COMMUNE_KINDS, *_DISTRICTS]).annotate(ended=ended).order_by()
    return units.values_list("id", "code", "name", "kind", "parent_id", "ended")


_DISTRICTS: Final = (UnitKind.DISTRICT, UnitKind.CITY)
_PLACES = Prepared(_places_query, on=date)


def place_index(on: date) -> PlaceIndex:
    """Communes that exist on `on` and the districts of the years before, each in the order of the alphabet; one question."""
    communes, districts = [], []
    parents: dict[int, int] = {}
    for pk, code, name, kind, parent, ended in _PLACES.rows(on=on):
        parents[pk] = parent
        if kind in _DISTRICTS:
            districts.append((_place_key(name), pk, PlaceName(code, name)))
        elif not ended:
            communes.append((_place_key(name), pk, PlaceName(code, name)))
    codes = {pk: place.code for _key, pk, place in districts}
    return PlaceIndex(
        communes={pk: place for _key, pk, place in sorted(communes, key=itemgetter(0, 1))},
        districts={place.code: place for _key, _pk, place in sorted(districts, key=itemgetter(0, 1))},
        district_of={pk: codes[pk if pk in codes else parent] for pk, parent in parents.items() if pk in codes or parent in codes},
    )


@lru_cache(maxsize=1024)
def _place_key(name: str) -> str:
    """Sort key of a unit's name without its kind: "Xã Ba Bể" stands under B, "Thị trấn Chợ Rã" under C."""
    for kind in ("Thị trấn ", "Thành phố ", "Phường ", "Huyện ", "Xã "):
        if name.startswith(kind):
            return sort_key(name.removeprefix(kind))
    return sort_key(name)
