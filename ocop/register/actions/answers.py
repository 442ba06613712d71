"""Answers about stars that wait to be verified: it still holds, it was renewed; and what the OCOP office makes of a commune's answer."""

from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line
from ocop.people.enums import Role
from ocop.records.actions import finish_notices, record
from ocop.register import policies, rules
from ocop.register.actions.answered import ANSWER_GIVEN, answers_subject, keep_answer
from ocop.register.actions.derived import rebuild_standing
from ocop.register.actions.recognitions import confirm_standing, write_recognition
from ocop.register.actions.refusals import Moved, NotFitting, demand, suit
from ocop.register.actions.star_rows import lock_product, named, subject_of_star, tell_all
from ocop.register.enums import AnswerKind, Confidence
from ocop.register.models import Recognition, RenewalFiling, StandingAnswer


class AnswerMoved(Moved):
    """Another officer has checked this answer or taken it back, or something was built on it since."""


def answer_holds(
    *, actor: Actor, recognition: Recognition, last_day: date, paper: str, at: datetime, scan: File[Any] | None = None
) -> Recognition:
    """The certificate was seen and still holds, to the last day printed on it. Raises `Refused`, `NotFitting`, `RecognitionMoved`."""
    suit(rules.check_printed_end(last_day=last_day, today=localdate(at)))
    return confirm_standing(
        actor=actor, recognition=recognition, confirmed_on=localdate(at), paper=paper, last_day=last_day, scan=scan, at=at
    )


@transaction.atomic
def answer_renewed(
    *,
    actor: Actor,
    recognition: Recognition,
    kind: str,
    stars: int,
    decision_no: str,
    signed_on: date,
    signatory: str,
    scan: File[Any] | None,
    at: datetime,
    last_day: date | None = None,
) -> Recognition:
    """A later decision was seen: written down with its number and scan. A commune's is medium sure until the OCOP office has looked at it.

    Raises `Refused`, `NotFitting`, `DecisionTaken`, `records.FileRefused`.
    """
    demand(policies.can_answer_renewed(actor, recognition, localdate(at)))
    number = clean_line(decision_no)
    if not number or scan is None:
        raise NotFitting(_("Hãy ghi số quyết định và gửi kèm bản chụp: quyết định được ghi vào sổ ngay."))
    if recognition.recognised_on is not None and signed_on <= recognition.recognised_on:
        raise NotFitting(_("Quyết định công nhận lại phải ký sau lần công nhận đang hỏi."))
    is_commune = actor.role == Role.COMMUNE_OFFICER
    row = write_recognition(
        actor=actor,
        product=recognition.product,
        kind=kind,
        stars=stars,
        signed_on=signed_on,
        signatory=signatory,
        at=at,
        decision_no=number,
        last_day=last_day,
        scan=scan,
        source_name=_("Cán bộ xã ghi theo bản chụp quyết định") if is_commune else "",
        confidence=Confidence.MEDIUM if is_commune else Confidence.HIGH,
    )
    keep_answer(actor, recognition, AnswerKind.RENEWED, paper=number, scan=row.scan, renewed=row, at=at)
    return row


@transaction.atomic
def check_answer(*, actor: Actor, answer: StandingAnswer, at: datetime) -> StandingAnswer:
    """The OCOP office agrees with a commune's answer; a decision the commune wrote down is sure from now on.

    Raises `Refused`, `AnswerMoved`.
    """
    demand(policies.can_check_answer(actor, answer))
    product = lock_product(answer.recognition)
    _move(answer, Q(checked_at__isnull=True), checked_by_id=actor.user_id, checked_at=at)
    if answer.renewed_id is not None:
        Recognition.objects.filter(pk=answer.renewed_id).update(confidence=Confidence.HIGH)
        rebuild_standing(product)
    _finish(answer, at)
    record(actor=actor, event="answer.checked", subject=subject_of_star(product), data=_told(answer), at=at)
    answer.refresh_from_db()
    return answer


@transaction.atomic
def take_back_answer(*, actor: Actor, answer: StandingAnswer, reason: str, at: datetime) -> StandingAnswer:
    """A wrong answer: the star stands again as it stood before it. A recognition it made leaves the register; the audit keeps it.

    Raises `Refused`, `NotFitting`, `AnswerMoved`.
    """
    demand(policies.can_take_back(actor, answer))
    why = clean_line(reason)[:300]
    if not why:
        raise NotFitting(_("Hãy ghi vì sao rút lại, để người trả lời biết."))
    product = lock_product(answer.recognition)
    renewed = answer.renewed
    _move(
        answer, Q(), taken_back_by_id=actor.user_id, taken_back_at=at, taken_back_reason=why, renewed=None, checked_by=None, checked_at=None
    )
    if renewed is not None:
        _remove(renewed)
    else:
        _put_back(answer)
    rebuild_standing(product)
    _finish(answer, at)
    tell_all(actor, product, "answer.taken_back", _("Đã rút lại câu trả lời về sao: %(name)s") % named(product), at)
    data = {**_told(answer), "reason": why, "renewed": renewed.code if renewed else None}
    record(actor=actor, event="answer.taken_back", subject=subject_of_star(product), data=data, at=at)
    answer.refresh_from_db()
    return answer


def _move(answer: StandingAnswer, still: Q, **facts: Any) -> None:
    """Exactly one officer settles an answer."""
    if StandingAnswer.objects.filter(still, pk=answer.pk, taken_back_at__isnull=True).update(**facts) != 1:
        raise AnswerMoved(_("Cán bộ khác vừa xem xét câu trả lời này. Hãy mở lại danh sách."))


def _put_back(answer: StandingAnswer) -> None:
    """The columns as they were, as long as nobody wrote something else there since."""
    later = StandingAnswer.objects.filter(recognition=answer.recognition_id, taken_back_at__isnull=True, pk__gt=answer.pk)
    if later.exists():
        raise AnswerMoved(_("Sau câu trả lời này đã có câu trả lời khác về cùng sao. Hãy rút câu sau cùng trước."))
    columns = {field.attname: field for field in Recognition._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in answer.before.items()}
    Recognition.objects.filter(pk=answer.recognition_id).update(**values)


def _remove(row: Recognition) -> None:
    """A recognition that was never given; refused once something rests on it."""
    has_more = row.withdrawn_on is not None or row.extended_until is not None or row.answers.exists() or row.late_decisions.exists()
    if has_more or RenewalFiling.objects.filter(recognition=row).exists():
        raise AnswerMoved(_("Lần công nhận này đã có việc ghi tiếp theo nên không xóa được. Hãy ghi thu hồi hoặc hết giá trị."))
    row.renewal_letters.clear()
    row.delete()


def _finish(answer: StandingAnswer, at: datetime) -> None:
    """The commune's notice goes when nothing of it waits any more."""
    commune = answer.product.commune_now
    waiting = StandingAnswer.objects.filter(needs_check=True, checked_at__isnull=True, taken_back_at__isnull=True)
    if commune is not None and not waiting.filter(product__commune_now=commune).exists():
        finish_notices(subject=answers_subject(commune.key), event=ANSWER_GIVEN, at=at)


def _told(answer: StandingAnswer) -> dict[str, Any]:
    return {"code": answer.recognition.code, "kind": answer.kind, "paper": answer.paper}
