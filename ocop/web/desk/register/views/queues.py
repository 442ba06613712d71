"""What the public and would-be keepers ask of officers: reports and claims."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.actions import (
    Moved,
    NotFitting,
    approve_claim,
    close_report,
    read_reporter,
    refuse_claim,
    request_claim,
    take_report,
)
from ocop.register.models import ProducerClaim, Report
from ocop.register.queries import claims_visible_to, reports_visible_to
from ocop.web.desk.register import pages
from ocop.web.desk.register.forms.producers import ClaimForm, RefusalForm
from ocop.web.desk.register.forms.stars import CloseReportForm
from ocop.web.desk.register.views.acting import act
from ocop.web.desk.register.views.products import OFFICERS
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import counts


@desk_page(*OFFICERS, Role.INSPECTOR, menu=gettext_lazy("Báo cáo của dân"), menu_place=40)
def reports(request: HttpRequest) -> HttpResponse:
    """Reports of misuse and error, the open ones first."""
    rows = pages.reports_in_order(reports_visible_to(request.actor), request.GET.get("xem", ""))
    page = Paginator(rows, pages.PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/register/reports.html", {"page": page, "view": request.GET.get("xem", ""), "today": timezone.localdate()})


@desk_page(*OFFICERS, Role.INSPECTOR)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One report: what was said, what was done, and its end."""
    found, actor = _report(request, code), request.actor
    return act(
        request,
        CloseReportForm(request.POST or None),
        lambda data: close_report(actor=actor, report=found, at=timezone.now(), **data),
        template="desk/register/report.html",
        context=pages.report_desk(actor, found),
        back=reverse("desk:report", args=[found.code]),
        said=_("Đã đóng báo cáo. Người báo đọc được kết quả bằng mã của họ."),
        may=pages.may_answer(actor, found) if request.method == "POST" else None,
    )


@desk_page(*OFFICERS, methods=("POST",))
def report_take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a report in hand; two officers at once: one has it, the other is told."""
    try:
        take_report(actor=request.actor, report=_report(request, code), at=timezone.now())
        messages.success(request, _("Bạn đã nhận xử lý báo cáo này."))
    except Moved as moved:
        messages.warning(request, str(moved))
    return redirect("desk:report", code)


@desk_page(*OFFICERS, methods=("POST",))
def reporter(request: HttpRequest, code: str) -> HttpResponse:
    """How to reach who reported; each showing is logged."""
    found = _report(request, code)
    contact = read_reporter(actor=request.actor, report=found, at=timezone.now())
    return render(request, "desk/register/reporter.html", {"report": found, "contact": contact})


@desk_page(*OFFICERS, menu=gettext_lazy("Yêu cầu giữ trang"), menu_place=50)
def claims(request: HttpRequest) -> HttpResponse:
    """Who asks to keep a producer's pages."""
    rows = claims_visible_to(request.actor).exclude(user_id=request.actor.user_id)
    page = Paginator(rows, pages.PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/register/claims.html", {"page": page, "rows": pages.claim_rows(page.object_list)})


@desk_page(*OFFICERS)
def claim(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Decide one: the button approves, the form refuses with a reason."""
    found, actor, at = _claim(request, code, n), request.actor, timezone.now()
    approves = "approve" in request.POST
    if approves and policies.can_decide_claim(actor, found):
        try:
            approve_claim(actor=actor, claim=found, at=at)
            messages.success(request, _("Đã đồng ý. Người này sửa được trang của chủ thể từ hôm nay."))
        except (Moved, NotFitting) as refusal:
            messages.warning(request, str(refusal))
        return redirect("desk:claims")
    return act(
        request,
        RefusalForm(request.POST or None),
        lambda data: refuse_claim(actor=actor, claim=found, reason=data["reason"], at=at),
        template="desk/register/claim.html",
        context={"claim": found},
        back=reverse("desk:claims"),
        said=_("Đã từ chối và báo lý do."),
        may=policies.can_decide_claim(actor, found),
    )


@desk_page()
@counts("claim")
def claim_new(request: HttpRequest) -> HttpResponse:
    """Ask to keep a producer's pages; an officer of its commune answers."""
    actor = request.actor

    def write(data: dict) -> None:
        producer = pages.producer_typed(data["producer"])
        request_claim(actor=actor, producer=producer, relation=data["relation"], at=timezone.now())

    return act(
        request,
        ClaimForm(request.POST or None, initial={"producer": request.GET.get("chu-the", "")[:80]}),
        write,
        template="desk/register/claim_new.html",
        context={"own": pages.own_claims(actor)},
        back=reverse("desk:claim_new"),
        said=_("Đã gửi. Cán bộ xã sẽ trả lời; kết quả hiện ở Việc của tôi."),
        limit="claim",
    )


def _report(request: HttpRequest, code: str) -> Report:
    found = reports_visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _claim(request: HttpRequest, code: str, n: int) -> ProducerClaim:
    """The n-th claim on a producer, in the order they came."""
    rows = list(claims_visible_to(request.actor).filter(producer__code=code).order_by("requested_at", "pk"))
    if not 1 <= n <= len(rows):
        raise Http404
    return rows[n - 1]
