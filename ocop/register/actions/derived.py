"""What is kept beside the facts so that one question answers: standing over time, and the searched text."""

from collections.abc import Iterable

from django.db import transaction

from ocop.places.enums import COMMUNE_KINDS
from ocop.places.models import Unit
from ocop.places.queries import predecessors
from ocop.places.rules import split_kind
from ocop.register import rules
from ocop.register.models import Producer, Product, Recognition, StandingSpan
from ocop.register.queries.products import names_before, products_for_search
from ocop.register.queries.sets import set_name
from ocop.register.queries.standing import standing_spans, timeline_of

_KEY_GROUP_WORDS = {"che": "chè", "duoc_lieu": "dược liệu", "gao": "gạo", "rau_cu_qua": "rau củ quả", "du_lich": "du lịch"}


@transaction.atomic
def rebuild_standing(product: Product) -> bool:
    """Write the product's timeline down anew; True if it changed. Called by every action that touches a recognition."""
    spans = timeline_of(product)
    if spans == standing_spans(product):
        return False
    codes = dict(Recognition.objects.filter(product=product).values_list("code", "pk"))
    StandingSpan.objects.filter(product=product).delete()
    StandingSpan.objects.bulk_create(
        StandingSpan(
            product=product,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            kind=span.kind,
            stars=span.stars,
            until=span.until,
            recognition_id=codes.get(span.recognition_code),
            reason=span.reason,
            confirmed_on=span.confirmed_on,
            is_disputed=span.is_disputed,
        )
        for span in spans
    )
    return True


def refresh_search(products: Iterable[Product]) -> None:
    """Write the searched text of these products anew, where it changed."""
    found = list(products_for_search([product.pk for product in products]))
    before = names_before(Product, [product.pk for product in found])
    makers_before = names_before(Producer, {product.producer_id for product in found if product.producer_id})
    for product in found:
        text = searched_text_of(product, [*before[product.pk], *makers_before[product.producer_id or 0]])
        if text != product.search_text:
            Product.objects.filter(pk=product.pk).update(search_text=text)


def refresh_search_of(producer: Producer) -> None:
    """The producer's name stands in the text of each of its products."""
    refresh_search(producer.products.only("pk"))


def searched_text_of(product: Product, names_before: Iterable[str] = ()) -> str:
    """Names first, then the maker, the names both had before a merge, the group's words, the places old and new. Nothing personal."""
    producer = product.producer
    parts = [product.name, product.name_en]
    parts += [producer.name, producer.name_en] if producer else []
    parts += [*names_before, product.source_group, _KEY_GROUP_WORDS.get(product.key_group, ""), set_name(product.set_no)]
    return rules.search_text([*parts, *_place_names(product), product.public_id])


def _place_names(product: Product) -> list[str]:
    """Today's commune and what the source names; where it names only today's, every commune that went into it."""
    units: list[Unit | None] = [product.unit, product.commune_now]
    if product.unit is None or product.unit == product.commune_now:
        units += predecessors(product.commune_now) if product.commune_now else []
    names = [_bare(unit) for unit in units if unit]
    names += [_bare(unit.parent) for unit in units if unit and unit.parent and unit.kind in COMMUNE_KINDS]
    return [*names, "Bắc Kạn"]


def _bare(unit: Unit) -> str:
    return split_kind(unit.name)[1]
