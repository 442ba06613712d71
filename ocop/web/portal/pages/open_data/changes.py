"""What changed in open data and when: read from the audit chain, kinds of event and public codes only, never who did it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ocop.records.queries import last_recorded, recorded
from ocop.register.queries.open_data import told_of
from ocop.web.portal.pages.open_data.data_set import DataSet
from ocop.web.portal.pages.open_data.sets import SETS

LIMIT: Final = 2000  # entries read, the newest
_HIDDEN: Final = "product.hidden"

EVENTS: Final[Mapping[str, Promise]] = {
    "register.loaded": _("Nạp dữ liệu mở đầu"),
    "places.units_loaded": _("Nạp đơn vị hành chính"),
    "programme.opening_data_loaded": _("Nạp số liệu đã công bố"),
    "product.created": _("Thêm sản phẩm"),
    "product.edited": _("Sửa sản phẩm"),
    "product.shown": _("Hiện lại sản phẩm"),
    "product.hidden": _("Ẩn sản phẩm"),
    "product.set_chosen": _("Chọn bộ sản phẩm"),
    "product.code_issued": _("Cấp mã chính thức"),
    "product.old_code_kept": _("Ghi mã cũ"),
    "variant.set": _("Sửa quy cách, mã vạch"),
    "producer.created": _("Thêm chủ thể"),
    "producer.edited": _("Sửa chủ thể"),
    "producer.legal_form_changed": _("Đổi loại hình chủ thể"),
    "producer.merged": _("Gộp chủ thể"),
    "producer.unmerged": _("Tách chủ thể đã gộp"),
    "product.merged": _("Gộp sản phẩm"),
    "product.unmerged": _("Tách sản phẩm đã gộp"),
    "register.taken_in": _("Nhập sổ từ bảng tính"),
    "register.intake_undone": _("Hoàn tác một lần nhập sổ"),
    "renewal.refused": _("Ghi đánh giá lại không đạt"),
    "renewal.decided": _("Ghi quyết định khi lỡ hạn nộp hồ sơ"),
    "answer.taken_back": _("Rút lại một câu trả lời về sao"),
    "recognition.recorded": _("Ghi công nhận"),
    "recognition.withdrawn": _("Ghi thu hồi"),
    "recognition.extended": _("Ghi kéo dài hiệu lực"),
    "recognition.confirmed": _("Xác nhận còn hiệu lực"),
    "recognition.ended": _("Xác nhận đã hết hiệu lực"),
}
# They change pages of the portal and no row of a set.
WITHOUT_DATA: Final = frozenset(
    [
        *("market.opening_data_loaded", "photo.added", "photo.removed", "photo.ordered", "price.set", "price.ended"),
        *("answer.checked", "intake.confirmed", "intake.undone"),
        *("producer.links_set", "producer.contact_published", "producer.contact_withdrawn"),
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change on one day, with the codes it touched and the sets it shows in."""

    on: date
    event: str
    codes: tuple[str, ...]
    sets: tuple[str, ...]

    @property
    def words(self) -> str:
        return str(EVENTS[self.event])


def changes(data: DataSet | None = None) -> list[Change]:
    """The newest changes first, of one set or of all; demo products and those that were never public are left out."""
    wanted = data.events if data else frozenset(EVENTS)
    entries = recorded(wanted, limit=LIMIT)
    subjects = {subject for _at, _event, subject in entries}
    told = told_of(subjects, hidden={subject for _at, event, subject in entries if event == _HIDDEN})
    kept = [(localdate(at), event, subject) for at, event, subject in entries if subject in told]
    by_day = groupby(sorted(kept, key=lambda each: (-each[0].toordinal(), each[1])), key=lambda each: each[:2])
    return [_change(on, event, (subject for *_rest, subject in group)) for (on, event), group in by_day]


def _change(on: date, event: str, subjects: Iterable[str]) -> Change:
    codes = sorted({subject.partition(":")[2] for subject in subjects if subject.startswith(("product:", "producer:"))})
    return Change(on, event, tuple(codes), tuple(data.name for data in SETS.values() if event in data.events))


def last_changes() -> Mapping[str, datetime | None]:
    """For each set the moment of its last change; one question."""
    last = last_recorded(frozenset(EVENTS))
    return {data.name: max((last[event] for event in data.events if event in last), default=None) for data in SETS.values()}


def changes_json(found: Sequence[Change]) -> dict[str, Any]:
    """The change log for machines."""
    return {
        "limit": LIMIT,
        "changes": [
            {"on": each.on.isoformat(), "event": each.event, "title": each.words, "codes": each.codes, "data_sets": each.sets}
            for each in found
        ],
    }
