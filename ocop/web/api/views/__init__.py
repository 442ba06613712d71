"""The operations, and how what the rooms refuse becomes a problem. The gates and limits of every call are in `calls`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ocop.register.actions import Moved, NotFitting, ProductMoved
from ocop.web.api.views import own, places, register, writes
from ocop.web.kit.problems import problem

TITLE = "OCOP Bắc Kạn API"
VERSION = "1.0.0"

api = NinjaAPI(title=TITLE, version=VERSION, docs_url=None, openapi_url=None, urls_namespace="api")
for router in (register.router, places.router, own.router, writes.router):
    api.add_router("", router)


@api.exception_handler(ValidationError)
def unfitting(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with the place of every value: a JSON pointer into the body, or the parameter's name."""
    return problem(request, 422, "Some values do not fit.", errors=[_place(each) for each in error.errors])


def _place(error: dict[str, Any]) -> dict[str, str]:
    where, *path = (str(step) for step in error["loc"])
    detail = str(error["msg"]).removeprefix("Value error, ")
    if where == "body":
        return {"pointer": "#" + "".join(f"/{step}" for step in path[1:]), "detail": detail}
    named = path[1:] if path[:1] == ["asked"] else path  # one of several values is told with the group it came in
    return {"parameter": named[0] if named else "", "detail": detail}


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """ninja's own: a body that is no JSON."""
    return problem(request, error.status_code)


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(PermissionDenied)
def refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """The policy's own sentence."""
    return problem(request, 403, str(error))


@api.exception_handler(NotFitting)
def not_fitting(request: HttpRequest, error: NotFitting) -> HttpResponse:
    return problem(request, 422, str(error))


@api.exception_handler(Moved)
def moved(request: HttpRequest, error: Moved) -> HttpResponse:
    """409; of a product both texts of every field, so that nothing sent is lost."""
    both = []
    if isinstance(error, ProductMoved):
        both = [{"pointer": f"#/changes/{each.field}", "stored": each.theirs, "sent": each.yours} for each in error.differences]
    return problem(request, 409, str(error), errors=both)
