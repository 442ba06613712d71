"""Reports as officers see them."""

from typing import Any

from django.db.models import QuerySet

from ocop.core.actor import Actor
from ocop.core.verdict import YES, Verdict
from ocop.people.enums import Role
from ocop.register import policies
from ocop.register.enums import ReportState
from ocop.register.models import Report
from ocop.register.queries.reports import OPEN_STATES


def reports_in_order(reports: QuerySet[Report], view: str) -> QuerySet[Report]:
    """The open ones by deadline; with `view` "xong" the closed ones, the latest first."""
    if view == "xong":
        return reports.exclude(state__in=OPEN_STATES).order_by("-closed_at", "-pk")
    return reports.filter(state__in=OPEN_STATES).order_by("due_on", "pk")


def may_answer(actor: Actor, report: Report) -> Verdict:
    """Asked when an answer is sent. A report that another officer closed meanwhile goes on: its page says so and keeps the answer."""
    return policies.can_handle_report(actor, report) if report.state in OPEN_STATES or actor.role == Role.INSPECTOR else YES


def report_desk(actor: Actor, report: Report) -> dict[str, Any]:
    """One report, its log, and what this hat may do."""
    may = policies.can_handle_report(actor, report)
    is_open = report.state in OPEN_STATES
    return {
        "report": report,
        "moves": report.moves.select_related("by").order_by("at", "pk"),
        "may": may,
        "is_open": is_open,
        "may_take": bool(may) and report.state == ReportState.NEW,
        "may_close": bool(may) and is_open,
        "may_reach": bool(may) and actor.role != Role.INSPECTOR,
    }
