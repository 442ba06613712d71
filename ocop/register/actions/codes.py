"""Official product codes. Each of them leads to the product's page for ever."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.places.models import Unit
from ocop.places.queries import communes_on
from ocop.records.actions import record
from ocop.register import policies, rules
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.enums import CodeKind, Confidence
from ocop.register.models import Product, ProductCode


class CodeTaken(Moved):
    """Another product bears this code."""


@transaction.atomic
def issue_product_code(*, actor: Actor, product: Product, year: int, at: datetime, number: int | None = None) -> ProductCode:
    """A code (T)-(X)-(STT)-(năm) of Decision 26/2026, Annex II. Without `number` the next one free in the commune's list of that year.

    Two officers at once never get the same number. Raises `Refused`, `NotFitting`, `CodeTaken`.
    """
    demand(policies.can_issue_code(actor, product))
    today = localdate(at)
    commune = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=product.commune_now_id or 0)
    province = commune.parent.code if commune.parent else ""
    parts = rules.CodeParts(province, commune.code, number or _next_number(commune, year), year)
    try:
        code = rules.build_product_code(parts)
    except ValueError as error:
        raise NotFitting(_("Số thứ tự từ 1 đến %(most)s.") % {"most": rules.MAX_NUMBER}) from error
    suit(rules.check_product_code(code, province=province, communes={unit.code for unit in communes_on(today)}, year=today.year))
    row = _insert(actor, product, code, CodeKind.OFFICIAL, at, year=year, source_name=_("UBND xã lập số thứ tự"))
    record(actor=actor, event="product.code_issued", subject=f"product:{product.public_id}", data={"code": code}, at=at)
    return row


@transaction.atomic
def keep_old_code(*, actor: Actor, product: Product, code: str, source_name: str, at: datetime) -> ProductCode:
    """A four-part code of an earlier decision, exactly as printed. Raises `Refused`, `NotFitting`, `CodeTaken`."""
    demand(policies.can_issue_code(actor, product))
    printed = clean_line(code)
    suit(rules.check_old_code(printed))
    row = _insert(actor, product, printed, CodeKind.OLD, at, year=None, source_name=source_name)
    record(actor=actor, event="product.old_code_kept", subject=f"product:{product.public_id}", data={"code": printed}, at=at)
    return row


def _next_number(commune: Unit, year: int) -> int:
    """One more than the largest number of the commune's list of that year."""
    codes = ProductCode.objects.filter(kind=CodeKind.OFFICIAL, issued_year=year, code__contains=f"-{commune.code}-")
    numbers = [parts.number for code in codes.values_list("code", flat=True) if (parts := rules.parse_product_code(code))]
    return max(numbers, default=0) + 1


def _insert(actor: Actor, product: Product, code: str, kind: str, at: datetime, *, year: int | None, source_name: str) -> ProductCode:
    if Product.with_merged.filter(public_id__iexact=code).exists():
        raise NotFitting(_("Mã này trùng với mã công khai của một sản phẩm."))
    try:
        with transaction.atomic():
            return ProductCode.objects.create(
                product=product,
                code=code,
                kind=kind,
                issued_year=year,
                source_name=clean_line(source_name)[:200],
                confidence=Confidence.HIGH,
                as_of=localdate(at),
                is_demo=product.is_demo,
            )
    except IntegrityError as error:
        raise CodeTaken(_("Mã %(code)s đã cấp cho sản phẩm khác.") % {"code": code}) from error
