"""The content security policy on every answer."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase


@cache
def _policy() -> str:
    return build_policy()


class ContentPolicy:
    """The settings' policy, built once a process: no page here asks for a nonce or another policy, and building it for every
    answer, as django-csp's own middleware does, took a tenth of a kept page's time. A file keeps the stricter one it came with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, _policy())
        return response
