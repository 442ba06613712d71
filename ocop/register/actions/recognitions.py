"""Writing down signed decisions about stars: recognition, renewal, upgrade, withdrawal, extension, an officer's word.

The software never decides: somebody authorised has signed, and an officer copies number, date and signatory from the paper.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line, clean_text
from ocop.records.actions import record
from ocop.records.enums import FileKind
from ocop.register import policies, rules
from ocop.register.actions.answered import columns_of, keep_answer
from ocop.register.actions.derived import rebuild_standing
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.actions.star_rows import (
    end_calls,
    keep_scan,
    lock_product,
    move_row,
    named,
    next_code,
    subject_of_star,
    tell_all,
)
from ocop.register.enums import AnswerKind, Confidence, DatePrecision, EndBasis, FilingResult, RecognitionKind, RecognitionLevel
from ocop.register.models import Product, Recognition, RenewalFiling

_ONE_DAY = timedelta(days=1)
_FIVE_STARS = 5


class DecisionTaken(Moved):
    """This decision is written down for this product already."""


@transaction.atomic
def record_recognition(
    *,
    actor: Actor,
    product: Product,
    kind: str,
    stars: int,
    signed_on: date,
    signatory: str,
    at: datetime,
    decision_no: str = "",
    is_without_number: bool = False,
    last_day: date | None = None,
    rubric_id: str = "",
    scan: File[Any] | None = None,
    source_name: str = "",
    source_url: str = "",
    note: str = "",
) -> Recognition:
    """A signed recognition, first, renewed or upgraded. `last_day` is the last valid day as printed; without it 36 months are computed.

    Two officers copying the same decision: one wins, the other gets `DecisionTaken`. Raises `Refused`, `NotFitting`, `records.FileRefused`.
    """
    demand(policies.can_record_recognition(actor, product))
    return write_recognition(
        actor=actor,
        product=product,
        kind=kind,
        stars=stars,
        signed_on=signed_on,
        signatory=signatory,
        at=at,
        decision_no=decision_no,
        is_without_number=is_without_number,
        last_day=last_day,
        rubric_id=rubric_id,
        scan=scan,
        source_name=source_name,
        source_url=source_url,
        note=note,
    )


def write_recognition(
    *,
    actor: Actor,
    product: Product,
    kind: str,
    stars: int,
    signed_on: date,
    signatory: str,
    at: datetime,
    decision_no: str = "",
    is_without_number: bool = False,
    last_day: date | None = None,
    rubric_id: str = "",
    scan: File[Any] | None = None,
    source_name: str = "",
    source_url: str = "",
    note: str = "",
    confidence: str = Confidence.HIGH,
) -> Recognition:
    """The row of a signed recognition, for an action that has asked its policy. Without a number it is never more than medium sure."""
    number, valid_to, today = clean_line(decision_no), last_day + _ONE_DAY if last_day else None, localdate(at)
    signed = rules.Signed(stars=stars, signed_on=signed_on, valid_to=valid_to, decision_no=number, is_without_number=is_without_number)
    suit(rules.check_decision(signed, today=today))
    if kind not in RecognitionKind.values or not clean_line(signatory):
        raise NotFitting(_("Hãy ghi loại quyết định và chức danh người ký."))
    Product.objects.select_for_update().get(pk=product.pk)
    code = next_code(product)
    row = Recognition(
        code=code,
        product=product,
        kind=kind,
        stars=stars,
        level=RecognitionLevel.CENTRE if stars == _FIVE_STARS else RecognitionLevel.PROVINCE,
        rubric_id=rubric_id,
        decision_no=number[:80],
        signatory=clean_line(signatory)[:160],
        scan=keep_scan(actor, code, scan, at),
        recognised_on=signed_on,
        recognised_precision=DatePrecision.DAY,
        valid_from=signed_on,
        valid_to=valid_to or rules.certificate_end(signed_on),
        end_basis=EndBasis.STATED if valid_to else EndBasis.COMPUTED,
        source_name=clean_line(source_name)[:200] or _("Quyết định do cơ quan OCOP ghi"),
        source_url=clean_line(source_url),
        confidence=confidence if number else Confidence.MEDIUM,
        note=clean_text(note),
        as_of=today,
        is_demo=product.is_demo,
        recorded_by_id=actor.user_id,
        recorded_at=at,
    )
    _insert(row)
    _close_filings(row, at)
    rebuild_standing(product)
    tell_all(actor, product, "recognition.recorded", _("Đã ghi quyết định công nhận %(stars)s sao: %(name)s") % named(product, stars), at)
    record(actor=actor, event="recognition.recorded", subject=subject_of_star(product), data=_recorded(row), at=at)
    return row


@transaction.atomic
def record_withdrawal(
    *,
    actor: Actor,
    recognition: Recognition,
    decision_no: str,
    withdrawn_on: date,
    authority: str,
    signatory: str,
    reason: str,
    at: datetime,
    scan: File[Any] | None = None,
) -> Recognition:
    """A signed withdrawal (Art. 8), by the Chairman for three and four stars, the Minister for five.

    Raises `Refused`, `NotFitting`, and `RecognitionMoved` when another officer was faster.
    """
    demand(policies.can_withdraw(actor, recognition))
    number, signed_by, why = clean_line(decision_no)[:80], clean_line(signatory)[:160], clean_line(reason)[:400]
    if not (number and signed_by and why):
        raise NotFitting(_("Hãy ghi đủ số quyết định, chức danh người ký và lý do thu hồi."))
    suit(
        rules.check_withdrawal(
            stars=recognition.stars,
            authority=authority,
            withdrawn_on=withdrawn_on,
            recognised_on=recognition.recognised_on,
            today=localdate(at),
        )
    )
    facts = {"withdrawn_on": withdrawn_on, "withdrawal_decision_no": number, "withdrawal_authority": authority}
    product = lock_product(recognition)
    stored = keep_scan(actor, recognition.code, scan, at)
    move_row(recognition, {**facts, "withdrawal_signatory": signed_by, "withdrawal_reason": why, "withdrawal_scan": stored})
    rebuild_standing(product)
    end_calls(product, at)
    tell_all(actor, product, "recognition.withdrawn", _("Đã ghi quyết định thu hồi: %(name)s") % named(product), at)
    data = {"code": recognition.code, **facts, "signatory": signed_by, "reason": why, "scan": stored.sha256 if stored else None}
    record(actor=actor, event="recognition.withdrawn", subject=subject_of_star(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


@transaction.atomic
def record_extension(
    *, actor: Actor, recognition: Recognition, extended_until: date, ground: str, receipt: str, at: datetime
) -> Recognition:
    """A certificate runs on while its re-evaluation is decided, at most 180 days (Art. 12.3). `extended_until` is exclusive.

    `receipt` names the receipt of the dossier. Raises `Refused`, `NotFitting`, `RecognitionMoved`.
    """
    demand(policies.can_extend(actor, recognition))
    suit(rules.check_extension(valid_to=recognition.valid_to, extended_until=extended_until))
    why, paper = clean_line(ground)[:300], clean_line(receipt)[:120]
    if not (why and paper):
        raise NotFitting(_("Hãy ghi căn cứ kéo dài và số giấy tiếp nhận hồ sơ."))
    product = lock_product(recognition)
    move_row(recognition, {"extended_until": extended_until, "extension_ground": why, "extension_receipt": paper})
    rebuild_standing(product)
    end_calls(product, at)
    tell_all(actor, product, "recognition.extended", _("Giấy chứng nhận được kéo dài: %(name)s") % named(product), at)
    data = {"code": recognition.code, "until": extended_until, "ground": why, "receipt": paper}
    record(actor=actor, event="recognition.extended", subject=subject_of_star(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


@transaction.atomic
def confirm_standing(
    *,
    actor: Actor,
    recognition: Recognition,
    confirmed_on: date,
    paper: str,
    at: datetime,
    last_day: date | None = None,
    scan: File[Any] | None = None,
) -> Recognition:
    """An officer saw a paper by which the star held on a day; `last_day`, as printed there, makes the end a stated one.

    Raises `Refused`, `NotFitting`, `RecognitionMoved`.
    """
    demand(policies.can_confirm(actor, recognition, localdate(at)))
    seen = clean_line(paper)[:300]
    if not seen:
        raise NotFitting(_("Hãy ghi đã xem giấy tờ nào, ví dụ “giấy chứng nhận bản gốc”."))
    if confirmed_on > localdate(at):
        raise NotFitting(_("Ngày xác nhận ở tương lai."))
    if recognition.recognised_on and confirmed_on < recognition.recognised_on:
        raise NotFitting(_("Ngày xác nhận trước ngày công nhận."))
    if last_day is not None and (recognition.valid_from or recognition.recognised_on or last_day) > last_day:
        raise NotFitting(_("Ngày hết hạn phải sau ngày công nhận."))
    product = lock_product(recognition)
    facts: dict[str, Any] = {"confirmed_on": confirmed_on, "confirmed_by_id": actor.user_id}
    if last_day is not None:
        facts |= {"valid_to": last_day + _ONE_DAY, "end_basis": EndBasis.STATED, "valid_to_min": None, "valid_to_max": None}
    before = columns_of(recognition, facts)
    move_row(recognition, facts)
    rebuild_standing(product)
    stored = keep_scan(actor, recognition.code, scan, at, FileKind.EVIDENCE)
    keep_answer(actor, recognition, AnswerKind.HOLDS, paper=seen, scan=stored, before=before, at=at)
    data = {"code": recognition.code, "on": confirmed_on, "paper": seen, "last_day": last_day}
    record(actor=actor, event="recognition.confirmed", subject=subject_of_star(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


@transaction.atomic
def record_end(
    *, actor: Actor, recognition: Recognition, ended_on: date, reason: str, at: datetime, scan: File[Any] | None = None
) -> Recognition:
    """An officer says that a star has ended: `ended_on` is the first day without it. Raises `Refused`, `NotFitting`, `RecognitionMoved`."""
    demand(policies.can_confirm(actor, recognition, localdate(at)))
    why = clean_line(reason)[:300]
    if not why:
        raise NotFitting(_("Hãy ghi căn cứ, ví dụ “UBND xã xác nhận không đánh giá lại, văn bản số …”."))
    if ended_on > localdate(at):
        raise NotFitting(_("Ngày hết giá trị ở tương lai."))
    if recognition.recognised_on and ended_on <= recognition.recognised_on:
        raise NotFitting(_("Ngày hết giá trị phải sau ngày công nhận."))
    product = lock_product(recognition)
    facts = {"ended_on": ended_on, "ended_reason": why}
    before = columns_of(recognition, facts)
    move_row(recognition, facts)
    rebuild_standing(product)
    end_calls(product, at)
    stored = keep_scan(actor, recognition.code, scan, at, FileKind.EVIDENCE)
    keep_answer(actor, recognition, AnswerKind.ENDED, paper=why, scan=stored, before=before, at=at)
    tell_all(actor, product, "recognition.ended", _("Đã ghi nhận sao hết giá trị: %(name)s") % named(product), at)
    data = {"code": recognition.code, "on": ended_on, "reason": why}
    record(actor=actor, event="recognition.ended", subject=subject_of_star(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


def _recorded(row: Recognition) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "stars": row.stars,
        "decision": row.decision_no,
        "signed_on": row.recognised_on,
        "valid_to": row.valid_to,
        "basis": row.end_basis,
        "signatory": row.signatory,
        "scan": row.scan.sha256 if row.scan else None,
    }


def _close_filings(row: Recognition, at: datetime) -> None:
    """The dossiers that waited for this decision have their result; an extension ends by it (Art. 12.3: to the day of the result)."""
    waiting = RenewalFiling.objects.filter(
        recognition__product=row.product_id, result=FilingResult.AWAITED, filed_on__lte=row.recognised_on
    )
    waiting.update(result=FilingResult.RECOGNISED, result_on=row.recognised_on, result_paper=row.decision_no)
    end_calls(row.product, at)


def _insert(row: Recognition) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DecisionTaken(_("Quyết định số %(no)s đã được ghi cho sản phẩm này.") % {"no": row.decision_no}) from error
