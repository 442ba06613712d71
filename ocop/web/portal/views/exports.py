"""The selection of the catalogue and the register of a day as files. Making one costs time, so each address has only so many."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.papers.sheets import Cell, Sheet, csv_table, xlsx
from ocop.register.queries import product_sets
from ocop.register.queries.catalogue import in_order, register_on, snapshot
from ocop.web.kit.gates import public_page
from ocop.web.kit.limits import limited
from ocop.web.portal.forms import catalogue as catalogue_form
from ocop.web.portal.forms import register as register_form
from ocop.web.portal.pages.filters import chips
from ocop.web.portal.pages.listing import choose
from ocop.web.portal.pages.sheets import register_rows, register_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXPORT_PARAMS = tuple(name for name in catalogue_form.PARAMS if name not in ("trang", "xem", "demo"))


@public_page(params=_EXPORT_PARAMS, kept=False)
@limited("export")
def catalogue_xlsx(request: HttpRequest) -> HttpResponse:
    """The products that match, with the sources of every row."""
    return _file(xlsx(*_selection(request)), "san-pham-ocop", "xlsx", _XLSX)


@public_page(params=_EXPORT_PARAMS, kept=False)
@limited("export")
def catalogue_csv(request: HttpRequest) -> HttpResponse:
    """The same as text for other programs."""
    return _file(csv_table(*_selection(request)), "san-pham-ocop", "csv", "text/csv; charset=utf-8")


@public_page(params=("ngay",), kept=False)
@limited("export")
def register_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole register on the day asked."""
    form = register_form.read_register(request.GET, timezone.localdate())
    if form.error:
        return HttpResponse(form.error, status=400, content_type="text/plain; charset=utf-8")
    sheet = register_sheet(form.on, _("Sổ đăng ký OCOP Bắc Kạn"))
    return _file(xlsx(sheet, register_rows(register_on(form.on), form.on)), f"so-ocop-{form.on.isoformat()}", "xlsx", _XLSX)


def _selection(request: HttpRequest) -> tuple[Sheet, Iterable[Sequence[Cell]]]:
    """The chosen products in the chosen order; demo rows are never among them."""
    on = timezone.localdate()
    register = snapshot(on)
    form = catalogue_form.read_catalogue(request.GET, register.places, [each.no for each in product_sets()], demo_allowed=False)
    selection, found = choose(form, register)
    lines = register_on(on, ids=[row.id for row in in_order(selection.rows, form.sort, found.relevance)])
    asked = ", ".join(chip.label for chip in chips(form, register.places))
    chosen = _("Đã chọn: %(asked)s.") % {"asked": asked} if asked else ""
    return register_sheet(on, _("Sản phẩm OCOP Bắc Kạn"), chosen), register_rows(lines, on)


def _file(content: bytes, name: str, ending: str, content_type: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})
