"""How to read a star: every standing once, as it is drawn, with what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ocop.register.enums import StandingKind
from ocop.register.rules import DUE_DAYS, Standing, StandingReason


@dataclass(frozen=True, slots=True)
class Reading:
    """One standing: an invented star, the words beside it ("" for the usual), and the meaning."""

    standing: Standing
    detail: str
    meaning: str


def readings(on: date) -> Sequence[Reading]:
    """The seven looks of a star in the order of their worth."""
    far, soon, past = on + timedelta(days=400), on + timedelta(days=83), on - timedelta(days=300)
    return (
        Reading(_star(StandingKind.VALID, 4, far), "", _("Có quyết định, còn trong thời hạn. Hạng và ngày hết hạn đứng cạnh nhau.")),
        Reading(
            _star(StandingKind.VALID, 4, soon, is_due=True),
            "",
            _("Còn hạn, nhưng còn %(days)s ngày trở xuống: chủ thể cần chuẩn bị đánh giá lại.") % {"days": DUE_DAYS},
        ),
        Reading(
            _star(StandingKind.EXTENDED, 4, soon),
            "",
            _("Đã nộp hồ sơ đánh giá lại đúng hạn và đang chờ kết quả: giấy chứng nhận được kéo dài (Điều 12)."),
        ),
        Reading(
            _star(StandingKind.UNVERIFIED, 3, None),
            "",
            _(
                "Có nguồn ghi từng được công nhận, nhưng hạn chỉ tính được hoặc chưa rõ và đã qua; chưa ai xác nhận lại. "
                "Không có nghĩa là hết hạn."
            ),
        ),
        Reading(
            _star(StandingKind.EXPIRED, 3, past),
            "",
            _(
                "Ngày hết hạn ghi trên quyết định hoặc giấy chứng nhận đã qua, chưa thấy công nhận lại. "
                "Sản phẩm vẫn được bán, chỉ không dùng nhãn OCOP."
            ),
        ),
        Reading(
            _star(StandingKind.WITHDRAWN, 3, past),
            "",
            _("Cơ quan có thẩm quyền đã thu hồi giấy chứng nhận, có số quyết định và lý do (Điều 8)."),
        ),
        Reading(_star(StandingKind.NONE, None, None), "", _("Có trong sổ nhưng chưa thấy quyết định công nhận nào.")),
    )


def _star(kind: StandingKind, stars: int | None, until: date | None, *, is_due: bool = False) -> Standing:
    return Standing(kind, stars, until, StandingReason.NO_RECOGNITION, None, "", is_due)
