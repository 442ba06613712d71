""" "Việc của tôi": the home of everyone who signs in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ocop.records.actions import NoticeNotFound, read_notice
from ocop.web.desk.home import pages
from ocop.web.kit.gates import desk_page


@desk_page()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when, in order of deadline; and where to go from here."""
    on = timezone.localdate()
    return render(
        request,
        "desk/home/home.html",
        {"waiting": pages.waiting_for(request.actor, on=on), "errands": pages.errands_for(request.actor), "today": on},
    )


@desk_page(methods=("POST",))
def done(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Tick a notice off."""
    try:
        read_notice(actor=request.actor, notice_id=notice_id, at=timezone.now())
    except NoticeNotFound:
        raise Http404 from None
    return redirect("desk:home")
