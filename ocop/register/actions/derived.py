"""What is kept beside the facts so that one question answers: standing over time, and the searched text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from django.db import transaction

from ocop.places.enums import COMMUNE_KINDS
from ocop.places.models import Unit
from ocop.places.queries import predecessors
from ocop.places.rules import split_kind
from ocop.register import rules
from ocop.register.enums import RecordType
from ocop.register.models import Producer, Product, Recognition, StandingSpan
from ocop.register.queries.products import names_before, products_for_search
from ocop.register.queries.sets import set_name
from ocop.register.queries.standing import facts_of, standing_spans, timeline_of

_AT_ONCE = 500  # products whose spans are made anew together

_KEY_GROUP_WORDS = {"che": "chè", "duoc_lieu": "dược liệu", "gao": "gạo", "rau_cu_qua": "rau củ quả", "du_lich": "du lịch"}


@transaction.atomic
def rebuild_standing(product: Product) -> bool:
    """Write the product's timeline down anew; True if it changed. Called by every action that touches a recognition."""
    if timeline_of(product) == standing_spans(product):
        return False
    rebuild_standings([product.pk])
    return True


@transaction.atomic
def rebuild_standings(product_ids: Sequence[int]) -> None:
    """The same for many products at once, changed or not."""
    for start in range(0, len(product_ids), _AT_ONCE):
        ids = product_ids[start : start + _AT_ONCE]
        rows: dict[int, list[Recognition]] = {pk: [] for pk in ids}
        for row in Recognition.objects.filter(product__in=ids, record_type=RecordType.RECOGNITION).order_by("pk"):
            rows[row.product_id].append(row)
        StandingSpan.objects.filter(product__in=ids).delete()
        StandingSpan.objects.bulk_create(span for pk, recognitions in rows.items() for span in _spans(pk, recognitions))


def _spans(product_id: int, recognitions: Sequence[Recognition]) -> Iterator[StandingSpan]:
    """The rules see the codes without the product's own id, so that products with one history are reckoned once.

    After a merge the codes are of several products: then they stay whole.
    """
    is_one = len({row.code.rpartition("-")[0] for row in recognitions}) == 1
    codes = {row.pk: row.code.rpartition("-")[2] if is_one else row.code for row in recognitions}
    by_code = {code: pk for pk, code in codes.items()}
    for span in _timeline(tuple(replace(facts_of(row), code=codes[row.pk]) for row in recognitions)):
        yield StandingSpan(
            product_id=product_id,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            kind=span.kind,
            stars=span.stars,
            until=span.until,
            recognition_id=by_code.get(span.recognition_code),
            reason=span.reason,
            confirmed_on=span.confirmed_on,
            is_disputed=span.is_disputed,
        )


@lru_cache(maxsize=2_000)
def _timeline(facts: tuple[rules.RecognitionFacts, ...]) -> tuple[rules.Span, ...]:
    return tuple(rules.standing_timeline(facts))


def refresh_search(products: Iterable[Product]) -> None:
    """Write the searched text of these products anew, where it changed."""
    places = PlaceWords()
    found = list(products_for_search([product.pk for product in products]))
    before = names_before(Product, [product.pk for product in found])
    makers_before = names_before(Producer, {product.producer_id for product in found if product.producer_id})
    for product in found:
        text = searched_text_of(product, places, [*before[product.pk], *makers_before[product.producer_id or 0]])
        if text != product.search_text:
            Product.objects.filter(pk=product.pk).update(search_text=text)


def refresh_search_of(producer: Producer) -> None:
    """The producer's name stands in the text of each of its products."""
    refresh_search(producer.products.only("pk"))


def searched_text_of(product: Product, places: "PlaceWords", names_before: Iterable[str] = ()) -> str:
    """Names first, then the maker, the names both had before a merge, the group's words, the places old and new. Nothing personal."""
    producer = product.producer
    parts = [product.name, product.name_en]
    parts += [producer.name, producer.name_en] if producer else []
    parts += [*names_before, product.source_group, _KEY_GROUP_WORDS.get(product.key_group, ""), set_name(product.set_no)]
    return rules.search_text([*parts, *places.of(product), product.public_id])


class PlaceWords:
    """The names of places that products are found by; of each place asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int | None, int | None], list[str]] = {}

    def of(self, product: Product) -> list[str]:
        """Today's commune and what the source names; where it names only today's, every commune that went into it."""
        where = (product.unit_id, product.commune_now_id)
        if where not in self._known:
            self._known[where] = _place_names(product)
        return self._known[where]


def _place_names(product: Product) -> list[str]:
    units: list[Unit | None] = [product.unit, product.commune_now]
    if product.unit is None or product.unit == product.commune_now:
        units += predecessors(product.commune_now) if product.commune_now else []
    names = [_bare(unit) for unit in units if unit]
    names += [_bare(unit.parent) for unit in units if unit and unit.parent and unit.kind in COMMUNE_KINDS]
    return [*names, "Bắc Kạn"]


def _bare(unit: Unit) -> str:
    return split_kind(unit.name)[1]
