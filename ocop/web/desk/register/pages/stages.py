"""How each stage of a renewal is called on the desk, and what is to be done next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import RenewalStage


@dataclass(frozen=True, slots=True)
class StageWords:
    """Label, look of the status, icon, and the next act in a few words."""

    label: Promise
    kind: str
    icon: str
    next_act: Promise


STAGES: dict[str, StageWords] = {
    RenewalStage.EARLY: StageWords(_("Còn hơn 240 ngày"), "ok", "shield-check", _("Chưa phải làm gì")),
    RenewalStage.PREPARE: StageWords(_("Chuẩn bị (240 ngày)"), "info", "list-checks", _("Chủ thể đặt kiểm nghiệm, rà giấy tờ")),
    RenewalStage.OPEN: StageWords(_("Mở nhận hồ sơ (180 ngày)"), "act", "inbox", _("Chủ thể nộp hồ sơ tại xã")),
    RenewalStage.REMIND: StageWords(_("Nhắc lại (150 ngày)"), "due", "bell", _("Xã nhắc chủ thể nộp hồ sơ")),
    RenewalStage.LAST_CALL: StageWords(_("Nhắc lần cuối (130 ngày)"), "due", "clock-alert", _("Xã gọi trực tiếp cho chủ thể")),
    RenewalStage.FILED: StageWords(_("Đã nộp đúng hạn"), "ok", "clipboard-check", _("Đánh giá, ghi kết quả")),
    RenewalStage.LATE: StageWords(_("Lỡ hạn"), "stop", "triangle-alert", _("Cơ quan OCOP quyết định")),
    RenewalStage.LETTING: StageWords(_("Để hết hạn"), "past", "history", _("Không làm gì thêm")),
    RenewalStage.EXTENDED: StageWords(_("Được kéo dài"), "info", "calendar-clock", _("Ghi kết quả khi có")),
    RenewalStage.PAST: StageWords(_("Vừa hết hạn"), "stop", "circle-alert", _("Cơ quan OCOP quyết định")),
    RenewalStage.LAPSED: StageWords(_("Đã hết hạn"), "past", "history", _("Không còn kéo dài được")),
}
