"""A product's stars and decisions as a timeline; what contradicts each other stands side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ocop.register.enums import STATED_ENDS, EndBasis, RecognitionKind, RecognitionLevel, RecordType, StandingKind
from ocop.register.queries.portal_parts import RecognitionLine
from ocop.register.rules import Standing
from ocop.web.kit.templatetags.kit_text import day_words
from ocop.web.portal.pages.star import ByName, decision_words, recognised_words, source_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry(ByName):
    """One thing that happened, or is awaited. `look` is the class of its mark: "", "next" or "end"."""

    title: str
    when: str
    look: str = ""
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()  # as the source put it, in Vietnamese
    source: SafeString | None = None
    is_demo: bool = False
    rivals: tuple["Entry", ...] = ()  # rows that contradict each other, instead of one


def timeline(history: Sequence[RecognitionLine], standing: Standing, on: date) -> list[Entry]:
    """Every recognition with its decision and source, the ends between them, and what is awaited."""
    entries: list[Entry] = []
    for group, later in _grouped(history):
        entries.append(_event(group[0]) if len(group) == 1 else _disagreement(group))
        entries += _ending(group[-1], later, on)
    return entries + _awaited(standing)


def _grouped(history: Sequence[RecognitionLine]) -> Iterator[tuple[list[RecognitionLine], list[RecognitionLine]]]:
    """Each row, or all rows that contradict each other, in the place of the first, with the rows that come after them."""
    told: set[str] = set()
    for position, line in enumerate(history):
        if line.conflict_group in told:
            continue
        group = [line]
        if line.conflict_group:
            told.add(line.conflict_group)
            group = [other for other in history if other.conflict_group == line.conflict_group]
        yield group, [other for other in history[position:] if other not in group]


def _event(line: RecognitionLine) -> Entry:
    if line.record_type == RecordType.DISTRICT_RATING:
        title = _("Cấp huyện chấm %(stars)s sao") % {"stars": line.stars} if line.stars else _("Cấp huyện chấm điểm")
        notes: tuple[str, ...] = (_("Đây là kết quả chấm, không phải quyết định công nhận."),)
        when = recognised_words(line)
    else:
        title, notes = _recognition_title(line), ()
        when = f"{recognised_words(line)} · {decision_words(line)}"
    if line.signatory:
        notes = (*notes, _("Người ký: %(signatory)s") % {"signatory": line.signatory})
    if line.confirmed_on:
        notes = (*notes, _("Cán bộ xác nhận còn hiệu lực ngày %(day)s.") % {"day": day_words(line.confirmed_on)})
    quotes = tuple(text for text in (line.status_text, line.note) if text)
    return Entry(title, when, notes=notes, quotes=quotes, source=source_of(line), is_demo=line.is_demo)


def _recognition_title(line: RecognitionLine) -> str:
    if not line.stars:
        return _("Cấp lại giấy chứng nhận") if line.kind == RecognitionKind.REISSUE else _("Được công nhận, chưa rõ số sao")
    words = {"stars": line.stars}
    if line.level == RecognitionLevel.CENTRE:
        return _("Đạt %(stars)s sao cấp quốc gia") % words
    titles = {
        RecognitionKind.UPGRADE: _("Nâng hạng lên %(stars)s sao"),
        RecognitionKind.RE_EVALUATION: _("Đánh giá lại, đạt %(stars)s sao"),
        RecognitionKind.REISSUE: _("Cấp lại giấy chứng nhận %(stars)s sao"),
    }
    return titles.get(RecognitionKind(line.kind), _("Đạt %(stars)s sao")) % words


def _disagreement(lines: Iterable[RecognitionLine]) -> Entry:
    rivals = tuple(_event(line) for line in lines)
    return Entry(_("Các nguồn ghi khác nhau"), _("Chưa ai xác định nguồn nào đúng, nên ghi cả hai"), rivals=rivals)


def _ending(line: RecognitionLine, later: Sequence[RecognitionLine], on: date) -> list[Entry]:
    """How this recognition ended or will; nothing where a later one came first, or where the end is not known."""
    if line.record_type != RecordType.RECOGNITION:
        return []
    if line.withdrawn_on:
        return [_withdrawal(line)]
    if line.ended_on:
        return [Entry(_("Cán bộ ghi nhận đã hết hiệu lực"), day_words(line.ended_on), "end", quotes=(line.ended_reason,))]
    end = line.valid_to or line.valid_to_max
    if end is None or any(_begins(other) <= end for other in later if other.record_type == RecordType.RECOGNITION):
        return []
    entries = [_end(line, end, on)]
    if line.extended_until:
        until = {"day": day_words(line.extended_until - _ONE_DAY)}
        look = "end" if line.extended_until <= on else "next"
        entries.append(Entry(_("Hiệu lực kéo dài"), _("đến hết %(day)s") % until, look, quotes=(line.extension_ground,)))
    return entries


def _begins(line: RecognitionLine) -> date:
    return line.valid_from or line.recognised_on or date.max


def _end(line: RecognitionLine, end: date, on: date) -> Entry:
    look = "end" if end <= on else "next"
    if line.end_basis in STATED_ENDS:
        title = _("Hết hạn") if end <= on else _("Sẽ hết hạn")
        return Entry(title, day_words(end - _ONE_DAY), look, (_("Ngày ghi trên quyết định hoặc giấy chứng nhận."),))
    title = _("Hết 36 tháng") if end <= on else _("Sẽ hết 36 tháng")
    if line.end_basis == EndBasis.COMPUTED_RANGE and line.valid_to_min:
        span = {"first": day_words(line.valid_to_min), "last": day_words(end)}
        return Entry(
            title, _("trong khoảng %(first)s – %(last)s") % span, look, (_("Ngày tính ra, vì chỉ biết năm hoặc tháng công nhận."),)
        )
    return Entry(title, day_words(end), look, (_("Ngày tính ra, không thấy ghi trên giấy."),))


def _withdrawal(line: RecognitionLine) -> Entry:
    when = _("%(day)s · Quyết định %(number)s") % {"day": day_words(line.withdrawn_on), "number": line.withdrawal_decision_no}
    notes = (_("Người ký: %(signatory)s") % {"signatory": line.withdrawal_signatory},)
    return Entry(_("Thu hồi giấy chứng nhận"), when, "end", notes, (line.withdrawal_reason,))


def _awaited(standing: Standing) -> list[Entry]:
    changes = _("Có quyết định mới thì trang này đổi ngay trong ngày")
    if standing.kind == StandingKind.UNVERIFIED:
        return [Entry(_("Chờ cán bộ tỉnh xác minh"), changes, "next")]
    if standing.kind == StandingKind.EXTENDED:
        return [Entry(_("Chờ kết quả đánh giá lại"), changes, "next")]
    return []
