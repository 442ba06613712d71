"""A producer as those who keep it see it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.phones import phone_in_words
from ocop.core.text import search_key
from ocop.core.verdict import YES, Verdict, no
from ocop.people.enums import Role
from ocop.places.models import Unit
from ocop.places.queries import communes_on
from ocop.register import policies
from ocop.register.actions import NotFitting
from ocop.register.models import Producer, ProducerClaim, Product
from ocop.register.queries import kept_producer, producer_with_code, producers_kept_by, standings_on
from ocop.web.desk.register.pages.products import Act


def producer_typed(text: str) -> Producer | None:
    """The producer a form names by its code or the whole address of its page; None where nothing was typed."""
    code = text.strip().rstrip("/").rsplit("/", 1)[-1]
    producer = (producer_with_code(code) or kept_producer(code)) if code else None
    if code and producer is None:
        raise NotFitting(_("Không có chủ thể mang mã này. Mở trang công khai của chủ thể và chép phần cuối địa chỉ."))
    return producer


def commune_with_key(key: str) -> Unit:
    """The commune of today with this key; the form has offered no other."""
    return next(unit for unit in communes_on(timezone.localdate()) if unit.key == key)


def producers_kept(actor: Actor, text: str) -> QuerySet[Producer]:
    """The producers this hat looks after, found by name with or without accents, also by that of one merged into them."""
    found = producers_kept_by(actor)
    if not text.strip():
        return found
    before = Producer.with_merged.filter(merged_into__isnull=False, folded__contains=search_key(text))
    return found.filter(Q(folded__contains=search_key(text)) | Q(pk__in=before.values("merged_into")))


def may_open(actor: Actor, thing: Product | Producer) -> Verdict:
    """Who keeps the product or the producer, and inspectors."""
    keeps = policies.can_edit_product(actor, thing) if isinstance(thing, Product) else policies.can_edit_producer(actor, thing)
    if actor.role == Role.INSPECTOR or keeps:
        return YES
    return no(_("Trang này dành cho người giữ trang của chủ thể và cán bộ phụ trách. Ai cũng xem được trang công khai."))


def producer_desk(actor: Actor, producer: Producer, *, on: date) -> dict[str, Any]:
    """What is public of a producer, who speaks for it, and what this hat may do about it."""
    acts = _acts(actor, producer)
    products = list(producer.products.order_by("sort_key"))
    standings = standings_on([product.pk for product in products], on)
    return {
        "producer": producer,
        "acts": [act for act in acts if act.verdict],
        "forms": producer.legal_forms.order_by("-valid_from"),
        "links": producer.links.order_by("pk"),
        "n_photos": producer.photos.filter(file__removed_at__isnull=True).count(),
        "phone": phone_in_words(producer.business_phone) if producer.business_phone else "",
        "zalo": phone_in_words(producer.business_zalo) if producer.business_zalo else "",
        "rows": [{"product": product, "standing": standings[product.pk]} for product in products],
        "may_read_person": policies.can_read_person(actor, producer),
        "may_withdraw_contact": policies.can_withdraw_contact(actor, producer),
    }


def _acts(actor: Actor, producer: Producer) -> list[Act]:
    code = producer.code
    edit = policies.can_edit_producer(actor, producer)
    return [
        Act(_("Sửa trang"), reverse("desk:producer_edit", args=[code]), "pencil", edit),
        Act(_("Ảnh"), reverse("desk:producer_photos", args=[code]), "camera", policies.can_touch_photos(actor, producer)),
        Act(_("Đường dẫn"), reverse("desk:producer_links", args=[code]), "link", edit),
        Act(
            _("Số điện thoại, Zalo"), reverse("desk:producer_contact", args=[code]), "phone", policies.can_publish_contact(actor, producer)
        ),
        Act(_("Người đại diện"), reverse("desk:producer_person_edit", args=[code]), "user", policies.can_set_person(actor, producer)),
        Act(_("Đổi loại hình"), reverse("desk:legal_form", args=[code]), "building", policies.can_change_legal_form(actor, producer)),
        Act(_("Gộp với mã khác"), f"{reverse('desk:merge_pick')}?giu={code}", "merge", policies.can_merge_at_all(actor)),
    ]


def own_claims(actor: Actor) -> QuerySet[ProducerClaim]:
    """What this person asked for, and the answers."""
    return ProducerClaim.objects.filter(user_id=actor.user_id).select_related("producer").order_by("-requested_at")


def claim_rows(claims: Iterable[ProducerClaim]) -> list[dict[str, Any]]:
    """Each claim with its place among those on the same producer, in the order they came."""
    listed = list(claims)
    places: dict[int, int] = {}
    seen: dict[int, int] = {}
    on_same = ProducerClaim.objects.filter(producer__in={claim.producer_id for claim in listed}).order_by("requested_at", "pk")
    for pk, producer_id in on_same.values_list("pk", "producer_id"):
        places[pk] = seen[producer_id] = seen.get(producer_id, 0) + 1
    return [{"claim": claim, "n": places[claim.pk]} for claim in listed]
