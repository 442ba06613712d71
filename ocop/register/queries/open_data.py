"""What the register gives away: published rows without demo, and of them nothing that is about a person.

Left out on purpose: phone, Zalo, address and tax code of a producer. A household's tax code is its owner's identity number.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ocop.register.models import LegalFormSpan, Producer, Product, ProductCode, Recognition, TourismSite, Variant


@dataclass(frozen=True, slots=True)
class ProductKeys:
    """What else names a product and its place, beside its line in the register."""

    producer_code: str
    commune_code: str
    key_group: str
    codes: tuple[str, ...]
    gtins: tuple[str, ...]


def open_products() -> QuerySet[Product]:
    """Products that stand in open data."""
    return Product.objects.filter(is_published=True, is_demo=False)


def keys_of_products() -> Mapping[int, ProductKeys]:
    """The keys of every such product by primary key; three questions."""
    products = open_products()
    codes = _grouped(ProductCode.objects.filter(product__in=products).order_by("code").values_list("product_id", "code"))
    packs = Variant.objects.filter(product__in=products, is_active=True).exclude(gtin="")
    gtins = _grouped(packs.order_by("gtin").values_list("product_id", "gtin"))
    rows = products.values_list("pk", "producer__code", "commune_now__code", "key_group")
    return {
        pk: ProductKeys(producer or "", commune or "", group, tuple(codes[pk]), tuple(gtins[pk])) for pk, producer, commune, group in rows
    }


def open_producers() -> QuerySet[Producer]:
    """Makers of published products, with the products and the present legal form; three questions."""
    makers = Producer.objects.filter(is_demo=False, pk__in=open_products().values("producer")).select_related("commune_now", "unit__parent")
    made = Prefetch("products", open_products().order_by("public_id"), to_attr="published")
    form = Prefetch("legal_forms", LegalFormSpan.objects.filter(valid_to__isnull=True), to_attr="open_forms")
    return makers.prefetch_related(made, form).defer("commune_now__boundary", "unit__boundary", "unit__parent__boundary").order_by("code")


def open_recognitions() -> QuerySet[Recognition]:
    """Every event in the histories of published products' stars, one question."""
    return Recognition.objects.filter(product__in=open_products(), is_demo=False).select_related("product").order_by("code")


def open_sites() -> QuerySet[TourismSite]:
    """Tourism sites, one question."""
    places = ("commune_now", "unit__parent", "product")
    sites = TourismSite.objects.filter(is_demo=False).select_related(*places)
    return sites.defer("commune_now__boundary", "unit__boundary", "unit__parent__boundary").order_by("key")


@dataclass(frozen=True, slots=True)
class PackOwner:
    """The product one of whose packs bears a barcode."""

    public_id: str
    name: str
    name_en: str
    pack: str


def owner_of_gtin(gtin: str) -> PackOwner | None:
    """The published product with this barcode (13 digits) on a pack that is sold; None when nobody has it."""
    packs = Variant.objects.filter(gtin=gtin, is_active=True, product__is_published=True)
    row = packs.values_list("product__public_id", "product__name", "product__name_en", "name").first() if gtin else None
    return PackOwner(*row) if row else None


def told_of(subjects: Collection[str], hidden: Collection[str] = ()) -> frozenset[str]:
    """Of these audit subjects those one may speak of in public; products among `hidden` even when their page is hidden now."""
    products = Product.objects.filter(Q(is_published=True) | Q(public_id__in=_named(hidden, "product")), is_demo=False)
    shown = products.filter(public_id__in=_named(subjects, "product")).values_list("public_id", flat=True)
    makers = Producer.objects.filter(is_demo=False, products__is_published=True, code__in=_named(subjects, "producer"))
    named = {f"product:{code}" for code in shown} | {f"producer:{code}" for code in makers.values_list("code", flat=True)}
    return frozenset(named | {subject for subject in subjects if not subject.startswith(("product:", "producer:"))})


def _named(subjects: Iterable[str], kind: str) -> list[str]:
    return [subject.removeprefix(f"{kind}:") for subject in subjects if subject.startswith(f"{kind}:")]


def _grouped(rows: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups
