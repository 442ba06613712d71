"""What is known of a product's star on a date (ARCHITECTURE, "Standing"). Pure values in, pure values out.

How the rows of a history become one answer (product decisions, except where an article is named):

* A district rating is no recognition and gives no standing.
* A star is certain from the last day its recognition may have been signed: a year alone makes it certain from 31 December.
  Between the first and the last possible day it is `unverified`, unless an earlier star still holds.
* A later recognition supersedes an earlier one from that day. "Later" is decided by dates; where the possible days of two
  rows overlap, by the order in which the register holds them (BK016-R2 before BK016-R3).
* A star holds until its end (36 months: Decision 26/2026, Art. 4.3). After a stated end it is `expired`. After an end that was
  only computed it is `unverified`: a renewal may exist that nobody has shown us. An officer's word that it ended makes it `expired`.
* An officer's word that it holds makes certain the days up to that word, not the days after.
* An extension (Art. 12.3) holds until its own end. A withdrawal (Art. 8) holds from its day until a later recognition.
* A row without a star (a re-issued certificate) keeps the last known star.
* Rows of one `conflict_group` contradict each other: the answer says so (`is_disputed`). If they agree on the kind, the better sourced
  row gives the star, the lower star where the sources weigh the same; if they do not agree on the kind, the star is `unverified`.
  What an officer said of one of the rows outweighs the rows nobody spoke of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ocop.core.dates import PartialDate
from ocop.register.enums import STATED_ENDS, Confidence, EndBasis, RecordType, StandingKind

DUE_DAYS: Final = 240  # renewal is called so many days before the end (PRODUCT.md, renewal queue)
PROGRAMME_START: Final = date(2018, 1, 1)  # the province's first round was in 2018; no star can be older

_ONE_DAY: Final = timedelta(days=1)
_HOLDING: Final = (StandingKind.VALID, StandingKind.EXTENDED)
_WEIGHT: Final[dict[str, int]] = {Confidence.HIGH: 3, Confidence.MEDIUM: 2, Confidence.LOW: 1}


class StandingReason(StrEnum):
    """Why a standing is what it is; `rules.reasons` has the sentences."""

    NO_RECOGNITION = "no_recognition"
    HOLDS_STATED = "holds_to_stated_end"
    HOLDS_COMPUTED = "holds_to_computed_end"
    HOLDS_RANGE = "holds_to_earliest_end"
    CONFIRMED = "holds_as_confirmed"
    EXTENDED = "extended_by_receipt"
    WITHDRAWN = "withdrawn_by_decision"
    ENDED = "ended_by_officer"
    STATED_END_PASSED = "stated_end_passed"
    EXTENSION_PASSED = "extension_passed"
    COMPUTED_END_PASSED = "computed_end_passed"
    END_IN_RANGE = "end_in_range"
    RANGE_PASSED = "range_passed"
    END_UNKNOWN = "end_unknown"
    START_UNCERTAIN = "start_uncertain"
    SOURCES_DISAGREE = "sources_disagree"


@dataclass(frozen=True, slots=True)
class RecognitionFacts:
    """One row of a product's history as the rules need it. Every end is exclusive."""

    code: str
    record_type: str = RecordType.RECOGNITION
    stars: int | None = None
    recognised_on: date | None = None  # the first day its precision allows
    precision: str = "unknown"  # enums.DatePrecision
    known_as_of: date | None = None  # the last day of the report that names it, when the date itself is unknown
    known_from: date | None = None  # the first day of that report's date
    recorded_as_of: date | None = None  # when the source was read: it had been recognised by then
    valid_from: date | None = None
    valid_to: date | None = None
    valid_to_min: date | None = None
    valid_to_max: date | None = None
    end_basis: str = EndBasis.UNKNOWN
    confidence: str = Confidence.MEDIUM
    conflict_group: str = ""
    confirmed_on: date | None = None
    ended_on: date | None = None
    extended_until: date | None = None
    withdrawn_on: date | None = None

    @property
    def order(self) -> tuple[int, str]:
        """The register's own order: "BK016-R10" after "BK016-R9"."""
        return len(self.code), self.code

    @property
    def signed_on(self) -> date | None:
        """The day of the decision, where it is known."""
        return self.recognised_on if self.precision == "day" else None

    @property
    def earliest(self) -> date:
        """The first day it may have begun."""
        if self.valid_from is not None and self.precision in ("day", "unknown"):
            return self.valid_from
        return self.recognised_on or PROGRAMME_START

    @property
    def shown_from(self) -> date:
        """From when an unverified star is shown: the first possible day, or the report that first names it."""
        return self.known_from or self.earliest if self.recognised_on is None and self.valid_from is None else self.earliest

    @property
    def latest(self) -> date:
        """The day from which it has certainly begun."""
        last = self._last_possible_day()
        marks = [self.withdrawn_on, self.ended_on, self.confirmed_on]
        if self.end_basis in STATED_ENDS and self.valid_to is not None:
            marks.append(self.valid_to - _ONE_DAY)
        return max(self.earliest, min([last, *(mark for mark in marks if mark is not None)]))

    def _last_possible_day(self) -> date:
        if self.valid_from is not None and self.precision in ("day", "unknown"):
            return self.valid_from
        if self.recognised_on is not None:
            return PartialDate(self.recognised_on, self.precision).last or self.recognised_on
        return self.known_as_of or self.recorded_as_of or date.max

    @property
    def certain_end(self) -> date | None:
        """Until before this day its end has certainly not come; None where no end is known."""
        if self.end_basis == EndBasis.COMPUTED_RANGE:
            return self.valid_to_min
        return None if self.end_basis == EndBasis.UNKNOWN else self.valid_to


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a star on one date. `until` is exclusive: the end of what holds, or when it lapsed."""

    kind: str  # enums.StandingKind
    stars: int | None  # held now, or last known
    until: date | None
    reason: str  # StandingReason
    confirmed_on: date | None  # when somebody last confirmed it
    recognition_code: str
    is_due: bool  # valid with DUE_DAYS or fewer left
    is_disputed: bool = False  # sources contradict each other


@dataclass(frozen=True, slots=True)
class Span:
    """One standing from `starts_on` until before `ends_on`; None means without bound."""

    starts_on: date | None
    ends_on: date | None
    kind: str
    stars: int | None
    until: date | None
    reason: str
    confirmed_on: date | None
    recognition_code: str
    is_disputed: bool = False

    def holds_on(self, day: date) -> bool:
        """Does the span cover this day?"""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)

    def standing(self, on: date) -> Standing:
        """The span as an answer for one of its days."""
        due = is_due(self.kind, self.until, on)
        return Standing(self.kind, self.stars, self.until, self.reason, self.confirmed_on, self.recognition_code, due, self.is_disputed)


def due_by(on: date) -> date:
    """The last exclusive end that is due on a day; the calendar's own end for days near it."""
    return date.fromordinal(min(on.toordinal() + DUE_DAYS, date.max.toordinal()))


def is_due(kind: str, until: date | None, on: date) -> bool:
    """A star that holds, with 240 days or fewer left."""
    return kind == StandingKind.VALID and until is not None and (until - on).days <= DUE_DAYS


def standing_on(facts: Iterable[RecognitionFacts], on: date) -> Standing:
    """What is known of the star on `on`, of a history in any order."""
    rows = [row for row in facts if row.record_type == RecordType.RECOGNITION]
    begun = [row for row in rows if row.latest <= on]
    possible = [row for row in rows if row.shown_from <= on < row.latest]
    if not begun:
        return _begun_perhaps(possible, begun) if possible else _NOTHING
    governing = _governing(begun)
    answer = _answer(governing, begun, on)
    if answer.kind in _HOLDING or not possible:
        return answer
    later = [row for row in possible if _may_follow(row, governing)]
    return _begun_perhaps(later, begun) if later and answer.kind != StandingKind.WITHDRAWN else answer


def standing_timeline(facts: Sequence[RecognitionFacts]) -> list[Span]:
    """The whole of time as spans without gap or overlap; each differs from its neighbours."""
    days = sorted({day for row in facts for day in _turning_points(row)})
    spans: list[Span] = []
    for start in [None, *days]:
        standing = standing_on(facts, start or date.min)
        span = Span(
            start,
            None,
            standing.kind,
            standing.stars,
            standing.until,
            standing.reason,
            standing.confirmed_on,
            standing.recognition_code,
            standing.is_disputed,
        )
        if spans and replace(span, starts_on=None) == replace(spans[-1], starts_on=None):
            continue
        if spans:
            spans[-1] = replace(spans[-1], ends_on=start)
        spans.append(span)
    return spans


_NOTHING: Final = Standing(StandingKind.NONE, None, None, StandingReason.NO_RECOGNITION, None, "", False)


def _turning_points(row: RecognitionFacts) -> Iterable[date]:
    """Every day on which this row may change an answer."""
    marks = [row.shown_from, row.latest, row.certain_end, row.valid_to_max, row.extended_until, row.ended_on, row.withdrawn_on]
    if row.confirmed_on is not None:
        marks += [row.confirmed_on, row.confirmed_on + _ONE_DAY]
    return [mark for mark in marks if mark is not None]


def _governing(begun: Sequence[RecognitionFacts]) -> RecognitionFacts:
    """The row nothing certainly follows; among several of those, the last in the register's order."""
    last_start = max(row.earliest for row in begun)
    return max((row for row in begun if row.latest >= last_start), key=lambda row: row.order)


def _may_follow(row: RecognitionFacts, other: RecognitionFacts) -> bool:
    return row.latest > other.latest and (row.earliest > other.latest or row.order > other.order)


def _begun_perhaps(possible: Sequence[RecognitionFacts], begun: Sequence[RecognitionFacts]) -> Standing:
    """Somewhere in its possible days a recognition begins, and nothing else holds meanwhile."""
    row = max(possible, key=lambda each: each.order) if begun else min(possible, key=lambda each: each.order)
    stars = row.stars if row.stars is not None else _last_known_stars(row, begun)
    disputed = bool(row.conflict_group)
    return Standing(StandingKind.UNVERIFIED, stars, None, StandingReason.START_UNCERTAIN, None, row.code, False, disputed)


def _answer(governing: RecognitionFacts, begun: Sequence[RecognitionFacts], on: date) -> Standing:
    """The governing row's word, weighed against the rows that contradict it."""
    own = _state(governing, on, begun)
    if not governing.conflict_group:
        return own
    rivals = [row for row in begun if row.conflict_group == governing.conflict_group]
    rivals = [row for row in rivals if _has_officers_word(row, on)] or rivals
    answers = [(row, _state(row, on, begun)) for row in rivals]
    _, best = max(answers, key=lambda pair: (_WEIGHT.get(pair[0].confidence, 0), -(pair[1].stars or 0), pair[0].order))
    if len({answer.kind for _, answer in answers}) > 1:
        return replace(best, kind=StandingKind.UNVERIFIED, reason=StandingReason.SOURCES_DISAGREE, is_due=False, is_disputed=True)
    return replace(best, is_disputed=True)


def _has_officers_word(row: RecognitionFacts, on: date) -> bool:
    """Did an officer say of this very row, by `on`, that it was withdrawn, had ended, or still holds?"""
    return any(day is not None and day <= on for day in (row.withdrawn_on, row.ended_on, row.confirmed_on))


def _state(row: RecognitionFacts, on: date, begun: Sequence[RecognitionFacts]) -> Standing:
    """What this row alone says of a day on which it has begun."""
    kind, reason, until, confirmed = _kind(row, on)
    stars = row.stars if row.stars is not None else _last_known_stars(row, begun)
    return Standing(kind, stars, until, reason, confirmed, row.code, is_due(kind, until, on))


_Kind = tuple[StandingKind, StandingReason, date | None, date | None]


def _kind(row: RecognitionFacts, on: date) -> _Kind:
    """Kind, reason, until, and when it was last confirmed."""
    confirmed = max((day for day in (row.signed_on, row.confirmed_on) if day is not None), default=None)
    if row.withdrawn_on is not None and on >= row.withdrawn_on:
        return StandingKind.WITHDRAWN, StandingReason.WITHDRAWN, row.withdrawn_on, row.withdrawn_on
    if row.ended_on is not None and on >= row.ended_on:
        return StandingKind.EXPIRED, StandingReason.ENDED, row.ended_on, row.ended_on
    end = row.certain_end
    if end is not None and on < end:
        return StandingKind.VALID, _HOLDS[EndBasis(row.end_basis)], end, confirmed
    if row.extended_until is not None and on < row.extended_until:
        return StandingKind.EXTENDED, StandingReason.EXTENDED, row.extended_until, confirmed
    if row.end_basis in STATED_ENDS and end is not None:
        until = max(end, row.extended_until or end)
        return StandingKind.EXPIRED, StandingReason.STATED_END_PASSED, until, confirmed
    if row.confirmed_on is not None and on <= row.confirmed_on:
        return StandingKind.VALID, StandingReason.CONFIRMED, None, confirmed
    return StandingKind.UNVERIFIED, *_lapsed(row, on), confirmed


_HOLDS: Final = {
    EndBasis.STATED: StandingReason.HOLDS_STATED,
    EndBasis.STATED_COMMON_2018: StandingReason.HOLDS_STATED,
    EndBasis.COMPUTED: StandingReason.HOLDS_COMPUTED,
    EndBasis.COMPUTED_RANGE: StandingReason.HOLDS_RANGE,
}


def _lapsed(row: RecognitionFacts, on: date) -> tuple[StandingReason, date | None]:
    """Why nobody can say that it still holds, and since when."""
    if row.extended_until is not None:
        return StandingReason.EXTENSION_PASSED, row.extended_until
    if row.certain_end is None:
        return StandingReason.END_UNKNOWN, None
    if row.end_basis == EndBasis.COMPUTED_RANGE:
        if row.valid_to_max is None or on < row.valid_to_max:
            return StandingReason.END_IN_RANGE, row.valid_to_min
        return StandingReason.RANGE_PASSED, row.valid_to_max
    return StandingReason.COMPUTED_END_PASSED, row.valid_to


def _last_known_stars(row: RecognitionFacts, begun: Sequence[RecognitionFacts]) -> int | None:
    """The star of the last recognition before this one that printed it."""
    before = [each for each in begun if each.stars is not None and each.earliest <= row.latest and each.code != row.code]
    return max(before, key=lambda each: (each.latest, each.order)).stars if before else None
