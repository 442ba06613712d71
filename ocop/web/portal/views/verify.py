"""Is this star good today: the answer for a code, as a card and as JSON, and the page that scans."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.register.queries.portal import verify_answer
from ocop.register.rules.typed_code import typed_code
from ocop.web.kit.frozen import render_frozen
from ocop.web.kit.gates import public_page
from ocop.web.kit.templatetags.kit_text import day_words
from ocop.web.portal.pages.verify import card_context, meanings, report_address_for, verify_json


@public_page(params=("ma",))
def verify(request: HttpRequest) -> HttpResponse:
    """One answer for `?ma=`; without it, what each answer means."""
    on, asked = timezone.localdate(), typed_code(request.GET.get("ma", ""))
    context = {"request": request, "text": asked.text, "day": day_words(on), "iso": on.isoformat()}
    if not asked.text:
        return HttpResponse(render_to_string("portal/verify.html", context | {"meanings": meanings()}))
    found = verify_answer(asked, on)
    context |= card_context(found, on) if found else {"report_address": report_address_for(asked.text)}
    return HttpResponse(render_frozen("portal/verify_answer.html", context))


@public_page(params=("ma",))
def verify_for_machines(request: HttpRequest) -> HttpResponse:
    """The same as JSON; 404 with `known: false` for a code that is not in the register."""
    on, asked = timezone.localdate(), typed_code(request.GET.get("ma", ""))
    if not asked.text:
        return _json({"error": _("Hãy gửi mã sản phẩm trong tham số ma, ví dụ ?ma=BK001.")}, 400)
    found = verify_answer(asked, on)
    return _json(verify_json(asked.text, found, on), 200 if found else 404)


@public_page(params=(), camera=True)
def scan(request: HttpRequest) -> HttpResponse:
    """The camera page. Everything it does without a camera is done by /kiem-tra/."""
    return HttpResponse(render_to_string("portal/scan.html", {"request": request, "host": urlsplit(settings.SITE_URL).netloc}))


def _json(answer: dict[str, object], status: int) -> JsonResponse:
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
