"""Products: the list one keeps, a product's own desk, its texts, set, codes and whether it is shown."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.people.actions.refusal import demand
from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.actions import choose_product_set, create_product, edit_product, issue_product_code, keep_old_code, publish_product
from ocop.register.queries import kept_product
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.products import CodeForm, NewProductForm, ProductForm, ProductSetForm, PublishForm
from ocop.web.desk.register.views.acting import act, product_or_404
from ocop.web.kit.gates import desk_page

KEEPERS = (Role.PRODUCER, Role.COMMUNE_OFFICER, Role.OCOP_OFFICER)
OFFICERS = (Role.COMMUNE_OFFICER, Role.OCOP_OFFICER)


@desk_page(*KEEPERS, menu=gettext_lazy("Sản phẩm"), menu_place=10)
def products(request: HttpRequest) -> HttpResponse:
    """The products this hat looks after, found by name, maker or place, or by what is known of their star."""
    choice = pages.ProductChoice.read(request.GET)
    found = pages.products_kept(request.actor, choice, on=timezone.localdate())
    page = Paginator(found, pages.PER_PAGE).get_page(request.GET.get("trang"))
    rows = pages.product_rows(page.object_list, on=timezone.localdate())
    role = request.actor.role
    context = {"page": page, "rows": rows, "choice": choice, "is_officer": role in OFFICERS, "is_ocop_office": role == Role.OCOP_OFFICER}
    return render(request, "desk/register/products.html", context)


@desk_page(*KEEPERS, Role.INSPECTOR)
def product(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the register holds of one product, and what this hat may do about it. A code that was merged leads to the other."""
    found = kept_product(code, request.actor) or product_or_404(request, code)
    if found.public_id != code:
        return redirect("desk:product", found.public_id)
    demand(pages.may_open(request.actor, found))
    return render(request, "desk/register/product.html", pages.product_desk(request.actor, found, on=timezone.localdate()))


@desk_page(*KEEPERS)
def product_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The texts of the page. "Xem trước" shows them without saving."""
    found, actor = product_or_404(request, code), request.actor
    form = ProductForm(request.POST, actor=actor) if request.method == "POST" else ProductForm.of(found, actor)
    may = policies.can_edit_product(actor, found)
    context = {"product": found}
    if may and "preview" in request.POST:
        form.is_valid()
        return render(request, "desk/register/product_edit.html", {**context, "form": form, "preview": pages.preview(found, form)})
    return act(
        request,
        form,
        lambda data: edit_product(actor=actor, product=found, changes=form.changes(), version=data["version"], at=timezone.now()),
        template="desk/register/product_edit.html",
        context=context,
        back=reverse("desk:product", args=[found.public_id]),
        said=_("Đã lưu. Trang công khai đã đổi."),
        may=may,
    )


@desk_page(*OFFICERS)
def product_new(request: HttpRequest) -> HttpResponse:
    """A product new to the register, without a star."""
    form = NewProductForm(request.POST or None)

    def write(data: dict) -> str:
        maker = pages.producer_typed(data.pop("producer"))
        made = create_product(actor=request.actor, producer=maker, at=timezone.now(), **data)
        return reverse("desk:product", args=[made.public_id])

    return act(
        request,
        form,
        write,
        template="desk/register/form.html",
        context={
            "title": _("Thêm sản phẩm"),
            "about": _("Sản phẩm"),
            "lead": _("Sản phẩm mới chưa có sao. Sao chỉ có khi ghi quyết định đã ký."),
        },
        back=reverse("desk:products"),
        said=_("Đã thêm sản phẩm."),
    )


@desk_page(*OFFICERS)
def product_set(request: HttpRequest, code: str) -> HttpResponse:
    """On which sheet the product is scored: the registering officer decides."""
    found, actor = product_or_404(request, code), request.actor
    form = ProductSetForm(request.POST or None, initial={"set_no": found.set_no, "version": found.version})
    return act(
        request,
        form,
        lambda data: choose_product_set(actor=actor, product=found, at=timezone.now(), **data),
        template="desk/register/form.html",
        context={"title": _("Chọn bộ sản phẩm"), "about": found.name, "hints": pages.set_hints(found)},
        back=reverse("desk:product", args=[found.public_id]),
        said=_("Đã chọn bộ sản phẩm."),
        may=policies.can_choose_set(actor, found),
    )


@desk_page(*OFFICERS)
def product_code(request: HttpRequest, code: str) -> HttpResponse:
    """A new official code, or an old one kept as printed."""
    found, actor, at = product_or_404(request, code), request.actor, timezone.now()
    form = CodeForm(request.POST or None, initial={"year": timezone.localdate().year})

    def write(data: dict) -> None:
        if data["old_code"]:
            keep_old_code(actor=actor, product=found, code=data["old_code"], source_name=data["source_name"], at=at)
        else:
            issue_product_code(actor=actor, product=found, year=data["year"], number=data["number"], at=at)

    return act(
        request,
        form,
        write,
        template="desk/register/form.html",
        context={"title": _("Mã sản phẩm"), "about": found.name},
        back=reverse("desk:product", args=[found.public_id]),
        said=_("Đã ghi mã. Mã này dẫn đến trang sản phẩm mãi mãi."),
        may=policies.can_issue_code(actor, found),
    )


@desk_page(*OFFICERS)
def product_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Hide a product from the public with a reason, or show it again."""
    found, actor = product_or_404(request, code), request.actor
    hide = found.is_published
    return act(
        request,
        PublishForm(request.POST or None),
        lambda data: publish_product(actor=actor, product=found, is_published=not hide, reason=data["reason"], at=timezone.now()),
        template="desk/register/form.html",
        context={"title": _("Ẩn sản phẩm") if hide else _("Hiện sản phẩm"), "about": found.name},
        back=reverse("desk:product", args=[found.public_id]),
        said=_("Đã ẩn sản phẩm.") if hide else _("Sản phẩm đã hiện trên trang công khai."),
        may=policies.can_publish_product(actor, found),
    )
