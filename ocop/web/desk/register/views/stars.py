"""Signed decisions about stars. The software writes them down; it never takes them."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.actions import confirm_standing, record_end, record_extension, record_recognition, record_withdrawal
from ocop.register.models import Recognition
from ocop.register.queries import product_by_any_code
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.stars import ConfirmForm, EndForm, ExtensionForm, ProductPickForm, RecognitionForm, WithdrawalForm
from ocop.web.desk.register.views.acting import UNFITTING, act, product_or_404
from ocop.web.kit.gates import desk_page

_TEMPLATE = "desk/register/star_form.html"


@desk_page(Role.OCOP_OFFICER, menu=gettext_lazy("Ghi quyết định"), menu_place=30)
def record_any(request: HttpRequest) -> HttpResponse:
    """Which product is the decision about?"""
    form = ProductPickForm(request.GET or None)
    if form.is_bound and form.is_valid():
        found = product_by_any_code(form.cleaned_data["product"], request.actor)
        if found:
            return redirect("desk:recognise", found.public_id)
        form.add_error("product", _("Không có mã này trong sổ. Hãy so từng ký tự, hoặc tìm theo tên."))
    return render(request, "desk/register/pick.html", {"form": form}, status=UNFITTING if form.errors else 200)


@desk_page(Role.OCOP_OFFICER)
def recognise(request: HttpRequest, code: str) -> HttpResponse:
    """A first recognition, an upgrade or a renewal, as signed."""
    found, actor = product_or_404(request, code), request.actor
    return act(
        request,
        RecognitionForm(request.POST or None, request.FILES or None),
        lambda data: record_recognition(actor=actor, product=found, at=timezone.now(), **data),
        template=_TEMPLATE,
        context={"title": _("Ghi quyết định công nhận"), **pages.product_head(found, on=timezone.localdate())},
        back=reverse("desk:product", args=[found.public_id]),
        said=_("Đã ghi quyết định. Sao trên trang công khai đã đổi."),
        may=policies.can_record_recognition(actor, found),
    )


@desk_page(Role.OCOP_OFFICER)
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """A signed withdrawal: by the Chairman for three and four stars, by the Minister for five (Art. 8.2)."""
    row, actor = _recognition(request, code), request.actor
    initial = {"authority": pages.rightful_authority(row), "withdrawn_on": timezone.localdate()}
    return act(
        request,
        WithdrawalForm(request.POST or None, request.FILES or None, initial=initial),
        lambda data: record_withdrawal(actor=actor, recognition=row, at=timezone.now(), **data),
        template=_TEMPLATE,
        context={
            "title": _("Ghi quyết định thu hồi"),
            "row": row,
            "is_grave": True,
            **pages.product_head(row.product, on=timezone.localdate()),
        },
        back=reverse("desk:product", args=[row.product.public_id]),
        said=_("Đã ghi quyết định thu hồi. Trang công khai và mã QR đã báo thu hồi."),
        may=policies.can_withdraw(actor, row),
    )


@desk_page(Role.OCOP_OFFICER)
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """A certificate runs on while its re-evaluation is decided (Art. 12.3)."""
    row, actor = _recognition(request, code), request.actor

    def write(data: dict) -> None:
        until = data.pop("last_day") + timedelta(days=1)
        record_extension(actor=actor, recognition=row, extended_until=until, at=timezone.now(), **data)

    return act(
        request,
        ExtensionForm(request.POST or None, initial=pages.extension_known(row)),
        write,
        template=_TEMPLATE,
        context={"title": _("Ghi kéo dài hiệu lực"), "row": row, **pages.product_head(row.product, on=timezone.localdate())},
        back=reverse("desk:product", args=[row.product.public_id]),
        said=_("Đã ghi kéo dài."),
        may=policies.can_extend(actor, row),
    )


@desk_page(Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """An officer saw by which paper the star holds."""
    row, actor = _recognition(request, code), request.actor
    return act(
        request,
        ConfirmForm(request.POST or None, initial={"confirmed_on": timezone.localdate()}),
        lambda data: confirm_standing(actor=actor, recognition=row, at=timezone.now(), **data),
        template=_TEMPLATE,
        context={"title": _("Xác nhận sao còn giá trị"), "row": row, **pages.product_head(row.product, on=timezone.localdate())},
        back=reverse("desk:product", args=[row.product.public_id]),
        said=_("Đã ghi xác nhận."),
        may=policies.can_confirm(actor, row, timezone.localdate()),
    )


@desk_page(Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """An officer's word that a star has ended, with its ground."""
    row, actor = _recognition(request, code), request.actor
    return act(
        request,
        EndForm(request.POST or None, initial={"ended_on": timezone.localdate()}),
        lambda data: record_end(actor=actor, recognition=row, at=timezone.now(), **data),
        template=_TEMPLATE,
        context={"title": _("Ghi nhận sao hết giá trị"), "row": row, **pages.product_head(row.product, on=timezone.localdate())},
        back=reverse("desk:product", args=[row.product.public_id]),
        said=_("Đã ghi nhận."),
        may=policies.can_confirm(actor, row, timezone.localdate()),
    )


def _recognition(request: HttpRequest, code: str) -> Recognition:
    """The recognition with this code, of a product the actor may know of."""
    row = Recognition.objects.select_related("product__producer", "product__commune_now", "scan").filter(code=code).first()
    if row is None or product_by_any_code(row.product.public_id, request.actor) is None:
        raise Http404
    return row
