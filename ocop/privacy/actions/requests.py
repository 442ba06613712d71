"""A request about one's own data: written down with its two clocks, answered, closed."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.phones import normalise_phone
from ocop.core.text import clean_line, clean_text
from ocop.core.working_days import CalendarUnknown
from ocop.people.actions.refusal import demand
from ocop.privacy import policies, rules
from ocop.privacy.enums import REQUEST_MOVES, RequestKind, RequestState
from ocop.privacy.models import DataRequest
from ocop.records.actions import record, record_access
from ocop.register.actions import Moved, NotFitting
from ocop.register.models import Producer

_TEXT_LIMIT, _OUTCOME_LIMIT = 4000, 400


class RequestMoved(Moved):
    """Somebody else answered or closed it a moment ago."""


@transaction.atomic
def take_request(
    *,
    actor: Actor,
    kind: str,
    identity_seen: str,
    received_on: date,
    at: datetime,
    name: str = "",
    phone: str = "",
    email: str = "",
    producer: Producer | None = None,
    said: str = "",
    is_demo: bool = False,
) -> DataRequest:
    """Write a request down; its clocks run from the day it came. Raises `Refused`, `NotFitting`."""
    demand(policies.can_take_requests(actor))
    seen = clean_line(identity_seen)[:200]
    if kind not in RequestKind.values or not seen:
        raise NotFitting(_("Hãy chọn loại yêu cầu và ghi bạn đã nhận ra người này bằng cách nào."))
    if received_on > localdate(at):
        raise NotFitting(_("Ngày nhận ở tương lai. Hãy ghi ngày yêu cầu đến cơ quan."))
    address = _address(phone, email)
    if producer is None and not any(address.values()):
        raise NotFitting(_("Hãy ghi số điện thoại, thư điện tử hoặc chủ thể, để tìm được dữ liệu của người này."))
    try:
        clocks = {"answer_by": rules.answer_by(received_on), "done_by": rules.done_by(received_on)}
    except CalendarUnknown as unknown:
        raise NotFitting(str(unknown)) from unknown
    request = DataRequest.objects.create(
        kind=kind,
        name=clean_line(name)[:120],
        producer=producer,
        said=clean_text(said)[:_TEXT_LIMIT],
        identity_seen=seen,
        received_on=received_on,
        taken_by_id=actor.user_id,
        taken_at=at,
        is_demo=is_demo,
        **address,
        **clocks,
    )
    _record(actor, request, "taken", {"kind": kind, "received_on": received_on, "done_by": clocks["done_by"]}, at)
    return request


@transaction.atomic
def answer_request(*, actor: Actor, request: DataRequest, at: datetime) -> None:
    """The person has been told what will be done and by when. Raises `Refused`, `RequestMoved`."""
    demand(policies.can_answer(actor, request))
    move(request, RequestState.ANSWERED, answered_at=at)
    _record(actor, request, "answered", {}, at)


@transaction.atomic
def close_request(*, actor: Actor, request: DataRequest, is_done: bool, outcome: str, at: datetime) -> None:
    """The end of a request, with the sentence the person is told. Raises `Refused`, `NotFitting`, `RequestMoved`."""
    demand(policies.can_carry_out(actor, request))
    told = clean_line(outcome)
    if not told or len(told) > _OUTCOME_LIMIT:
        raise NotFitting(_("Hãy ghi kết quả báo cho người yêu cầu, không quá %(n)s ký tự.") % {"n": _OUTCOME_LIMIT})
    if is_done and request.kind == RequestKind.ERASURE:
        raise NotFitting(_("Yêu cầu xóa chỉ hoàn tất khi dữ liệu đã được xóa. Hãy dùng nút Xóa dữ liệu."))
    state = RequestState.DONE if is_done else RequestState.REFUSED
    move(request, state, closed_at=at, closed_by_id=actor.user_id, outcome=told)
    _record(actor, request, state.value, {}, at)


@transaction.atomic
def read_requester(*, actor: Actor, request: DataRequest, at: datetime) -> DataRequest:
    """Who asks and how to reach them; the reading is logged. Raises `Refused`."""
    demand(policies.can_take_requests(actor))
    fields = ["name", "phone", "email", "said"]
    record_access(actor=actor, event="data_request.read", subject=subject_of(request), fields=fields, at=at)
    return request


def subject_of(request: DataRequest) -> str:
    return f"data_request:{request.code}"


def move(request: DataRequest, target: RequestState, **facts: Any) -> None:
    """The conditional update: of two people exactly one makes it. A part of an action."""
    waiting = DataRequest.objects.filter(pk=request.pk, state__in=REQUEST_MOVES[target])
    if waiting.update(state=target, **facts) != 1:
        raise RequestMoved(_("Yêu cầu này vừa được người khác xử lý."))
    request.refresh_from_db()


def _record(actor: Actor, request: DataRequest, what: str, data: dict[str, Any], at: datetime) -> None:
    record(actor=actor, event=f"data_request.{what}", subject=subject_of(request), data=data, at=at, public=False)


def _address(phone: str, email: str) -> dict[str, str]:
    address = {"phone": "", "email": clean_line(email).casefold()}
    try:
        address["phone"] = normalise_phone(phone) if phone.strip() else ""
        if address["email"]:
            validate_email(address["email"])
    except ValidationError as error:
        raise NotFitting(_("Thư điện tử chưa đúng, ví dụ ten@congty.vn.")) from error
    except ValueError as error:
        raise NotFitting(str(error)) from error
    return address
