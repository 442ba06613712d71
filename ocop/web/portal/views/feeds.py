"""What machines read: the feed of new recognitions and the map of the site."""

import re
from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.core.text import clean_line
from ocop.register.enums import DatePrecision
from ocop.register.queries.catalogue import newest_recognitions
from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.home import NewestLine, newest_lines
from ocop.web.portal.pages.sitemap import sitemap_entries

FEED_ITEMS = 50
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@public_page(params=())
def feed(request: HttpRequest) -> HttpResponse:
    """The last recognitions in the register as RSS 2.0; an entry is the recognition, so its identity never changes."""
    rss = Rss201rev2Feed(
        title=_("OCOP Bắc Kạn: công nhận mới trong sổ"),
        link=f"{settings.SITE_URL}{reverse('portal:home')}",
        description=_("Sản phẩm được công nhận sao, theo ngày công nhận, có quyết định và nguồn."),
        language=get_language(),
        feed_url=f"{settings.SITE_URL}{request.path}",
    )
    for line in newest_lines(newest_recognitions(timezone.localdate(), FEED_ITEMS)):
        _add(rss, line)
    return HttpResponse(rss.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _add(rss: Rss201rev2Feed, line: NewestLine) -> None:
    row = line.row
    facts = {"producer": row.producer or _("chưa rõ chủ thể"), "when": line.when, "decision": line.decision}
    is_dated = row.recognised_precision == DatePrecision.DAY  # a month or a year is no moment a reader could sort by
    rss.add_item(
        title=_xml(_("%(product)s được công nhận %(stars)s sao") % {"product": row.product, "stars": row.stars}),
        link=f"{settings.SITE_URL}{line.address}",
        description=_xml(_("Chủ thể: %(producer)s. Thời điểm: %(when)s. Quyết định: %(decision)s.") % facts),
        unique_id=f"recognition:{row.code}",
        unique_id_is_permalink=False,
        pubdate=timezone.make_aware(datetime.combine(row.recognised_on, time())) if is_dated else None,
    )


def _xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold (section 2.2); one such letter and no reader opens the feed."""
    return _NOT_XML.sub("", clean_line(text))


@public_page(params=())
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its twin in the other language."""
    context = {"entries": sitemap_entries(timezone.localdate()), "site": settings.SITE_URL}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")
