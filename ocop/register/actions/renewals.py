"""The renewal of a star: dossiers handed in, results that gave none, late cases decided, and the calls that go out by themselves."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people.enums import Role
from ocop.people.queries import users_with_role
from ocop.records.actions import record, send_notice
from ocop.records.models import Notice
from ocop.register import policies, rules
from ocop.register.actions.derived import rebuild_standing
from ocop.register.actions.recognitions import record_extension
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.actions.star_rows import (
    RENEWAL_CALLED,
    end_calls,
    lock_product,
    move_row,
    named,
    renewal_subject,
    subject_of_star,
    tell_all,
)
from ocop.register.enums import FilingResult, LateChoice
from ocop.register.models import LateDecision, Product, Recognition, RenewalCall, RenewalFiling
from ocop.register.queries.producers import people_of
from ocop.register.queries.renewal import Renewal, renewal_of

RENEWAL_PATH = "/viec/danh-gia-lai/{}/"


class FilingTaken(Moved):
    """A dossier is written down for this recognition already, or got its result a moment ago."""


@transaction.atomic
def record_filing(*, actor: Actor, recognition: Recognition, filed_on: date, receipt: str, at: datetime) -> RenewalFiling:
    """A dossier of re-evaluation was handed in (Art. 7.6a). One that is late is written down too: the OCOP office decides what follows.

    Raises `Refused`, `NotFitting`, `FilingTaken`.
    """
    demand(policies.can_record_filing(actor, recognition))
    paper = _receipt(receipt)
    product = lock_product(recognition)
    suit(rules.check_filing(filed_on=filed_on, ends=_ends(product, recognition, at), today=localdate(at)))
    facts = {"filed_on": filed_on, "receipt": paper, "recorded_by_id": actor.user_id, "recorded_at": at}
    try:
        with transaction.atomic():
            filing = RenewalFiling.objects.create(recognition=recognition, **facts)
    except IntegrityError as error:
        raise FilingTaken(_("Hồ sơ đánh giá lại của sản phẩm này vừa được ghi rồi.")) from error
    end_calls(product, at)
    tell_all(actor, product, "renewal.filed", _("Đã nhận hồ sơ đánh giá lại: %(name)s") % named(product), at)
    data = {"code": recognition.code, "on": filed_on, "receipt": paper}
    record(actor=actor, event="renewal.filed", subject=subject_of_star(product), data=data, at=at, public=False)
    return filing


@transaction.atomic
def correct_filing(*, actor: Actor, filing: RenewalFiling, filed_on: date, receipt: str, at: datetime) -> RenewalFiling:
    """Day or receipt were typed wrongly; while no result is there. Raises `Refused`, `NotFitting`, `FilingTaken`."""
    recognition = filing.recognition
    demand(policies.can_record_filing(actor, recognition))
    paper = _receipt(receipt)
    product = lock_product(recognition)
    suit(rules.check_filing(filed_on=filed_on, ends=_ends(product, recognition, at), today=localdate(at)))
    same = RenewalFiling.objects.filter(pk=filing.pk, filed_on=filing.filed_on, receipt=filing.receipt, result=FilingResult.AWAITED)
    if same.update(filed_on=filed_on, receipt=paper, recorded_by_id=actor.user_id, recorded_at=at) != 1:
        raise FilingTaken(_("Cán bộ khác vừa sửa hồ sơ này hoặc ghi kết quả của nó."))
    data = {"code": recognition.code, "on": filed_on, "receipt": paper}
    record(actor=actor, event="renewal.filing_corrected", subject=subject_of_star(product), data=data, at=at, public=False)
    filing.refresh_from_db()
    return filing


@transaction.atomic
def record_refusal(*, actor: Actor, recognition: Recognition, decided_on: date, paper: str, at: datetime) -> RenewalFiling:
    """The re-evaluation gave no star. A certificate that runs on ends by it that day (Art. 12.3); its own term it keeps (Art. 12.1).

    Raises `Refused`, `NotFitting`, `FilingTaken`, `RecognitionMoved`.
    """
    demand(policies.can_record_refusal(actor, recognition))
    filing: RenewalFiling = recognition.filing
    document = clean_line(paper)[:160]
    if not document:
        raise NotFitting(_("Hãy ghi số văn bản thông báo kết quả."))
    suit(rules.check_result(decided_on=decided_on, filed_on=filing.filed_on, today=localdate(at)))
    product = lock_product(recognition)
    waiting = RenewalFiling.objects.filter(pk=filing.pk, result=FilingResult.AWAITED)
    if waiting.update(result=FilingResult.REFUSED, result_on=decided_on, result_paper=document) != 1:
        raise FilingTaken(_("Kết quả của hồ sơ này vừa được ghi rồi."))
    if facts := _ended_by_refusal(recognition, decided_on, document):
        move_row(recognition, facts)
        rebuild_standing(product)
    end_calls(product, at)
    tell_all(actor, product, "renewal.refused", _("Đánh giá lại không đạt: %(name)s") % named(product), at)
    data = {"code": recognition.code, "on": decided_on, "paper": document}
    record(actor=actor, event="renewal.refused", subject=subject_of_star(product), data=data, at=at)
    filing.refresh_from_db()
    return filing


@transaction.atomic
def decide_late(
    *, actor: Actor, recognition: Recognition, choice: str, reason: str, at: datetime, extended_until: date | None = None
) -> LateDecision:
    """Where the window was missed the OCOP office lets the certificate run out, or on (Art. 12.3) if a dossier was handed in at last.

    `extended_until` is exclusive; without it the last day the law allows. Raises `Refused`, `NotFitting`, `RecognitionMoved`.
    """
    found = renewal_of(recognition.product, localdate(at))
    demand(policies.can_decide_late(actor, recognition, found.stage if found else None))
    why = clean_line(reason)[:300]
    if not why or choice not in LateChoice.values or found is None:
        raise NotFitting(_("Hãy chọn cách xử lý và ghi lý do."))
    filing = found.filing if choice == LateChoice.EXTEND else None
    product = lock_product(recognition)
    if choice == LateChoice.EXTEND:
        if filing is None:
            raise NotFitting(_("Chưa ghi hồ sơ nào đã nộp. Hãy ghi hồ sơ và số giấy tiếp nhận trước khi kéo dài (Điều 12 khoản 3)."))
        until = extended_until or rules.extension_limit(found.ends)
        ground = _("Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg: %(reason)s") % {"reason": why}
        record_extension(actor=actor, recognition=recognition, extended_until=until, ground=ground, receipt=filing.receipt, at=at)
    row = LateDecision.objects.create(
        recognition=recognition, choice=choice, reason=why, filing=filing, decided_by_id=actor.user_id, decided_at=at
    )
    end_calls(product, at)
    if choice == LateChoice.LET_LAPSE:
        tell_all(actor, product, "renewal.decided", _("Sao để hết hạn, không kéo dài: %(name)s") % named(product), at)
    data = {"code": recognition.code, "kind": choice, "reason": why}
    record(actor=actor, event="renewal.decided", subject=subject_of_star(product), data=data, at=at)
    return row


@transaction.atomic
def call_renewal(*, actor: Actor, product: Product, at: datetime) -> RenewalCall | None:
    """Tell the producer's people, and at some stages the officers, what the present stage of the renewal asks. Once a stage and end.

    None when nothing is due or it went out already. Calls that were missed before are not sent after.
    """
    Product.objects.select_for_update().get(pk=product.pk)
    found = renewal_of(product, localdate(at))
    stage = rules.call_due(found.stage) if found else None
    if found is None or stage is None:
        return None
    call, is_new = RenewalCall.objects.get_or_create(
        recognition=found.recognition, stage=stage, ends_on=found.ends, defaults={"called_at": at, "people": 0}
    )
    if not is_new:
        return None
    end_calls(product, at)
    notices = [_send(user_id, found, at) for user_id in people_of_renewal(found, at)]
    call.people = len(notices)
    call.channels = ",".join(sorted({each.channel for notice in notices for each in notice.deliveries.all()}))
    call.save(update_fields=["people", "channels"])
    if stage in rules.OFFICERS_CALLED:
        for user_id in _officers(found, at):
            _send(user_id, found, at)
    data = {"code": found.recognition.code, "stage": stage, "people": call.people, "channels": call.channels}
    record(actor=actor, event=RENEWAL_CALLED, subject=subject_of_star(found.product), data=data, at=at, public=False)
    return call


def people_of_renewal(found: Renewal, at: datetime) -> list[int]:
    producer = found.product.producer
    return list(people_of(producer, localdate(at)).values_list("pk", flat=True)) if producer else []


def _officers(found: Renewal, at: datetime) -> list[int]:
    commune = found.product.commune_now
    if commune is None:
        return []
    return list(users_with_role(Role.COMMUNE_OFFICER, localdate(at), unit_key=commune.key).values_list("pk", flat=True))


def _send(user_id: int, found: Renewal, at: datetime) -> Notice:
    title, body, due_on = rules.call_words(found.stage, found.ends, _)
    return send_notice(
        recipient_id=user_id,
        event=RENEWAL_CALLED,
        subject=renewal_subject(found.product),
        title=f"{found.product.name}: {title}",
        body=body,
        path=RENEWAL_PATH.format(found.product.public_id),
        due_on=due_on,
        at=at,
    )


def _ends(product: Product, recognition: Recognition, at: datetime) -> date | None:
    """The end the window is counted to: what holds with certainty, else nothing."""
    found = renewal_of(product, localdate(at))
    return found.ends if found and found.recognition.pk == recognition.pk else None


def _ended_by_refusal(recognition: Recognition, decided_on: date, document: str) -> dict[str, Any]:
    """What the refusal changes of the certificate: nothing of its own term, everything after it."""
    if recognition.valid_to is not None and decided_on < recognition.valid_to:
        is_extended = recognition.extended_until is not None
        return {"extended_until": None, "extension_ground": "", "extension_receipt": ""} if is_extended else {}
    return {"ended_on": decided_on, "ended_reason": _("Đánh giá lại không đạt: %(paper)s") % {"paper": document}}


def _receipt(text: str) -> str:
    paper = clean_line(text)[:120]
    if not paper:
        raise NotFitting(_("Hãy ghi số giấy tiếp nhận hồ sơ."))
    return paper
