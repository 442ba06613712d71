"""One's own tokens of the API: made and shown once, listed, taken back."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.people import queries
from ocop.people.actions import Refused, TokenClosed, create_api_token, revoke_api_token
from ocop.people.rules import API_ROLES
from ocop.records.actions import take_token
from ocop.web.desk.people.forms import TokenForm
from ocop.web.desk.people.pages import place_of, token_rows
from ocop.web.kit.gates import desk_page
from ocop.web.kit.words import role_name


@desk_page()
@reauthentication_required(allow_get=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token, the newest first, and a form for one more. Making one asks for the password again."""
    at, user = timezone.now(), request.user
    mandates = [mandate for mandate in queries.mandates_of(user, localdate(at)) if mandate.role in API_ROLES]
    choices = [(mandate.pk, f"{role_name(mandate.role)}, {place_of(mandate)}") for mandate in mandates]
    form = TokenForm(request.POST or None, mandates=choices)
    context = {"rows": token_rows(user, at), "form": form, "has_hats": bool(mandates)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/people/tokens.html", context)
    asked = form.cleaned_data
    mandate = next(each for each in mandates if each.pk == asked.pop("mandate"))
    try:
        if not (may := take_token(limit="token", key=f"user:{user.pk}", at=at)):
            raise Refused(may.reason)
        made = create_api_token(actor=request.actor, mandate=mandate, at=at, **asked)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "desk/people/tokens.html", context)
    return render(request, "desk/people/token_shown.html", {"token": made.token, "secret": made.secret})


@desk_page(methods=("POST",))
def token_revoke(request: HttpRequest, code: str) -> HttpResponse:
    """The token opens nothing any more. No password is asked: whoever fears for a token must be fast."""
    token = queries.api_tokens_of(request.user.pk).filter(code=code).first()
    if token is None:
        raise Http404
    try:
        revoke_api_token(actor=request.actor, token=token, at=timezone.now())
    except (Refused, TokenClosed) as closed:
        messages.warning(request, str(closed))
    else:
        messages.success(request, _("Đã thu hồi khóa."))
    return redirect("desk:tokens")
