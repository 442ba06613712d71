"""Reports from the public: whom each of them concerns, and what the reporter may read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.register.enums import ReportState
from ocop.register.models import Report

OPEN_STATES = (ReportState.NEW, ReportState.IN_HAND)


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """What whoever holds a report's code may read: how far it is, not what was said nor by whom."""

    code: str
    kind: str
    state: str
    product_name: str
    product_code: str
    received_at: datetime
    due_on: date
    outcome: str
    closed_at: datetime | None
    is_demo: bool


def reports_visible_to(viewer: Actor) -> QuerySet[Report]:
    """All reports for the OCOP office and inspectors, a commune's own for its officer, none for anybody else; the newest first."""
    reports = Report.objects.select_related("product__producer", "commune", "handler", "photo").order_by("-received_at", "-pk")
    if viewer.role in (Role.OCOP_OFFICER, Role.INSPECTOR):
        return reports
    if viewer.role == Role.COMMUNE_OFFICER:
        return reports.filter(Q(commune__key=viewer.unit_key) | Q(product__commune_now__key=viewer.unit_key))
    return reports.none()


def reports_waiting(viewer: Actor) -> QuerySet[Report]:
    """Open reports this officer may take or close, the nearest deadline first."""
    if viewer.role not in (Role.OCOP_OFFICER, Role.COMMUNE_OFFICER):
        return Report.objects.none()
    return reports_visible_to(viewer).filter(state__in=OPEN_STATES).order_by("due_on", "pk")


def report_status(code: str) -> ReportStatus | None:
    """What the reporter may read with the code they were given."""
    report = Report.objects.select_related("product").filter(code=code.strip().upper()).first()
    if report is None:
        return None
    product = report.product
    return ReportStatus(
        code=report.code,
        kind=report.kind,
        state=report.state,
        product_name=product.name if product and product.is_published else "",
        product_code=product.public_id if product and product.is_published else "",
        received_at=report.received_at,
        due_on=report.due_on,
        outcome=report.outcome,
        closed_at=report.closed_at,
        is_demo=report.is_demo,
    )
