"""What belongs to no audience: health, the gallery, who is signed in, and the small files browsers and robots ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from ocop.records import queries as records
from ocop.web.kit.gallery import gallery_page
from ocop.web.kit.gates import open_page, public_page
from ocop.web.kit.health import readiness


@public_page(params=("trang", "tu"))
def gallery(request: HttpRequest) -> HttpResponseBase:
    return render(request, "kit/gallery.html", gallery_page())


@public_page(kept=False)
def healthz(request: HttpRequest) -> HttpResponseBase:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@public_page(kept=False)
def readyz(request: HttpRequest) -> HttpResponseBase:
    answers = readiness()
    is_ready = all(answer == "ok" for answer in answers.values())
    headers = {"Cache-Control": "no-store"} | ({} if is_ready else {"Retry-After": "15"})
    return JsonResponse({"ready": is_ready, **answers}, status=200 if is_ready else 503, headers=headers)


@open_page(methods=("GET", "HEAD"))
def me(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in, for the header of a public page, which must not know it itself."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        return JsonResponse({"signed_in": False})
    return JsonResponse({"signed_in": True, "name": str(request.user), "notices": records.notices_waiting_count(actor.user_id)})


@public_page
def robots(request: HttpRequest) -> HttpResponseBase:
    closed = "".join(f"Disallow: {path}\n" for path in ("/viec/", "/accounts/", "/kit/", "/me"))
    return HttpResponse(f"User-agent: *\n{closed}Sitemap: {settings.SITE_URL}/sitemap.xml\n", content_type="text/plain")


@public_page(params=(), kept=False)
def heads(request: HttpRequest) -> HttpResponseBase:
    """The audit chain's head of every day, for anybody who wants to be a witness: a copy kept elsewhere shows a rewriting."""
    lines = "".join(f"{line}\n" for line in records.daily_heads())
    return HttpResponse(lines, content_type="application/jsonl; charset=utf-8")


@public_page
def favicon(request: HttpRequest) -> HttpResponseBase:
    return redirect(static("kit/art/mark.svg"))


@public_page
def manifest(request: HttpRequest) -> HttpResponseBase:
    """So that the desk can be put on a phone's first screen."""
    icon = {"src": static("kit/art/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    about = {
        "name": "OCOP Bắc Kạn",
        "short_name": "OCOP",
        "description": _("Mỗi xã, phường một sản phẩm"),
        "lang": "vi",
        "start_url": "/viec/",
        "display": "browser",
        "background_color": "#fbf8f1",
        "theme_color": "#1b2550",
        "icons": [icon],
    }
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
