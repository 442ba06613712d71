"""The report form's first words, and a report's state as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.register.enums import ReportKind, ReportState
from ocop.register.queries import ReportStatus
from ocop.register.rules.typed_code import typed_code
from ocop.web.kit.templatetags.kit_text import day_words, moment
from ocop.web.kit.words import REPORT_KINDS, REPORT_STATES
from ocop.web.portal.pages.product import Fact, product_address


@dataclass(frozen=True, slots=True)
class ReportView:
    """State and outcome: all that the code of a report opens."""

    code: str
    state: str
    tone: str
    icon: str
    next_step: str
    facts: list[Fact]
    outcome: str
    product_name: str
    product_address: str
    is_demo: bool


def first_words(query: Mapping[str, str]) -> dict[str, str]:
    """What the address already says: the kind, and the text of a code that led nowhere."""
    kind = query.get("loai", "")
    return {
        "kind": kind if kind in ReportKind.values else ReportKind.MISUSE.value,
        "code_seen": typed_code(query.get("ma", "")).text,
    }


def status_view(found: ReportStatus) -> ReportView:
    """The report in words, with what happens next and by when."""
    word, tone, icon = REPORT_STATES[ReportState(found.state)]
    facts = [
        Fact(_("Mã báo cáo"), found.code),
        Fact(_("Nội dung"), str(REPORT_KINDS[ReportKind(found.kind)])),
        Fact(_("Nhận lúc"), moment(found.received_at)),
        Fact(_("Trả lời trước"), "" if found.closed_at else day_words(found.due_on)),
        Fact(_("Xong lúc"), moment(found.closed_at) if found.closed_at else ""),
    ]
    return ReportView(
        code=found.code,
        state=str(word),
        tone=tone,
        icon=icon,
        next_step=_next_step(found),
        facts=[fact for fact in facts if fact.text],
        outcome=found.outcome,
        product_name=found.product_name,
        product_address=product_address(found.product_code) if found.product_code else "",
        is_demo=found.is_demo,
    )


def _next_step(found: ReportStatus) -> str:
    due = {"day": day_words(found.due_on)}
    if found.state == ReportState.NEW:
        return _("Cán bộ sẽ xem và ghi kết quả ở trang này, chậm nhất ngày %(day)s.") % due
    if found.state == ReportState.IN_HAND:
        return _("Cán bộ đang kiểm tra. Kết quả sẽ ghi ở trang này, chậm nhất ngày %(day)s.") % due
    return _("Báo cáo đã đóng. Nếu bạn thấy thêm điều gì, hãy gửi báo cáo mới.")
