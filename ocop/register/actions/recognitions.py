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
from ocop.records.actions import record, store_file
from ocop.records.enums import FileKind
from ocop.records.models import StoredFile
from ocop.register import policies, rules
from ocop.register.actions.derived import rebuild_standing
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.actions.told import tell_officers, tell_producer
from ocop.register.enums import Confidence, DatePrecision, EndBasis, RecognitionKind, RecognitionLevel
from ocop.register.models import Product, Recognition

_ONE_DAY = timedelta(days=1)
_FIVE_STARS = 5


class DecisionTaken(Moved):
    """This decision is written down for this product already."""


class RecognitionMoved(Moved):
    """Somebody withdrew, extended or ended this recognition a moment ago."""


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
    number, valid_to, today = clean_line(decision_no), last_day + _ONE_DAY if last_day else None, localdate(at)
    signed = rules.Signed(stars=stars, signed_on=signed_on, valid_to=valid_to, decision_no=number, is_without_number=is_without_number)
    suit(rules.check_decision(signed, today=today))
    if kind not in RecognitionKind.values or not clean_line(signatory):
        raise NotFitting(_("Hãy ghi loại quyết định và chức danh người ký."))
    Product.objects.select_for_update().get(pk=product.pk)
    code = _next_code(product)
    row = Recognition(
        code=code,
        product=product,
        kind=kind,
        stars=stars,
        level=RecognitionLevel.CENTRE if stars == _FIVE_STARS else RecognitionLevel.PROVINCE,
        rubric_id=rubric_id,
        decision_no=number[:80],
        signatory=clean_line(signatory)[:160],
        scan=_scan(actor, code, scan, at),
        recognised_on=signed_on,
        recognised_precision=DatePrecision.DAY,
        valid_from=signed_on,
        valid_to=valid_to or rules.certificate_end(signed_on),
        end_basis=EndBasis.STATED if valid_to else EndBasis.COMPUTED,
        source_name=clean_line(source_name)[:200] or _("Quyết định do cơ quan OCOP ghi"),
        source_url=clean_line(source_url),
        confidence=Confidence.HIGH if number else Confidence.MEDIUM,
        note=clean_text(note),
        as_of=today,
        is_demo=product.is_demo,
        recorded_by_id=actor.user_id,
        recorded_at=at,
    )
    _insert(row)
    rebuild_standing(product)
    _tell(actor, product, "recognition.recorded", _("Đã ghi quyết định công nhận %(stars)s sao: %(name)s") % _named(product, stars), at)
    record(actor=actor, event="recognition.recorded", subject=_subject(product), data=_recorded(row), at=at)
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
    product = _lock(recognition)
    stored = _scan(actor, recognition.code, scan, at)
    _move(recognition, {**facts, "withdrawal_signatory": signed_by, "withdrawal_reason": why, "withdrawal_scan": stored})
    rebuild_standing(product)
    _tell(actor, product, "recognition.withdrawn", _("Đã ghi quyết định thu hồi: %(name)s") % _named(product), at)
    data = {"code": recognition.code, **facts, "signatory": signed_by, "reason": why, "scan": stored.sha256 if stored else None}
    record(actor=actor, event="recognition.withdrawn", subject=_subject(product), data=data, at=at)
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
    product = _lock(recognition)
    _move(recognition, {"extended_until": extended_until, "extension_ground": why, "extension_receipt": paper})
    rebuild_standing(product)
    _tell(actor, product, "recognition.extended", _("Giấy chứng nhận được kéo dài: %(name)s") % _named(product), at)
    data = {"code": recognition.code, "until": extended_until, "ground": why, "receipt": paper}
    record(actor=actor, event="recognition.extended", subject=_subject(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


@transaction.atomic
def confirm_standing(
    *, actor: Actor, recognition: Recognition, confirmed_on: date, paper: str, at: datetime, last_day: date | None = None
) -> Recognition:
    """An officer saw a paper by which the star held on a day; `last_day`, as printed there, makes the end a stated one.

    Raises `Refused`, `NotFitting`, `RecognitionMoved`.
    """
    demand(policies.can_confirm(actor, recognition))
    seen = clean_line(paper)[:300]
    if not seen:
        raise NotFitting(_("Hãy ghi đã xem giấy tờ nào, ví dụ “giấy chứng nhận bản gốc”."))
    if confirmed_on > localdate(at):
        raise NotFitting(_("Ngày xác nhận ở tương lai."))
    if recognition.recognised_on and confirmed_on < recognition.recognised_on:
        raise NotFitting(_("Ngày xác nhận trước ngày công nhận."))
    if last_day is not None and (recognition.valid_from or recognition.recognised_on or last_day) > last_day:
        raise NotFitting(_("Ngày hết hạn phải sau ngày công nhận."))
    product = _lock(recognition)
    facts: dict[str, Any] = {"confirmed_on": confirmed_on, "confirmed_by_id": actor.user_id}
    if last_day is not None:
        facts |= {"valid_to": last_day + _ONE_DAY, "end_basis": EndBasis.STATED, "valid_to_min": None, "valid_to_max": None}
    _move(recognition, facts)
    rebuild_standing(product)
    data = {"code": recognition.code, "on": confirmed_on, "paper": seen, "last_day": last_day}
    record(actor=actor, event="recognition.confirmed", subject=_subject(product), data=data, at=at)
    recognition.refresh_from_db()
    return recognition


@transaction.atomic
def record_end(*, actor: Actor, recognition: Recognition, ended_on: date, reason: str, at: datetime) -> Recognition:
    """An officer says that a star has ended: `ended_on` is the first day without it. Raises `Refused`, `NotFitting`, `RecognitionMoved`."""
    demand(policies.can_confirm(actor, recognition))
    why = clean_line(reason)[:300]
    if not why:
        raise NotFitting(_("Hãy ghi căn cứ, ví dụ “UBND xã xác nhận không đánh giá lại, văn bản số …”."))
    if ended_on > localdate(at):
        raise NotFitting(_("Ngày hết giá trị ở tương lai."))
    if recognition.recognised_on and ended_on <= recognition.recognised_on:
        raise NotFitting(_("Ngày hết giá trị phải sau ngày công nhận."))
    product = _lock(recognition)
    _move(recognition, {"ended_on": ended_on, "ended_reason": why})
    rebuild_standing(product)
    _tell(actor, product, "recognition.ended", _("Đã ghi nhận sao hết giá trị: %(name)s") % _named(product), at)
    data = {"code": recognition.code, "on": ended_on, "reason": why}
    record(actor=actor, event="recognition.ended", subject=_subject(product), data=data, at=at)
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


def _insert(row: Recognition) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DecisionTaken(_("Quyết định số %(no)s đã được ghi cho sản phẩm này.") % {"no": row.decision_no}) from error


def _lock(recognition: Recognition) -> Product:
    """The product, held until the transaction ends: its standing is rebuilt from all of its rows."""
    return Product.objects.select_for_update(of=("self",)).select_related("producer", "commune_now").get(pk=recognition.product_id)


def _move(recognition: Recognition, facts: dict[str, Any]) -> None:
    """Write the facts if the row still is what the policy saw; exactly one of two officers wins."""
    same = Recognition.objects.filter(
        pk=recognition.pk,
        withdrawn_on=recognition.withdrawn_on,
        ended_on=recognition.ended_on,
        extended_until=recognition.extended_until,
        confirmed_on=recognition.confirmed_on,
        valid_to=recognition.valid_to,
    )
    if same.update(**facts) != 1:
        raise RecognitionMoved(_("Vừa có cán bộ khác ghi thêm vào lần công nhận này. Hãy xem lại rồi ghi."))


def _next_code(product: Product) -> str:
    prefix = f"{product.public_id}-R"
    codes = product.recognitions.values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _scan(actor: Actor, code: str, scan: File[Any] | None, at: datetime) -> StoredFile | None:
    if scan is None:
        return None
    return store_file(actor=actor, kind=FileKind.DECISION_SCAN, subject=f"recognition:{code}", upload=scan, at=at)


def _tell(actor: Actor, product: Product, event: str, title: str, at: datetime) -> None:
    path = f"/sp/{product.public_id}"
    tell_producer(actor=actor, producer=product.producer, event=event, subject=_subject(product), title=title, at=at, path=path)
    tell_officers(actor=actor, commune=product.commune_now, event=event, subject=_subject(product), title=title, at=at, path=path)


def _named(product: Product, stars: int | None = None) -> dict[str, Any]:
    return {"name": product.name, "stars": stars}


def _subject(product: Product) -> str:
    return f"product:{product.public_id}"
