"""Pages of every gate, for tests of what surrounds a request; beside them the kit's own addresses and sign-in."""

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.db import OperationalError, connection
from django.db.utils import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import get_language

from ocop.people.models import User
from ocop.web.kit import errors
from ocop.web.kit.gates import desk_page, gated, open_page, public_page

handler400, handler403, handler404, handler500 = (
    f"ocop.web.kit.errors.{name}" for name in ("bad_request", "forbidden", "not_found", "server_error")
)

calls: list[str] = []
DESK = Template('{% extends "desk.html" %}{% block content %}<div class="wrap"><h1>Sổ thử</h1></div>{% endblock %}')


class NameForm(forms.Form):
    name = forms.CharField(label="Tên", max_length=60)


@public_page(params=("q",))
def public(request: HttpRequest) -> HttpResponse:
    calls.append(request.GET.urlencode())
    knows = [name for name in ("user", "session", "actor") if hasattr(request, name)]
    filler = "x" * 2000
    return HttpResponse(f"{len(calls)} {get_language()} {request.GET.urlencode()} {knows} {filler}")


@public_page
def any_query(request: HttpRequest) -> HttpResponse:
    calls.append("any")
    return HttpResponse(request.GET.get("x", "nothing"))


@public_page
def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("")
    response.set_cookie("a", "b")
    return response


@public_page
def token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


@public_page
def gone(request: HttpRequest) -> HttpResponse:
    calls.append("gone")
    return HttpResponse("gone", status=410)


@public_page(kept=False)
def writes(request: HttpRequest) -> HttpResponse:
    _write()
    return HttpResponse("written")


def _write() -> None:
    User.objects.create(username="x@y.vn", email="x@y.vn", full_name="X", created_at=timezone.now())


@open_page
def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse(request.POST.get("name", ""))
    return render(request, "kit/form.html", {"form": NameForm()})


@open_page(camera=True)
def camera(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@open_page(methods=("POST",))
def posts_write(request: HttpRequest) -> HttpResponse:
    _write()
    return HttpResponse("written")


@desk_page()
def anybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.role} {request.actor.mandate_id}")  # type: ignore[attr-defined]


@desk_page("ocop_officer", menu="Sổ thử", menu_place=10)
def officers(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Đã ghi")
    messages.error(request, "Chưa gửi được")
    return HttpResponse(DESK.render(RequestContext(request)))


@desk_page()
def stale(request: HttpRequest) -> HttpResponse:
    return errors.conflict(
        request,
        what="Trang của Miến dong",
        changed_by="Nông Thị Bình",
        changed_at=timezone.now(),
        differences=[errors.Difference("Tên", "Miến dong Côn Minh", "Miến dong <b>ngon</b>")],
        form=NameForm({"name": "Miến dong <b>ngon</b>"}),
        back="/viec/",
    )


@open_page
def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused at 10.0.0.1 password=canary")


@public_page
def public_database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


@open_page
def unstorable(request: HttpRequest) -> HttpResponse:
    raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")


@open_page
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("canary-in-the-message")


@open_page(methods=("GET",))
def raw_write(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("WITH old AS (SELECT 1) DELETE FROM people_user")
    return HttpResponse("")


sample = [
    path("public/", public, name="public"),
    path("any/", any_query),
    path("cookie/", cookie),
    path("token/", token),
    path("gone/", gone),
    path("writes/", writes),
    path("form/", form),
    path("camera/", camera),
    path("posts-write/", posts_write),
    path("anybody/", anybody),
    path("officers/", officers, name="officers"),
    path("stale/", stale),
    path("away/", database_away),
    path("public-away/", public_database_away),
    path("unstorable/", unstorable),
    path("breaks/", breaks),
    path("raw-write/", raw_write),
]
urlpatterns = [
    path("s/", include((sample, "sample"))),
    *i18n_patterns(path("i/", public), prefix_default_language=False),
    path("", include("ocop.web.kit.urls")),
    path("accounts/", include(gated("allauth.urls"))),
]
