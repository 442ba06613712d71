"""The gate of every address: who comes through and by which methods. A test demands one on each URL.

- `public_page`: the same for everybody. `PublicPages` answers it before any session or user exists, and may keep it.
- `open_page`: no sign-in, but a session and CSRF: forms for the public, sign-in.
- `api_page`: an operation of the API. No session and no cookie there either: open to everybody, or by a token alone.
- `desk_page(*roles)`: a signed-in person whose current hat is one of the roles; without roles anybody who signed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from importlib import import_module
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ocop.web.kit.limits import refused
from ocop.web.kit.problems import not_offered
from ocop.web.kit.words import role_name

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
READ_AND_SEND = ("GET", "HEAD", "POST")
FORM, DESK = "form", "desk"  # the limits behind every form: of the open pages, of the desk


@dataclass(frozen=True, slots=True)
class Gate:
    """What a view lets in. `params` are the query parameters a public page reads; None means it reads any and is
    kept only when asked without a query."""

    kind: str
    roles: frozenset[str] = frozenset()
    methods: tuple[str, ...] = READ
    params: frozenset[str] | None = None
    is_kept: bool = False
    is_shared: bool = False  # scripts of other sites may read it (CORS): open data, nothing with a form
    needs_camera: bool = False
    limit: str = ""  # the row of records.rules.LIMITS this address takes from: a form always, a public page where it is dear
    menu: str | Promise = ""  # what the desk's menu calls it; empty keeps it out
    menu_place: int = 50


def public_page(
    view: View | None = None,
    /,
    *,
    params: Iterable[str] | None = None,
    kept: bool = True,
    camera: bool = False,
    shared: bool = False,
) -> Any:
    """A page without user, session or CSRF. Name the query parameters it reads in `params`: any other never reaches it."""
    names = None if params is None else frozenset(params)
    methods = (*READ, "OPTIONS") if shared else READ
    bare = Gate("public", methods=methods, params=names, is_kept=kept, is_shared=shared, needs_camera=camera)

    def decorate(inner: View) -> View:
        gate = _named(bare, inner)

        @login_not_required
        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in gate.methods:
                return HttpResponseNotAllowed(gate.methods)
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={"Allow": ", ".join(gate.methods)})
            return inner(request, *args, **kwargs)

        guarded.gate = gate  # type: ignore[attr-defined]
        return guarded

    return decorate if view is None else decorate(view)


def open_page(view: View | None = None, /, *, methods: tuple[str, ...] = READ_AND_SEND, camera: bool = False) -> Any:
    """A page anybody may use, with a session and a form; never kept by anyone."""
    bare = Gate("open", methods=methods, needs_camera=camera, limit=FORM if "POST" in methods else "")

    def decorate(inner: View) -> View:
        gate = _named(bare, inner)

        @login_not_required
        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in gate.methods:
                return HttpResponseNotAllowed(gate.methods)
            return unkept(_too_often(request, bare) or inner(request, *args, **kwargs))

        guarded.gate = gate  # type: ignore[attr-defined]
        return guarded

    return decorate if view is None else decorate(view)


def api_page(view: View, /, *, methods: tuple[str, ...] = READ, needs_token: bool = False) -> View:
    """An operation of the API. `PublicPages` calls it before any session or cookie is read, so there is nothing CSRF could borrow."""
    gate = Gate("token" if needs_token else "api", methods=methods, limit="api_token" if needs_token else "api")

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.method in gate.methods else not_offered(request, gate.methods)

    guarded.gate = gate  # type: ignore[attr-defined]
    return guarded


def desk_page(
    *roles: str, methods: tuple[str, ...] = READ_AND_SEND, menu: str | Promise = "", menu_place: int = 50
) -> Callable[[View], View]:
    """A page for signed-in people in one of `roles`; another hat gets 403 with the reason.

    `menu` puts it into the header's menu of exactly those roles, `menu_place` orders it there.
    """
    limit = DESK if "POST" in methods else ""
    bare = Gate("desk", roles=frozenset(map(str, roles)), methods=methods, limit=limit, menu=menu, menu_place=menu_place)

    def decorate(inner: View) -> View:
        gate = _named(bare, inner)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in gate.methods:
                return HttpResponseNotAllowed(gate.methods)
            actor = request.actor  # type: ignore[attr-defined]  # set by ActingAs
            if not actor.is_signed_in:
                raise PermissionDenied(_("Bạn cần đăng nhập để xem trang này."))
            if gate.roles and actor.role not in gate.roles:
                raise PermissionDenied(wrong_hat(actor.role, gate.roles))
            return unkept(_too_often(request, bare) or inner(request, *args, **kwargs))

        guarded.gate = gate  # type: ignore[attr-defined]
        return guarded

    return decorate


def _named(gate: Gate, view: View) -> Gate:
    """The gate with the stricter limit that the view names (`limits.limited`, `limits.counts`)."""
    return replace(gate, limit=getattr(view, "limit", gate.limit))


def _too_often(request: HttpRequest, gate: Gate) -> HttpResponseBase | None:
    """Behind every form stands a limit, whatever the view asks besides: no address takes as many as a script can send."""
    return refused(request, gate.limit) if request.method == "POST" else None


def wrong_hat(role: str, roles: Iterable[str]) -> str:
    """The sentence for somebody whose present hat does not open this page."""
    wanted = ", ".join(sorted(role_name(code) for code in roles))
    if not role:
        return _("Trang này dành cho: %(roles)s. Tài khoản của bạn chưa chọn vai trò nào.") % {"roles": wanted}
    return _("Trang này dành cho: %(roles)s. Bạn đang làm việc với vai trò %(role)s.") % {"roles": wanted, "role": role_name(role)}


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """No browser or proxy keeps this answer, unless the view said otherwise itself."""
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
        patch_cache_control(response, private=True)
    return response


def gated(module_name: str) -> list[URLPattern | URLResolver]:
    """A library's URL patterns, each view marked with the gate it has by its own decorators, and its forms under our limit."""
    patterns: list[URLPattern | URLResolver] = import_module(module_name).urlpatterns
    for pattern in _patterns(patterns):
        signed_in_only = getattr(pattern.callback, "login_required", True)
        gate = Gate("desk" if signed_in_only else "open", methods=READ_AND_SEND, limit=FORM)
        pattern.callback = _behind(gate, pattern.callback)
    return patterns


def _behind(gate: Gate, view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _too_often(request, gate) or view(request, *args, **kwargs)

    guarded.gate = gate  # type: ignore[attr-defined]
    return guarded


def _patterns(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
