"""Which producers and products may be written down twice, what somebody has said is not one, and what has been merged."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from ocop.core.text import search_key
from ocop.places.enums import UnitKind
from ocop.places.models import Unit
from ocop.places.rules import split_kind
from ocop.register import rules
from ocop.register.models import DistinctPair, Merge, Producer, ProducerPerson, Product
from ocop.register.rules import Pair

_DISTRICTS = (UnitKind.DISTRICT, UnitKind.CITY)


def producers_alike() -> list[Pair]:
    """Pairs of producers that may be one, the strongest first, without those somebody has judged. Five questions for any number of rows."""
    phones = _phones()
    fields = (
        "pk",
        "name",
        "tax_code",
        "commune_now",
        "possible_same_as",
        "is_demo",
        "unit",
        "unit__kind",
        "unit__parent",
        "unit__parent__kind",
    )
    rows = [
        rules.ProducerSigns(
            id=pk,
            name=name,
            tax_code=tax_code,
            phones=frozenset(phones.get(pk, ())),
            commune=commune,
            district=unit if kind in _DISTRICTS else parent if parent_kind in _DISTRICTS else None,
            maybe=maybe,
            is_demo=is_demo,
        )
        for pk, name, tax_code, commune, maybe, is_demo, unit, kind, parent, parent_kind in Producer.objects.values_list(*fields)
    ]
    judged = set(DistinctPair.objects.values_list("first_producer", "second_producer"))
    return [pair for pair in rules.producer_pairs(rows, _place_names()) if (pair.first, pair.second) not in judged]


def products_alike() -> list[Pair]:
    """Pairs of products that may be one, the strongest first, without those somebody has judged. Two questions for any number of rows."""
    fields = ("pk", "name", "producer", "producer__name", "set_no", "commune_now", "is_demo")
    rows = [
        rules.ProductSigns(id=pk, name=name, maker=maker, maker_name=maker_name or "", set_no=set_no, commune=commune, is_demo=is_demo)
        for pk, name, maker, maker_name, set_no, commune, is_demo in Product.objects.values_list(*fields)
    ]
    judged = set(DistinctPair.objects.values_list("first_product", "second_product"))
    return [pair for pair in rules.product_pairs(rows) if (pair.first, pair.second) not in judged]


def distinct_pairs() -> QuerySet[DistinctPair]:
    """What somebody has said is not one, the latest first."""
    who = ("first_producer", "second_producer", "first_product", "second_product", "judged_by")
    return DistinctPair.objects.select_related(*who).order_by("-judged_at", "-pk")


def distinct_pair_of(one: Producer | Product, other: Producer | Product) -> DistinctPair | None:
    """The judgement that these two are not one, if there is one."""
    first, second = sorted((one.pk, other.pk))
    if isinstance(one, Producer):
        return DistinctPair.objects.filter(first_producer=first, second_producer=second).first()
    return DistinctPair.objects.filter(first_product=first, second_product=second).first()


def merges() -> QuerySet[Merge]:
    """Every merge, the latest first, parted ones too."""
    who = ("kept_producer", "merged_producer", "kept_product", "merged_product", "merged_by", "undone_by")
    return Merge.objects.select_related(*who).order_by("-merged_at", "-pk")


def merge_of_producer(code: str) -> Merge | None:
    """The merge that took the producer with this code away and still holds."""
    return merges().filter(undone_at__isnull=True, merged_producer__code=code).first()


def merge_of_product(public_id: str) -> Merge | None:
    """The merge that took the product with this public id away and still holds."""
    return merges().filter(undone_at__isnull=True, merged_product__public_id=public_id).first()


def _phones() -> dict[int, set[str]]:
    """Each producer's numbers as keyed hashes: only whether two are the same leaves this function, and only for this process's life."""
    found: dict[int, set[str]] = {}
    public = Producer.objects.exclude(business_phone="", business_zalo="").values_list("pk", "business_phone", "business_zalo")
    numbers = [(pk, number) for pk, *both in public for number in both]
    numbers += ProducerPerson.objects.exclude(phone="").values_list("producer", "phone")
    for producer, number in numbers:
        if number:
            found.setdefault(producer, set()).add(
                salted_hmac("ocop.register.alike", number, settings.SECRET_KEY, algorithm="sha256").hexdigest()
            )
    return found


def _place_names() -> frozenset[str]:
    """Names of places without their kind, unaccented: "bac kan", "thuong quan"."""
    names = Unit.objects.filter(~Q(folded="")).values_list("name", flat=True)
    return frozenset(search_key(split_kind(name)[1]) for name in names) | {"viet nam"}
