"""What a token opens for its holder: whom it acts for, the products looked after, what waits."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.models import ApiToken
from ocop.register import policies
from ocop.register.models import Price, Product, Variant
from ocop.register.queries import history_of, prices_on, products_kept_by, standings_on, variants_of
from ocop.register.queries.waiting import Thing
from ocop.register.rules import Standing
from ocop.register.rules.typed_code import code_order
from ocop.web.api.pages.answers import Json, begins_behind, day, last_day, standing


def me(token: ApiToken) -> Json:
    mandate = token.mandate
    expires_on = timezone.localdate(token.expires_at)
    return {
        "name": mandate.user.full_name,
        "role": mandate.role,
        "office": mandate.office.name if mandate.office else None,
        "acts_for": mandate.subject or None,
        "token": {"name": token.name, "scope": token.scope, "expires_on": expires_on.isoformat()},
    }


def own_products(actor: Actor, cursor: str | None, limit: int) -> list[Product]:
    """The products this mandate looks after, hidden ones too, by code; one more than a page."""
    after = begins_behind(cursor)
    ordered = sorted(products_kept_by(actor), key=lambda product: code_order(product.public_id))
    behind = [product for product in ordered if not after or code_order(product.public_id) > code_order(after)]
    return behind[: limit + 1]


def own_product_item(product: Product, found: Standing, on: date) -> Json:
    return {
        "code": product.public_id,
        "name": product.name,
        "is_published": product.is_published,
        "version": product.version,
        "standing": standing(found, on),
    }


def own_product_whole(actor: Actor, product: Product, on: date) -> Json:
    """What this mandate may change, as it is stored now."""
    fields = policies.PRODUCER_FIELDS if actor.role == Role.PRODUCER else policies.OFFICER_FIELDS
    numbers = {pk: n for n, pk in enumerate(product.variants.order_by("pk").values_list("pk", flat=True), start=1)}
    return {
        **own_product_item(product, standings_on([product.pk], on)[product.pk], on),
        "fields": {name: getattr(product, name) for name in sorted(fields)},
        "packs": [_own_pack(variant, numbers[variant.pk], on) for variant in variants_of(product, on)],
        "recognitions": list(history_of(product).values_list("code", flat=True)),
    }


def _own_pack(variant: Variant, number: int, on: date) -> Json:
    return {
        "number": number,
        "name": variant.name,
        "quantity": float(variant.quantity),
        "unit": variant.unit,
        "gtin": variant.gtin or None,
        "is_active": variant.is_active,
        "prices": [
            {"kind": price.kind, "amount": price.amount, "first_day": price.valid_from.isoformat()}
            for price in prices_on(on).filter(variant=variant)
        ],
    }


def waiting_item(thing: Thing) -> Json:
    url = f"{settings.SITE_URL}{reverse(thing.url_name, args=thing.url_args)}"
    return {"title": thing.title, "detail": thing.detail, "url": url, "due_on": day(thing.due_on)}


def price_item(product: Product, number: int, price: Price) -> Json:
    return {
        "product": product.public_id,
        "pack": number,
        "kind": price.kind,
        "amount": price.amount,
        "first_day": price.valid_from.isoformat(),
        "last_day": last_day(price.valid_to),
    }
