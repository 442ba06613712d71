"""Before an official does anything else: a password of the officials' length, and a second factor (RELIABILITY P18)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.people import policies

# What must stay reachable to fulfil the two duties, or to leave.
_WAYS = frozenset({"account_logout", "account_reauthenticate", "account_email", "account_email_verification_sent", "account_confirm_email"})
_PASSWORD = "account_change_password"  # noqa: S105 (the name of a page)


class SecondFactor:
    """Leads a signed-in person who has a duty open to the page where it is fulfilled; only open and public pages go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        gate = getattr(view, "gate", None)
        if not request.user.is_authenticated or name in _WAYS or (gate and gate.kind in ("open", "public") and not name.startswith("mfa_")):
            return None
        if request.user.needs_new_password:
            return None if name == _PASSWORD else _lead(request, _PASSWORD, _("Cán bộ cần mật khẩu dài hơn. Hãy đặt mật khẩu mới."))
        if name.startswith("mfa_") or name == _PASSWORD or not policies.needs_second_factor(request.user, timezone.localdate()):
            return None
        return _lead(request, "mfa_index", _("Cán bộ cần bật bảo mật hai lớp trước khi làm việc. Hãy chọn một cách dưới đây."))


def _lead(request: HttpRequest, page: str, why: str) -> HttpResponseBase:
    messages.warning(request, why)
    return redirect(page)
