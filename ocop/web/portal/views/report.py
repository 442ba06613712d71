"""Reports from the public: sending one, and reading how far it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import VISITOR
from ocop.records.actions import FileRefused, take_token
from ocop.register.actions import NotFitting, file_report
from ocop.register.models import Product, Report
from ocop.register.queries import product_by_any_code, report_status
from ocop.register.queries.portal import public_id_of
from ocop.register.rules.typed_code import typed_code
from ocop.web.kit.gates import open_page
from ocop.web.kit.limits import counts
from ocop.web.kit.peer import peer_address
from ocop.web.portal.forms.report import ReportForm
from ocop.web.portal.pages.report import first_words, status_view


@open_page
@counts("report")
def report(request: HttpRequest) -> HttpResponse:
    """The form; `?sp=` names a product, `?ma=` a label that leads nowhere. What was typed stays when something is wrong."""
    product = _product(request.POST.get("sp") or request.GET.get("sp", ""))
    if request.method != "POST":
        return _form(request, ReportForm(initial=first_words(request.GET)), product)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, product, status=422)
    if form.cleaned_data["website"]:
        return redirect("portal:report")  # a script filled what no person sees
    allowed = take_token(limit="report", key=peer_address(request), at=timezone.now())
    if not allowed:
        form.add_error(None, allowed.reason)
        return _form(request, form, product, status=429)
    sent = _send(request, form, product)
    return redirect("portal:report_status", sent.code) if sent else _form(request, form, product, status=422)


@open_page(methods=("GET", "HEAD"))
def report_status_page(request: HttpRequest, code: str) -> HttpResponse:
    """How far a report is and how it ended, for whoever has its code: nothing of what was said or by whom."""
    found = report_status(code)
    if found is None:
        raise Http404
    return render(request, "portal/report_status.html", {"report": status_view(found)})


def _product(code: str) -> Product | None:
    public_id = public_id_of(typed_code(code))
    return product_by_any_code(public_id) if public_id else None


def _send(request: HttpRequest, form: ReportForm, product: Product | None) -> Report | None:
    """The report that was filed, or None with the refusal at its field."""
    said = {name: form.cleaned_data[name] for name in ("kind", "text", "place_seen", "code_seen", "name", "phone", "email")}
    try:
        return file_report(actor=VISITOR, product=product, photo=form.cleaned_data["photo"], at=timezone.now(), **said)
    except FileRefused as refusal:
        form.add_error("photo", str(refusal))
    except NotFitting as refusal:
        form.add_error(None, str(refusal))
    return None


def _form(request: HttpRequest, form: ReportForm, product: Product | None, status: int = 200) -> HttpResponse:
    if form.files.get("photo") and "photo" not in form.errors:
        form.add_error("photo", _("Hãy chọn lại ảnh này: trình duyệt không giữ tệp đã chọn."))
    context: dict[str, Any] = {"form": form, "product": product}
    return render(request, "portal/report.html", context, status=status)
