"""The reason of a standing in words (DESIGN.md, section 5): 30/6/2024 in a sentence, "chưa rõ" where nothing is known."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from ocop.register.rules.standing import Standing, StandingReason


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogue of translations; the rules themselves know no language."""
    return text


def reason_sentence(standing: Standing, on: date, translate: Callable[[str], str] = str) -> str:
    """One sentence for the screen. `translate` turns the Vietnamese source sentence into another language.

    "until" in the sentence is the last day of what holds, and the first day without it of what lapsed.
    """
    sentence = translate(_SENTENCES[StandingReason(standing.reason)])
    values = {"last": _last(standing.until), "since": _day(standing.until), "confirmed": _day(standing.confirmed_on)}
    if standing.is_due and standing.until is not None:
        sentence = f"{sentence} {translate(_DUE)}"
        values["days"] = str((standing.until - on).days)
    return sentence % values


_DUE: Final = gettext_noop("Còn %(days)s ngày.")

_SENTENCES: Final[dict[StandingReason, str]] = {
    StandingReason.NO_RECOGNITION: gettext_noop("Chưa thấy quyết định công nhận nào."),
    StandingReason.HOLDS_STATED: gettext_noop("Có giá trị đến hết %(last)s, theo ngày ghi trên quyết định hoặc giấy chứng nhận."),
    StandingReason.HOLDS_COMPUTED: gettext_noop("Có giá trị đến hết %(last)s, tính 36 tháng từ ngày công nhận."),
    StandingReason.HOLDS_RANGE: gettext_noop("Có giá trị ít nhất đến hết %(last)s; chưa rõ ngày công nhận nên chưa rõ ngày hết hạn."),
    StandingReason.CONFIRMED: gettext_noop("Cán bộ xác nhận còn giá trị vào ngày %(confirmed)s; chưa rõ ngày hết hạn."),
    StandingReason.EXTENDED: gettext_noop("Đã quá hạn và đang chờ kết quả đánh giá lại; giấy chứng nhận được kéo dài đến hết %(last)s."),
    StandingReason.WITHDRAWN: gettext_noop("Đã bị thu hồi từ %(since)s theo quyết định của cơ quan có thẩm quyền."),
    StandingReason.ENDED: gettext_noop("Cán bộ ghi nhận đã hết giá trị từ %(since)s."),
    StandingReason.STATED_END_PASSED: gettext_noop("Đã hết hạn từ %(since)s, theo ngày ghi trên quyết định hoặc giấy chứng nhận."),
    StandingReason.EXTENSION_PASSED: gettext_noop("Thời gian kéo dài đã hết từ %(since)s, chưa thấy quyết định công nhận lại."),
    StandingReason.COMPUTED_END_PASSED: gettext_noop("Quá 36 tháng từ %(since)s, chưa thấy quyết định công nhận lại."),
    StandingReason.END_IN_RANGE: gettext_noop("Có thể đã quá 36 tháng từ %(since)s, chưa rõ ngày công nhận; chưa thấy công nhận lại."),
    StandingReason.RANGE_PASSED: gettext_noop("Quá 36 tháng chậm nhất từ %(since)s, chưa thấy quyết định công nhận lại."),
    StandingReason.END_UNKNOWN: gettext_noop("Có nguồn ghi đã được công nhận nhưng chưa rõ ngày công nhận và ngày hết hạn."),
    StandingReason.START_UNCERTAIN: gettext_noop("Có nguồn ghi đã được công nhận nhưng chưa rõ ngày, nên chưa chắc đã có hiệu lực."),
    StandingReason.SOURCES_DISAGREE: gettext_noop("Các nguồn ghi khác nhau, chưa rõ sao còn giá trị hay không."),
}


def _day(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else gettext_noop("chưa rõ ngày")


def _last(until: date | None) -> str:
    """The last day before an exclusive end."""
    return _day(until - timedelta(days=1) if until else None)
