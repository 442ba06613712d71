"""How the API says no: problem details (RFC 9457) where a person would have met an error page. In English, as all of the API is.

What a room's policy or action said stands in `detail` as it was said, in Vietnamese.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse

Answer = TypeVar("Answer", bound=HttpResponseBase)

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
# Status → its word in `type`, its title, and what to do when nobody said more.
KINDS: dict[int, tuple[str, str, str]] = {
    400: ("malformed", "Malformed request", "The request could not be read. Check that the body is JSON and the address is well formed."),
    401: ("token", "A token is needed", "Send a token: “Authorization: Bearer ocop_…”. Tokens are made in your account."),
    403: ("not-allowed", "Not allowed", "This token may not do this."),
    404: ("not-found", "Nothing here", "Nothing is known under this address, or nothing that you may know of."),
    405: ("method", "Method not offered", "This address does not offer the method; the Allow header lists those it does."),
    409: ("conflict", "Somebody was faster", "What this change started from has changed since. Read it again, then send your change."),
    413: ("too-large", "Too large", "One request holds 5 MB at most."),
    415: ("media-type", "Not JSON", "Send the body as “Content-Type: application/json”."),
    422: ("unfitting", "Values that do not fit", "“errors” names each value and what it must be."),
    429: (
        "too-many",
        "Too many requests",
        "Wait for as many seconds as Retry-After says; RateLimit tells how many requests are left.",
    ),
    500: ("fault", "Our fault", "Something broke on our side and was written down. Tell us its number if it goes on."),
    503: ("away", "Back in a moment", "Something we need does not answer. Try again after as many seconds as Retry-After says."),
}
_READABLE = "ETag, Last-Modified, Link, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID"


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the answer is read by a program, whatever it is."""
    return request.path_info.startswith(PREFIX)


def problem(
    request: HttpRequest, status: int, detail: str = "", *, errors: Sequence[dict[str, str]] = (), headers: dict[str, str] | None = None
) -> JsonResponse:
    """The answer with what is wrong, where, and how to mend it. `errors`: where each value stands (`pointer`, `parameter`) and why."""
    word, title, mend = KINDS[status]
    body: dict[str, Any] = {
        "type": f"{settings.SITE_URL}{DOCS}#{word}",
        "title": title,
        "status": status,
        "detail": detail or mend,
        "instance": request.path_info,
        "number": getattr(request, "number", ""),
    }
    if errors:
        body["errors"] = list(errors)
    told = {"Cache-Control": "no-store", **(headers or {})}
    answer = JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=told, json_dumps_params={"ensure_ascii": False})
    return shared(request, answer)


def not_offered(request: HttpRequest, methods: Iterable[str]) -> JsonResponse:
    """405 with the methods the address does offer."""
    return problem(request, 405, headers={"Allow": ", ".join(methods)})


def shared(request: HttpRequest, answer: Answer) -> Answer:
    """Any web page may read what everybody may; never what a token opened (no cookie opens anything here)."""
    if request.method in ("GET", "HEAD") and "Authorization" not in request.headers:
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = _READABLE
    return answer
