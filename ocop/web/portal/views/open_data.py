"""Open data: the list of sets, one set, its files and schema, the catalogue of them, and what changed when."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.web.kit.gates import public_page
from ocop.web.kit.limits import counts, limited, refused
from ocop.web.portal.forms.open_data import PARAMS, read_asked
from ocop.web.portal.pages.figures import figure_links
from ocop.web.portal.pages.og import open_graph
from ocop.web.portal.pages.open_data.changes import changes, changes_json, last_changes
from ocop.web.portal.pages.open_data.data_set import DataSet
from ocop.web.portal.pages.open_data.dcat import catalogue
from ocop.web.portal.pages.open_data.files import CONTENT_TYPES, Publication, absolute, attribution, file_of
from ocop.web.portal.pages.open_data.page import set_cards, set_page
from ocop.web.portal.pages.open_data.schema import data_package, table_schema
from ocop.web.portal.pages.open_data.sets import SETS

FEED_ITEMS = 50


@public_page(params=())
def open_data(request: HttpRequest) -> HttpResponse:
    """Every set with what it is, how large, how fresh, under which licence and in which formats."""
    title = _("Số liệu mở")
    lead = _("Mọi điều sổ biết, tải về dùng lại được: cho nhà báo, nhà nghiên cứu, người viết phần mềm và cơ quan khác.")
    today = timezone.localdate()
    context = {"cards": set_cards(today), "figures": figure_links(), "on": today, "attribution": attribution()}
    return _page(request, "home", title, lead, context)


@public_page(params=())
def open_data_set(request: HttpRequest, name: str) -> HttpResponse:
    """One set: its columns, licence, first rows, last changes and files."""
    data = _known(name)
    context = {"page": set_page(data, timezone.localdate()), "on": timezone.localdate(), "attribution": attribution()}
    return _page(request, "set", str(data.title), str(data.about), context)


@public_page(params=PARAMS, shared=True)
@counts("export")
def open_data_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The set as CSV, of today or of the day asked."""
    return _download(request, name, "csv")


@public_page(params=PARAMS, shared=True)
@limited("export")
def open_data_xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """The set as a spreadsheet; making one costs time."""
    return _download(request, name, "xlsx")


@public_page(params=PARAMS, shared=True)
@counts("export")
def open_data_json(request: HttpRequest, name: str) -> HttpResponse:
    """The set as JSON with what it says of itself."""
    return _download(request, name, "json")


@public_page(params=PARAMS, shared=True)
@counts("export")
def open_data_geojson(request: HttpRequest, name: str) -> HttpResponse:
    """The set as a map, where its things have a place."""
    return _download(request, name, "geojson")


@public_page(params=(), shared=True)
def open_data_schema(request: HttpRequest, name: str) -> HttpResponse:
    """The columns of a set for programs."""
    return _json(table_schema(_known(name)))


@public_page(params=(), shared=True)
def open_data_package(request: HttpRequest) -> HttpResponse:
    """All sets as one Data Package."""
    return _json(data_package(timezone.localdate()))


@public_page(params=(), shared=True)
def open_data_catalogue(request: HttpRequest) -> HttpResponse:
    """All sets as DCAT-AP."""
    return _json(catalogue(timezone.localdate()), "application/ld+json")


@public_page(params=())
def open_data_changes(request: HttpRequest) -> HttpResponse:
    """What changed when, newest first."""
    title = _("Số liệu mở: thay đổi gì, khi nào")
    lead = _("Đọc từ nhật ký không sửa được của sổ: việc gì, ngày nào, mã nào. Không ghi ai làm.")
    return _page(request, "changes", title, lead, {"changes": changes()[:200]})


@public_page(params=(), shared=True)
def open_data_changes_json(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return _json(changes_json(changes()))


@public_page(params=(), shared=True)
def open_data_changes_rss(request: HttpRequest) -> HttpResponse:
    """The same as a feed: one entry a day and kind of change."""
    page = absolute("open_data_changes")
    about = _("Thay đổi trong các bộ số liệu, theo ngày.")
    rss = Rss201rev2Feed(title=_("Số liệu mở OCOP Bắc Kạn: thay đổi"), link=page, description=about, language=get_language())
    for each in changes()[:FEED_ITEMS]:
        rss.add_item(
            title=each.words,
            link=page,
            description=", ".join((*each.sets, *each.codes)),
            unique_id=f"open-data:{each.on.isoformat()}:{each.event}",
            unique_id_is_permalink=False,
            pubdate=timezone.make_aware(datetime.combine(each.on, time())),
        )
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _known(name: str) -> DataSet:
    if name not in SETS:
        raise Http404(_("Không có bộ số liệu nào mang tên này."))
    return SETS[name]


def _download(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    data, now = _known(name), timezone.now()
    if ending not in data.formats:
        raise Http404(_("Bộ số liệu này không có dạng bản đồ."))
    asked = read_asked(request.GET, data.asks, timezone.localdate(now))
    if asked.error:
        return HttpResponse(asked.error, status=400, content_type="text/plain; charset=utf-8")
    if asked.is_other_day and (refusal := refused(request, "export")):
        return refusal
    made = Publication(data, asked.on, last_changes()[data.name])
    headers = {"Last-Modified": http_date(_changed_at(made).timestamp()), "Link": _links(data)}
    if ending in ("csv", "xlsx"):
        headers["Content-Disposition"] = f'attachment; filename="ocop-bac-kan-{data.name}-{asked.on.isoformat()}.{ending}"'
    return HttpResponse(file_of(made, ending), content_type=CONTENT_TYPES[ending], headers=headers)


def _changed_at(made: Publication) -> datetime:
    """When the answer last became another: by a change in the register, or at midnight where it speaks of the day."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return max(filter(None, (made.modified_at, midnight if made.data.asks or not made.modified_at else None)))


def _links(data: DataSet) -> str:
    return f'<{absolute("open_data_schema", data.name)}>; rel="describedby"; type="application/json", <{data.licence.url}>; rel="license"'


def _json(whole: dict[str, Any], content_type: str = "application/json") -> JsonResponse:
    return JsonResponse(whole, content_type=content_type, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _page(request: HttpRequest, name: str, title: str, lead: str, context: dict[str, Any]) -> HttpResponse:
    shared = {
        "title": title,
        "lead": lead,
        "english": get_language() == "en",
        "og": open_graph(request, title, lead),
        "site": settings.SITE_URL,
    }
    return render(request, f"portal/open_data/{name}.html", {**shared, **context})
