"""Loading the opening register of a province. What people have written since always wins: the loader only adds what is missing."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from ocop.core.actor import Actor
from ocop.core.text import search_key, sort_key
from ocop.places.models import Unit
from ocop.places.queries import commune_now, unit_on
from ocop.records.actions import record
from ocop.register import readers, rules
from ocop.register.actions.derived import rebuild_standing, refresh_search
from ocop.register.models import Award, LegalFormSpan, Producer, Product, Recognition, TourismSite
from ocop.register.queries.products import products_by_id
from ocop.register.queries.sets import CURRENT_RUBRIC

OLD_UNITS_ON = date(2025, 6, 30)  # the last day of the districts and old communes; old codes are read on it
_FILES = ("producers.csv", "products.csv", "recognitions.csv", "awards.csv", "tourism.csv")
_LONGEST_FOLDED = 220


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each kind a load added."""

    producers: int = 0
    products: int = 0
    recognitions: int = 0
    awards: int = 0
    sites: int = 0

    @property
    def total(self) -> int:
        return self.producers + self.products + self.recognitions + self.awards + self.sites


@transaction.atomic
def load_register(*, actor: Actor, folder: Path, at: datetime, as_of: date = readers.READ_ON) -> Loaded:
    """Add the rows of a folder's five files that the register does not have; running it twice changes nothing.

    One audit entry holds the digest of what was read. Raises `readers.BadRegister`; the units must be loaded before.
    """
    files = {name: (folder / name).read_bytes() for name in _FILES}
    places = _Places(localdate(at))
    producers = _add_producers(readers.read_producers(files["producers.csv"]), places, at, as_of)
    products = _add_products(readers.read_products(files["products.csv"]), places, at, as_of)
    recognitions = _add_recognitions(readers.read_recognitions(files["recognitions.csv"]), at, as_of)
    awards = _add_awards(readers.read_awards(files["awards.csv"]), as_of)
    sites = _add_sites(readers.read_sites(files["tourism.csv"]), places, as_of)
    loaded = Loaded(len(producers), len(products), len(recognitions), len(awards), len(sites))
    if loaded.total:
        _derive(products, recognitions)
        digest = hashlib.sha256(b"".join(files[name] for name in _FILES)).hexdigest()
        record(actor=actor, event="register.loaded", subject="register", data={"sha256": digest, **_counts(loaded)}, at=at)
    return loaded


@dataclass(slots=True)
class _Places:
    """Codes of the source as units, each asked once."""

    today: date
    _known: dict[tuple[str, date], Unit | None] = field(default_factory=dict)
    _heirs: dict[int, Unit | None] = field(default_factory=dict)

    def most_exact(self, where: readers.Where) -> Unit | None:
        """The most exact unit the source names, as of then."""
        old, new, district = where.old_commune_code, where.new_commune_code, where.old_district_code
        for code, on in ((old, OLD_UNITS_ON), (new, self.today), (district, OLD_UNITS_ON)):
            if code and (unit := self._unit(code, on)):
                return unit
        return None

    def now(self, where: readers.Where) -> Unit | None:
        """Today's commune: the one the source names, else the one heir of the old unit."""
        if where.new_commune_code and (named := self._unit(where.new_commune_code, self.today)):
            return named
        unit = self.most_exact(where)
        if unit is None:
            return None
        if unit.pk not in self._heirs:
            self._heirs[unit.pk] = commune_now(unit, self.today)
        return self._heirs[unit.pk]

    def _unit(self, code: str, on: date) -> Unit | None:
        if (code, on) not in self._known:
            self._known[code, on] = unit_on(code, on)
        return self._known[code, on]


def _sourced(origin: readers.Origin, as_of: date) -> dict[str, Any]:
    return {"source_url": origin.source_url, "confidence": origin.confidence, "note": origin.note, "as_of": as_of}


def _add_producers(rows: Iterable[readers.ProducerRow], places: _Places, at: datetime, as_of: date) -> list[Producer]:
    known = set(Producer.with_merged.values_list("code", flat=True))
    new = {row.code: row for row in rows if row.code not in known}
    added = Producer.objects.bulk_create(_producer(row, places, at, as_of) for row in new.values())
    LegalFormSpan.objects.bulk_create(
        LegalFormSpan(
            producer=producer,
            form=new[producer.code].form,
            subtype=new[producer.code].subtype,
            basis=new[producer.code].form_basis,
            source_url=producer.source_url,
            confidence=producer.confidence,
            as_of=as_of,
        )
        for producer in added
    )
    by_code = {producer.code: producer for producer in Producer.objects.filter(code__in=[row.possible_same_as for row in new.values()])}
    for producer in added:
        if twin := by_code.get(new[producer.code].possible_same_as):
            Producer.objects.filter(pk=producer.pk).update(possible_same_as=twin)
    return added


def _producer(row: readers.ProducerRow, places: _Places, at: datetime, as_of: date) -> Producer:
    return Producer(
        code=row.code,
        name=row.name,
        folded=search_key(row.name)[:_LONGEST_FOLDED],
        sort_key=sort_key(row.name),
        unit=places.most_exact(row.where),
        commune_now=places.now(row.where),
        founded_year=row.founded_year,
        members_text=row.members_text,
        facts=row.facts,
        updated_at=at,
        **_sourced(row.origin, as_of),
    )


def _add_products(rows: Iterable[readers.ProductRow], places: _Places, at: datetime, as_of: date) -> list[Product]:
    known = set(Product.with_merged.values_list("public_id", flat=True))
    makers = {each.code: each.merged_into or each for each in Producer.with_merged.select_related("merged_into")}
    return Product.objects.bulk_create(_product(row, places, makers, at, as_of) for row in rows if row.public_id not in known)


def _product(row: readers.ProductRow, places: _Places, makers: Mapping[str, Producer], at: datetime, as_of: date) -> Product:
    return Product(
        public_id=row.public_id,
        slug=row.slug,
        name=row.name,
        sort_key=sort_key(row.name),
        search_text=" ",
        producer=makers[row.producer] if row.producer else None,
        unit=places.most_exact(row.where),
        commune_now=places.now(row.where),
        rubric_id=CURRENT_RUBRIC if row.set_no else "",
        set_no=row.set_no,
        set_alternatives=row.set_alternatives,
        set_basis=row.set_basis,
        source_group=row.source_group,
        key_group=row.key_group,
        key_group_basis=row.key_group_basis,
        art=rules.art_for(name=row.name, set_no=row.set_no, source_group=row.source_group),
        price_text=row.price_text,
        pack_text=row.pack_text,
        channels_text=row.channels_text,
        source_status=row.status,
        created_at=at,
        updated_at=at,
        **_sourced(row.origin, as_of),
    )


def _add_recognitions(rows: Iterable[readers.RecognitionRow], at: datetime, as_of: date) -> list[Recognition]:
    known = set(Recognition.objects.values_list("code", flat=True))
    products = products_by_id()
    return Recognition.objects.bulk_create(_recognition(row, products, at, as_of) for row in rows if row.code not in known)


def _recognition(row: readers.RecognitionRow, products: Mapping[str, int], at: datetime, as_of: date) -> Recognition:
    return Recognition(
        code=row.code,
        product_id=products[row.product],
        record_type=row.record_type,
        kind=row.kind,
        stars=row.stars,
        level=row.level,
        rubric_id=row.rubric_id,
        decision_no=row.decision_no,
        recognised_on=row.recognised_on,
        recognised_precision=row.precision,
        known_as_of=row.known_as_of,
        valid_from=row.recognised_on if row.precision == "day" else None,
        valid_to=row.valid_to,
        valid_to_min=row.valid_to_min,
        valid_to_max=row.valid_to_max,
        end_basis=row.end_basis,
        status_text=row.status_text,
        conflict_group=row.conflict_group,
        recorded_at=at,
        **_sourced(row.origin, as_of),
    )


def _add_awards(rows: Iterable[readers.AwardRow], as_of: date) -> list[Award]:
    known = set(Award.objects.values_list("product_id", "name", "level", "year"))
    products = products_by_id()
    return Award.objects.bulk_create(
        Award(
            product_id=products[row.product],
            name=row.name,
            level=row.level,
            year=row.year,
            source_url=row.source_url,
            confidence="medium",  # press and agency pages (data/README.md)
            as_of=as_of,
        )
        for row in rows
        if (products[row.product], row.name, row.level, row.year) not in known
    )


def _add_sites(rows: Iterable[readers.SiteRow], places: _Places, as_of: date) -> list[TourismSite]:
    known = set(TourismSite.objects.values_list("key", flat=True))
    products = products_by_id()
    return TourismSite.objects.bulk_create(
        TourismSite(
            key=row.key,
            name=row.name,
            folded=search_key(row.name)[:_LONGEST_FOLDED],
            kind=row.kind,
            village=row.village,
            unit=places.most_exact(row.where),
            commune_now=places.now(row.where),
            product_id=products[row.product] if row.product else None,
            lat=row.lat,
            lon=row.lon,
            coord_basis=row.coord_basis,
            **_sourced(row.origin, as_of),
        )
        for row in rows
        if row.key not in known
    )


def _derive(products: Iterable[Product], recognitions: Iterable[Recognition]) -> None:
    """Standing and searched text of everything the load touched."""
    added = list(products)
    touched = {product.pk for product in added} | {row.product_id for row in recognitions}
    for product in Product.objects.filter(pk__in=touched):
        rebuild_standing(product)
    refresh_search(added)


def _counts(loaded: Loaded) -> dict[str, int]:
    return {name: getattr(loaded, name) for name in ("producers", "products", "recognitions", "awards", "sites")}
