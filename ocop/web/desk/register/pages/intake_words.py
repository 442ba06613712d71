"""Words of taking a register in: what a column holds, how a row ends, how far a sheet is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import IntakeState
from ocop.register.rules.intake import Field, Outcome

FIELDS: dict[str, Promise] = {
    Field.INDEX: _("Số thứ tự"),
    Field.NAME: _("Tên sản phẩm"),
    Field.GROUP: _("Nhóm sản phẩm"),
    Field.FORM: _("Loại hình"),
    Field.PRODUCER: _("Tên chủ thể"),
    Field.COMMUNE: _("Xã, phường"),
    Field.DISTRICT: _("Huyện, thành phố"),
    Field.ADDRESS: _("Địa chỉ"),
    Field.REPRESENTATIVE: _("Người đại diện"),
    Field.PHONE: _("Số điện thoại"),
    Field.STARS: _("Hạng sao hiện tại"),
    Field.EXPIRY: _("Ngày hết hạn"),
    Field.FIRST_STARS: _("Công nhận lần 1: số sao"),
    Field.FIRST_DATE: _("Công nhận lần 1: ngày"),
    Field.FIRST_YEAR: _("Công nhận lần 1: năm"),
    Field.FIRST_DECISION: _("Công nhận lần 1: số quyết định"),
    Field.FIRST_ISSUER: _("Công nhận lần 1: cơ quan"),
    Field.SECOND_STARS: _("Công nhận lần 2: số sao"),
    Field.SECOND_DATE: _("Công nhận lần 2: ngày"),
    Field.SECOND_YEAR: _("Công nhận lần 2: năm"),
    Field.SECOND_DECISION: _("Công nhận lần 2: số quyết định"),
    Field.SECOND_ISSUER: _("Công nhận lần 2: cơ quan"),
    Field.NOTE: _("Ghi chú"),
}

# As a select shows them, the two recognitions apart.
FIELD_GROUPS = [
    (_("Sản phẩm và chủ thể"), [(field.value, FIELDS[field]) for field in Field if not field.startswith(("first_", "second_"))]),
    (_("Công nhận lần 1"), [(field.value, FIELDS[field]) for field in Field if field.startswith("first_")]),
    (_("Công nhận lần 2, nâng hạng"), [(field.value, FIELDS[field]) for field in Field if field.startswith("second_")]),
]

# Each with the look of its status: class and icon.
OUTCOMES: dict[str, tuple[Promise, str, str]] = {
    Outcome.NEW: (_("Mới"), "ok", "plus"),
    Outcome.CHANGED: (_("Bổ sung"), "act", "pencil"),
    Outcome.SAME: (_("Đã có"), "past", "check"),
    Outcome.DUPLICATE: (_("Trùng"), "due", "copy"),
    Outcome.REFUSED: (_("Không nhận"), "stop", "ban"),
}

STATES: dict[str, tuple[Promise, str, str]] = {
    IntakeState.UPLOADED: (_("Chờ đọc"), "info", "clock"),
    IntakeState.READING: (_("Đang đọc"), "info", "refresh"),
    IntakeState.UNREADABLE: (_("Không đọc được"), "stop", "circle-alert"),
    IntakeState.UNMAPPED: (_("Cần chọn cột"), "due", "table"),
    IntakeState.READY: (_("Chờ xem và ghi"), "due", "list-checks"),
    IntakeState.CONFIRMED: (_("Đã ghi vào sổ"), "ok", "badge-check"),
    IntakeState.UNDONE: (_("Đã hoàn tác"), "past", "undo"),
    IntakeState.DISCARDED: (_("Đã bỏ"), "past", "circle-slash"),
}

# What a move to a state is called in the sheet's history.
MOVES: dict[str, Promise] = {
    IntakeState.UPLOADED: _("Gửi tệp"),
    IntakeState.READING: _("Sửa, so lại với sổ"),
    IntakeState.UNREADABLE: _("Không đọc được"),
    IntakeState.UNMAPPED: _("Chưa nhận ra cột"),
    IntakeState.READY: _("Đọc xong"),
    IntakeState.CONFIRMED: _("Ghi vào sổ"),
    IntakeState.UNDONE: _("Hoàn tác cả bảng"),
    IntakeState.DISCARDED: _("Bỏ bảng"),
}
