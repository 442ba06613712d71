"""Packs, prices and photos of a product's or a producer's page."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.register import policies
from ocop.register.actions import Moved, add_photo, end_price, order_photos, remove_photo, set_price, set_variant
from ocop.register.models import Producer, Product, Variant
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.products import PhotoForm, PriceForm, VariantForm
from ocop.web.desk.register.views.acting import act, producer_or_404, product_or_404
from ocop.web.desk.register.views.products import KEEPERS
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import counts

_FACTS = ("name", "quantity", "unit", "gtin", "is_active")


@desk_page(*KEEPERS)
def packs(request: HttpRequest, code: str) -> HttpResponse:
    """The packs of a product with their prices, and a form for one more."""
    found, actor = product_or_404(request, code), request.actor
    return act(
        request,
        VariantForm(request.POST or None),
        lambda data: set_variant(actor=actor, product=found, at=timezone.now(), **data),
        template="desk/register/packs.html",
        context={"product": found, "packs": pages.packs(found, on=timezone.localdate())},
        back=reverse("desk:packs", args=[found.public_id]),
        said=_("Đã ghi quy cách."),
        may=policies.can_touch_price(actor, found),
    )


@desk_page(*KEEPERS)
def pack(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """One pack's own facts."""
    found, actor = product_or_404(request, code), request.actor
    variant = _variant(found, n)
    form = VariantForm(request.POST or None, initial={name: getattr(variant, name) for name in _FACTS})
    return act(
        request,
        form,
        lambda data: set_variant(actor=actor, product=found, variant=variant, at=timezone.now(), **data),
        template="desk/register/form.html",
        context={"title": _("Sửa quy cách"), "about": found.name},
        back=reverse("desk:packs", args=[found.public_id]),
        said=_("Đã ghi quy cách."),
        may=policies.can_touch_price(actor, found),
    )


@desk_page(*KEEPERS)
def price(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """A price from a day on; what it cost before stays in the history."""
    found, actor = product_or_404(request, code), request.actor
    variant = _variant(found, n)

    def write(data: dict) -> None:
        last = data.pop("last_day")
        set_price(actor=actor, variant=variant, valid_to=last + timedelta(days=1) if last else None, at=timezone.now(), **data)

    return act(
        request,
        PriceForm(request.POST or None, initial={"valid_from": timezone.localdate()}),
        write,
        template="desk/register/price.html",
        context={"product": found, "variant": variant, "n": n, "prices": variant.prices.order_by("kind", "-valid_from")},
        back=reverse("desk:packs", args=[found.public_id]),
        said=_("Đã ghi giá."),
        may=policies.can_touch_price(actor, found),
    )


@desk_page(*KEEPERS, methods=("POST",))
def price_end(request: HttpRequest, code: str, n: int, kind: str) -> HttpResponse:
    """The price is shown no longer from today."""
    variant = _variant(product_or_404(request, code), n)
    open_price = variant.prices.filter(kind=kind, valid_to__isnull=True).first()
    if open_price is None:
        raise Http404
    try:
        end_price(actor=request.actor, price=open_price, at=timezone.now())
        messages.success(request, _("Giá không còn trên trang công khai."))
    except Moved as moved:
        messages.warning(request, str(moved))
    return redirect("desk:price", code, n)


@desk_page(*KEEPERS)
@counts("upload")
def product_photos(request: HttpRequest, code: str) -> HttpResponse:
    return _photos(request, product_or_404(request, code), "desk:product_photos", code)


@desk_page(*KEEPERS)
@counts("upload")
def producer_photos(request: HttpRequest, code: str) -> HttpResponse:
    return _photos(request, producer_or_404(code), "desk:producer_photos", code)


def _photos(request: HttpRequest, of: Product | Producer, name: str, code: str) -> HttpResponse:
    """The photos in their order, one more, one less, one forward. Several at once are several sends of one form."""
    actor, at, back = request.actor, timezone.now(), reverse(name, args=[code])
    may = policies.can_touch_photos(actor, of)
    shown = list(of.photos.filter(file__removed_at__isnull=True).select_related("file"))
    if may and (key := request.POST.get("remove") or request.POST.get("forward")):
        return _move(request, of, shown, key, back)
    return act(
        request,
        PhotoForm(request.POST or None, request.FILES or None),
        lambda data: add_photo(actor=actor, of=of, at=at, **data),
        template="desk/register/photos.html",
        context={"of": of, "photos": shown, "is_product": isinstance(of, Product)},
        back=back,
        said=_("Đã thêm ảnh."),
        limit="upload",
        may=may,
    )


def _move(request: HttpRequest, of: Product | Producer, shown: list, key: str, back: str) -> HttpResponse:
    photo = next((each for each in shown if each.file.key == key), None)
    if photo is None:
        raise Http404
    keys = [each.file.key for each in shown]
    place = keys.index(key)
    try:
        if "remove" in request.POST:
            remove_photo(actor=request.actor, photo=photo, at=timezone.now())
            messages.success(request, _("Đã gỡ ảnh."))
        elif place:
            keys[place - 1], keys[place] = keys[place], keys[place - 1]
            order_photos(actor=request.actor, of=of, keys=keys, at=timezone.now())
            messages.success(request, _("Đã đổi thứ tự ảnh."))
    except Moved as moved:
        messages.warning(request, str(moved))
    return redirect(back)


def _variant(product: Product, n: int) -> Variant:
    """The pack with this place in the product's list; its key never stands in an address."""
    ids = list(product.variants.order_by("pk").values_list("pk", flat=True))
    if not 1 <= n <= len(ids):
        raise Http404
    return get_object_or_404(Variant, pk=ids[n - 1])
