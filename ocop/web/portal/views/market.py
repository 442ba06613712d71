"""What was reported of selling: sales points and channels, events, figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.web.kit.gates import public_page
from ocop.web.portal.pages.figures import figures_view, targets_view, year_view
from ocop.web.portal.pages.market import events_view, sales_points_view
from ocop.web.portal.pages.og import open_graph


@public_page(params=())
def sales_points(request: HttpRequest) -> HttpResponse:
    """Where one can buy, as far as sources tell."""
    title = _("Điểm giới thiệu và bán sản phẩm OCOP")
    lead = _("Điểm bán được nêu tên, số điểm đã công bố, và các kênh siêu thị, bán trên mạng, xuất khẩu mà nguồn ghi lại.")
    return _page(request, "sales_points", title, lead, {"page": sales_points_view(timezone.localdate())})


@public_page(params=())
def events(request: HttpRequest) -> HttpResponse:
    """Fairs, weeks of sales, livestreams and conferences."""
    title = _("Sự kiện xúc tiến")
    lead = _("Hội chợ, tuần hàng, ngày hội, livestream và hội nghị kết nối mà nguồn ghi lại, mới nhất trước.")
    return _page(request, "events", title, lead, {"page": events_view(timezone.localdate())})


@public_page(params=())
def figures(request: HttpRequest) -> HttpResponse:
    """Published numbers with their sources: those that disagree, and the latest."""
    return _page(request, "figures", _("Số liệu và nguồn"), _figures_lead(), {"page": figures_view()})


@public_page(params=())
def figures_of(request: HttpRequest, year: int) -> HttpResponse:
    """The published numbers of one year."""
    page = year_view(year)
    if page is None:
        raise Http404(_("Chưa có số liệu nào của năm này."))
    return _page(request, "figures", _("Số liệu năm %(year)s") % {"year": year}, _figures_lead(), {"page": page})


@public_page(params=())
def targets(request: HttpRequest) -> HttpResponse:
    """Targets, findings of surveys, and the province's decisions about selling."""
    lead = _("Mục tiêu của các kế hoạch, kết quả khảo sát và chính sách bán hàng của tỉnh, ghi đúng như nguồn in.")
    return _page(request, "figures", _("Mục tiêu và chính sách"), lead, {"page": targets_view()})


def _figures_lead() -> str:
    return _("Mỗi con số kèm thời điểm, phạm vi, nguồn và mức tin cậy, ghi đúng như nguồn in. Hai nguồn nói khác nhau thì để cả hai.")


def _page(request: HttpRequest, name: str, title: str, lead: str, context: dict[str, object]) -> HttpResponse:
    shared = {"title": title, "lead": lead, "english": get_language() == "en", "og": open_graph(request, title, lead)}
    return render(request, f"portal/market/{name}.html", {**shared, **context})
