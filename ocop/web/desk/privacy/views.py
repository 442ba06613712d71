"""Requests about personal data: taken, answered, carried out. Who asks is shown on asking, and each showing is logged."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.people.actions.refusal import demand
from ocop.people.enums import Role
from ocop.privacy import policies, queries
from ocop.privacy.actions import (
    RequestMoved,
    answer_request,
    close_request,
    erase_person,
    export_person,
    read_requester,
    take_request,
)
from ocop.privacy.models import DataRequest
from ocop.web.desk.privacy import pages
from ocop.web.desk.privacy.forms import EraseForm, OutcomeForm, RequestForm
from ocop.web.desk.register.views.acting import act
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import limited

_TAKERS = (Role.ADMINISTRATOR, Role.OCOP_OFFICER)


@desk_page(*_TAKERS, methods=("GET", "HEAD"))
def requests(request: HttpRequest) -> HttpResponse:
    """The open ones, the nearest end first; with `?xem=xong` the closed ones."""
    is_done = request.GET.get("xem") == "xong"
    found = queries.requests_visible_to(request.actor)
    rows = found.exclude(state__in=queries.OPEN).order_by("-closed_at", "-pk") if is_done else queries.requests_waiting(request.actor)
    page = Paginator(rows, pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "rows": [pages.row_of(row, timezone.localdate()) for row in page], "is_done": is_done}
    return render(request, "desk/privacy/requests.html", context)


@desk_page(*_TAKERS)
def request_new(request: HttpRequest) -> HttpResponse:
    """Write one down; its clocks run from the day it came."""
    actor = request.actor

    def write(data: dict) -> str:
        taken = take_request(actor=actor, at=timezone.now(), **data)
        return reverse("desk:data_request", args=[taken.code])

    return act(
        request,
        RequestForm(request.POST or None, initial={"received_on": timezone.localdate()}),
        write,
        template="desk/register/form.html",
        context={
            "title": _("Ghi yêu cầu mới"),
            "about": _("Dữ liệu cá nhân"),
            "lead": _("Trả lời trong 2 ngày làm việc, làm xong trong 15 ngày (Nghị định 356/2025/NĐ-CP)."),
        },
        back=reverse("desk:data_requests"),
        said=_("Đã ghi yêu cầu. Các hạn đã bắt đầu tính."),
    )


@desk_page(*_TAKERS, methods=("GET", "HEAD"))
def request_page(request: HttpRequest, code: str) -> HttpResponse:
    """One request: clocks, what is held by kind, and what may be done."""
    found = _request(request, code)
    return render(request, "desk/privacy/request.html", pages.request_desk(request.actor, found, timezone.localdate()))


@desk_page(*_TAKERS, methods=("POST",))
def requester(request: HttpRequest, code: str) -> HttpResponse:
    """Who asks and how to reach them; each showing is logged."""
    found = read_requester(actor=request.actor, request=_request(request, code), at=timezone.now())
    return render(request, "desk/privacy/requester.html", {"request_": found})


@desk_page(*_TAKERS, methods=("POST",))
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The person has been told what will be done."""
    try:
        answer_request(actor=request.actor, request=_request(request, code), at=timezone.now())
    except RequestMoved as moved:
        messages.warning(request, str(moved))
    else:
        messages.success(request, _("Đã ghi: người yêu cầu đã được trả lời."))
    return redirect("desk:data_request", code)


@desk_page(Role.ADMINISTRATOR, methods=("POST",))
@limited("export")
def copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything held of the person, as a ZIP."""
    found, at = _request(request, code), timezone.now()
    demand(policies.can_carry_out(request.actor, found))
    target = TemporaryFile()  # noqa: SIM115 (the answer closes it when it is sent)
    export_person(actor=request.actor, keys=queries.keys_of(found), at=at, target=target, request=found)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"du-lieu-{found.code}.zip")


@desk_page(Role.ADMINISTRATOR)
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """The second look: what goes, what is made nameless, what stays; then it is done."""
    found, actor, on = _request(request, code), request.actor, timezone.localdate()
    back = reverse("desk:data_request", args=[found.code])
    return act(
        request,
        EraseForm(request.POST or None),
        lambda data: erase_person(actor=actor, keys=queries.keys_of(found), at=timezone.now(), request=found),
        template="desk/privacy/erase.html",
        context={"request_": found, "held": pages.held_of(found)},
        back=back,
        said=_("Đã xóa. Phần pháp luật yêu cầu giữ không còn nhận ra được người."),
        may=pages.may_erase(actor, found, on),
    )


@desk_page(Role.ADMINISTRATOR)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """The end of a request, with the sentence the person is told."""
    found, actor = _request(request, code), request.actor
    return act(
        request,
        OutcomeForm(request.POST or None, kind=found.kind),
        lambda data: close_request(actor=actor, request=found, at=timezone.now(), **data),
        template="desk/register/form.html",
        context={"title": _("Đóng yêu cầu"), "about": found.code, "lead": _("Người yêu cầu được báo câu bạn ghi ở đây.")},
        back=reverse("desk:data_request", args=[found.code]),
        said=_("Đã đóng yêu cầu."),
        may=policies.can_carry_out(actor, found),
    )


def _request(request: HttpRequest, code: str) -> DataRequest:
    found = queries.requests_visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found
