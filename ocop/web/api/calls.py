"""The way of every call: who calls, how often, with what; then the operation; then what the headers tell.

No session, no cookie and no CSRF token is looked at. A program is known by its token alone, and acts under the token's mandate.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from ocop.core.actor import VISITOR
from ocop.people import policies, queries
from ocop.people.actions import note_api_token_use
from ocop.people.enums import TokenScope
from ocop.people.models import ApiToken
from ocop.records import queries as records
from ocop.records.actions import Turn, count_turn
from ocop.web.kit.middleware.public_pages import QUERY_LENGTH, SHELF, Page
from ocop.web.kit.peer import peer_address
from ocop.web.kit.problems import problem, shared

View = Callable[..., HttpResponseBase]
# What an operation's description says of tokens (`openapi_extra`), and what is asked of them.
READS: dict[str, Any] = {"security": [{"token": []}]}
WRITES: dict[str, Any] = {"security": [{"token": [TokenScope.WRITE.value]}]}
_LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """What one address takes, as the description tells it."""

    method: str
    needs_token: bool
    params: frozenset[str]
    lists: frozenset[str]  # those of the parameters that may come several times


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a token opens nothing."""

    status: int
    reason: str


def called(view: View, offer: Offer) -> View:
    """The operation with everything around it."""

    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        at = timezone.now()
        token, refusal = _caller(request, at)
        request.actor = queries.actor_under(token.mandate) if token else VISITOR  # type: ignore[attr-defined]
        request.api_token = token  # type: ignore[attr-defined]
        turn = _counted(request, token, at)
        response = _refused(request, offer, refusal, turn) or _answered(request, view, args, kwargs)
        return _told(request, response, turn)

    return call


def _caller(request: HttpRequest, at: datetime) -> tuple[ApiToken | None, Refusal | None]:
    """The token that was shown, if it is good; whoever shows a bad one is told so even where none is needed."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return None, None
    found = queries.api_token_by_secret(secret.strip()) if kind.lower() == "bearer" and len(secret) < _LONGEST_SECRET else None
    if found is None:
        return None, Refusal(401, "This token is not known.")
    if not (good := policies.api_token_is_good(found, at=at)):
        return None, Refusal(401, good.reason)
    on = timezone.localdate(at)
    if not (may := policies.can_act_by_api_token(found, on=on)):
        return None, Refusal(403, may.reason)
    if found.use.last_on != on:
        note_api_token_use(actor=queries.actor_under(found.mandate), token=found, on=on)
    return found, None


def _counted(request: HttpRequest, token: ApiToken | None, at: datetime) -> Turn:
    """One turn of the token's, or of the peer's who shows none or a bad one."""
    if token:
        return count_turn(limit="api_token", key=str(token.pk), at=at)
    return count_turn(limit="api", key=peer_address(request), at=at)


def _refused(request: HttpRequest, offer: Offer, refusal: Refusal | None, turn: Turn) -> HttpResponseBase | None:
    """The problem that keeps this call from its operation, the first there is."""
    if turn.wait:
        return problem(request, 429, headers={"Retry-After": str(math.ceil(turn.wait))})
    if refusal:
        challenge = {"WWW-Authenticate": 'Bearer realm="OCOP", error="invalid_token"'} if refusal.status == 401 else {}
        return problem(request, refusal.status, refusal.reason, headers=challenge)
    if offer.needs_token and request.api_token is None:  # type: ignore[attr-defined]
        return problem(request, 401, headers={"WWW-Authenticate": 'Bearer realm="OCOP"'})
    if offer.method == "POST" and request.api_token.scope != TokenScope.WRITE:  # type: ignore[attr-defined]
        challenge = {"WWW-Authenticate": 'Bearer realm="OCOP", error="insufficient_scope", scope="write"'}
        return problem(request, 403, "This token may only read.", headers=challenge)
    if offer.method == "POST" and request.content_type != "application/json":
        return problem(request, 415)
    return _unknown_parameters(request, offer)


def _unknown_parameters(request: HttpRequest, offer: Offer) -> HttpResponseBase | None:
    """A misspelt filter that is silently dropped answers another question than the one asked."""
    errors = []
    for name, values in request.GET.lists():
        if name not in offer.params:
            known = ", ".join(sorted(offer.params)) or "none"
            errors.append({"parameter": name[:80], "detail": f"There is no such parameter here; there are: {known}."})
        elif len(values) > 1 and name not in offer.lists:
            errors.append({"parameter": name, "detail": "It may be given once."})
    return problem(request, 422, "Some parameters do not fit.", errors=errors) if errors else None


def _answered(request: HttpRequest, view: View, args: Sequence[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
    """What the operation says. HEAD is GET without its body; what everybody may read is kept while nothing in it has changed."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        is_open = method != "POST" and request.api_token is None  # type: ignore[attr-defined]
        return _kept(request, view, args, kwargs) if is_open else _private(view(request, *args, **kwargs))
    finally:
        request.method = method


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    return response


def _kept(request: HttpRequest, view: View, args: Sequence[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
    """From the shelf of the public pages, or onto it; 304 for whoever has it already."""
    query, today = request.META.get("QUERY_STRING", ""), timezone.localdate()
    key = "api", request.path_info, query, today, records.public_version()
    page = SHELF.take(key)
    if page is None:
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        page = Page.of(response)
        if len(query) <= QUERY_LENGTH:
            SHELF.put(key, page)
    answer = page.answer(request)
    changed_at = _changed_at(today)
    answer["Last-Modified"] = http_date(changed_at)
    return get_conditional_response(request, etag=page.etag, last_modified=int(changed_at), response=answer) or answer


def _changed_at(today: Any) -> float:
    """When the answer may last have become another: with the last public act, or at midnight, which turns the standings over."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    return max(midnight, records.public_changed_at() or midnight).timestamp()


def _told(request: HttpRequest, response: HttpResponseBase, turn: Turn) -> HttpResponseBase:
    """How many calls are left (RateLimit header fields, draft-ietf-httpapi-ratelimit-headers), and who else may read this."""
    limit = turn.limit
    response["RateLimit-Policy"] = f'"{limit.name}";q={limit.capacity};w={math.ceil(limit.seconds_to_fill)}'
    response["RateLimit"] = f'"{limit.name}";r={turn.left};t={math.ceil(turn.seconds_to_full)}'
    patch_vary_headers(response, ["Authorization"])
    if request.method == "HEAD" and isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return shared(request, response)
