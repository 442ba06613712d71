"""Invitations from the officer's side: send, see, withdraw."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.people import policies, queries
from ocop.people.actions import InvitationClosed, invite_person, revoke_invitation
from ocop.people.enums import Role
from ocop.records.actions import take_token
from ocop.web.desk.people import pages
from ocop.web.desk.people.forms import InviteForm
from ocop.web.desk.people.views.people import demand
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import counts
from ocop.web.kit.words import role_name

_SENDERS = (Role.ADMINISTRATOR, Role.OCOP_OFFICER, Role.COMMUNE_OFFICER)


@desk_page(*_SENDERS, Role.INSPECTOR)
def invitations(request: HttpRequest) -> HttpResponse:
    """Sent invitations, the newest first, each with its state."""
    at = timezone.now()
    page = Paginator(queries.invitations_visible_to(request.actor), pages.PER_PAGE).get_page(request.GET.get("trang"))
    rows = [
        (
            invitation,
            role_name(invitation.role),
            pages.place_of(invitation),
            queries.invitation_is_open(invitation, at),
            policies.can_revoke_invitation(request.actor, invitation=invitation, at=at),
        )
        for invitation in page
    ]
    can_invite = request.actor.role in _SENDERS
    return render(request, "desk/people/invitations.html", {"page": page, "rows": rows, "can_invite": can_invite})


@desk_page(*_SENDERS)
@counts("invitation")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to open an account under one mandate. An e-mail carries the link; for a phone it is shown here, once."""
    actor, at = request.actor, timezone.now()
    form = InviteForm(request.POST or None, **pages.place_choices(actor, localdate()))
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/people/invite.html", {"form": form})
    place = form.place()
    unit_key = pages.unit_of_place(place)
    demand(policies.can_invite(actor, role=place["role"], unit_key=unit_key))
    demand(take_token(limit="invitation", key=f"user:{actor.user_id}", at=at))
    who = {"address": form.cleaned_data["address"], "full_name": form.cleaned_data["full_name"]}
    sent = invite_person(actor=actor, at=at, link=_link("{token}"), unit_key=unit_key, **who, **place)
    if "@" in who["address"]:
        messages.success(request, _("Đã gửi lời mời qua thư điện tử."))
        return redirect("desk:invitations")
    return render(request, "desk/people/link_shown.html", {"invitation": sent.invitation, "link": _link(sent.token)})


def _link(token: str) -> str:
    path = reverse("desk:invitation_accept", args=["TOKEN"])
    return f"{settings.SITE_URL}{path.replace('TOKEN', token)}"


@desk_page(*_SENDERS, methods=("POST",))
def invitation_revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Take an invitation back."""
    invitation = queries.invitations_visible_to(request.actor).filter(code=code).first()
    if invitation is None:
        raise Http404
    at = timezone.now()
    demand(policies.can_revoke_invitation(request.actor, invitation=invitation, at=at))
    try:
        revoke_invitation(actor=request.actor, invitation=invitation, at=at)
    except InvitationClosed as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã rút lời mời."))
    return redirect("desk:invitations")
