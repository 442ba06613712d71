"""The API's addresses. What each takes, and whether it needs a token, is read off the description it is published with."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, path

from ocop.web.api.calls import Offer, called
from ocop.web.api.pages.description import PREFIX, description
from ocop.web.api.views import api
from ocop.web.api.views.docs import docs, openapi
from ocop.web.kit.gates import READ, api_page

app_name = "api"


def _operations() -> Iterator[URLPattern]:
    """ninja's own patterns behind our gate; its root page is left out."""
    paths = description()["paths"]
    for pattern in api.urls[0]:
        if pattern.name != "api-root":
            route = str(pattern.pattern)
            (method, told), *_others = paths[PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)].items()
            offer = _offer(method.upper(), told)
            methods = READ if offer.method == "GET" else ("POST",)
            view = api_page(called(pattern.callback, offer), methods=methods, needs_token=offer.needs_token)
            yield path(route, view, name=pattern.name)


def _offer(method: str, told: dict) -> Offer:
    asked = [each for each in told["parameters"] if each["in"] == "query"]
    return Offer(
        method=method,
        needs_token="security" in told,
        params=frozenset(each["name"] for each in asked),
        lists=frozenset(each["name"] for each in asked if each["schema"].get("type") == "array"),
    )


urlpatterns = [path("openapi.json", openapi, name="openapi"), path("docs", docs, name="docs"), *_operations()]
