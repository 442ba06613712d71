"""Open pages that lead to an account: an invitation's link, and the code an officer handed over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from ocop.core.actor import VISITOR
from ocop.people import policies, queries
from ocop.people.actions import AddressTaken, CodeRefused, InvitationClosed, accept_invitation, use_assisted_reset
from ocop.people.models import Invitation, User
from ocop.records.actions import take_token
from ocop.web.desk.people import pages
from ocop.web.desk.people.forms import AcceptForm, AssistedResetUseForm
from ocop.web.desk.people.lockout import client_ip
from ocop.web.kit.gates import open_page
from ocop.web.kit.limits import counts
from ocop.web.kit.words import role_name


@open_page
@counts("invitation")
@sensitive_post_parameters("password1", "password2")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation with the account signed in, or open one."""
    at = timezone.now()
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Http404
    verdict = policies.can_accept_invitation(invitation, at=at)
    form = AcceptForm(request.POST or None, judged=_judged(invitation))
    context = {"invitation": invitation, "role": role_name(invitation.role), "place": pages.place_of(invitation), "form": form}
    context["address"] = pages.address_in_words(invitation.address)
    if not verdict:
        return render(request, "desk/people/invitation_closed.html", {**context, "reason": verdict.reason}, status=410)
    user = request.user if request.user.is_authenticated else None
    context["has_account"] = user is None and queries.user_with_address(invitation.address) is not None
    if request.method == "POST" and (user or form.is_valid()) and (refusal := _accept(request, invitation, user, form)) is not None:
        return refusal
    return render(request, "desk/people/invitation_accept.html", context)


def _accept(request: HttpRequest, invitation: Invitation, user: User | None, form: AcceptForm) -> HttpResponse | None:
    """The redirect after the act; None shows the form again with what stood in the way."""
    at = timezone.now()
    password = "" if user else form.cleaned_data["password1"]
    limit = take_token(limit="invitation", key=f"ip:{client_ip(request)}", at=at)
    try:
        if not limit:
            raise InvitationClosed(limit.reason)
        accept_invitation(actor=request.actor, invitation=invitation, at=at, user=user, password=password)
    except (AddressTaken, InvitationClosed) as error:
        messages.error(request, str(error))
        return None
    if user:
        messages.success(request, _("Bạn đã nhận vai trò mới. Chọn vai trò để bắt đầu."))
        return redirect("desk:hats")
    messages.success(request, _("Tài khoản đã mở. Mời bạn đăng nhập."))
    return redirect("account_login")


def _judged(invitation: Invitation) -> User:
    """The person as the password rules see them before the account exists."""
    address = {"email" if "@" in invitation.address else "phone": invitation.address}
    judged = User(full_name=invitation.full_name, **address)
    judged.expected_roles = frozenset({invitation.role})
    return judged


@open_page
@counts("assisted_reset")
@sensitive_post_parameters("code", "password1", "password2")
def assisted_reset_use(request: HttpRequest) -> HttpResponse:
    """A new password with the officer's code. Sign-in follows, with the second factor if there is one."""
    at = timezone.now()
    form = AssistedResetUseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        limit = take_token(limit="assisted_reset", key=f"ip:{client_ip(request)}", at=at)
        try:
            if not limit:
                raise CodeRefused(limit.reason)
            use_assisted_reset(actor=VISITOR, login=data["login"], code=data["code"], password=data["password1"], at=at)
        except CodeRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã đặt mật khẩu mới. Mời bạn đăng nhập."))
            return redirect("account_login")
    return render(request, "desk/people/assisted_reset_use.html", {"form": form})
