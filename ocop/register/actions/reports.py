"""Reports of misuse or error: filed by anybody, taken and closed by an officer, answered to whoever filed them."""

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line, clean_text
from ocop.core.working_days import add_working_days
from ocop.places.models import Unit
from ocop.records.actions import finish_notices, record, record_access, store_file
from ocop.records.enums import FileKind
from ocop.register import policies, rules
from ocop.register.actions.refusals import Moved, NotFitting, demand
from ocop.register.actions.told import tell_officers
from ocop.register.enums import REPORT_MOVES, ReportKind, ReportState
from ocop.register.models import Product, Report, ReporterContact, ReportMove

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another when written down
_CODE_LENGTH = 10
_TEXT_LIMIT, _PLACE_LIMIT, _SEEN_LIMIT, _NAME_LIMIT = 4000, 200, 80, 120
_EVENT = "report.filed"


class ReportMoved(Moved):
    """Another officer took or closed this report; `report` is how it stands now."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(_("Báo cáo này vừa được cán bộ khác xử lý."))


@transaction.atomic
def file_report(
    *,
    actor: Actor,
    kind: str,
    text: str,
    place_seen: str,
    at: datetime,
    product: Product | None = None,
    code_seen: str = "",
    commune: Unit | None = None,
    photo: File[Any] | None = None,
    name: str = "",
    phone: str = "",
    email: str = "",
) -> Report:
    """Anybody may report; the code of the report is the only key to its outcome. Raises `NotFitting`, `records.FileRefused`."""
    said = _report(kind=kind, text=text, place_seen=place_seen, code_seen=code_seen)
    contact = _contact(name, phone, email)
    report = Report(
        code="".join(secrets.choice(_LETTERS) for _place in range(_CODE_LENGTH)),
        **said,
        product=product,
        commune=commune or (product.commune_now if product else None),
        received_at=at,
        due_on=add_working_days(localdate(at), rules.REPORT_WORKING_DAYS),
        is_demo=bool(product and product.is_demo),
    )
    if photo is not None:
        report.photo = store_file(actor=actor, kind=FileKind.MISUSE_PHOTO, subject=f"misuse:{report.code}", upload=photo, at=at)
    report.save(force_insert=True)
    if any(contact.values()):
        ReporterContact.objects.create(report=report, **contact, is_demo=report.is_demo)
    ReportMove.objects.create(report=report, target=ReportState.NEW, at=at, by_id=actor.user_id)
    _tell(actor, report, at)
    data = {"kind": kind, "product": product.public_id if product else None, "photo": report.photo.sha256 if report.photo else None}
    record(actor=actor, event=_EVENT, subject=_subject(report), data=data, at=at, public=False)
    return report


@transaction.atomic
def take_report(*, actor: Actor, report: Report, at: datetime) -> Report:
    """An officer takes the report in hand. Raises `Refused`, and `ReportMoved` when another was faster."""
    demand(policies.can_handle_report(actor, report))
    _move(report, ReportState.IN_HAND, actor, at)
    record(actor=actor, event="report.taken", subject=_subject(report), data={}, at=at, public=False)
    return report


@transaction.atomic
def close_report(*, actor: Actor, report: Report, is_upheld: bool, outcome: str, at: datetime) -> Report:
    """The end of a report, with the sentence its reporter reads. Two officers at once: one wins, the other gets `ReportMoved`.

    Raises `Refused`, `NotFitting`.
    """
    demand(policies.can_close_report(actor, report, is_upheld=is_upheld))
    answer = clean_text(outcome)
    if not answer or len(answer) > _TEXT_LIMIT:
        raise NotFitting(_("Hãy ghi kết quả để người báo đọc được, không quá %(n)s ký tự.") % {"n": _TEXT_LIMIT})
    target = ReportState.CLOSED_UPHELD if is_upheld else ReportState.CLOSED_UNFOUNDED
    _move(report, target, actor, at, outcome=answer, closed_at=at)
    finish_notices(subject=_subject(report), event=_EVENT, at=at)
    record(actor=actor, event="report.closed", subject=_subject(report), data={"outcome": target.value}, at=at, public=False)
    return report


@transaction.atomic
def read_reporter(*, actor: Actor, report: Report, at: datetime) -> ReporterContact | None:
    """How to reach the reporter, if they said; the reading is logged. Raises `Refused`."""
    demand(policies.can_handle_report(actor, report))
    contact = ReporterContact.objects.filter(report=report).first()
    if contact is not None:
        record_access(actor=actor, event="reporter.read", subject=_subject(report), fields=["name", "phone", "email"], at=at)
    return contact


def _move(report: Report, target: ReportState, actor: Actor, at: datetime, **facts: object) -> None:
    """The conditional update and its line in the log."""
    before = report.state
    moved = Report.objects.filter(pk=report.pk, state=before, state__in=REPORT_MOVES[target])
    if moved.update(state=target, handler_id=actor.user_id, **facts) != 1:
        raise ReportMoved(Report.objects.select_related("handler", "product").get(pk=report.pk))
    ReportMove.objects.create(report=report, source=before, target=target, at=at, by_id=actor.user_id)
    report.refresh_from_db()


def _tell(actor: Actor, report: Report, at: datetime) -> None:
    words = _("Báo dùng sai sao: %(name)s") if report.kind == ReportKind.MISUSE else _("Báo sai thông tin: %(name)s")
    title = words % {"name": report.product.name if report.product else report.code_seen or _("chưa rõ sản phẩm")}
    path = f"/viec/bao-sai/{report.code}/"
    where = {"commune": report.commune, "subject": _subject(report), "path": path, "due_on": report.due_on}
    tell_officers(actor=actor, event=_EVENT, title=title, at=at, **where)  # type: ignore[arg-type]  # four arguments in one dictionary


def _report(*, kind: str, text: str, place_seen: str, code_seen: str) -> dict[str, str]:
    said = {"kind": kind, "text": clean_text(text), "place_seen": clean_line(place_seen), "code_seen": clean_line(code_seen)}
    if kind not in ReportKind.values:
        raise NotFitting(_("Hãy chọn báo dùng sai sao hay báo sai thông tin."))
    if not said["text"] or len(said["text"]) > _TEXT_LIMIT:
        raise NotFitting(_("Hãy ghi bạn đã thấy gì, không quá %(n)s ký tự.") % {"n": _TEXT_LIMIT})
    if len(said["place_seen"]) > _PLACE_LIMIT or len(said["code_seen"]) > _SEEN_LIMIT:
        raise NotFitting(_("Nơi thấy ghi không quá 200 ký tự, mã trên nhãn không quá 80 ký tự."))
    return said


def _contact(name: str, phone: str, email: str) -> dict[str, str]:
    contact = {"name": clean_line(name)[:_NAME_LIMIT], "phone": "", "email": clean_line(email)}
    try:
        contact["phone"] = normalise_phone(phone) if phone.strip() else ""
        if contact["email"]:
            validate_email(contact["email"])
    except ValidationError as error:
        raise NotFitting(_("Thư điện tử chưa đúng, ví dụ ten@congty.vn.")) from error
    except ValueError as error:
        raise NotFitting(str(error)) from error
    return contact


def _subject(report: Report) -> str:
    return f"report:{report.code}"
