"""The OpenAPI description: ninja's, made whole with what every operation answers besides, and the words around it."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings

from ocop.records.rules import LIMITS
from ocop.web.api.views import api
from ocop.web.kit.problems import CONTENT_TYPE, KINDS

PREFIX = "/api/v1/"
Json = dict[str, Any]

_OPEN, _OWN = LIMITS["api"], LIMITS["api_token"]
_ABOUT = f"""\
Products of the One Commune One Product programme (OCOP) of Bắc Kạn, with what is known of every star on any day, and where that
is written.

**Open to read.** Every list and every product, producer, recognition, place and figure is open to every program, without a token.
Personal data is in none of them; invented rows of a demonstration neither.

**Days.** `on` asks for a day as YYYY-MM-DD, today in Vietnam if left out. Every `last_…` is the last day on which the thing holds.

**Pages.** A list holds `limit` rows, 50 by default and 100 at most, in an order that nothing changes. `next`, also in the `Link`
header, is the whole address of the next page, null on the last. Whoever follows it to the end meets every row once.

**Caching.** Answers carry `ETag` and `Last-Modified`; asked again with `If-None-Match` or `If-Modified-Since`, an unchanged one is 304.

**Limits.** {_OPEN.capacity} calls at once and {_OPEN.refill:g} more a second for each address, {_OWN.capacity} and {_OWN.refill:g} for
each token. `RateLimit` and `RateLimit-Policy` tell what is left; 429 says in `Retry-After` how long to wait.

**Errors** are problem details (RFC 9457), as `application/problem+json`. A parameter that is not known is refused, not ignored.

**Tokens** are made in your account, act under one mandate of yours until the day you chose, and can be revoked there at any time.
Send one as `Authorization: Bearer ocop_…`. Cookies open nothing here."""

_PROBLEM: Json = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong, where, and how to mend it (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance", "number"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Which kind of problem; leads to its explanation."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What the register itself refused is said in Vietnamese."},
        "instance": {"type": "string", "description": "The address that was called."},
        "number": {"type": "string", "description": "The call's number in our log, also in X-Request-ID."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string", "description": "A parameter's name."},
                    "pointer": {"type": "string", "description": "A place in the body, as a JSON pointer."},
                    "detail": {"type": "string"},
                    "stored": {"type": "string", "description": "Of a conflict: what stands there now."},
                    "sent": {"type": "string", "description": "Of a conflict: what you sent."},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
_HEADERS: Json = {
    "RateLimit": {"description": "Calls left and seconds until all are back.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "How many calls in how many seconds.", "schema": {"type": "string"}},
    "ETag": {"description": "For If-None-Match.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "For If-Modified-Since.", "schema": {"type": "string"}},
    "Link": {"description": "The next page of a list, rel=next.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "What is asked of a token.", "schema": {"type": "string"}},
}
_TOKEN: Json = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "ocop_…",
    "description": "Made in your account under “Khóa API”; acts under one of your mandates.",
}
_TAGS = {
    "Index": "Where to begin.",
    "Stars": "What is known of a star on a day, and the decisions behind it.",
    "Register": "Products and who makes them.",
    "Places": "Administrative units through time, and what to see there.",
    "Figures": "What was reported, each number with its source.",
    "Your own": "Behind a token: what its mandate looks after.",
    "Writing": "Behind a token that may write.",
}


@cache
def description() -> Json:
    """The whole of it; made once, as nothing in it changes while the process lives."""
    told: Json = dict(api.get_openapi_schema(path_prefix=PREFIX.lstrip("/")))
    contact = {"url": f"{settings.SITE_URL}/gioi-thieu/"}
    told["info"] = {"title": api.title, "version": api.version, "description": _ABOUT, "contact": contact}
    told["servers"] = [{"url": settings.SITE_URL}]
    told["tags"] = [{"name": name, "description": words} for name, words in _TAGS.items()]
    told["components"]["schemas"]["Problem"] = _PROBLEM
    told["components"]["headers"] = _HEADERS
    told["components"]["securitySchemes"] = {"token": _TOKEN}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            operation["operationId"] = operation["operationId"].rpartition("views_")[2]
            _make_whole(path, method, operation)
    return told


def _make_whole(path: str, method: str, operation: Json) -> None:
    """One example a parameter, the problems an operation may answer with, and the headers of everything it answers."""
    for parameter in operation["parameters"]:
        if examples := parameter.pop("examples", None):  # a list in JSON Schema, a map here
            parameter["example"] = examples[0]
    good = {str(status): response for status, response in operation["responses"].items()}
    of_reading = () if "security" in operation else ("ETag", "Last-Modified", "Link")
    for response in good.values():
        response["headers"] = _headers("RateLimit", "RateLimit-Policy", *of_reading)
    operation["responses"] = good | {str(status): _problem(status) for status in _problems(path, method, operation)}


def _problems(path: str, method: str, operation: Json) -> list[int]:
    found = {400, 401, 403, 405, 422, 429, 500, 503}
    if "{" in path or path.endswith("/verify"):
        found.add(404)
    if method == "post":
        found |= {409, 413, 415}
    return sorted(found)


def _problem(status: int) -> Json:
    _word, title, mend = KINDS[status]
    extra = {401: ["WWW-Authenticate"], 429: ["Retry-After", "RateLimit", "RateLimit-Policy"], 503: ["Retry-After"]}.get(status, [])
    return {
        "description": f"{HTTPStatus(status).phrase}. {title}: {mend}",
        "headers": _headers(*extra),
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _headers(*names: str) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
