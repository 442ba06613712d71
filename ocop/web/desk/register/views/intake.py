"""A whole register taken in from a spreadsheet: sent, read in the background, mended row by row, confirmed, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from ocop.core.verdict import Verdict
from ocop.people.actions.refusal import Refused, demand
from ocop.people.enums import Role
from ocop.register import jobs, rules
from ocop.register.actions import (
    IntakeChanged,
    Moved,
    NotFitting,
    choose_columns,
    confirm_intake,
    discard_intake,
    mend_cells,
    read_first_rows,
    read_intake_row,
    reread_intake,
    start_intake,
    take_back_intake,
)
from ocop.register.enums import IntakeState
from ocop.register.models import IntakeBatch
from ocop.register.queries import UNDER_WAY, intakes_visible_to
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.intake import ColumnsForm, HeaderForm, IntakeUploadForm, RowForm
from ocop.web.desk.register.pages import intake as shown
from ocop.web.desk.register.pages.intake_columns import head_of
from ocop.web.desk.register.views.acting import TAKEN, UNFITTING, act
from ocop.web.kit.errors import conflict
from ocop.web.kit.gates import desk_page


@desk_page(Role.OCOP_OFFICER, menu=gettext_lazy("Nhập sổ"), menu_place=35)
def intakes(request: HttpRequest) -> HttpResponse:
    """The sheets sent so far, and a form for one more; a reader in the background takes it up at once."""

    def write(data: dict[str, Any]) -> str:
        batch = start_intake(actor=request.actor, at=timezone.now(), **data)
        jobs.read_intake.enqueue(batch.pk)
        return reverse("desk:intake", args=[batch.code])

    page = Paginator(intakes_visible_to(request.actor), pages.PER_PAGE).get_page(request.GET.get("trang"))
    return act(
        request,
        IntakeUploadForm(request.POST or None, request.FILES or None),
        write,
        template="desk/register/intakes.html",
        context={"page": page, "rows": shown.intake_list(page.object_list)},
        back=reverse("desk:intakes"),
        said=_("Đã nhận tệp."),
        limit="intake",
    )


@desk_page(Role.OCOP_OFFICER, methods=("GET", "HEAD"))
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet, as far as it is: being read, waiting for columns, its preview, or how it ended."""
    return render(
        request, "desk/register/intake.html", shown.intake_desk(request.actor, _batch(request, code), request.GET, timezone.now())
    )


@desk_page(Role.OCOP_OFFICER, methods=("GET", "HEAD"))
def intake_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the reader is, asked each second; when it has come to an end the whole page is loaded anew."""
    batch = _batch(request, code)
    if request.htmx and batch.state not in UNDER_WAY:
        return HttpResponseClientRefresh()
    return render(request, "desk/register/_intake_progress.html", {"batch": batch, "is_under_way": batch.state in UNDER_WAY})


@desk_page(Role.OCOP_OFFICER)
def intake_columns(request: HttpRequest, code: str) -> HttpResponse:
    """Which column holds what: asked when the headers say nothing we know, and remembered for the next sheet like it."""
    batch, actor = _batch(request, code), request.actor
    if closed := _closed(request, batch, shown.may_mend(actor, batch)):
        return closed
    try:
        tables = read_first_rows(actor=actor, batch=batch, at=timezone.now())
    except NotFitting as gone:
        return conflict(request, what=str(gone), back=reverse("desk:intakes"))
    head = head_of(batch, tables, request.GET)
    form = ColumnsForm(request.POST or None, columns=head.columns)

    def write(_data: dict[str, Any]) -> None:
        choose_columns(actor=actor, batch=batch, tab=head.tab, header_row=head.row, columns=form.chosen(), at=timezone.now())
        _read(batch)

    return act(
        request,
        form,
        write,
        template="desk/register/intake_columns.html",
        context={"batch": batch, "head": HeaderForm(initial={"bang": head.tab, "hang": head.row}, tabs=head.tabs, rows=head.rows)},
        back=reverse("desk:intake", args=[code]),
        said=_("Đã ghi nhớ cột nào ghi gì. Lần sau bảng cùng tiêu đề được đọc ngay."),
    )


@desk_page(Role.OCOP_OFFICER)
def intake_row(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """The cells of one row, to be mended; the sheet itself stays as it was sent."""
    batch, actor, at = _batch(request, code), request.actor, timezone.now()
    if closed := _closed(request, batch, shown.may_mend(actor, batch)):
        return closed
    row = read_intake_row(actor=actor, batch=batch, n=n, at=at)
    if row is None:
        raise Http404

    desk = shown.row_desk(row)
    form = RowForm(request.POST or None, cells=row.cells, fields=desk.fields, hints=desk.hints, remarked=desk.remarked)

    def write(_data: dict[str, Any]) -> None:
        mend_cells(actor=actor, batch=batch, n=n, values=form.values(), at=at)
        _read(batch)

    return act(
        request,
        form,
        write,
        template="desk/register/intake_row.html",
        context={"batch": batch, "line": desk},
        back=f"{reverse('desk:intake', args=[code])}?{shown.kept_filter(request.GET)}",
        said=_("Đã sửa dòng %(n)s.") % {"n": n},
    )


@desk_page(Role.OCOP_OFFICER)
def intake_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The exact numbers once more, then all rows in one transaction, or none."""
    batch, actor, back = _batch(request, code), request.actor, reverse("desk:intake", args=[code])
    if closed := _closed(request, batch, shown.may_confirm(actor, batch)):
        return closed
    page = {"batch": batch, "back": back, "totals": shown.totals(batch)}
    if request.method != "POST":
        return render(request, "desk/register/intake_confirm.html", page)
    try:
        confirm_intake(actor=actor, batch=batch, digest=request.POST.get("digest", ""), at=timezone.now())
    except IntakeChanged as changed:
        _read_anew(request, batch)
        return render(request, "desk/register/intake_changed.html", {**page, "changes": shown.changes(changed)}, status=TAKEN)
    except NotFitting as refusal:
        return render(request, "desk/register/intake_confirm.html", {**page, "refusal": str(refusal)}, status=UNFITTING)
    except Moved as moved:
        return conflict(request, what=str(moved), back=back)
    messages.success(request, _("Đã ghi vào sổ. Có thể hoàn tác cả bảng trong 24 giờ."))
    return redirect(back)


@desk_page(Role.OCOP_OFFICER)
def intake_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take a confirmed sheet back as a whole; asked once more, since it leaves the public pages too."""
    batch, actor, at = _batch(request, code), request.actor, timezone.now()
    page = {"batch": batch, "back": reverse("desk:intake", args=[code]), **shown.intake_acts(actor, batch, at)}
    if batch.state != IntakeState.UNDONE:  # one that was undone meanwhile is 409, all others were never to be undone from here
        demand(page["may_undo"])
    if closed := _closed(request, batch, page["may_undo"]):
        return closed
    if request.method != "POST":
        return render(request, "desk/register/intake_undo.html", page)
    try:
        take_back_intake(actor=actor, batch=batch, at=at)
    except (NotFitting, Moved) as refusal:
        return render(request, "desk/register/intake_undo.html", {**page, "refusal": str(refusal)}, status=TAKEN)
    messages.success(request, _("Đã hoàn tác. Sổ đăng ký trở lại như trước khi ghi bảng này."))
    return redirect(page["back"])


@desk_page(Role.OCOP_OFFICER, methods=("POST",))
def intake_reread(request: HttpRequest, code: str) -> HttpResponse:
    """Judge the sheet against the register as it is now; also the first step of taking an undone one in again."""
    return _simply(request, code, lambda batch: _read_anew(request, batch), _("Đã đọc lại bảng theo sổ đăng ký hiện nay."))


@desk_page(Role.OCOP_OFFICER, methods=("POST",))
def intake_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Put a sheet aside that will not be taken in."""
    return _simply(request, code, lambda batch: discard_intake(actor=request.actor, batch=batch, at=timezone.now()), _("Đã bỏ bảng này."))


def _simply(request: HttpRequest, code: str, do: Callable[[IntakeBatch], object], said: str) -> HttpResponse:
    """One press of a button without a form."""
    try:
        do(_batch(request, code))
        messages.success(request, said)
    except (Moved, NotFitting, Refused) as refusal:
        messages.warning(request, str(refusal))
    return redirect("desk:intake", code)


def _batch(request: HttpRequest, code: str) -> IntakeBatch:
    found = intakes_visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _closed(request: HttpRequest, batch: IntakeBatch, verdict: Verdict) -> HttpResponse | None:
    """409 when the sheet moved on after this page's form was opened; 403 with the reason when the page is opened now."""
    if verdict:
        return None
    if request.method != "POST":
        demand(verdict)
    return conflict(request, what=verdict.reason, back=reverse("desk:intake", args=[batch.code]))


def _read(batch: IntakeBatch) -> None:
    """Judge a mended sheet anew: a small one at once, a long one in the background."""
    is_small = batch.rows_total is not None and batch.rows_total <= rules.READ_AT_ONCE
    (jobs.read_intake.call if is_small else jobs.read_intake.enqueue)(batch.pk)


def _read_anew(request: HttpRequest, batch: IntakeBatch) -> None:
    reread_intake(actor=request.actor, batch=batch, at=timezone.now())
    _read(batch)
