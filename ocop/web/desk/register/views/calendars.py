"""The calendar of an office's renewals: its address is made here and shown once; programs read it by that address alone."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.papers.calendars import calendar_ics
from ocop.people.actions.refusal import demand
from ocop.records.actions import take_token
from ocop.register import policies
from ocop.register.actions import NotFitting, make_feed, revoke_feed
from ocop.register.queries import feed_by_token, own_feed
from ocop.web.desk.register import pages
from ocop.web.desk.register.views.products import OFFICERS
from ocop.web.kit.gates import desk_page, public_page
from ocop.web.kit.peer import peer_address


@desk_page(*OFFICERS)
def calendar(request: HttpRequest) -> HttpResponse:
    """Make an address for one's own calendar program. The answer shows it this once."""
    demand(policies.can_subscribe(request.actor))
    address = ""
    if request.method == "POST":
        demand(take_token(limit="claim", key=f"calendar:{request.actor.user_id}", at=timezone.now()))
        token = make_feed(actor=request.actor, at=timezone.now())
        address = f"{settings.SITE_URL}{reverse('desk:calendar_feed', args=[token])}"
    return render(request, "desk/register/calendar.html", {"feed": own_feed(request.actor), "address": address})


@desk_page(*OFFICERS, methods=("POST",))
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """The address stops working at once."""
    try:
        revoke_feed(actor=request.actor, at=timezone.now())
    except NotFitting as nothing:
        messages.warning(request, str(nothing))
    else:
        messages.success(request, _("Địa chỉ lịch đã ngừng hoạt động."))
    return redirect("desk:renewal_calendar")


@public_page(params=(), kept=False)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever holds the address: no session, nothing personal."""
    allowed = take_token(limit="search", key=f"calendar:{peer_address(request)}", at=timezone.now())
    if not allowed:
        return HttpResponse(allowed.reason, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
    on, holder = timezone.localdate(), feed_by_token(token, timezone.localdate())
    if holder is None:
        raise Http404
    days = pages.calendar_days(holder.actor, on=on, site=settings.SITE_URL)
    name = _("Đánh giá lại OCOP: %(office)s") % {"office": holder.office_name}
    content = calendar_ics(days, name=name, host=urlsplit(settings.SITE_URL).hostname or "ocop", made_at=timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"})
