"""Renewals: the queue, one star's renewal, what is written down about it, letters in batch, the calendar."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.papers.sheets import xlsx
from ocop.people.actions.refusal import demand
from ocop.people.enums import Role
from ocop.records.actions import take_token
from ocop.register import policies
from ocop.register.actions import (
    NotFitting,
    correct_filing,
    decide_late,
    draft_letters,
    record_filing,
    record_refusal,
)
from ocop.register.queries import Renewal, renewal_of
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.renewals import FilingForm, LateForm, LettersForm, RefusedForm
from ocop.web.desk.register.views.acting import TOO_MANY, UNFITTING, act, product_or_404
from ocop.web.desk.register.views.products import KEEPERS, OFFICERS
from ocop.web.kit.gates import desk_page

_TEMPLATE = "desk/register/star_form.html"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page(*OFFICERS, menu=gettext_lazy("Đánh giá lại"), menu_place=32)
def renewals(request: HttpRequest) -> HttpResponse:
    """Every star that ends soon, has ended or runs on, by stage; a commune sees its own and who has not filed."""
    on, choice = timezone.localdate(), pages.RenewalChoice.read(request.GET)
    queue = pages.renewal_queue(request.actor, choice, on=on)
    page = Paginator(queue.rows, pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "rows": pages.renewal_rows(page.object_list), "queue": queue, "choice": choice}
    return render(request, "desk/register/renewals.html", {**context, "is_office": request.actor.role == Role.OCOP_OFFICER})


@desk_page(*OFFICERS, methods=("GET", "HEAD"))
def renewals_xlsx(request: HttpRequest) -> HttpResponse:
    """The queue as chosen, as a spreadsheet."""
    on = timezone.localdate()
    demand(take_token(limit="export", key=f"user:{request.actor.user_id}", at=timezone.now()))
    queue = pages.renewal_queue(request.actor, pages.RenewalChoice.read(request.GET), on=on)
    content = xlsx(pages.renewals_sheet(on), pages.renewals_cells(queue.rows))
    return _download(content, _XLSX, f"danh-gia-lai-{on.isoformat()}.xlsx")


@desk_page(*KEEPERS)
def renewal(request: HttpRequest, code: str) -> HttpResponse:
    """One star's renewal: its days, its dossier, who was called, what the star is used for."""
    found = product_or_404(request, code)
    if found.public_id != code:
        return redirect("desk:renewal", found.public_id)
    demand(pages.may_open(request.actor, found))
    return render(request, "desk/register/renewal.html", pages.renewal_desk(request.actor, found, on=timezone.localdate()))


@desk_page(*OFFICERS)
def renewal_file(request: HttpRequest, code: str) -> HttpResponse:
    """A dossier of re-evaluation was handed in, or its day or receipt was typed wrongly."""
    row, actor = _renewal(request, code), request.actor
    filing = row.filing
    known = {"filed_on": filing.filed_on, "receipt": filing.receipt} if filing else {"filed_on": timezone.localdate()}

    def write(data: dict) -> None:
        if filing is not None:
            correct_filing(actor=actor, filing=filing, at=timezone.now(), **data)
        else:
            record_filing(actor=actor, recognition=row.recognition, at=timezone.now(), **data)

    return act(
        request,
        FilingForm(request.POST or None, initial=known),
        write,
        template=_TEMPLATE,
        **_about(row, _("Ghi hồ sơ đánh giá lại"), _("Đã ghi hồ sơ.")),
        may=policies.can_record_filing(actor, row.recognition),
    )


@desk_page(Role.OCOP_OFFICER)
def renewal_decide(request: HttpRequest, code: str) -> HttpResponse:
    """The window was missed: the certificate runs out, or on (Art. 12.3)."""
    row, actor = _renewal(request, code), request.actor

    def write(data: dict) -> None:
        last_day = data.pop("last_day")
        until = last_day + timedelta(days=1) if last_day else None
        decide_late(actor=actor, recognition=row.recognition, extended_until=until, at=timezone.now(), **data)

    return act(
        request,
        LateForm(request.POST or None),
        write,
        template=_TEMPLATE,
        **_about(row, _("Quyết định trường hợp lỡ hạn"), _("Đã ghi quyết định.")),
        may=policies.can_decide_late(actor, row.recognition, row.stage),
    )


@desk_page(Role.OCOP_OFFICER)
def renewal_refused(request: HttpRequest, code: str) -> HttpResponse:
    """The re-evaluation gave no star; an extension ends by it."""
    row, actor = _renewal(request, code), request.actor
    return act(
        request,
        RefusedForm(request.POST or None, initial={"decided_on": timezone.localdate()}),
        lambda data: record_refusal(actor=actor, recognition=row.recognition, at=timezone.now(), **data),
        template=_TEMPLATE,
        **_about(row, _("Ghi kết quả: không đạt"), _("Đã ghi kết quả.")),
        may=policies.can_record_refusal(actor, row.recognition),
    )


@desk_page(Role.OCOP_OFFICER)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters to makers or communes in one file, as drafts to be signed."""
    actor, on, at = request.actor, timezone.localdate(), timezone.now()
    demand(policies.can_write_letters(actor))
    chosen = {**pages.letter_head(actor, on), "stages": request.GET.getlist("gd") or ["open", "remind", "last_call"]}
    form, status = LettersForm(request.POST or None, initial=chosen), 200
    if request.method == "POST" and form.is_valid():
        said, status = form.cleaned_data, UNFITTING
        allowed = take_token(limit="pdf", key=f"user:{actor.user_id}", at=at)
        try:
            if allowed:
                who = pages.letter_recipients(actor, said["kind"], said["stages"], on=on)
                drafts = draft_letters(actor=actor, recipients=who, number=said["number"], dated_on=said["dated_on"], at=at)
                name = f"thu-danh-gia-lai-{on.isoformat()}.{said['file_kind']}"
                return _download(pages.letters_file(drafts, said), pages.CONTENT_TYPES[said["file_kind"]], name)
            form.add_error(None, allowed.reason)
            status = TOO_MANY
        except NotFitting as wrong:
            form.add_error(None, str(wrong))
    return render(request, "desk/register/letters.html", {"form": form}, status=status if status != 200 or not form.errors else UNFITTING)


def _about(row: Renewal, title: str, said: str) -> dict:
    """What every form about a renewal shows, and where it goes back to."""
    context = {"title": title, "row": row.recognition, **pages.product_head(row.product, on=timezone.localdate())}
    return {"context": context, "back": reverse("desk:renewal", args=[row.product.public_id]), "said": said}


def _renewal(request: HttpRequest, code: str) -> Renewal:
    """The renewal of this product's star, of a product the actor may know of."""
    found = renewal_of(product_or_404(request, code), timezone.localdate())
    if found is None:
        raise Http404
    return found


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
