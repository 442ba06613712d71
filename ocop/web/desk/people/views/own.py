"""One's own account: which hat, which data, which factors."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.people import policies, queries
from ocop.people.actions import AddressTaken, choose_hat, update_profile
from ocop.web.desk.people.forms import ProfileForm
from ocop.web.desk.people.pages import place_of
from ocop.web.kit.gates import desk_page
from ocop.web.kit.words import role_name


@desk_page()
def hats(request: HttpRequest) -> HttpResponse:
    """Under which mandate to act; the session keeps the choice and gets a new key."""
    mandates = queries.mandates_of(request.user, localdate())
    if request.method != "POST":
        rows = [(mandate, role_name(mandate.role), place_of(mandate)) for mandate in mandates]
        return render(request, "desk/people/hats.html", {"rows": rows})
    asked = request.POST.get("mandate", "")
    mandate = mandates.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    if mandate is None:
        raise Http404
    worn = choose_hat(actor=request.actor, user=request.user, mandate=mandate, at=timezone.now())
    request.session["mandate_id"] = worn.mandate_id
    request.session.cycle_key()
    messages.success(request, _("Bạn đang làm việc với vai trò %(role)s.") % {"role": role_name(worn.role)})
    return redirect("desk:home")


@desk_page()
@reauthentication_required(allow_get=True)
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, wishes; and the doors to password, e-mail, factors, sessions. A change asks for the password again."""
    user = request.user
    initial = {"full_name": user.full_name, "phone": user.phone, "wants_email": user.wants_email}
    form = ProfileForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            update_profile(actor=request.actor, user=user, at=timezone.now(), **form.cleaned_data)
        except AddressTaken as error:
            form.add_error("phone", str(error))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk:profile")
    has_factor = queries.has_second_factor(user)
    is_needed = policies.needs_second_factor(user, localdate())
    return render(request, "desk/people/profile.html", {"form": form, "has_factor": has_factor, "is_factor_needed": is_needed})
