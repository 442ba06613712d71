"""Looking people up, giving and ending mandates, the assisted reset, ending an account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.verdict import Verdict
from ocop.people import policies
from ocop.people.actions import MandateMoved, deactivate_user, end_mandate, grant_mandate, issue_assisted_reset, reactivate_user
from ocop.people.enums import Role
from ocop.records.actions import record_access, take_token
from ocop.web.desk.people import pages
from ocop.web.desk.people.forms import AssistedResetForm, GrantForm, ReasonForm
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import counts

_LOOK_UP = (Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.COMMUNE_OFFICER, Role.INSPECTOR)
_KEEP = (Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)


def demand(verdict: Verdict) -> None:
    """403 with the policy's sentence."""
    if not verdict:
        raise PermissionDenied(verdict.reason)


@desk_page(*_LOOK_UP, menu=gettext_lazy("Người dùng"), menu_place=80)
def people(request: HttpRequest) -> HttpResponse:
    """People of the offices and producers the actor looks after; found by name, office or producer."""
    demand(policies.can_list_people(request.actor))
    text = request.GET.get("q", "")[:100]
    found = pages.people_seen_by(request.actor, localdate(), text)
    page = Paginator(found, pages.PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "rows": pages.people_rows(page), "text": text, "can_invite": request.actor.role in _KEEP}
    return render(request, "desk/people/people.html", context)


@desk_page(*_LOOK_UP)
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person: how to reach them (the look is logged), what they act as, and what may be done."""
    actor, on = request.actor, localdate()
    found = pages.person_or_404(actor, code, on)
    if actor.user_id != found.pk:
        record_access(actor=actor, event="user.read", subject=f"user:{found.pk}", fields=["email", "phone"], at=timezone.now())
    place = pages.unit_of_person(found, on, actor.unit_key)
    context = {
        "person": found,
        "phone": pages.address_in_words(found.phone),
        "rows": pages.mandate_rows(actor, found, on),
        "can_grant": actor.role in _KEEP and actor.user_id != found.pk and found.is_active,
        "can_reset": policies.can_issue_reset(actor, user=found, on=on, unit_key=place),
        "can_deactivate": policies.can_deactivate(actor, user=found),
        "can_reactivate": policies.can_reactivate(actor, user=found),
        "is_factor_keeper": actor.role in policies.FACTOR_ROLES and actor.user_id != found.pk,
        "is_keeper": actor.role == Role.COMMUNE_OFFICER,
        "is_admin": actor.role == Role.ADMINISTRATOR,
    }
    return render(request, "desk/people/person.html", context)


@desk_page(*_KEEP)
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person who has an account one more mandate."""
    actor, on = request.actor, localdate()
    found = pages.person_or_404(actor, code, on)
    form = GrantForm(request.POST or None, initial={"valid_from": on}, **pages.place_choices(actor, on))
    if request.method == "POST" and form.is_valid():
        place, begins = form.place(), form.cleaned_data["valid_from"]
        unit_key = pages.unit_of_place(place)
        demand(policies.can_grant(actor, user=found, role=place["role"], unit_key=unit_key))
        try:
            grant_mandate(actor=actor, user=found, valid_from=begins, at=timezone.now(), unit_key=unit_key, **place)
        except MandateMoved as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("desk:person", code)
    return render(request, "desk/people/grant.html", {"form": form, "person": found})


@desk_page(*_KEEP)
def end(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """End one mandate from today on, with the reason the person will read."""
    actor, on = request.actor, localdate()
    found = pages.person_or_404(actor, code, on)
    row = next((row for row in pages.mandate_rows(actor, found, on) if row.n == n), None)
    if row is None:
        raise Http404
    demand(row.can_end)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, unit_key = form.cleaned_data["reason"], pages.unit_of(row.mandate)
        try:
            end_mandate(actor=actor, mandate=row.mandate, on=on, reason=reason, at=timezone.now(), unit_key=unit_key)
        except MandateMoved as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Vai trò đã kết thúc từ hôm nay."))
        return redirect("desk:person", code)
    return render(request, "desk/people/end.html", {"form": form, "person": found, "row": row})


@desk_page(Role.COMMUNE_OFFICER)
@counts("assisted_reset")
def assisted_reset(request: HttpRequest, code: str) -> HttpResponse:
    """A one-time code for somebody the officer sees in person; shown once, on this answer."""
    actor, on, at = request.actor, localdate(), timezone.now()
    found = pages.person_or_404(actor, code, on)
    unit_key = pages.unit_of_person(found, on, actor.unit_key)
    demand(policies.can_issue_reset(actor, user=found, on=on, unit_key=unit_key))
    form = AssistedResetForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/people/assisted_reset.html", {"form": form, "person": found})
    demand(take_token(limit="assisted_reset", key=f"user:{actor.user_id}", at=at))
    seen = form.cleaned_data["identity_seen"]
    one_time = issue_assisted_reset(actor=actor, user=found, identity_seen=seen, at=at, unit_key=unit_key)
    return render(request, "desk/people/code_shown.html", {"person": found, "one_time": one_time})


@desk_page(Role.ADMINISTRATOR)
def deactivate(request: HttpRequest, code: str) -> HttpResponse:
    """Nobody signs in with this account any more."""
    found = pages.person_or_404(request.actor, code, localdate())
    demand(policies.can_deactivate(request.actor, user=found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deactivate_user(actor=request.actor, user=found, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("Tài khoản đã ngừng hoạt động. Mọi phiên đăng nhập đã kết thúc."))
        return redirect("desk:person", code)
    return render(request, "desk/people/deactivate.html", {"form": form, "person": found})


@desk_page(Role.ADMINISTRATOR)
def reactivate(request: HttpRequest, code: str) -> HttpResponse:
    """An account that was ended works again."""
    found = pages.person_or_404(request.actor, code, localdate())
    demand(policies.can_reactivate(request.actor, user=found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reactivate_user(actor=request.actor, user=found, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("Tài khoản hoạt động trở lại. Người này đăng nhập bằng mật khẩu cũ hoặc đặt mật khẩu mới."))
        return redirect("desk:person", code)
    return render(request, "desk/people/reactivate.html", {"form": form, "person": found})
