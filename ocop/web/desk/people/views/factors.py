"""An official who lost the second factor: one officer asks here, another decides here."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.people import policies, queries
from ocop.people.actions import FactorResetMoved, approve_factor_reset, ask_factor_reset, refuse_factor_reset
from ocop.people.enums import Role
from ocop.web.desk.people import pages
from ocop.web.desk.people.forms import FactorResetForm
from ocop.web.desk.people.views.people import demand
from ocop.web.kit.errors import conflict
from ocop.web.kit.gates import desk_page


@desk_page(Role.ADMINISTRATOR, Role.OCOP_OFFICER)
def factor_reset(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the removal, or see what was asked and who must decide."""
    actor, at = request.actor, timezone.now()
    found = pages.person_or_404(actor, code, localdate())
    can_ask = policies.can_ask_factor_reset(actor, user=found, at=at)
    form = FactorResetForm(request.POST or None)
    if request.method == "POST":
        demand(can_ask)
        if form.is_valid():
            ask_factor_reset(actor=actor, user=found, at=at, **form.cleaned_data)
            messages.success(request, _("Đã gửi yêu cầu. Một người khác phải duyệt trong 24 giờ."))
            return redirect("desk:factor_reset", code)
    context = {"person": found, "form": form, "can_ask": can_ask, **pages.factor_reset_state(actor, found, at)}
    return render(request, "desk/people/factor_reset.html", context)


@desk_page(Role.ADMINISTRATOR, Role.OCOP_OFFICER, methods=("POST",))
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The second pair of eyes: yes or no."""
    actor, at = request.actor, timezone.now()
    found = pages.person_or_404(actor, code, localdate())
    reset = queries.open_factor_reset(found, at)
    if reset is None:
        raise Http404
    is_approved = "approve" in request.POST
    may = policies.can_approve_factor_reset if is_approved else policies.can_refuse_factor_reset
    demand(may(actor, reset=reset, at=at))
    do = approve_factor_reset if is_approved else refuse_factor_reset
    try:
        do(actor=actor, reset=reset, at=at)
    except FactorResetMoved as moved:
        return conflict(request, what=str(moved), back=reverse("desk:person", args=[code]))
    said = _("Đã gỡ bảo mật hai lớp và kết thúc mọi phiên đăng nhập.") if is_approved else _("Đã bác yêu cầu.")
    messages.success(request, said)
    return redirect("desk:person", code)
