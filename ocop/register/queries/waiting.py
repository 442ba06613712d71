"""What waits for a person in this room, for "Việc của tôi"."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.records.queries import notices_waiting
from ocop.register import rules
from ocop.register.enums import ReportKind
from ocop.register.models import IntakeBatch, ProducerClaim, Product, Report
from ocop.register.queries.batches import intakes_waiting
from ocop.register.queries.producers import claims_waiting
from ocop.register.queries.products import products_kept_by
from ocop.register.queries.reports import reports_waiting
from ocop.register.queries.standing import own_products_due, standings_on

CLAIM_DAYS = 5  # an answer to somebody who asks to keep pages is promised within so many days (product decision)
LISTED_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do: what, about whom, where, until when."""

    title: str
    detail: str
    url_name: str
    url_args: tuple[str, ...]
    due_on: date | None


def things_waiting(viewer: Actor, on: date) -> list[Thing]:
    """Claims and reports to decide, sheets to confirm, and the renewals of the products this actor looks after; the nearest deadline first.

    What a notice already tells this person of is left out: it stands in the same list.
    """
    told = {notice.subject for notice in notices_waiting(viewer.user_id)} if viewer.user_id else set()
    things = [_claim(claim) for claim in claims_waiting(viewer)[:LISTED_AT_MOST] if f"claim:{claim.pk}" not in told]
    things += [_report(report) for report in reports_waiting(viewer)[:LISTED_AT_MOST] if f"report:{report.code}" not in told]
    things += [_sheet(batch) for batch in intakes_waiting(viewer)[:LISTED_AT_MOST]]
    things += _renewals(viewer, on)
    return sorted(things, key=lambda thing: (thing.due_on or date.max, thing.title))


def _claim(claim: ProducerClaim) -> Thing:
    title = _("%(person)s xin giữ trang của %(producer)s") % {"person": claim.user.full_name, "producer": claim.producer.name}
    due_on = localdate(claim.requested_at) + timedelta(days=CLAIM_DAYS)
    return Thing(title, claim.relation, "desk:claims", (), due_on)


def _report(report: Report) -> Thing:
    name = report.product.name if report.product else report.code_seen or _("chưa rõ sản phẩm")
    words = _("Báo dùng sai sao: %(name)s") if report.kind == ReportKind.MISUSE else _("Báo sai thông tin: %(name)s")
    return Thing(words % {"name": name}, report.place_seen, "desk:report", (report.code,), report.due_on)


def _sheet(batch: IntakeBatch) -> Thing:
    """A sheet this person sent and has not brought to an end."""
    title = _("Bảng %(name)s chờ bạn xem và ghi vào sổ") % {"name": batch.file.name}
    return Thing(title, _("Chưa có gì được ghi."), "desk:intake", (batch.code,), None)


def _renewals(viewer: Actor, on: date) -> list[Thing]:
    """A producer's own and a commune's; the OCOP office has its own list of renewals."""
    if viewer.role not in (Role.PRODUCER, Role.COMMUNE_OFFICER):
        return []
    due = list(own_products_due(on, products_kept_by(viewer))[:LISTED_AT_MOST])
    standings = standings_on([product.pk for product in due], on)
    return [_renewal(product, until, on) for product in due if (until := standings[product.pk].until) is not None]


def _renewal(product: Product, until: date, on: date) -> Thing:
    window = rules.renewal_window(until)
    words = _("Nộp hồ sơ đánh giá lại từ %(first)s đến %(last)s.")
    if on > window.last:
        words = _("Đã qua hạn nộp hồ sơ đánh giá lại (%(last)s). Hãy hỏi cơ quan OCOP cấp tỉnh.")
    detail = words % {"first": _in_sentence(window.first), "last": _in_sentence(window.last)}
    title = _("%(name)s: sao có giá trị đến hết %(day)s") % {"name": product.name, "day": _in_sentence(until - timedelta(days=1))}
    due_on = window.last if on <= window.last else until - timedelta(days=1)
    return Thing(title, detail, "desk:product", (product.public_id,), due_on)


def _in_sentence(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
