"""Whose request it is, for limits: the peer's address, never one that the peer made up."""

from django.conf import settings
from django.http import HttpRequest


def peer_address(request: HttpRequest) -> str:
    """The peer's address; behind N proxies of ours, the N-th from the right of X-Forwarded-For, which the outermost of them wrote."""
    peer: str = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (a unix socket has no address)
    count = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return hops[-count] if count and len(hops) >= count and hops[-count] else peer
