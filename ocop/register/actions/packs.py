"""Packs of a product and what they cost."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.gtin import check_gtin13
from ocop.core.text import clean_line
from ocop.records.actions import record
from ocop.register import policies, rules
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.enums import PriceKind, Unit
from ocop.register.models import Price, Product, Variant

_LARGEST = Decimal("9999999.999")


class VariantTaken(Moved):
    """Another pack has this name already, or this barcode."""


class PriceMoved(Moved):
    """Somebody announced another price of this pack a moment ago."""


@transaction.atomic
def set_variant(
    *,
    actor: Actor,
    product: Product,
    name: str,
    quantity: Decimal,
    unit: str,
    at: datetime,
    gtin: str = "",
    is_active: bool = True,
    variant: Variant | None = None,
) -> Variant:
    """A new pack, or new facts of one. Raises `Refused`, `NotFitting`, `VariantTaken`."""
    demand(policies.can_touch_price(actor, product))
    said = _pack(name=name, quantity=quantity, unit=unit, gtin=gtin, is_active=is_active)
    if variant is not None and variant.product_id != product.pk:
        raise NotFitting(_("Quy cách này thuộc sản phẩm khác."))
    try:
        with transaction.atomic():
            if variant is None:
                variant = Variant.objects.create(product=product, **said)
            else:
                Variant.objects.filter(pk=variant.pk).update(**said)
    except IntegrityError as error:
        raise VariantTaken(_("Đã có quy cách mang tên hoặc mã vạch này. Hãy kiểm tra lại.")) from error
    variant.refresh_from_db()
    data = {"variant": variant.pk, **said, "quantity": str(quantity)}
    record(actor=actor, event="variant.set", subject=f"product:{product.public_id}", data=data, at=at)
    return variant


@transaction.atomic
def set_price(
    *, actor: Actor, variant: Variant, kind: str, amount: int, valid_from: date, at: datetime, valid_to: date | None = None
) -> Price:
    """A price from a day on (today at the earliest); the one before ends that day. `valid_to` is exclusive.

    A price already announced for a later day gives way. Raises `Refused`, `NotFitting`, `PriceMoved`.
    """
    product = variant.product
    demand(policies.can_touch_price(actor, product))
    if kind not in PriceKind.values:
        raise NotFitting(_("Hãy chọn giá bán lẻ hoặc giá bán buôn."))
    suit(rules.check_price(amount=amount, valid_from=valid_from, valid_to=valid_to, today=localdate(at)))
    Variant.objects.select_for_update().get(pk=variant.pk)
    _make_room(variant, kind, valid_from)
    try:
        with transaction.atomic():
            price = Price.objects.create(
                variant=variant,
                kind=kind,
                amount=amount,
                valid_from=valid_from,
                valid_to=valid_to,
                said_by_id=actor.user_id,
                is_demo=product.is_demo,
            )
    except IntegrityError as error:
        raise PriceMoved(_("Vừa có người ghi giá khác cho quy cách này. Hãy xem lại giá.")) from error
    data = {"variant": variant.pk, "kind": kind, "amount": amount, "from": valid_from, "to": valid_to}
    record(actor=actor, event="price.set", subject=f"product:{product.public_id}", data=data, at=at)
    return price


@transaction.atomic
def end_price(*, actor: Actor, price: Price, at: datetime) -> None:
    """The price is no longer shown from today. Raises `Refused`, `PriceMoved`."""
    product = price.variant.product
    demand(policies.can_touch_price(actor, product))
    today = localdate(at)
    open_still = Price.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), pk=price.pk)
    ended = open_still.filter(valid_from__lt=today).update(valid_to=today)
    if not ended and not open_still.filter(valid_from__gte=today).delete()[0]:
        raise PriceMoved(_("Giá này đã thôi áp dụng."))
    data = {"variant": price.variant_id, "kind": price.kind, "amount": price.amount, "on": today}
    record(actor=actor, event="price.ended", subject=f"product:{product.public_id}", data=data, at=at)


def _make_room(variant: Variant, kind: str, valid_from: date) -> None:
    """End what holds on that day, and drop what was to begin on it or later: nothing of that has been charged."""
    same = Price.objects.filter(variant=variant, kind=kind)
    same.filter(valid_from__gte=valid_from).delete()
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), valid_from__lt=valid_from).update(valid_to=valid_from)


def _pack(*, name: str, quantity: Decimal, unit: str, gtin: str, is_active: bool) -> dict[str, object]:
    label, code = clean_line(name), clean_line(gtin).replace(" ", "")
    if not label or len(label) > 120:
        raise NotFitting(_("Hãy ghi tên quy cách, không quá 120 ký tự, ví dụ “Túi 500 g”."))
    if not quantity.is_finite() or not Decimal(0) < quantity <= _LARGEST or quantity != round(quantity, 3):
        raise NotFitting(_("Nhập lượng hàng bằng số lớn hơn 0, nhiều nhất ba số lẻ, ví dụ 500."))
    if unit not in Unit.values:
        raise NotFitting(_("Hãy chọn đơn vị tính."))
    if code:
        suit(check_gtin13(code))
    return {"name": label, "quantity": quantity, "unit": unit, "gtin": code, "is_active": is_active}
