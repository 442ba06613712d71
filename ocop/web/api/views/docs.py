"""The description for machines, and the same as a page for people."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from ocop.web.api.pages.answers import answer
from ocop.web.api.pages.description import description
from ocop.web.api.pages.docs import docs_page
from ocop.web.kit.gates import public_page
from ocop.web.kit.problems import shared


@public_page(params=())
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, readable from any web page."""
    return shared(request, answer(description()))


@public_page(params=())
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation, in English whatever the reader's language: so are the names in the API."""
    with override("en"):
        return HttpResponse(render_to_string("api/docs.html", {"request": request, **docs_page()}))
