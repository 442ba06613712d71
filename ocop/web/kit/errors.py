"""Every page that says no: what happened, why, and what to do next. None of them needs a user, a session or the database."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ocop.web.kit.problems import is_for_programs, problem

RETRY_AFTER = 15  # seconds
WAIT = 60  # seconds; in which most limits give a token back
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field two people changed: what is stored now and what this person typed."""

    label: str
    stored: str
    typed: str


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """An error page made without context processors, so that it cannot fail for the reason it reports; a program gets a problem."""
    if is_for_programs(request):
        return problem(request, status, context.get("reason", ""))
    context |= {"number": getattr(request, "number", ""), "path": request.path_info}
    response = HttpResponse(render_to_string(f"{context.pop('template', status)}.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than one request may hold."""
    if isinstance(exception, _TOO_MUCH):
        return _page(request, 413, template="400", is_too_much=True)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason the policy gave. The reason is ours, written for this person; other texts are not shown."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    actor = getattr(request, "actor", None)
    return _page(request, 403, reason=reason, is_signed_in=bool(actor and actor.is_signed_in))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old or came from elsewhere; what was typed is still in the browser, one step back."""
    return _page(request, 403, is_form_old=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with a search field, the same for what is absent and for what this person may not know of."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database is away, or 400 when it could not store what was sent."""
    error = sys.exc_info()[1]
    if isinstance(error, _AWAY):
        return unavailable(request)
    if isinstance(error, DataError):
        return bad_request(request)
    return _last_resort(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: something we need is away; come back in a moment."""
    response = _last_resort(request, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def too_many(request: HttpRequest, reason: str) -> HttpResponse:
    """429 with the sentence that says how long to wait."""
    response = _page(request, 429, reason=reason)
    response["Retry-After"] = str(WAIT)
    return response


def conflict(
    request: HttpRequest,
    *,
    what: str,
    changed_by: str = "",
    changed_at: datetime | None = None,
    differences: Sequence[Difference] = (),
    form: BaseForm | None = None,
    back: str = "",
) -> HttpResponse:
    """409: somebody else was faster. Shows who and what, keeps what was typed (`form`, bound), and sends nothing by itself.

    `what` names the thing in the person's words, `back` is the page where it stands now. A `form` is shown again with its
    values and a button; give it the new version number, so that pressing the button saves over the other's change knowingly.
    """
    context = {"what": what, "changed_by": changed_by, "changed_at": changed_at, "differences": differences, "form": form, "back": back}
    response = HttpResponse(render_to_string("409.html", context, request), status=409)
    response["Cache-Control"] = "no-store"
    return response


def _last_resort(request: HttpRequest, status: int) -> HttpResponse:
    """The page, or one plain sentence when even templates fail."""
    plain = _("Có lỗi ở phía chúng tôi. Hãy thử lại sau ít phút.")
    page = partial(HttpResponse, status=status)
    try:
        return _page(request, status)
    except (OSError, LookupError, ValueError, DatabaseError):
        return page(f"{status}. {plain}", content_type="text/plain; charset=utf-8")
