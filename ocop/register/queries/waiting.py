"""What waits for a person in this room, for "Việc của tôi"."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.records.queries import notices_waiting
from ocop.register.enums import RenewalStage, ReportKind
from ocop.register.models import IntakeBatch, ProducerClaim, Report
from ocop.register.queries.answers import answers_to_check, unverified_stars
from ocop.register.queries.batches import intakes_waiting
from ocop.register.queries.producers import claims_waiting
from ocop.register.queries.renewal import UNFILED_STAGES, Renewal, renewals_kept_by
from ocop.register.queries.reports import reports_waiting

CLAIM_DAYS = 5  # an answer to somebody who asks to keep pages is promised within so many days (product decision)
LISTED_AT_MOST = 50
_TO_DO = (*UNFILED_STAGES, RenewalStage.PAST)


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
    things += _renewals(viewer, on, told) + _queues(viewer, on, told)
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


def _renewals(viewer: Actor, on: date, told: set[str]) -> list[Thing]:
    """A producer's own and a commune's; the OCOP office has its own list of renewals."""
    if viewer.role not in (Role.PRODUCER, Role.COMMUNE_OFFICER):
        return []
    rows = [row for row in renewals_kept_by(viewer, on) if row.stage in _TO_DO and f"renewal:{row.product.public_id}" not in told]
    return [_renewal(row) for row in rows[:LISTED_AT_MOST]]


def _renewal(row: Renewal) -> Thing:
    """What the maker does next: prepare, hand in, or ask the OCOP office because it is too late."""
    window = row.window
    words = _("Nộp hồ sơ đánh giá lại từ %(first)s đến %(last)s.")
    if row.stage == RenewalStage.PREPARE:
        words = _("Đặt kiểm nghiệm và rà giấy tờ. Nộp hồ sơ đánh giá lại từ %(first)s đến %(last)s.")
    elif row.stage in (RenewalStage.LATE, RenewalStage.PAST):
        words = _("Đã qua hạn nộp hồ sơ đánh giá lại (%(last)s). Hãy hỏi cơ quan OCOP cấp tỉnh.")
        if row.filing is not None:
            words = _("Hồ sơ nộp sau hạn %(last)s. Cơ quan OCOP cấp tỉnh đang xem xét.")
    detail = words % {"first": _in_sentence(window.first), "last": _in_sentence(window.last)}
    title = _("%(name)s: sao có giá trị đến hết %(day)s") % {"name": row.product.name, "day": _in_sentence(row.last_day)}
    is_closed = row.stage in (RenewalStage.LATE, RenewalStage.PAST)
    return Thing(title, detail, "desk:renewal", (row.product.public_id,), row.last_day if is_closed else window.last)


def _queues(viewer: Actor, on: date, told: set[str]) -> list[Thing]:
    """What waits in the officers' own lists, one line a list."""
    if viewer.role not in (Role.COMMUNE_OFFICER, Role.OCOP_OFFICER):
        return []
    things = []
    if (waiting := unverified_stars(viewer, on).count()) and viewer.role == Role.COMMUNE_OFFICER:
        title = _("%(n)s sao của xã chờ xác minh") % {"n": waiting}
        things.append(
            Thing(title, _("Xem giấy tờ rồi trả lời: còn giá trị, đã công nhận lại, hay đã hết."), "desk:confirm_queue", (), None)
        )
    if (answers := answers_to_check(viewer).count()) and not any(subject.startswith("answers:") for subject in told):
        things.append(Thing(_("%(n)s câu trả lời của xã chờ kiểm tra") % {"n": answers}, "", "desk:answers", (), None))
    if viewer.role == Role.OCOP_OFFICER and (late := sum(row.waits_for_decision for row in renewals_kept_by(viewer, on))):
        things.append(Thing(_("%(n)s sao lỡ hạn nộp hồ sơ, chờ quyết định") % {"n": late}, "", "desk:renewals", (), None))
    return things


def _in_sentence(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
