"""What no page ever accepts, and what no page may do in the browser."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from ocop.web.kit.problems import is_for_programs, not_offered

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_POLICY = "accelerometer=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), camera={}"


class Threshold:
    """Refuses TRACE, PUT and their like, and NUL bytes wherever they come (PostgreSQL cannot store them)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return not_offered(request, METHODS) if is_for_programs(request) else HttpResponseNotAllowed(METHODS)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        response = self.get_response(request)
        gate = getattr(request.resolver_match.func, "gate", None) if request.resolver_match else None
        response["Permissions-Policy"] = _POLICY.format("(self)" if gate and gate.needs_camera else "()")
        return response

    def process_view(self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        if request.method == "POST" and any("\0" in value for values in request.POST.lists() for value in (values[0], *values[1])):
            raise BadRequest("NUL in a form")
