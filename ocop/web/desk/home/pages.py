"""What "Việc của tôi" shows: everything that waits for one person, and the errands of the hat they wear."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.core.actor import Actor
from ocop.people.enums import OFFICIAL_ROLES, Role
from ocop.people.models import FactorReset
from ocop.people.queries import factor_resets_waiting_for
from ocop.privacy.enums import RequestState
from ocop.privacy.models import DataRequest
from ocop.privacy.queries import requests_waiting
from ocop.records.models import Notice
from ocop.records.queries import last_proof, notices_waiting
from ocop.records.rules import proof_is_old
from ocop.register.queries import things_waiting

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do or to know: where, until when. `notice_id` is set when the person ticks it off, `told_on` dates a notice."""

    title: str
    detail: str
    path: str
    due_on: date | None
    days_left: int | None
    notice_id: int | None = None
    told_on: date | None = None

    @property
    def tone(self) -> str:
        """The status colour of its deadline."""
        if self.days_left is None:
            return "info"
        return "stop" if self.days_left < 0 else "due" if self.days_left <= SOON_DAYS else "ok"


@dataclass(frozen=True, slots=True)
class Errand:
    """A door from the home page."""

    url_name: str
    name: str | Promise
    explanation: str | Promise
    icon: str
    roles: frozenset[str]

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_OFFICERS = frozenset({Role.OCOP_OFFICER, Role.COMMUNE_OFFICER})
_KEEPERS = _OFFICERS | {Role.PRODUCER}
_OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.INSPECTOR})

ERRANDS = (
    Errand("desk:products", _("Sản phẩm"), _("Xem và sửa trang sản phẩm: ảnh, câu chuyện, giá, quy cách."), "package", _KEEPERS),
    Errand("desk:producers", _("Chủ thể"), _("Trang của chủ thể: liên hệ, giờ mở cửa, đường dẫn, người đại diện."), "users", _KEEPERS),
    Errand(
        "desk:record_recognition",
        _("Ghi quyết định công nhận"),
        _("Lần đầu, nâng hạng hoặc công nhận lại, theo quyết định đã ký."),
        "award",
        frozenset({Role.OCOP_OFFICER}),
    ),
    Errand(
        "desk:renewals",
        _("Đánh giá lại"),
        _("Sao sắp hết hạn: ai chưa nộp hồ sơ, gọi ai, thư nhắc, lịch."),
        "calendar-clock",
        _OFFICERS,
    ),
    Errand("desk:confirm_queue", _("Xác minh sao"), _("Sao chưa rõ còn giá trị không: xem giấy tờ rồi trả lời."), "circle-help", _OFFICERS),
    Errand(
        "desk:answers",
        _("Câu trả lời của xã"),
        _("Kiểm tra câu trả lời của xã về sao, rút lại câu sai."),
        "clipboard-check",
        frozenset({Role.OCOP_OFFICER}),
    ),
    Errand(
        "desk:intakes",
        _("Nhập sổ từ bảng tính"),
        _("Đưa cả sổ Excel vào: đọc thử, xem từng dòng, ghi một lần, hoàn tác được."),
        "upload",
        frozenset({Role.OCOP_OFFICER}),
    ),
    Errand(
        "desk:reports",
        _("Báo cáo từ người dân"),
        _("Dùng sai sao hoặc thông tin sai: nhận, xác minh, trả lời."),
        "flag",
        _OFFICERS | {Role.INSPECTOR},
    ),
    Errand(
        "desk:duplicates",
        _("Có thể ghi hai lần"),
        _("Chủ thể, sản phẩm giống nhau: gộp lại, hoặc ghi là khác nhau."),
        "merge",
        frozenset({Role.OCOP_OFFICER}),
    ),
    Errand("desk:claims", _("Yêu cầu giữ trang"), _("Người xin được sửa trang của một chủ thể."), "user-check", _OFFICERS),
    Errand(
        "desk:people",
        _("Người dùng và vai trò"),
        _("Mời người, giao vai trò, cấp mã đặt lại mật khẩu."),
        "user-plus",
        _OFFICERS | {Role.ADMINISTRATOR},
    ),
    Errand(
        "desk:data_requests",
        _("Yêu cầu về dữ liệu cá nhân"),
        _("Ai đó hỏi, sửa hoặc xóa dữ liệu của mình: trả lời trong 2 ngày làm việc."),
        "shield",
        frozenset({Role.ADMINISTRATOR, Role.OCOP_OFFICER}),
    ),
    Errand("desk:audit", _("Nhật ký thay đổi"), _("Ai đã làm gì, lúc nào, với vai trò nào; kiểm tra chuỗi."), "history", _OVERSEERS),
    Errand(
        "desk:deliveries",
        _("Thông báo chưa gửi được"),
        _("Sau năm lần thử; xem lý do và gửi lại."),
        "mail",
        frozenset({Role.ADMINISTRATOR}),
    ),
    Errand(
        "portal:register_on",
        _("Sổ đăng ký theo ngày"),
        _("Sao của mọi sản phẩm vào một ngày bất kỳ, tải về XLSX."),
        "table",
        OFFICIAL_ROLES | {Role.BUYER},
    ),
    Errand(
        "portal:catalogue", _("Danh mục công khai"), _("Tìm sản phẩm theo sao, nhóm, xã; tải danh sách đã chọn."), "search", frozenset(Role)
    ),
    Errand("portal:verify", _("Kiểm tra sao"), _("Nhập mã hoặc quét QR để biết sao còn hạn không."), "scan", frozenset(Role)),
    Errand(
        "desk:claim_new",
        _("Xin giữ trang một chủ thể"),
        _("Để tự sửa trang sản phẩm của cơ sở mình."),
        "store",
        frozenset({Role.PRODUCER, ""}),
    ),
)


def errands_for(actor: Actor) -> list[Errand]:
    """The doors this hat may open."""
    return [errand for errand in ERRANDS if actor.role in errand.roles]


def waiting_for(actor: Actor, *, on: date) -> list[Waiting]:
    """Notices and the rooms' queues in one list, the nearest deadline first, what has none last."""
    rows = [_told(notice, on) for notice in notices_waiting(actor.user_id or 0)]
    rows += [
        Waiting(thing.title, thing.detail, reverse(thing.url_name, args=thing.url_args), thing.due_on, _days(thing.due_on, on))
        for thing in things_waiting(actor, on)
    ]
    rows += _unproved_backup(actor)
    rows += [_data_request(request, on) for request in requests_waiting(actor)]
    rows += [_factor_reset(reset, on) for reset in factor_resets_waiting_for(actor, timezone.now())]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or on))


def _told(notice: Notice, on: date) -> Waiting:
    """A notice. One with a deadline is work and goes when the work is done; the others are ticked off."""
    seen = None if notice.due_on and notice.path else notice.pk
    days = _days(notice.due_on, on)
    return Waiting(notice.title, notice.body, notice.path, notice.due_on, days, seen, localdate(notice.created_at))


def _unproved_backup(actor: Actor) -> list[Waiting]:
    """The administrator is told when nobody knows any more whether a backup can be restored."""
    proof = last_proof()
    if actor.role != Role.ADMINISTRATOR or not proof_is_old(proof.proved_at if proof else None, timezone.now()):
        return []
    title = gettext("Hãy thử khôi phục một bản sao lưu")
    detail = gettext("Chưa có bản nào được thử khôi phục trong 8 ngày qua. Trên máy chủ: manage.py prove_restore.")
    return [Waiting(title, detail, "", None, None)]


def _data_request(request: DataRequest, on: date) -> Waiting:
    """The nearer of its two clocks."""
    is_new = request.state == RequestState.RECEIVED
    title = gettext("Yêu cầu về dữ liệu cá nhân %(code)s") % {"code": request.code}
    detail = gettext("Trả lời người yêu cầu.") if is_new else gettext("Thực hiện xong và báo kết quả.")
    due_on = request.answer_by if is_new else request.done_by
    return Waiting(title, detail, reverse("desk:data_request", args=[request.code]), due_on, _days(due_on, on))


def _factor_reset(reset: FactorReset, on: date) -> Waiting:
    """Somebody is locked out until a second officer has looked."""
    title = gettext("Duyệt gỡ bảo mật hai lớp cho %(person)s") % {"person": reset.user.full_name}
    detail = gettext("%(officer)s gửi yêu cầu.") % {"officer": reset.asked_by.full_name}
    due_on = localdate(reset.expires_at)
    return Waiting(title, detail, reverse("desk:factor_reset", args=[reset.user.code]), due_on, _days(due_on, on))


def _days(due_on: date | None, on: date) -> int | None:
    return (due_on - on).days if due_on else None
