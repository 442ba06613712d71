"""Products: who sees which, by which code, with which packs and prices."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from ocop.core.actor import VISITOR, Actor
from ocop.people.enums import Role
from ocop.register.models import Price, Producer, Product, Variant
from ocop.register.queries.producers import producer_code_of

_SEE_ALL = frozenset({Role.OCOP_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.LEADER})
MAX_CODE = 40


def products_visible_to(viewer: Actor) -> QuerySet[Product]:
    """Published products for everybody; hidden ones for their producer, their commune's officer and those who keep the register."""
    products = Product.objects.select_related("producer", "unit", "commune_now")
    if viewer.role in _SEE_ALL:
        return products
    seen = Q(is_published=True)
    if viewer.role == Role.COMMUNE_OFFICER:
        seen |= Q(commune_now__key=viewer.unit_key)
    if code := producer_code_of(viewer):
        seen |= Q(producer__code=code)
    return products.filter(seen)


def products_kept_by(viewer: Actor) -> QuerySet[Product]:
    """The products this actor looks after, in the order of the alphabet: its own, its commune's, or all of them."""
    products = products_visible_to(viewer).order_by("sort_key", "pk")
    if viewer.role == Role.OCOP_OFFICER:
        return products
    if viewer.role == Role.COMMUNE_OFFICER:
        return products.filter(commune_now__key=viewer.unit_key)
    if code := producer_code_of(viewer):
        return products.filter(producer__code=code)
    return products.none()


def product_by_any_code(code: str, viewer: Actor = VISITOR) -> Product | None:
    """The product that bears this code: its public id in any case, or any official code it ever had. None when nobody may see it.

    `product.public_id` is the canonical one: whoever came by another code is sent there.
    """
    code = code.strip()
    if not code or len(code) > MAX_CODE or "\x00" in code:
        return None
    products = products_visible_to(viewer)
    return products.filter(public_id=code.upper()).first() or products.filter(codes__code__iexact=code).first()


def kept_product(code: str, viewer: Actor = VISITOR) -> Product | None:
    """The product that the one with this public id was merged into, if the viewer may see it; None for an id that stands for itself."""
    merged = Product.with_merged.filter(public_id=code.upper(), merged_into__isnull=False).values("merged_into")
    return products_visible_to(viewer).filter(pk__in=merged).first()


def products_by_id(public_ids: Iterable[str] | None = None) -> dict[str, int]:
    """Every public id there ever was, or these, with the primary key of the product it leads to today."""
    products = Product.with_merged.annotate(now=Coalesce("merged_into_id", "pk"))
    if public_ids is not None:
        products = products.filter(public_id__in=list(public_ids))
    return dict(products.values_list("public_id", "now"))


def variants_of(product: Product, on: date) -> QuerySet[Variant]:
    """The packs of a product, with the prices of a date under `current_prices`."""
    prices = Prefetch("prices", queryset=prices_on(on), to_attr="current_prices")
    return product.variants.order_by("-is_active", "quantity", "pk").prefetch_related(prices)


def prices_on(on: date) -> QuerySet[Price]:
    """Prices that hold on a date."""
    return Price.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on).order_by("kind", "valid_from")


def price_history(variant: Variant) -> QuerySet[Price]:
    """Every price of a pack, the latest first, those announced for later too."""
    return variant.prices.order_by("kind", "-valid_from")


def products_for_search(ids: Iterable[int]) -> QuerySet[Product]:
    """Products with everything their searched text is made of but `names_before`, in one question."""
    return Product.objects.filter(pk__in=ids).select_related("producer", "unit__parent", "commune_now__parent")


def names_before(model: type[Product] | type[Producer], ids: Iterable[int]) -> dict[int, list[str]]:
    """The names and codes of what was merged into these products or producers, by whom it was merged into."""
    names: dict[int, list[str]] = defaultdict(list)
    code = "public_id" if model is Product else "code"
    for kept, *words in model.with_merged.filter(merged_into__in=list(ids)).order_by("pk").values_list("merged_into", "name", code):
        names[kept] += words
    return names
