"""Writes to a product's own facts. Stars are not among them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line, clean_text, slug, sort_key
from ocop.places.models import Unit
from ocop.places.queries import commune_now
from ocop.records.actions import record
from ocop.register import policies, rules
from ocop.register.actions.derived import rebuild_standing, refresh_search
from ocop.register.actions.refusals import Difference, Moved, NotFitting, demand, last_change
from ocop.register.enums import Confidence, KeyGroup
from ocop.register.models import Producer, Product
from ocop.register.queries.sets import CURRENT_RUBRIC, product_sets

_LINES = frozenset({"name", "name_en", "source_group", "key_group", "storage", "shelf_life", "price_text", "pack_text"})
_LIMITS = {"name": 200, "name_en": 200, "source_group": 80, "storage": 300, "shelf_life": 120, "price_text": 200, "pack_text": 200}
_LONGEST_TEXT = 20_000
_ID_PREFIX, _DEMO_PREFIX = "BK", "BKD"


class ProductMoved(Moved):
    """Somebody saved the product after this form was opened. `differences` holds both values; nothing typed is lost."""

    def __init__(self, product: Product, differences: list[Difference]) -> None:
        self.product = product
        self.differences = differences
        self.who, self.when = last_change(f"product:{product.public_id}")
        super().__init__(_("%(who)s vừa sửa sản phẩm này. Hãy so hai bản rồi lưu lại.") % {"who": self.who or _("Người khác")})


class ProductIdTaken(Moved):
    """Two officers were given the same new public id; the second tries again."""


@transaction.atomic
def create_product(
    *,
    actor: Actor,
    name: str,
    at: datetime,
    producer: Producer | None = None,
    unit: Unit | None = None,
    set_no: int | None = None,
    source_group: str = "",
    key_group: str = "",
    source_name: str = "",
    is_demo: bool = False,
    public_id: str = "",
) -> Product:
    """A product new to the register, without a star, under the next free public id. Raises `Refused`, `NotFitting`, `ProductIdTaken`."""
    place = unit or (producer.unit if producer else None)
    now = commune_now(place, localdate(at)) if place else (producer.commune_now if producer else None)
    demand(policies.can_create_product(actor, now))
    cleaned = _cleaned({"name": name, "source_group": source_group, "key_group": key_group})
    product = Product(
        **cleaned,
        public_id=public_id or _next_id(is_demo=is_demo),
        slug=slug(cleaned["name"], 120) or "san-pham",
        sort_key=sort_key(cleaned["name"]),
        search_text=" ",
        producer=producer,
        unit=place,
        commune_now=now,
        rubric_id=CURRENT_RUBRIC if set_no else "",
        set_no=set_no,
        art=rules.art_for(name=cleaned["name"], set_no=set_no, source_group=cleaned["source_group"]),
        source_name=clean_line(source_name)[:200] or _("Cán bộ ghi vào sổ"),
        confidence=Confidence.HIGH,
        as_of=localdate(at),
        is_demo=is_demo,
        created_at=at,
        updated_at=at,
    )
    _check_set(set_no)
    try:
        with transaction.atomic():
            product.save(force_insert=True)
    except IntegrityError as error:
        raise ProductIdTaken(_("Mã vừa được dùng cho sản phẩm khác. Hãy lưu lại.")) from error
    refresh_search([product])
    rebuild_standing(product)
    data = {"name": product.name, "producer": producer.code if producer else None, "set": set_no}
    record(actor=actor, event="product.created", subject=f"product:{product.public_id}", data=data, at=at)
    product.refresh_from_db()
    return product


@transaction.atomic
def edit_product(*, actor: Actor, product: Product, changes: Mapping[str, str], version: int, at: datetime) -> Product:
    """Change texts of a product; `version` is the one the form was opened with.

    Raises `Refused`, `NotFitting`, and `ProductMoved` when somebody else saved in between.
    """
    demand(policies.can_edit_product(actor, product))
    demand(policies.can_edit_fields(actor, frozenset(changes)))
    cleaned = _cleaned(changes)
    stored = Product.objects.get(pk=product.pk)
    if stored.version != version:
        raise ProductMoved(stored, _differences(stored, cleaned))
    changed = {field: value for field, value in cleaned.items() if getattr(stored, field) != value}
    if not changed:
        return stored
    _move(stored, changed, at)
    data = {field: {"from": getattr(stored, field), "to": value} for field, value in changed.items()}
    product.refresh_from_db()
    refresh_search([product])
    record(actor=actor, event="product.edited", subject=f"product:{product.public_id}", data=data, at=at)
    product.refresh_from_db()
    return product


@transaction.atomic
def choose_product_set(*, actor: Actor, product: Product, set_no: int, basis: str, version: int, at: datetime) -> Product:
    """The registering officer says on which sheet the product is scored. Raises `Refused`, `NotFitting`, `ProductMoved`."""
    demand(policies.can_choose_set(actor, product))
    _check_set(set_no)
    stored = Product.objects.get(pk=product.pk)
    reason = clean_line(basis)[:200]
    if not reason:
        raise NotFitting(_("Hãy ghi vì sao chọn bộ sản phẩm này."))
    if stored.version != version:
        raise ProductMoved(stored, [Difference("set_no", str(stored.set_no or ""), str(set_no))])
    art = rules.art_for(name=stored.name, set_no=set_no, source_group=stored.source_group)
    chosen = {"set_no": set_no, "rubric_id": CURRENT_RUBRIC, "set_basis": reason, "art": art}
    _move(stored, {**chosen, "set_chosen_by_id": actor.user_id, "set_chosen_at": at if actor.user_id else None}, at)
    data = {"from": stored.set_no, "to": set_no, "basis": reason}
    product.refresh_from_db()
    refresh_search([product])
    record(actor=actor, event="product.set_chosen", subject=f"product:{product.public_id}", data=data, at=at)
    product.refresh_from_db()
    return product


@transaction.atomic
def publish_product(*, actor: Actor, product: Product, is_published: bool, reason: str, at: datetime) -> Product:
    """Show a product to the public, or hide it with a reason. Raises `Refused`, `NotFitting`."""
    demand(policies.can_publish_product(actor, product))
    said = clean_line(reason)[:300]
    if not said and not is_published:
        raise NotFitting(_("Hãy ghi vì sao ẩn sản phẩm này."))
    if Product.objects.filter(pk=product.pk).exclude(is_published=is_published).update(is_published=is_published, updated_at=at) == 1:
        event = "product.shown" if is_published else "product.hidden"
        record(actor=actor, event=event, subject=f"product:{product.public_id}", data={"reason": said}, at=at)
    product.refresh_from_db()
    return product


def _move(stored: Product, values: Mapping[str, object], at: datetime) -> None:
    """Exactly one of two who started from the same version wins."""
    moved = Product.objects.filter(pk=stored.pk, version=stored.version)
    derived = {"sort_key": sort_key(str(values["name"]))} if "name" in values else {}
    if moved.update(**values, **derived, version=stored.version + 1, updated_at=at) != 1:
        fresh = Product.objects.get(pk=stored.pk)
        raise ProductMoved(fresh, _differences(fresh, {field: str(value) for field, value in values.items()}))


def _differences(stored: Product, typed: Mapping[str, str]) -> list[Difference]:
    pairs = ((field, str(getattr(stored, field) or ""), value) for field, value in typed.items())
    return [Difference(field, theirs, yours) for field, theirs, yours in pairs if theirs != yours]


def _cleaned(values: Mapping[str, str]) -> dict[str, str]:
    """NFC, no control or direction marks; too long or empty where it may not be raises `NotFitting`."""
    cleaned = {field: clean_line(value) if field in _LINES else clean_text(value) for field, value in values.items()}
    for field, value in cleaned.items():
        limit = _LIMITS.get(field, _LONGEST_TEXT)
        if len(value) > limit:
            raise NotFitting(_("Phần này dài %(n)s ký tự, chỉ ghi được %(limit)s.") % {"n": len(value), "limit": limit})
    if "name" in cleaned and not cleaned["name"]:
        raise NotFitting(_("Hãy ghi tên sản phẩm."))
    if cleaned.get("key_group") and cleaned["key_group"] not in KeyGroup.values:
        raise NotFitting(_("Không có nhóm chủ lực này."))
    return cleaned


def _check_set(set_no: int | None) -> None:
    if set_no is not None and set_no not in {each.no for each in product_sets()}:
        raise NotFitting(_("Không có bộ sản phẩm số %(no)s.") % {"no": set_no})


def _next_id(*, is_demo: bool) -> str:
    return next(free_ids(is_demo=is_demo))


def free_ids(*, is_demo: bool = False) -> Iterator[str]:
    """BK127 after BK126; demo products are BKD001, BKD002 …, so that nobody takes one for the other.

    Three digits at least, as `rules.typed_code` reads them: an id of any other form has no page.
    """
    prefix = _DEMO_PREFIX if is_demo else _ID_PREFIX
    taken = Product.objects.filter(public_id__regex=rf"^{prefix}[0-9]+$").values_list("public_id", flat=True)
    last = max((int(each.removeprefix(prefix)) for each in taken), default=0)
    return (f"{prefix}{number:03d}" for number in count(last + 1))
