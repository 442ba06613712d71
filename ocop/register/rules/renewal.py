"""Where the renewal of a star stands on a day, who is called when, and what a filing may say.

Decision 26/2026/QĐ-TTg, Art. 7.6a: a dossier of re-evaluation is handed in not earlier than 180 and not later than 120 days before
the certificate's last day. Art. 12.3: where that was missed, the certificate runs on to the result, at most 180 days past its end.
The calls at 240, 150 and 130 days are product decisions (PRODUCT.md, renewal queue).

Days left are counted to the certificate's last valid day, as `renewal_window` counts: on the last day none are left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ocop.core.dates import add_months
from ocop.core.verdict import YES, Verdict, no
from ocop.register.enums import RenewalStage, StandingKind
from ocop.register.rules.law import CERTIFICATE_MONTHS, RENEWAL_EARLIEST, RENEWAL_LATEST, extension_limit, renewal_window
from ocop.register.rules.reasons import gettext_noop

PREPARE_DAYS: Final = 240  # laboratory tests take weeks: order them now
REMIND_DAYS: Final = 150
LAST_CALL_DAYS: Final = 130

# The stages that are called, each once; the officers of the commune hear of those that ask something of them.
CALLED: Final = (
    RenewalStage.PREPARE,
    RenewalStage.OPEN,
    RenewalStage.REMIND,
    RenewalStage.LAST_CALL,
    RenewalStage.LATE,
    RenewalStage.PAST,
)
OFFICERS_CALLED: Final = (RenewalStage.OPEN, RenewalStage.LAST_CALL, RenewalStage.LATE)
# Where the OCOP office has to say whether the star runs out or runs on.
FOR_DECISION: Final = (RenewalStage.LATE, RenewalStage.LETTING, RenewalStage.PAST)
_IN_WINDOW: Final = ((LAST_CALL_DAYS, RenewalStage.LAST_CALL), (REMIND_DAYS, RenewalStage.REMIND), (RENEWAL_EARLIEST, RenewalStage.OPEN))


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """What a stage follows from. Ends are exclusive."""

    kind: str  # enums.StandingKind on the day
    ends: date | None  # the certificate's own end, as far as it is certain
    extended_until: date | None = None
    filed_on: date | None = None
    has_ended: bool = False  # an officer's word, or a refused re-evaluation
    is_let_lapse: bool = False


def days_left(ends: date, on: date) -> int:
    """Days to the last valid day; below zero when it has passed."""
    return (ends - timedelta(days=1) - on).days


def renewal_stage(facts: RenewalFacts, on: date) -> RenewalStage | None:
    """The stage on a day; None for a star that has no renewal: never given, withdrawn, ended, or waiting to be verified."""
    if facts.ends is None or facts.has_ended or facts.kind not in (StandingKind.VALID, StandingKind.EXTENDED, StandingKind.EXPIRED):
        return None
    if on >= facts.ends:
        return _past(facts, facts.ends, on)
    if facts.is_let_lapse:
        return RenewalStage.LETTING
    if facts.extended_until is not None:
        return RenewalStage.EXTENDED
    if facts.filed_on is not None and not is_late(facts.filed_on, facts.ends):
        return RenewalStage.FILED
    return _by_days(days_left(facts.ends, on))


def is_late(filed_on: date, ends: date) -> bool:
    """Handed in after the window of Art. 7.6a."""
    return filed_on > renewal_window(ends).last


def _by_days(left: int) -> RenewalStage:
    if left < RENEWAL_LATEST:
        return RenewalStage.LATE
    for most, stage in _IN_WINDOW:
        if left <= most:
            return stage
    return RenewalStage.PREPARE if left <= PREPARE_DAYS else RenewalStage.EARLY


def _past(facts: RenewalFacts, ends: date, on: date) -> RenewalStage:
    """Art. 12.3: an extension is possible until day 180 after the end, once."""
    if facts.kind == StandingKind.EXTENDED:
        return RenewalStage.EXTENDED
    is_over = facts.extended_until is not None or facts.is_let_lapse or on >= extension_limit(ends)
    return RenewalStage.LAPSED if is_over else RenewalStage.PAST


def call_due(stage: RenewalStage | None) -> RenewalStage | None:
    """The call this stage asks for. Whoever starts late sends only this one, not those that were missed before it."""
    return stage if stage in CALLED else None


def stage_begins(stage: RenewalStage, ends: date) -> date:
    """The first day of a called stage, for the calendar and the letters."""
    last = ends - timedelta(days=1)
    before = {
        RenewalStage.PREPARE: PREPARE_DAYS,
        RenewalStage.OPEN: RENEWAL_EARLIEST,
        RenewalStage.REMIND: REMIND_DAYS,
        RenewalStage.LAST_CALL: LAST_CALL_DAYS,
        RenewalStage.LATE: RENEWAL_LATEST - 1,
        RenewalStage.PAST: -1,
    }
    return last - timedelta(days=before[stage])


def call_words(stage: RenewalStage, ends: date, translate: Callable[[str], str] = str) -> tuple[str, str, date]:
    """What a call says: title, what to do, and until when it is to be done."""
    window, last = renewal_window(ends), ends - timedelta(days=1)
    title, body = _CALLS[stage]
    days = {"first": window.first, "close": window.last, "last": last, "limit": extension_limit(ends) - timedelta(days=1)}
    values = {name: f"{day.day}/{day.month}/{day.year}" for name, day in days.items()}
    due_on = {RenewalStage.PREPARE: window.first, RenewalStage.LATE: last, RenewalStage.PAST: days["limit"]}.get(stage, window.last)
    return translate(title) % values, translate(body) % values, due_on


_CALLS: Final = {
    RenewalStage.PREPARE: (
        gettext_noop("sao hết hạn %(last)s, hãy chuẩn bị đánh giá lại"),
        gettext_noop("Đặt kiểm nghiệm và rà giấy tờ từ bây giờ. Xã nhận hồ sơ từ %(first)s đến %(close)s."),
    ),
    RenewalStage.OPEN: (
        gettext_noop("đã mở nhận hồ sơ đánh giá lại"),
        gettext_noop("Nộp hồ sơ tại UBND xã từ %(first)s, chậm nhất %(close)s (Điều 7 khoản 6). Sao hết hạn %(last)s."),
    ),
    RenewalStage.REMIND: (
        gettext_noop("chưa thấy hồ sơ đánh giá lại"),
        gettext_noop("Còn nhận hồ sơ đến %(close)s. Cần giúp giấy tờ, hãy hỏi UBND xã. Sao hết hạn %(last)s."),
    ),
    RenewalStage.LAST_CALL: (
        gettext_noop("lời nhắc cuối, nộp hồ sơ trước %(close)s"),
        gettext_noop("Sau %(close)s là lỡ hạn nộp hồ sơ đánh giá lại. Sao hết hạn %(last)s."),
    ),
    RenewalStage.LATE: (
        gettext_noop("đã lỡ hạn nộp hồ sơ đánh giá lại"),
        gettext_noop("Hạn nộp là %(close)s. Nếu vẫn muốn giữ sao, hãy nộp hồ sơ ngay; cơ quan OCOP cấp tỉnh xem xét (Điều 12 khoản 3)."),
    ),
    RenewalStage.PAST: (
        gettext_noop("giấy chứng nhận đã hết hạn %(last)s"),
        gettext_noop("Thôi in sao lên bao bì mới. Hồ sơ đã nộp thì chờ kết quả; cơ quan OCOP cấp tỉnh xem xét đến %(limit)s."),
    ),
}


def check_filing(*, filed_on: date, ends: date | None, today: date) -> Verdict:
    """May a dossier be written down as handed in on this day? One handed in late is a fact too: what follows, the office decides."""
    if filed_on > today:
        return no("Ngày nộp ở tương lai. Hãy ghi khi đã nhận hồ sơ.")
    if ends is not None and filed_on < renewal_window(ends).first:
        first = renewal_window(ends).first
        return no(f"Chưa đến ngày nhận hồ sơ. Sớm nhất là {first.day}/{first.month}/{first.year} (Điều 7 khoản 6, điểm a).")
    return YES


def check_result(*, decided_on: date, filed_on: date, today: date) -> Verdict:
    """A result comes after its dossier and not from the future."""
    if decided_on > today:
        return no("Ngày của kết quả ở tương lai. Hãy ghi khi đã có kết quả.")
    if decided_on < filed_on:
        return no("Ngày của kết quả trước ngày nộp hồ sơ. Hãy kiểm tra lại hai ngày.")
    return YES


def check_printed_end(*, last_day: date, today: date) -> Verdict:
    """A paper by which a star still holds: its last day has not passed and is not further away than a certificate lasts (Art. 4.3)."""
    if last_day < today:
        return no("Ngày hết hạn này đã qua. Hãy chọn “Đã công nhận lại” hoặc “Đã hết giá trị”.")
    if last_day > add_months(today, CERTIFICATE_MONTHS):
        return no("Giấy chứng nhận có giá trị 36 tháng (Điều 4 khoản 3), nên ngày này xa quá. Hãy xem lại trên giấy.")
    return YES
