"""Who acts and for how long: the hat of the day, the ends of a session, and what a browser keeps after sign-out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import VISITOR
from ocop.people import queries as people
from ocop.people.enums import OFFICIAL_ROLES
from ocop.web.kit.gates import unkept

HINT_COOKIE = "co-mat"  # "somebody is signed in here", readable by scripts; public pages ask `kit:me` only then
SEEN_EVERY = 60  # seconds between two notes that a session is alive

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SessionLimits:
    """Ends a session after 12 hours, an official's after 30 idle minutes (RELIABILITY P18); tidies the browser at sign-out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was_signed_in = request.user.is_authenticated
        if was_signed_in and (why := self._over(request)):
            logout(request)
            messages.warning(request, why)
        response = self.get_response(request)
        is_signed_in = request.user.is_authenticated
        if is_signed_in:
            unkept(response)
        elif was_signed_in:
            response["Clear-Site-Data"] = '"cache", "storage"'
        _set_hint(request, response, is_signed_in)
        return response

    def _over(self, request: HttpRequest) -> str:
        """Why this session has ended, as a sentence; notes its beginning and its last sign of life on the way."""
        session, now = request.session, int(timezone.now().timestamp())
        if now - session.setdefault("begun_at", now) >= settings.SESSION_ABSOLUTE_SECONDS:
            return _("Phiên làm việc đã kéo dài 12 giờ. Hãy đăng nhập lại.")
        idle = now - session.get("seen_at", now)
        if session.get("is_official") and idle >= settings.SESSION_IDLE_SECONDS:
            return _("Đã 30 phút không có thao tác. Hãy đăng nhập lại để tiếp tục.")
        if idle >= SEEN_EVERY or "seen_at" not in session:
            session["seen_at"] = now
        return ""


class ActingAs:
    """Sets `request.actor`: the person under the hat the session names, while that mandate holds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = VISITOR  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            session = request.session
            actor = people.actor_for(request.user, session.get("mandate_id"), timezone.localdate())
            request.actor = actor  # type: ignore[attr-defined]
            if session.get("mandate_id") != actor.mandate_id:
                session["mandate_id"] = actor.mandate_id
            if actor.role in OFFICIAL_ROLES and not session.get("is_official"):
                session["is_official"] = True
        return self.get_response(request)


def _set_hint(request: HttpRequest, response: HttpResponseBase, is_signed_in: bool) -> None:
    has_hint = HINT_COOKIE in request.COOKIES
    if is_signed_in and not has_hint:
        response.set_cookie(
            HINT_COOKIE, "1", max_age=settings.SESSION_ABSOLUTE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    elif has_hint and not is_signed_in:
        response.delete_cookie(HINT_COOKIE, samesite="Lax")
