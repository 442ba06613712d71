"""What the screens about personal data show: requests with their clocks, and what is held of a person by kind and fate."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.core.person import Fate
from ocop.core.verdict import Verdict
from ocop.privacy import policies, queries
from ocop.privacy.enums import RequestKind, RequestState
from ocop.privacy.models import DataRequest

PER_PAGE = 25

KINDS: dict[str, Promise] = {
    RequestKind.ACCESS: _("Xem hoặc nhận bản sao dữ liệu"),
    RequestKind.CORRECTION: _("Sửa dữ liệu"),
    RequestKind.OBJECTION: _("Rút đồng ý, hạn chế hoặc phản đối"),
    RequestKind.ERASURE: _("Xóa dữ liệu"),
}
# Each with the look of its status: class and icon.
STATES: dict[str, tuple[Promise, str, str]] = {
    RequestState.RECEIVED: (_("Mới nhận"), "due", "inbox"),
    RequestState.ANSWERED: (_("Đã trả lời, đang làm"), "act", "pencil"),
    RequestState.DONE: (_("Đã xong"), "ok", "circle-check"),
    RequestState.REFUSED: (_("Đã từ chối"), "past", "circle-slash"),
}
HOLDINGS: dict[str, Promise] = {
    "account": _("Tài khoản: họ tên, điện thoại, thư điện tử"),
    "account_email": _("Thư điện tử đã khai"),
    "second_factor": _("Ứng dụng, khóa truy cập, mã dự phòng"),
    "session": _("Phiên đăng nhập"),
    "sign_in": _("Lần đăng nhập và lần gõ sai mật khẩu"),
    "mandate": _("Vai trò đã giữ"),
    "invitation": _("Lời mời mở tài khoản"),
    "assisted_reset": _("Lần cấp mã đặt lại mật khẩu"),
    "factor_reset": _("Lần xin gỡ bảo mật hai lớp"),
    "representative": _("Dữ liệu người đại diện của chủ thể"),
    "business_contact": _("Số liên hệ đã công khai"),
    "claim": _("Yêu cầu giữ trang"),
    "report": _("Báo sai đã gửi: tên và liên hệ"),
    "notice": _("Thông báo đã nhận"),
    "file": _("Tệp đã gửi"),
    "reading": _("Nhật ký ai đã xem dữ liệu"),
    "act": _("Nhật ký việc đã làm"),
    "data_request": _("Yêu cầu về dữ liệu cá nhân"),
}
FATES: dict[str, tuple[Promise, str, str]] = {
    Fate.GOES: (_("Xóa hẳn"), "stop", "trash"),
    Fate.NAMELESS: (_("Giữ, bỏ hết phần nhận ra người"), "due", "user"),
    Fate.STAYS: (_("Giữ: chỉ có số tài khoản và tên mục"), "past", "shield-check"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One request of a list; `is_late`: one of its two clocks has run out."""

    request: DataRequest
    kind: Promise
    state: Promise
    tone: str
    icon: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing that is held of a person: how much, and what an erasure does with it."""

    name: Promise | str
    count: int
    fate: Promise
    tone: str
    icon: str


def row_of(request: DataRequest, on: date) -> Row:
    state, tone, icon = STATES[request.state]
    is_answer_late = request.state == RequestState.RECEIVED and request.answer_by < on
    is_late = is_answer_late or (request.state in queries.OPEN and request.done_by < on)
    return Row(request, KINDS[request.kind], state, tone, icon, is_late)


def held_of(request: DataRequest) -> list[Held]:
    """What is held of the person of a request, counted; no value of it."""
    counted: dict[tuple[str, Fate], int] = {}
    for holding in queries.holdings_of(queries.known_as(queries.keys_of(request))):
        kind = (holding.what, holding.fate)
        counted[kind] = counted.get(kind, 0) + len(holding.rows)
    return [Held(HOLDINGS.get(what, what), count, *FATES[fate]) for (what, fate), count in counted.items()]


def request_desk(actor: Actor, request: DataRequest, on: date) -> dict[str, Any]:
    """One request: its clocks, what is held, and what this person may do."""
    is_open = request.state in queries.OPEN
    may = policies.can_carry_out(actor, request)
    return {
        "row": row_of(request, on),
        "request_": request,
        "held": held_of(request) if is_open else [],
        "is_open": is_open,
        "may_answer": policies.can_answer(actor, request),
        "may_carry_out": may,
        "is_erasure": request.kind == RequestKind.ERASURE,
    }


def may_erase(actor: Actor, request: DataRequest, on: date) -> Verdict:
    """Asked of the request, and of everybody behind its addresses."""
    if not (verdict := policies.can_carry_out(actor, request)):
        return verdict
    return policies.can_erase(actor, queries.known_as(queries.keys_of(request)), on)
