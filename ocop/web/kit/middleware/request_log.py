"""One line a request: when, which page, how long, who by number. Never the query, the path's values, a name or an address."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger("ocop.request")


class RequestLog:
    """Gives each request a number (`X-Request-ID`, shown on error pages) and writes the line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        begun = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        if log.isEnabledFor(logging.INFO):
            actor = getattr(request, "actor", None)
            match = request.resolver_match
            fields = {
                "event": "request",
                "request_id": request.number,  # type: ignore[attr-defined]
                "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
                "route": match.view_name if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - begun) * 1000, 1),
                "user_id": actor.user_id if actor else None,
            }
            log.info("request", extra=fields)
        return response
