"""GS1 Digital Link: /01/<GTIN> on a label leads to the product, for people and for machines; and what such a label says."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

from ocop.core.digital_link import DigitalLink, NotDigitalLink, claims_in, read_digital_link
from ocop.market.queries import channels_of
from ocop.register.queries.open_data import PackOwner, owner_of_gtin
from ocop.register.queries.portal import verify_answer
from ocop.register.rules.typed_code import typed_code
from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.digital_link import (
    LANGUAGES,
    LINKSET_TYPE,
    address_of,
    chosen,
    claims,
    link_header,
    links_of,
    linkset,
    resolver_description,
    with_query,
)
from ocop.web.portal.pages.verify import card_context


@public_page(kept=False, shared=True)
def gtin(request: HttpRequest, rest: str) -> HttpResponse:
    """The product behind a barcode: a redirect to the link that fits the reader, or all links; 400 and 404 say why not."""
    language = reader_language(request)
    with override(language):
        try:
            link = read_digital_link(rest, _pairs(request))
        except NotDigitalLink as wrong:
            return _refusal(request, 400, str(wrong))
        owner = owner_of_gtin(link.gtin13)
        if owner is None:
            return _refusal(request, 404, _("Chưa sản phẩm nào trong sổ mang mã vạch %(gtin)s.") % {"gtin": link.gtin})
    return _found(request, link, owner, language)


@public_page(params=(), shared=True)
def description(request: HttpRequest) -> HttpResponse:
    """What this resolver answers (GS1 Digital Link, resolver description file)."""
    return JsonResponse(resolver_description(), json_dumps_params={"ensure_ascii": False})


@public_page(kept=False)
def on_label(request: HttpRequest, code: str) -> HttpResponse:
    """What a label says of its lot and dates, beside what the register knows of the product: the one is not checked by the other."""
    found = verify_answer(typed_code(code), timezone.localdate())
    if found is None or found.public_id != code:
        raise Http404(_("Không có mã này trong sổ."))
    said = claims(claims_in(_pairs(request)))
    context = {"request": request, "claims": said, **card_context(found, timezone.localdate())}
    return HttpResponse(render_to_string("portal/on_label.html", context))


def reader_language(request: HttpRequest) -> str:
    """Of the portal's languages the one the reader's browser likes best; a label has no language in its address."""
    liked = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower())
    return next((code[:2] for code, _weight in liked if code[:2] in LANGUAGES), LANGUAGES[0])


def _found(request: HttpRequest, link: DigitalLink, owner: PackOwner, language: str) -> HttpResponse:
    asked = request.GET.get("linkType", "")
    is_sold = any(not line.is_demo for line in channels_of(owner.public_id))
    links = links_of(link, owner, is_sold=is_sold)
    if asked == "linkset" or (not asked and _wants(request, LINKSET_TYPE)):
        whole = linkset(link, owner, is_sold=is_sold)
        response: HttpResponse = JsonResponse(whole, json_dumps_params={"ensure_ascii": False}, content_type=LINKSET_TYPE)
    else:
        target = chosen(links, asked, language, as_json=_wants(request, "application/json"))
        response = HttpResponse(status=307, headers={"Location": with_query(target, request.GET.urlencode())})
    response["Link"] = link_header(links, address_of(link))
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _refusal(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """The reason, as a page for people and as problem details (RFC 9457) for machines."""
    if request.GET.get("linkType") == "linkset" or _wants(request, LINKSET_TYPE) or _wants(request, "application/json"):
        problem = {"type": "about:blank", "title": _("Không dẫn được"), "status": status, "detail": reason}
        return JsonResponse(problem, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})
    context = {"request": request, "reason": reason, "is_unknown": status == 404}
    return HttpResponse(render_to_string("portal/digital_link.html", context), status=status)


def _wants(request: HttpRequest, media_type: str) -> bool:
    """The reader names this type; a browser, which takes anything, does not."""
    return media_type in request.META.get("HTTP_ACCEPT", "").lower()


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, values in request.GET.lists() for value in values)
