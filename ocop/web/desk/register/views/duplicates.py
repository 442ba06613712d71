"""What may be written down twice: the pairs, merging two, parting them again, saying that they are not one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.actions import Moved, NotFitting, judge_distinct, merge_producers, merge_products, reconsider_pair, unmerge
from ocop.register.models import Producer, Product
from ocop.register.queries import distinct_pair_of, distinct_pairs, merge_of_producer, merge_of_product, merges
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.duplicates import MergeForm, MergePickForm, UnmergeForm
from ocop.web.desk.register.views.acting import UNFITTING, act
from ocop.web.kit.gates import desk_page

_OFFICE = Role.OCOP_OFFICER


@desk_page(_OFFICE)
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that look alike and that nobody has judged, producers or products."""
    kind = pages.PRODUCTS if request.GET.get("xem") == pages.PRODUCTS else pages.PRODUCERS
    page = Paginator(pages.pairs_alike(kind), pages.PER_PAGE).get_page(request.GET.get("trang"))
    rows = pages.pair_rows(kind, page.object_list, on=timezone.localdate())
    return render(request, "desk/register/duplicates.html", {"page": page, "rows": rows, "kind": kind, "view": kind})


@desk_page(_OFFICE, methods=("GET", "HEAD"))
def merge_pick(request: HttpRequest) -> HttpResponse:
    """Two codes by hand, for a pair that nobody has pointed at."""
    form = MergePickForm(request.GET if "gop" in request.GET else None, initial={"giu": request.GET.get("giu", "")[:200]})
    status = 200
    if form.is_bound:
        status = UNFITTING
        if form.is_valid():
            try:
                return redirect(pages.address_of_two(request.actor, form.cleaned_data["giu"], form.cleaned_data["gop"]))
            except NotFitting as refusal:
                form.add_error(None, str(refusal))
    return render(request, "desk/register/merge_pick.html", {"form": form, "view": "hai-ma"}, status=status)


@desk_page(_OFFICE)
def merge(request: HttpRequest, kind: str, first: str, second: str) -> HttpResponse:
    """Both side by side, field by field; sending it takes the second into the first."""
    kept, merged = _two(request, kind, first, second)
    form = MergeForm(request.POST or None, kept=kept, merged=merged)
    who = {"actor": request.actor, "at": timezone.now()}

    def write(_data: dict) -> str:
        if isinstance(kept, Producer) and isinstance(merged, Producer):
            merge_producers(kept=kept, merged=merged, **form.decision(), **who)
        elif isinstance(kept, Product) and isinstance(merged, Product):
            merge_products(kept=kept, merged=merged, **form.decision(), **who)
        return reverse("desk:merges")

    return act(
        request,
        form,
        write,
        template="desk/register/merge.html",
        context=pages.merge_desk(kept, merged, on=timezone.localdate()),
        back=_list(kind),
        said=_("Đã gộp. Địa chỉ, mã và nhãn QR cũ dẫn tới trang giữ lại."),
        may=policies.can_merge(request.actor, kept, merged, timezone.localdate()),
    )


@desk_page(_OFFICE, methods=("POST",))
def distinct(request: HttpRequest, kind: str, first: str, second: str) -> HttpResponse:
    """The two are not one."""
    one, other = _two(request, kind, first, second)
    try:
        judge_distinct(actor=request.actor, one=one, other=other, at=timezone.now())
        messages.success(request, _("Đã ghi là hai bên khác nhau. Cặp này không hiện lại."))
    except Moved as moved:
        messages.warning(request, str(moved))
    return redirect(_list(kind))


@desk_page(_OFFICE, methods=("POST",))
def reconsider(request: HttpRequest, kind: str, first: str, second: str) -> HttpResponse:
    """Perhaps they are: the pair is in the list again."""
    pair = distinct_pair_of(*_two(request, kind, first, second))
    if pair is None:
        raise Http404
    try:
        reconsider_pair(actor=request.actor, pair=pair, at=timezone.now())
        messages.success(request, _("Cặp này lại có trong danh sách cần xem."))
    except Moved as moved:
        messages.warning(request, str(moved))
    return redirect("desk:distinct_pairs")


@desk_page(_OFFICE)
def merged(request: HttpRequest) -> HttpResponse:
    """What was merged, and where it is parted again."""
    page = Paginator(merges(), pages.PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/register/merges.html", {"page": page, "rows": pages.merge_rows(page.object_list), "view": "da-gop"})


@desk_page(_OFFICE)
def not_one(request: HttpRequest) -> HttpResponse:
    """What somebody has looked at and found to be two."""
    page = Paginator(distinct_pairs(), pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "rows": pages.distinct_rows(page.object_list), "view": "khac-nhau"}
    return render(request, "desk/register/distinct.html", context)


@desk_page(_OFFICE)
def part(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take a merge back, with a reason."""
    found = merge_of_producer(code) if kind == pages.PRODUCERS else merge_of_product(code) if kind == pages.PRODUCTS else None
    if found is None:
        raise Http404
    lead = _("Mọi thứ đã chuyển sẽ trở về, trang cũ hiện lại. Những gì ghi thêm sau khi gộp ở lại với bên giữ.")
    return act(
        request,
        UnmergeForm(request.POST or None),
        lambda data: unmerge(actor=request.actor, merge=found, at=timezone.now(), **data) and None,
        template="desk/register/form.html",
        context={
            "title": _("Tách “%(name)s”") % {"name": found.merged_producer or found.merged_product},
            "about": _("Đã gộp"),
            "lead": lead,
        },
        back=reverse("desk:merges"),
        said=_("Đã tách. Trang cũ hiện lại."),
        may=policies.can_merge_at_all(request.actor),
    )


def _two(request: HttpRequest, kind: str, first: str, second: str) -> tuple[Producer, Producer] | tuple[Product, Product]:
    two = pages.two_of(request.actor, kind, first, second)
    if two is None:
        raise Http404
    return two


def _list(kind: str) -> str:
    return reverse("desk:duplicates") + (f"?xem={kind}" if kind == pages.PRODUCTS else "")
