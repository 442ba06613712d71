"""A product as those who keep it see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.verdict import Verdict
from ocop.register import policies, rules
from ocop.register.enums import RecordType, StandingKind
from ocop.register.models import Price, Producer, Product, Recognition, Variant
from ocop.register.queries import (
    conflicts_of,
    history_of,
    matching_ids,
    product_sets,
    products_kept_by,
    reason_sentence,
    set_name,
    span_covers,
    standing_on,
    standings_on,
    variants_of,
)
from ocop.web.kit import words

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """What the list was asked for; a standing nobody knows is no choice."""

    text: str
    kind: str

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "ProductChoice":
        kind = asked.get("sao", "")
        return cls(asked.get("q", "")[:100], kind if kind in StandingKind.values else "")

    @property
    def kinds(self) -> list[tuple[str, str | Promise]]:
        return list(words.STANDINGS.items())


def products_kept(actor: Actor, choice: ProductChoice, *, on: date) -> QuerySet[Product]:
    """The products this hat looks after that fit the choice, in the order of the alphabet."""
    found = products_kept_by(actor)
    if choice.text.strip():
        found = found.filter(pk__in=matching_ids(choice.text))
    if choice.kind:
        found = found.filter(span_covers(on, "standing_spans__"), standing_spans__kind=choice.kind)
    return found


def product_rows(products: Iterable[Product], *, on: date) -> list[dict[str, Any]]:
    """Each product with its standing, in one question for the page."""
    listed = list(products)
    standings = standings_on([product.pk for product in listed], on)
    return [{"product": product, "standing": standings[product.pk]} for product in listed]


def product_head(product: Product, *, on: date) -> dict[str, Any]:
    """What stands above every form about a product."""
    standing = standing_on(product, on)
    return {"product": product, "standing": standing, "reason": reason_sentence(standing, on)}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its door, or why it is closed."""

    label: str
    url: str
    icon: str
    verdict: Verdict


def product_desk(actor: Actor, product: Product, *, on: date) -> dict[str, Any]:
    """Everything the register holds of a product, and what this hat may do about it."""
    history = [
        _history_row(actor, row, on) for row in history_of(product).select_related("product__commune_now", "scan", "withdrawal_scan")
    ]
    return {
        **product_head(product, on=on),
        "acts": [act for act in _acts(actor, product) if act.verdict],
        "closed": [act for act in _acts(actor, product) if not act.verdict],
        "history": history,
        "conflicts": conflicts_of(product),
        "codes": product.codes.order_by("code"),
        "packs": packs(product, on=on),
        "n_photos": product.photos.filter(file__removed_at__isnull=True).count(),
        "set_basis": product.set_basis.removeprefix("inferred: "),  # the page itself says that nobody has chosen yet
        "set_name": set_name(product.set_no, product.rubric_id) if product.set_no else "",
        "hints": set_hints(product),
    }


def _acts(actor: Actor, product: Product) -> list[Act]:
    code = product.public_id
    return [
        Act(_("Sửa trang"), reverse("desk:product_edit", args=[code]), "pencil", policies.can_edit_product(actor, product)),
        Act(_("Ảnh"), reverse("desk:product_photos", args=[code]), "camera", policies.can_touch_photos(actor, product)),
        Act(_("Quy cách và giá"), reverse("desk:packs", args=[code]), "tag", policies.can_touch_price(actor, product)),
        Act(
            _("Ghi quyết định công nhận"), reverse("desk:recognise", args=[code]), "award", policies.can_record_recognition(actor, product)
        ),
        Act(_("Đánh giá lại"), reverse("desk:renewal", args=[code]), "calendar-clock", policies.can_edit_product(actor, product)),
        Act(_("Chọn bộ sản phẩm"), reverse("desk:product_set", args=[code]), "list-checks", policies.can_choose_set(actor, product)),
        Act(_("Mã sản phẩm"), reverse("desk:product_code", args=[code]), "qr", policies.can_issue_code(actor, product)),
        Act(
            _("Ẩn khỏi trang công khai") if product.is_published else _("Hiện trên trang công khai"),
            reverse("desk:product_publish", args=[code]),
            "eye",
            policies.can_publish_product(actor, product),
        ),
        Act(_("Gộp với mã khác"), f"{reverse('desk:merge_pick')}?giu={code}", "merge", policies.can_merge_at_all(actor)),
    ]


def _history_row(actor: Actor, row: Recognition, on: date) -> dict[str, Any]:
    """One event with what may be written down about it."""
    acts = [
        Act(_("Thu hồi"), reverse("desk:withdraw", args=[row.code]), "ban", policies.can_withdraw(actor, row)),
        Act(_("Kéo dài"), reverse("desk:extend", args=[row.code]), "calendar-clock", policies.can_extend(actor, row)),
        Act(_("Xác nhận còn giá trị"), reverse("desk:confirm", args=[row.code]), "badge-check", policies.can_confirm(actor, row, on)),
        Act(_("Ghi nhận hết giá trị"), reverse("desk:end_recognition", args=[row.code]), "history", policies.can_confirm(actor, row, on)),
    ]
    return {"row": row, "acts": [act for act in acts if act.verdict], "is_rating": row.record_type == RecordType.DISTRICT_RATING}


def rightful_authority(row: Recognition) -> str:
    """Who may withdraw this star; empty where its class is not known."""
    try:
        return rules.withdrawal_authority(row.stars or 0)
    except ValueError:
        return ""


def set_hints(product: Product) -> list[str]:
    """The sets a product might also belong to, by name."""
    names = {str(each.no): each.name for each in product_sets()}
    wanted = [no.strip() for no in product.set_alternatives.split(",") if no.strip()]
    return [f"{no}. {names[no]}" for no in wanted if no in names]


@dataclass(frozen=True, slots=True)
class Pack:
    """A variant with its prices today and its place in the product's list."""

    n: int
    variant: Variant
    prices: list[Price]


def packs(product: Product, *, on: date) -> list[Pack]:
    places = {pk: n for n, pk in enumerate(product.variants.order_by("pk").values_list("pk", flat=True), 1)}
    return [Pack(places[variant.pk], variant, variant.current_prices) for variant in variants_of(product, on)]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page as it would read with what was typed."""

    name: str
    texts: list[tuple[str, str]]


def preview(thing: Product | Producer, form: BaseForm) -> Preview:
    """Typed values where the form has them, stored ones elsewhere; headings as on the public page."""

    def text(field: str) -> str:
        return str(form.cleaned_data.get(field, getattr(thing, field, "")) or "")

    fields = ("description_vi", "story_vi", "ingredients", "storage", "shelf_life", "address", "opening_hours", "members_text")
    shown = [(str(form.fields[field].label), text(field)) for field in fields if field in form.fields and text(field)]
    return Preview(text("name"), shown)
