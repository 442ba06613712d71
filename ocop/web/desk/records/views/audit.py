"""The record of who did what, the record of who read what, and the proof that neither was touched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.records import queries
from ocop.records.actions import record_access, take_token
from ocop.web.desk.records.forms import LogFilterForm
from ocop.web.desk.records.pages import person_ids, rows_of
from ocop.web.kit.gates import desk_page
from ocop.web.kit.limits import counts

_READERS = (Role.ADMINISTRATOR, Role.INSPECTOR)


@desk_page(*_READERS, methods=("GET", "HEAD"), menu=_("Nhật ký"), menu_place=90)
def entries(request: HttpRequest) -> HttpResponse:
    """The audit chain, newest first, narrowed by event, subject, person and days."""
    form = LogFilterForm(request.GET, events=queries.known_events())
    filters = _filters(request.actor, form)
    page = queries.audit_entries(request.actor, filters, _page_number(request.GET))
    _note_people(request.actor, filters, page)
    return render(request, "desk/records/audit.html", {"form": form, "page": page, "rows": rows_of(page)})


@desk_page(*_READERS, methods=("GET", "HEAD"))
def entry(request: HttpRequest, n: int) -> HttpResponse:
    """One entry with everything that is under its hash."""
    found = queries.audit_entry(request.actor, n)
    if found is None:
        raise Http404
    return render(request, "desk/records/entry.html", {"entry": found, "row": rows_of([found])[0]})


@desk_page(*_READERS, methods=("GET", "HEAD"))
def access_log(request: HttpRequest) -> HttpResponse:
    """Who read whose personal data: names of fields, never values."""
    form = LogFilterForm(request.GET, events=queries.known_readings())
    filters = _filters(request.actor, form)
    page = queries.access_entries(request.actor, filters, _page_number(request.GET))
    _note_people(request.actor, filters, page)
    return render(request, "desk/records/access_log.html", {"form": form, "page": page, "rows": rows_of(page)})


@desk_page(*_READERS, methods=("POST",))
@counts("verify_chain")
def check(request: HttpRequest) -> HttpResponse:
    """Check both chains from the first entry to the last."""
    verdict = take_token(limit="verify_chain", key=str(request.actor.user_id), at=timezone.now())
    if not verdict:
        messages.warning(request, verdict.reason)
        return redirect("desk:audit")
    chains = [(_("Nhật ký thay đổi"), queries.verify_audit()), (_("Nhật ký đọc"), queries.verify_audit(access_log=True))]
    return render(request, "desk/records/check.html", {"chains": chains, "checked_at": timezone.now()})


def _filters(viewer: Actor, form: LogFilterForm) -> queries.AuditFilters:
    """What was asked for; nobody's entries while the form says something that cannot be."""
    if not form.is_valid():
        return queries.AuditFilters(actor_ids=())
    return form.filters(person_ids(viewer, form.cleaned_data["person"], timezone.localdate()))


def _note_people(viewer: Actor, filters: queries.AuditFilters, page: queries.EntryPage) -> None:
    """Looking up what one person did is reading about that person, and leaves its own trace."""
    shown = sorted({found.actor_id for found in page if found.actor_id}) if filters.actor_ids else []
    if shown:
        seen = [f"user:{person}" for person in shown]
        record_access(actor=viewer, event="audit.people_read", subject="audit", fields=seen, at=timezone.now())


def _page_number(asked: QueryDict) -> int:
    number = asked.get("trang", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
