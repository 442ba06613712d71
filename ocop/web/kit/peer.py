"""Whose request it is, for limits: the peer's address, never one that the peer made up."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def peer_address(request: HttpRequest) -> str:
    """The peer's address; behind N proxies of ours, the N-th from the right of X-Forwarded-For, which the outermost of them wrote."""
    peer: str = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (a unix socket has no address)
    count = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return hops[-count] if count and len(hops) >= count and _is_address(hops[-count]) else peer


def _is_address(text: str) -> bool:
    """Anything else would be counted, and stored, under a name that no peer has. A zone ("%eth0") is the machine's own matter."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text
