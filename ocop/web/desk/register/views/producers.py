"""Producers: the list one keeps, a producer's own desk, its page, form, links, contact and representative."""

from django.contrib import messages
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
from ocop.register.actions import (
    PERSON_FIELDS,
    change_legal_form,
    clear_person,
    create_producer,
    edit_producer,
    publish_contact,
    read_person,
    set_links,
    set_person,
    withdraw_contact,
)
from ocop.register.queries import kept_producer
from ocop.register.queries.personal import fields_filled
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.producers import (
    ClearPersonForm,
    ContactForm,
    LegalFormForm,
    LinksForm,
    NewProducerForm,
    PersonForm,
    ProducerForm,
)
from ocop.web.desk.register.views.acting import act, producer_or_404
from ocop.web.desk.register.views.products import KEEPERS, OFFICERS
from ocop.web.kit.gates import desk_page


@desk_page(*KEEPERS, menu=gettext_lazy("Chủ thể"), menu_place=20)
def producers(request: HttpRequest) -> HttpResponse:
    """The producers this hat looks after."""
    text = request.GET.get("q", "")[:100]
    page = Paginator(pages.producers_kept(request.actor, text), pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "text": text, "is_officer": request.actor.role in OFFICERS}
    return render(request, "desk/register/producers.html", context)


@desk_page(*KEEPERS, Role.INSPECTOR)
def producer(request: HttpRequest, code: str) -> HttpResponse:
    """What is public of a producer, and what this hat may do about it. A code that was merged leads to the other."""
    if kept := kept_producer(code):
        return redirect("desk:producer", kept.code)
    found = producer_or_404(code)
    demand(pages.may_open(request.actor, found))
    return render(request, "desk/register/producer.html", pages.producer_desk(request.actor, found, on=timezone.localdate()))


@desk_page(*KEEPERS)
def producer_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The texts of the page. "Xem trước" shows them without saving."""
    found, actor = producer_or_404(code), request.actor
    form = ProducerForm(request.POST, actor=actor) if request.method == "POST" else ProducerForm.of(found, actor)
    may = policies.can_edit_producer(actor, found)
    if may and "preview" in request.POST:
        form.is_valid()
        context = {"producer": found, "form": form, "preview": pages.preview(found, form)}
        return render(request, "desk/register/producer_edit.html", context)
    return act(
        request,
        form,
        lambda data: edit_producer(actor=actor, producer=found, changes=form.changes(), version=data["version"], at=timezone.now()),
        template="desk/register/producer_edit.html",
        context={"producer": found},
        back=reverse("desk:producer", args=[code]),
        said=_("Đã lưu. Trang công khai đã đổi."),
        may=may,
    )


@desk_page(*OFFICERS)
def producer_new(request: HttpRequest) -> HttpResponse:
    """A producer new to the register."""
    actor = request.actor
    form = NewProducerForm(request.POST or None, actor=actor)

    def write(data: dict) -> str:
        unit = pages.commune_with_key(data.pop("commune"))
        made = create_producer(actor=actor, unit=unit, at=timezone.now(), **data)
        return reverse("desk:producer", args=[made.code])

    return act(
        request,
        form,
        write,
        template="desk/register/form.html",
        context={"title": _("Thêm chủ thể"), "about": _("Chủ thể")},
        back=reverse("desk:producers"),
        said=_("Đã thêm chủ thể."),
    )


@desk_page(*OFFICERS)
def legal_form(request: HttpRequest, code: str) -> HttpResponse:
    """Another legal form from a day on; the old one stays in the history."""
    found, actor = producer_or_404(code), request.actor
    return act(
        request,
        LegalFormForm(request.POST or None),
        lambda data: change_legal_form(actor=actor, producer=found, at=timezone.now(), **data),
        template="desk/register/form.html",
        context={"title": _("Đổi loại hình tổ chức"), "about": found.name},
        back=reverse("desk:producer", args=[code]),
        said=_("Đã ghi loại hình mới."),
        may=policies.can_change_legal_form(actor, found),
    )


@desk_page(*KEEPERS)
def links(request: HttpRequest, code: str) -> HttpResponse:
    """Website, social pages, shops."""
    found, actor = producer_or_404(code), request.actor
    form = LinksForm(request.POST or None, links=list(found.links.values_list("kind", "url")))
    return act(
        request,
        form,
        lambda data: set_links(actor=actor, producer=found, links=form.links(), at=timezone.now()),
        template="desk/register/form.html",
        context={"title": _("Đường dẫn"), "about": found.name, "lead": _("Xóa trống một dòng để bỏ đường dẫn đó.")},
        back=reverse("desk:producer", args=[code]),
        said=_("Đã lưu đường dẫn."),
        may=policies.can_edit_producer(actor, found),
    )


@desk_page(Role.PRODUCER)
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """The business numbers, shown to the public only with the producer's own consent."""
    found, actor = producer_or_404(code), request.actor
    form = ContactForm(request.POST or None, initial={"phone": found.business_phone, "zalo": found.business_zalo})
    return act(
        request,
        form,
        lambda data: publish_contact(actor=actor, producer=found, phone=data["phone"], zalo=data["zalo"], at=timezone.now()),
        template="desk/register/form.html",
        context={
            "title": _("Số điện thoại và Zalo kinh doanh"),
            "about": found.name,
            "lead": _("Khách bấm Gọi hoặc Zalo ngay trên trang. Chỉ ghi số dùng để bán hàng, không phải số riêng."),
        },
        back=reverse("desk:producer", args=[code]),
        said=_("Đã công khai số liên hệ."),
        may=policies.can_publish_contact(actor, found),
    )


@desk_page(*KEEPERS, methods=("POST",))
def contact_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """The consent ends; the numbers go at once."""
    withdraw_contact(actor=request.actor, producer=producer_or_404(code), at=timezone.now())
    messages.success(request, _("Số liên hệ không còn trên trang công khai."))
    return redirect("desk:producer", code)


@desk_page(*KEEPERS, Role.INSPECTOR, methods=("POST",))
def person(request: HttpRequest, code: str) -> HttpResponse:
    """The representative's data: shown on asking, and each showing is logged."""
    found = producer_or_404(code)
    data = read_person(actor=request.actor, producer=found, at=timezone.now())
    may_edit = policies.can_set_person(request.actor, found)
    return render(request, "desk/register/person.html", {"producer": found, "person": data, "may_edit": may_edit})


@desk_page(*KEEPERS)
def person_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write the representative's data down. The form begins empty: what is stored is only shown where it is logged."""
    found, actor = producer_or_404(code), request.actor

    def write(data: dict) -> None:
        values = {name: data[name] for name in PERSON_FIELDS if data.get(name)}
        set_person(actor=actor, producer=found, values=values, has_disability=data["has_disability"], at=timezone.now())

    return act(
        request,
        PersonForm(request.POST or None),
        write,
        template="desk/register/form.html",
        context={
            "title": _("Người đại diện"),
            "about": found.name,
            "lead": _("Không hiện công khai. Chỉ ghi những ô cần đổi; ô để trống giữ nguyên."),
        },
        back=reverse("desk:producer", args=[code]),
        said=_("Đã lưu."),
        may=policies.can_set_person(actor, found),
    )


@desk_page(*KEEPERS)
def person_clear(request: HttpRequest, code: str) -> HttpResponse:
    """Take values of the representative away; which are written down is shown, what they are is not."""
    found, actor = producer_or_404(code), request.actor
    return act(
        request,
        ClearPersonForm(request.POST or None, filled=fields_filled(found)),
        lambda data: clear_person(actor=actor, producer=found, fields=frozenset(data["fields_gone"]), at=timezone.now()),
        template="desk/register/person_clear.html",
        context={"producer": found},
        back=reverse("desk:producer", args=[code]),
        said=_("Đã xóa các mục bạn chọn."),
        may=policies.can_set_person(actor, found),
    )
