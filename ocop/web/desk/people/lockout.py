"""Lock-out after wrong passwords: django-axes counts, this decides when it is too many and says until when.

Five for one name from one address lock that pair for half an hour; twenty for one name from anywhere within a day lock the name.
An address in a header counts only if a proxy of ours wrote it.
"""

from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.people import rules
from ocop.web.kit.peer import peer_address


def client_ip(request: HttpRequest) -> str:
    """The address that counts, as for every other limit."""
    return peer_address(request)


class LockoutHandler(AxesDatabaseHandler):
    """Axes' own counting in the database, with two limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """As many as axes' single limit (`LOCK_AFTER_PAIR`) when either limit of ours is reached."""
        name = get_client_username(request, credentials) or ""
        if _name_failures(name, timezone.now()) >= rules.LOCK_AFTER_NAME:
            return rules.LOCK_AFTER_PAIR
        return super().get_failures(request, credentials)


def _name_failures(name: str, at: datetime) -> int:
    """Wrong passwords for a name within the window, since its last good sign-in."""
    last_good = AccessLog.objects.filter(username=name).aggregate(last=Max("attempt_time"))["last"]
    since = max(filter(None, (at - rules.LOCK_NAME_WINDOW, last_good)))
    return AccessFailureLog.objects.filter(username=name, attempt_time__gt=since).count()


def locked_until(name: str, ip: str, at: datetime) -> datetime:
    """When this name may be tried again from this address."""
    failures = AccessFailureLog.objects.filter(username=name, attempt_time__gt=at - rules.LOCK_NAME_WINDOW).order_by("-attempt_time")
    oldest_that_counts = failures[rules.LOCK_AFTER_NAME - 1 : rules.LOCK_AFTER_NAME].first()
    by_name = oldest_that_counts.attempt_time + rules.LOCK_NAME_WINDOW if oldest_that_counts else at
    pair = AccessAttempt.objects.filter(username=name, ip_address=ip).aggregate(last=Max("attempt_time"), count=Sum("failures_since_start"))
    by_pair = pair["last"] + rules.LOCK_PAIR_LASTS if (pair["count"] or 0) >= rules.LOCK_AFTER_PAIR else at
    return max(by_name, by_pair)


def locked(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page of somebody locked out: why, until when, and what else to do. Status 429 with Retry-After."""
    at = timezone.now()
    until = locked_until(get_client_username(request, credentials) or "", client_ip(request), at)
    response = render(request, "account/locked.html", {"until": until}, status=429)
    response["Retry-After"] = str(max(1, int((until - at).total_seconds())))
    return response
