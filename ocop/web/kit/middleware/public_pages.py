"""Public pages and the API are answered here, before anything that knows a session. Pages are kept while nothing they show has changed.

A page is kept in the process's own memory under language, address, allowed query, local date and the number of the last
public audit entry; so an edit shows at once, midnight turns the standings over, and no cache server can serve a stranger's
page or stop the register by being away.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language

from ocop.records import queries as records
from ocop.web.kit.gates import READ, Gate

SHELF_BYTES = 64 * 1024 * 1024
PAGE_BYTES = 1024 * 1024
QUERY_LENGTH = 300  # characters; a longer query is answered and not kept
GZIP_FROM = 1000  # bytes
_TEXT = (
    *("text/", "application/json", "application/geo+json", "application/ld+json", "application/linkset+json", "application/xml"),
    *("application/rss+xml", "application/manifest+json", "image/svg+xml"),
)
_SAID_AGAIN = ("Last-Modified", "Link", "Content-Location")  # with a 304 too (RFC 9110, 15.4.5)
_SHARED = {  # what scripts of other sites may do with open data (Fetch standard, CORS)
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
}


class NotPublic(RuntimeError):
    """A public page tried to set a cookie or to use a CSRF token: it would not be the same for everybody."""


@dataclass(slots=True)
class Page:
    """A finished answer. `small` is the gzipped body, made when the first reader takes it."""

    body: bytes
    headers: dict[str, str]
    etag: str
    small: bytes = field(default=b"")

    @classmethod
    def of(cls, response: HttpResponse) -> "Page":
        """The page in an answer, with a validator made of all its bytes."""
        return cls(response.content, dict(response.items()), f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"')

    def answer(self, request: HttpRequest) -> HttpResponse:
        if self._is_known(request):
            response = HttpResponse(status=304, headers={name: self.headers[name] for name in _SAID_AGAIN if name in self.headers})
            del response["Content-Type"]
        elif self._is_text and len(self.body) >= GZIP_FROM and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            # Nothing secret is in a public page, so compressing it gives nothing away (BREACH).
            self.small = self.small or gzip.compress(self.body, 5, mtime=0)
            response = HttpResponse(self.small, headers={**self.headers, "Content-Encoding": "gzip"})
        else:
            response = HttpResponse(self.body, headers=self.headers)
        response["ETag"] = self.etag
        response["Cache-Control"] = "public, no-cache"  # keep it, but ask each time: an edit is seen at once
        if self._is_text:
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def _is_known(self, request: HttpRequest) -> bool:
        """The reader has this very answer: by its validator, or by its date where the answer has one and the reader no validator."""
        tags = request.META.get("HTTP_IF_NONE_MATCH")
        if tags is not None:
            return self.etag in tags
        changed, seen = self.headers.get("Last-Modified"), request.META.get("HTTP_IF_MODIFIED_SINCE")
        if not changed or not seen:
            return False
        return (parse_http_date_safe(seen) or 0) >= (parse_http_date_safe(changed) or 1)

    @property
    def _is_text(self) -> bool:
        return self.headers.get("Content-Type", "").startswith(_TEXT)


class Shelf:
    """The pages kept by this process, the longest unread falling off when the shelf is full."""

    def __init__(self, limit: int = SHELF_BYTES) -> None:
        self.limit, self.used = limit, 0
        self.pages: OrderedDict[Hashable, Page] = OrderedDict()
        self.lock = Lock()

    def take(self, key: Hashable) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page:
                self.pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        if len(page.body) > PAGE_BYTES:
            return
        with self.lock:
            old = self.pages.pop(key, None)
            self.used += len(page.body) - (len(old.body) if old else 0)
            self.pages[key] = page
            while self.used > self.limit:
                self.used -= len(self.pages.popitem(last=False)[1].body)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.used = 0


SHELF = Shelf()


class PublicPages:
    """Answers every address whose gate is public, or the API's; lets all others go on to sessions and sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        match = request.resolver_match = resolve(request.path_info)
        gate: Gate | None = getattr(match.func, "gate", None)
        if gate is not None and gate.kind in ("api", "token"):
            return match.func(request, *match.args, **match.kwargs)
        if gate is None or gate.kind != "public":
            return self.get_response(request)
        response = self._answer(request, match, gate)
        if gate.is_shared:
            for name, value in _SHARED.items():
                response[name] = value
        return response

    def _answer(self, request: HttpRequest, match: ResolverMatch, gate: Gate) -> HttpResponseBase:
        if gate.params is not None:
            request.GET = allowed_query(request.GET, gate.params)  # type: ignore[misc]
        key = shelf_key(request, gate)
        if key and (page := SHELF.take(key)):
            return page.answer(request)
        response = match.func(request, *match.args, **match.kwargs)
        if response.cookies or "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
            raise NotPublic(match.view_name)
        return finished(request, gate, response, key)


def allowed_query(asked: QueryDict, params: frozenset[str]) -> QueryDict:
    """The query without what the page does not read, in one order, so that equal questions share one page."""
    query = QueryDict(mutable=True)
    for name in sorted(params & asked.keys()):
        query.setlist(name, asked.getlist(name))
    query._mutable = False
    return query


def shelf_key(request: HttpRequest, gate: Gate) -> Hashable | None:
    """What the answer depends on; None when it must not be kept."""
    if not gate.is_kept or request.method not in READ:
        return None
    query = request.GET.urlencode()
    if len(query) > QUERY_LENGTH or (query and gate.params is None):
        return None
    return get_language(), request.path_info, query, timezone.localdate(), records.public_version()


def finished(request: HttpRequest, gate: Gate, response: HttpResponseBase, key: Hashable | None) -> HttpResponseBase:
    """The answer with its validator, put on the shelf when it may be."""
    if hasattr(response, "render") and not response.is_rendered:
        response = response.render()
    if response.status_code != 200 or not isinstance(response, HttpResponse) or not gate.is_kept:
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-cache" if response.status_code < 400 else "no-store"
        return response
    page = Page.of(response)
    if key:
        SHELF.put(key, page)
    return page.answer(request)
