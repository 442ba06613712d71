"""How often an address may be asked: the rows of `records.rules.LIMITS`, taken from before a view runs, and named on it for inspection.

Every gate that takes a form has a limit of its own behind it (`gates`); these are for what is dearer than a form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from ocop.records.actions import take_token
from ocop.web.kit.errors import too_many
from ocop.web.kit.peer import peer_address

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def limited(limit: str, *, when: Callable[[HttpRequest], object] | None = None) -> Callable[[View], View]:
    """Take one token of `limit` before answering (only `when` it says so); without one, 429 says how long to wait."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if when is None or when(request):
                refusal = refused(request, limit)
                if refusal is not None:
                    return refusal
            return view(request, *args, **kwargs)

        return counts(limit)(counted)  # type: ignore[return-value]

    return decorate


def counts(limit: str) -> Callable[[View], View]:
    """The view takes from `limit` itself, once it has judged what was asked: a form with a mistake costs nobody a turn."""

    def decorate(view: View) -> View:
        view.limit = limit  # type: ignore[attr-defined]
        return view

    return decorate


def refused(request: HttpRequest, limit: str) -> HttpResponse | None:
    """The 429 page, when whoever asks has no token left."""
    allowed = take_token(limit=limit, key=whose(request), at=timezone.now())
    return None if allowed else too_many(request, allowed.reason)


def whose(request: HttpRequest) -> str:
    """Whose bucket it is: the account's, or the peer's; never what a header says."""
    actor = getattr(request, "actor", None)
    return f"user:{actor.user_id}" if actor and actor.is_signed_in else f"ip:{peer_address(request)}"
