"""Tags for what is seen: icons, stars, the header and footer that every page shares."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ocop.register.enums import StandingKind
from ocop.web.kit.templatetags.kit_text import day

register = template.Library()
SPRITE = Path(__file__).resolve().parent.parent / "static" / "kit" / "icons.svg"
ICONS = frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


@cache
def _sprite() -> str:
    return static("kit/icons.svg")


class UnknownIcon(KeyError):
    """No symbol of that name in `kit/icons.svg`."""


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, kind: str = "") -> SafeString:
    """An icon of the sprite; decoration only, so the word stands beside it. `kind` adds a class: `{% icon "check" "icon-lg" %}`."""
    if name not in ICONS:
        raise UnknownIcon(name)
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>', f" {kind}" if kind else "", _sprite(), name)


@register.simple_tag
@lru_cache(maxsize=64)
def stars(count: int | str | None, state: str = "") -> SafeString:
    """A row of stars. `state` "" is valid today and shows the places still empty; "past" is dashed, "unknown" hollow grey."""
    count = int(count or 0)
    if not count:
        return SafeString("")
    wide, of_five = (count, "") if state or count == 5 else (5, "-of-5")
    return format_html(
        '<svg class="stars{}" viewBox="-1 0 {} 24" aria-hidden="true"><use href="{}#stars-{}{}"/></svg>',
        f" stars-{state}" if state else "",
        25 * wide + 1,
        _sprite(),
        count,
        of_five,
    )


# kind: state of the stars, class and icon of the line that says until when
_LOOKS = {
    StandingKind.VALID: ("", "", "shield-check"),
    "due": ("", "till-due", "clock-alert"),
    StandingKind.EXTENDED: ("", "", "shield-check"),
    StandingKind.EXPIRED: ("past", "till-past", "history"),
    StandingKind.WITHDRAWN: ("past", "till-stop", "ban"),
    StandingKind.UNVERIFIED: ("unknown", "till-unknown", "circle-help"),
    StandingKind.NONE: ("", "till-unknown", "circle-dashed"),
}


@register.simple_tag
def starbadge(standing: Any, size: str = "", detail: str = "") -> SafeString:
    """A star with its class in words and its end. `standing` has kind, stars, until (exclusive) and is_due; `detail` replaces the end."""
    is_due = getattr(standing, "is_due", False) or getattr(standing, "state", "") == "due"
    return _badge(standing.kind, standing.stars or 0, standing.until, bool(is_due), size, detail, get_language() or "vi")


@lru_cache(maxsize=2048)
def _badge(kind: str, count: int, until: date | None, is_due: bool, size: str, detail: str, _language: str) -> SafeString:
    state, till, name = _LOOKS["due" if kind == StandingKind.VALID and is_due else kind]
    return format_html(
        '<div class="starbadge{}">{}<b>{}</b><span class="till {}">{}{}</span></div>',
        f" starbadge-{size}" if size else "",
        stars(0 if kind == StandingKind.NONE else count, state),
        standing_words(kind, count),
        till,
        icon(name),
        detail or _until_words(kind, until, is_due),
    )


def standing_words(kind: str, count: int) -> str:
    """The class in words: "4 sao", "Từng đạt 3 sao", "3 sao, chờ xác minh", "Chưa có sao OCOP"."""
    if kind == StandingKind.NONE or not count:
        return _("Chưa có sao OCOP") if kind == StandingKind.NONE else _("Chưa rõ hạng sao")
    if kind in (StandingKind.EXPIRED, StandingKind.WITHDRAWN):
        return _("Từng đạt %(stars)s sao") % {"stars": count}
    if kind == StandingKind.UNVERIFIED:
        return _("%(stars)s sao, chờ xác minh") % {"stars": count}
    return _("%(stars)s sao") % {"stars": count}


def _until_words(kind: str, until: date | None, is_due: bool) -> str:
    last = day(until - timedelta(days=1)) if until else ""
    if kind == StandingKind.NONE:
        return _("Chưa phân hạng")
    if kind == StandingKind.WITHDRAWN:
        return _("Đã thu hồi")
    if kind == StandingKind.UNVERIFIED:
        return _("Hạn tính %(day)s, chưa xác nhận") % {"day": last} if last else _("Chưa rõ ngày hết hạn")
    if kind == StandingKind.EXPIRED:
        return _("Hết hạn %(day)s") % {"day": last} if last else _("Hết hạn")
    if kind == StandingKind.EXTENDED:
        return _("Được kéo dài đến %(day)s") % {"day": last}
    return (_("Sắp hết hạn: %(day)s") if is_due else _("Còn hạn đến %(day)s")) % {"day": last}


@register.simple_tag
def art(name: str) -> str:
    """The address of an illustration: `{% art "products/mien-a" %}`."""
    return _art(name)


@cache
def _art(name: str) -> str:
    return static(f"kit/art/{name}.svg")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query with some values changed: `{% query trang=2 %}`; None or "" takes one away. Starts with "?"."""
    request = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def query_page(context: template.Context, parameter: str, number: int) -> str:
    """This page's query at another page number; the first page has none."""
    return query(context, **{parameter: None if number == 1 else number})


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, name: str, value: Any = None) -> str:
    """This page's query without one parameter, or without one of its values; always from the first page."""
    values = context["request"].GET.copy()
    kept = [] if value is None else [item for item in values.getlist(name) if item != str(value)]
    values.setlist(name, kept)
    values.pop("trang", None)
    return f"?{values.urlencode()}"


NAV: tuple[tuple[str, Promise, frozenset[str]], ...] = (
    ("home", gettext_lazy("Trang chủ"), frozenset({"home"})),
    ("catalogue", gettext_lazy("Sản phẩm"), frozenset({"catalogue", "product", "producer", "register_on", "events"})),
    ("map", gettext_lazy("Bản đồ"), frozenset({"map", "communes", "commune", "tourism", "tourism_site"})),
    ("sales_points", gettext_lazy("Điểm bán"), frozenset({"sales_points"})),
    ("verify", gettext_lazy("Kiểm tra sao"), frozenset({"verify", "scan", "report", "report_status"})),
)
FOOTER = ("home", "catalogue", "verify", "open_data", "figures", "report", "about", "events", "register_on", "feed")
_OTHER = "~other-language~"


@register.simple_tag(takes_context=True)
def portal_header(context: template.Context) -> SafeString:
    """The public header: the same for everybody, made once per language and place in the menu."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    page = match.url_name if match and match.namespace == "portal" else ""
    active = next((name for name, _label, pages in NAV if page in pages), "")
    before, after = _portal_header(get_language() or "vi", active)
    return format_html("{}{}{}", before, other_language_path(request), after)


@lru_cache(maxsize=32)
def _portal_header(language: str, active: str) -> tuple[SafeString, SafeString]:
    links = [{"url": _portal_url(name), "label": str(label), "is_here": name == active} for name, label, _pages in NAV]
    whole = get_template("kit/portal_header.html").render({"links": links, "language": language, "other": _OTHER})
    before, after = re.sub(r">\s+<", "><", whole).split(_OTHER)
    return SafeString(before), SafeString(after)


@register.simple_tag
def portal_footer() -> SafeString:
    return _portal_footer(get_language() or "vi")


@lru_cache(maxsize=4)
def _portal_footer(language: str) -> SafeString:
    urls = {name: _portal_url(name) for name in FOOTER}
    urls["api"] = _reversed("api:docs")
    whole = get_template("kit/portal_footer.html").render({"urls": urls, "language": language, "is_demo": not settings.IS_PRODUCTION})
    return SafeString(re.sub(r">\s+<", "><", whole))


@register.simple_tag
def kit_head(kind: str = "portal") -> SafeString:
    """Style sheets, fonts, icons and the scripts every page of that kind has."""
    return _kit_head(kind, get_language() or "vi")


@lru_cache(maxsize=8)
def _kit_head(kind: str, _language: str) -> SafeString:
    return SafeString(re.sub(r">\s+<", "><", get_template("kit/head.html").render({"kind": kind}).strip()))


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> SafeString:
    """Canonical address and the two languages of a portal page, for search engines."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if not match or match.namespace != "portal":
        return SafeString("")
    site, here, there = settings.SITE_URL, request.path, _other_path(request.path)
    vi, en = (there, here) if get_language() == "en" else (here, there)
    return format_html(
        '<link rel="canonical" href="{0}{1}"><link rel="alternate" hreflang="vi" href="{0}{2}">'
        '<link rel="alternate" hreflang="en" href="{0}{3}">',
        site,
        here,
        vi,
        en,
    )


def other_language_path(request: HttpRequest | None) -> str:
    """Where this page stands in the other language; its front page when this one has no twin."""
    match = getattr(request, "resolver_match", None)
    if request is None or not match or match.namespace != "portal":
        return "/" if get_language() == "en" else "/en/"
    asked = request.GET.urlencode()
    return _other_path(request.path) + (f"?{asked}" if asked else "")


def _other_path(path: str) -> str:
    return path.removeprefix("/en") or "/" if path.startswith("/en/") else f"/en{path}"


def _portal_url(name: str) -> str:
    return _reversed(f"portal:{name}")


def _reversed(name: str) -> str:
    """The address of a page; empty where it is not in this URLconf."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
