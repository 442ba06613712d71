"""Spreadsheets that go with taking a register in: the sheet with remarks, the clean template, the register in the same layout."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ocop.people.enums import Role
from ocop.records.actions import take_token
from ocop.records.rules import XLSX
from ocop.register import policies
from ocop.register.actions import NotFitting, export_register, read_remarked_sheet, register_template
from ocop.register.queries import intakes_visible_to
from ocop.web.kit.errors import conflict
from ocop.web.kit.gates import desk_page


@desk_page(Role.OCOP_OFFICER, methods=("GET", "HEAD"))
def intake_remarks(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet as it came, with a column that says what is wrong: to be sent back to whoever keeps it."""
    batch = intakes_visible_to(request.actor).filter(code=code).first()
    if batch is None:
        raise Http404
    try:
        content = read_remarked_sheet(actor=request.actor, batch=batch, at=timezone.now())
    except NotFitting as refusal:
        return conflict(request, what=str(refusal), back=reverse("desk:intake", args=[code]))
    return _xlsx(content, f"{batch.code}-ghi-chu")


@desk_page(Role.OCOP_OFFICER, methods=("GET", "HEAD"))
def intake_template(request: HttpRequest) -> HttpResponse:
    """The clean layout, to be filled in."""
    return _xlsx(register_template(actor=request.actor, at=timezone.now()), "so-ocop-mau")


@desk_page(Role.OCOP_OFFICER, methods=("GET", "HEAD"))
def intake_export(request: HttpRequest) -> HttpResponse:
    """The whole register in the same layout, with the representatives for who may read them: that reading is logged."""
    actor, at = request.actor, timezone.now()
    if not (allowed := take_token(limit="export", key=f"user:{actor.user_id}", at=at)):
        messages.warning(request, allowed.reason)
        return redirect("desk:intakes")
    content = export_register(actor=actor, at=at, with_persons=bool(policies.can_export_persons(actor)))
    return _xlsx(content, f"so-ocop-{timezone.localdate(at).isoformat()}")


def _xlsx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})
