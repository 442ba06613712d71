"""Standing: a table of legal edges, and properties that hold for any history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.dates import add_months
from ocop.register.enums import Confidence, EndBasis, RecordType, StandingKind
from ocop.register.rules import DUE_DAYS, PROGRAMME_START, RecognitionFacts, StandingReason, standing_on, standing_timeline

DAY = timedelta(days=1)
VALID, EXTENDED, EXPIRED = StandingKind.VALID, StandingKind.EXTENDED, StandingKind.EXPIRED
WITHDRAWN, UNVERIFIED, NONE = StandingKind.WITHDRAWN, StandingKind.UNVERIFIED, StandingKind.NONE


def d(text: str) -> date:
    return date.fromisoformat(text)


def on_day(code="P-R1", signed="2021-06-30", stars=3, basis=EndBasis.COMPUTED, **more):
    """A recognition whose day is known; 36 months unless it says otherwise."""
    start = d(signed)
    return RecognitionFacts(
        code,
        stars=stars,
        recognised_on=start,
        precision="day",
        valid_from=start,
        end_basis=basis,
        **{"valid_to": add_months(start, 36), **more},
    )


def in_year(code="P-R1", year=2018, stars=3, basis=EndBasis.COMPUTED_RANGE, **more):
    """A recognition of which only the year is known."""
    if basis == EndBasis.COMPUTED_RANGE:
        more = {"valid_to_min": date(year + 3, 1, 1), "valid_to_max": date(year + 3, 12, 31), **more}
    return RecognitionFacts(code, stars=stars, recognised_on=date(year, 1, 1), precision="year", end_basis=basis, **more)


COMMON_2018 = in_year(stars=4, basis=EndBasis.STATED_COMMON_2018, valid_to=d("2021-12-13"))
STATED = on_day(basis=EndBasis.STATED)
UPGRADE = on_day("P-R2", "2021-06-30", 5)
WITHDRAWAL = on_day("P-R1", "2025-01-10", 3, withdrawn_on=d("2026-03-05"))
EXTENSION = on_day(basis=EndBasis.STATED, extended_until=d("2024-12-27"))
UNDATED = RecognitionFacts("P-R1", stars=3, recorded_as_of=d("2026-11-24"))
AS_OF_2022 = RecognitionFacts("P-R1", stars=4, known_from=d("2022-01-01"), known_as_of=d("2022-12-31"), recorded_as_of=d("2026-11-24"))
REISSUE = on_day("P-R2", "2021-12-29", None)
DISTRICT = on_day(signed="2021-11-26", record_type=RecordType.DISTRICT_RATING)
LEAP = on_day(signed="2024-02-29")
RENEWAL = on_day("P-R2", "2024-12-10", 3, EndBasis.STATED)

# (history, day, kind, stars): one day each side of every edge the law or the sources draw.
EDGES = [
    ([], "2026-11-24", NONE, None),
    # 36 months from the day: the same day three years on is the first without the star (Art. 4.3; ends are exclusive)
    ([on_day()], "2021-06-29", NONE, None),
    ([on_day()], "2021-06-30", VALID, 3),
    ([on_day()], "2024-06-29", VALID, 3),
    ([on_day()], "2024-06-30", UNVERIFIED, 3),
    ([on_day()], "2030-01-01", UNVERIFIED, 3),
    # a stated end, and only that, expires
    ([STATED], "2024-06-29", VALID, 3),
    ([STATED], "2024-06-30", EXPIRED, 3),
    ([STATED], "2040-01-01", EXPIRED, 3),
    # the 2018 round: stated common end 12/12/2021, the last valid day
    ([COMMON_2018], "2017-12-31", NONE, None),
    ([COMMON_2018], "2018-01-01", UNVERIFIED, 4),
    ([COMMON_2018], "2018-12-30", UNVERIFIED, 4),
    ([COMMON_2018], "2018-12-31", VALID, 4),
    ([COMMON_2018], "2021-12-12", VALID, 4),
    ([COMMON_2018], "2021-12-13", EXPIRED, 4),
    # 29 February: three years on there is none, the end is 28 February
    ([LEAP], "2024-02-28", NONE, None),
    ([LEAP], "2024-02-29", VALID, 3),
    ([LEAP], "2027-02-27", VALID, 3),
    ([LEAP], "2027-02-28", UNVERIFIED, 3),
    ([on_day(signed="2025-02-28")], "2028-02-27", VALID, 3),
    ([on_day(signed="2025-02-28")], "2028-02-28", UNVERIFIED, 3),
    # an upgrade supersedes from its day, while the older star would still hold
    ([COMMON_2018, UPGRADE], "2021-06-29", VALID, 4),
    ([COMMON_2018, UPGRADE], "2021-06-30", VALID, 5),
    ([COMMON_2018, UPGRADE], "2021-12-13", VALID, 5),
    ([COMMON_2018, UPGRADE], "2024-06-30", UNVERIFIED, 5),
    ([UPGRADE, COMMON_2018], "2021-06-30", VALID, 5),
    # a lower star after re-evaluation counts as well
    ([on_day(stars=4), on_day("P-R2", "2023-05-01", 3)], "2023-04-30", VALID, 4),
    ([on_day(stars=4), on_day("P-R2", "2023-05-01", 3)], "2023-05-01", VALID, 3),
    # withdrawal from its day (Art. 8), until a later recognition
    ([WITHDRAWAL], "2026-03-04", VALID, 3),
    ([WITHDRAWAL], "2026-03-05", WITHDRAWN, 3),
    ([WITHDRAWAL], "2028-01-10", WITHDRAWN, 3),
    ([WITHDRAWAL, on_day("P-R2", "2026-10-01", 3)], "2026-09-30", WITHDRAWN, 3),
    ([WITHDRAWAL, on_day("P-R2", "2026-10-01", 3)], "2026-10-01", VALID, 3),
    ([on_day(withdrawn_on=d("2023-01-01")), on_day("P-R2", "2022-01-01", 4)], "2023-06-01", VALID, 4),
    # extension after the end (Art. 12.3), then expired where the end was stated, unverified where it was computed
    ([EXTENSION], "2024-06-29", VALID, 3),
    ([EXTENSION], "2024-06-30", EXTENDED, 3),
    ([EXTENSION], "2024-12-26", EXTENDED, 3),
    ([EXTENSION], "2024-12-27", EXPIRED, 3),
    ([on_day(extended_until=d("2024-12-27"))], "2024-12-26", EXTENDED, 3),
    ([on_day(extended_until=d("2024-12-27"))], "2024-12-27", UNVERIFIED, 3),
    ([EXTENSION, RENEWAL], "2024-12-09", EXTENDED, 3),
    ([EXTENSION, RENEWAL], "2024-12-10", VALID, 3),
    # an officer's word that it ended
    ([on_day(ended_on=d("2025-02-01"))], "2025-01-31", UNVERIFIED, 3),
    ([on_day(ended_on=d("2025-02-01"))], "2025-02-01", EXPIRED, 3),
    ([on_day(ended_on=d("2023-02-01"))], "2023-02-01", EXPIRED, 3),
    # an officer's word that it held: certain up to that day, no longer
    ([on_day(confirmed_on=d("2025-02-01"))], "2025-02-01", VALID, 3),
    ([on_day(confirmed_on=d("2025-02-01"))], "2025-02-02", UNVERIFIED, 3),
    # a year alone: not before 1 January, certain from 31 December; the end lies in a year as well
    ([in_year(year=2021)], "2020-12-31", NONE, None),
    ([in_year(year=2021)], "2021-01-01", UNVERIFIED, 3),
    ([in_year(year=2021)], "2021-12-30", UNVERIFIED, 3),
    ([in_year(year=2021)], "2021-12-31", VALID, 3),
    ([in_year(year=2021)], "2023-12-31", VALID, 3),
    ([in_year(year=2021)], "2024-01-01", UNVERIFIED, 3),
    ([in_year(year=2021)], "2024-12-31", UNVERIFIED, 3),
    # between the first and last possible day the older star holds as long as it certainly does
    ([COMMON_2018, in_year("P-R2", 2021)], "2021-12-12", VALID, 4),
    ([COMMON_2018, in_year("P-R2", 2021)], "2021-12-13", UNVERIFIED, 3),
    ([COMMON_2018, in_year("P-R2", 2021)], "2021-12-31", VALID, 3),
    # a month alone
    ([RecognitionFacts("P-R1", stars=3, recognised_on=d("2024-03-01"), precision="month")], "2024-02-29", NONE, None),
    ([RecognitionFacts("P-R1", stars=3, recognised_on=d("2024-03-01"), precision="month")], "2024-03-01", UNVERIFIED, 3),
    # no date, no end: never expired, never valid, the last known star stays
    ([UNDATED], "2017-12-31", NONE, None),
    ([UNDATED], "2026-11-24", UNVERIFIED, 3),
    ([UNDATED], "2040-01-01", UNVERIFIED, 3),
    ([AS_OF_2022], "2021-12-31", NONE, None),
    ([AS_OF_2022], "2022-01-01", UNVERIFIED, 4),
    ([AS_OF_2022], "2026-11-24", UNVERIFIED, 4),
    ([UNDATED, RENEWAL], "2026-11-24", VALID, 3),
    ([UNDATED, RENEWAL], "2027-12-10", EXPIRED, 3),
    # a re-issue that does not print the star keeps the last known one
    ([COMMON_2018, REISSUE], "2021-12-28", EXPIRED, 4),
    ([COMMON_2018, REISSUE], "2021-12-29", VALID, 4),
    ([COMMON_2018, REISSUE], "2024-12-29", UNVERIFIED, 4),
    ([REISSUE], "2022-01-01", VALID, None),
    # a district's rating is no recognition
    ([DISTRICT], "2022-01-01", NONE, None),
    ([DISTRICT, on_day("P-R2", "2023-01-01", 3)], "2023-01-01", VALID, 3),
    # whole ends that nobody filled in are unknown ends
    ([on_day(valid_to=None)], "2021-07-01", UNVERIFIED, 3),
    ([on_day(basis=EndBasis.STATED, valid_to=None)], "2021-07-01", UNVERIFIED, 3),
]


@pytest.mark.parametrize(("history", "day", "kind", "stars"), EDGES)
def test_legal_edge(history, day, kind, stars):
    standing = standing_on(history, d(day))
    assert (standing.kind, standing.stars) == (kind, stars)


def test_the_table_holds_sixty_edges():
    assert len(EDGES) >= 60


def test_a_common_end_already_past_makes_a_year_certain_earlier():
    row = in_year(year=2021, basis=EndBasis.STATED, valid_to=d("2021-07-01"))
    assert standing_on([row], d("2021-06-29")).kind == UNVERIFIED
    assert standing_on([row], d("2021-06-30")).kind == VALID
    assert standing_on([row], d("2021-07-01")).kind == EXPIRED


@pytest.mark.parametrize(("days_left", "is_due"), [(DUE_DAYS + 1, False), (DUE_DAYS, True), (1, True)])
def test_due_is_240_days_or_fewer_before_the_end(days_left, is_due):
    assert standing_on([STATED], d("2024-06-30") - days_left * DAY).is_due is is_due


@pytest.mark.parametrize("history", [[EXTENSION], [WITHDRAWAL], [STATED]])
def test_only_a_valid_star_is_due(history):
    day = {EXTENDED: "2024-12-20", WITHDRAWN: "2026-04-01", EXPIRED: "2024-07-01"}
    kind = standing_on(history, d("2024-12-20")).kind
    assert not standing_on(history, d(day.get(kind, "2024-12-20"))).is_due


def test_until_tells_the_end_of_what_holds_and_when_it_lapsed():
    assert standing_on([on_day()], d("2022-01-01")).until == d("2024-06-30")
    assert standing_on([on_day()], d("2025-01-01")).until == d("2024-06-30")
    assert standing_on([EXTENSION], d("2024-07-01")).until == d("2024-12-27")
    assert standing_on([EXTENSION], d("2025-07-01")).until == d("2024-12-27")
    assert standing_on([WITHDRAWAL], d("2026-07-01")).until == d("2026-03-05")
    assert standing_on([UNDATED], d("2026-07-01")).until is None


def test_confirmed_on_is_the_last_word_of_anybody():
    assert standing_on([on_day()], d("2025-01-01")).confirmed_on == d("2021-06-30")
    assert standing_on([on_day(confirmed_on=d("2023-05-05"))], d("2025-01-01")).confirmed_on == d("2023-05-05")
    assert standing_on([COMMON_2018], d("2020-01-01")).confirmed_on is None
    assert standing_on([WITHDRAWAL], d("2026-07-01")).confirmed_on == d("2026-03-05")


def rows_in_conflict(first, second, *, weights=("medium", "low")):
    return [
        in_year("P-R1", stars=first, basis=EndBasis.STATED, valid_to=d("2021-12-13"), conflict_group="c", confidence=weights[0]),
        in_year("P-R2", stars=second, basis=EndBasis.STATED, valid_to=d("2021-12-13"), conflict_group="c", confidence=weights[1]),
    ]


def test_of_contradicting_stars_the_better_source_is_shown_and_marked():
    standing = standing_on(rows_in_conflict(4, 3), d("2020-01-01"))
    assert (standing.kind, standing.stars, standing.recognition_code, standing.is_disputed) == (VALID, 4, "P-R1", True)


def test_of_sources_that_weigh_the_same_the_lower_star_is_shown():
    assert standing_on(rows_in_conflict(4, 3, weights=("low", "low")), d("2020-01-01")).stars == 3


def test_sources_that_disagree_on_the_kind_leave_it_unverified():
    rows = [in_year("P-R1", 2018, conflict_group="c"), in_year("P-R2", 2022, conflict_group="c")]
    standing = standing_on(rows, d("2023-06-01"))
    assert (standing.kind, standing.reason, standing.is_disputed) == (UNVERIFIED, StandingReason.SOURCES_DISAGREE, True)


def test_an_officers_word_settles_a_conflict():
    first, second = rows_in_conflict(4, 3)
    ended = RecognitionFacts(**{**_fields(second), "ended_on": d("2020-05-01")})
    standing = standing_on([first, ended], d("2020-06-01"))
    assert (standing.kind, standing.stars) == (EXPIRED, 3)


def test_a_late_entry_of_an_old_decision_does_not_govern():
    late = on_day("P-R3", "2019-01-01", 3)
    assert standing_on([COMMON_2018, UPGRADE, late], d("2022-01-01")).stars == 5


def _fields(row):
    return {name: getattr(row, name) for name in RecognitionFacts.__dataclass_fields__}


days = st.dates(date(2017, 1, 1), date(2031, 12, 31))
maybe_days = st.none() | days


@st.composite
def histories(draw):
    rows = []
    for number in range(draw(st.integers(0, 4))):
        precision = draw(st.sampled_from(["day", "month", "year", "unknown"]))
        start = draw(days)
        first = {"day": start, "month": start.replace(day=1), "year": start.replace(month=1, day=1), "unknown": None}[precision]
        low = draw(maybe_days)
        rows.append(
            RecognitionFacts(
                f"P-R{number + 1}",
                record_type=draw(st.sampled_from(list(RecordType))),
                stars=draw(st.sampled_from([None, 3, 4, 5])),
                recognised_on=first,
                precision=precision,
                recorded_as_of=draw(maybe_days),
                valid_from=start if precision == "day" else None,
                valid_to=draw(maybe_days),
                valid_to_min=low,
                valid_to_max=low + draw(st.integers(0, 365)) * DAY if low else None,
                end_basis=draw(st.sampled_from(list(EndBasis))),
                confidence=draw(st.sampled_from(list(Confidence))),
                conflict_group=draw(st.sampled_from(["", "", "a"])),
                confirmed_on=draw(maybe_days),
                ended_on=draw(maybe_days),
                extended_until=draw(maybe_days),
                withdrawn_on=draw(st.none() | st.none() | days),
            )
        )
    return rows


@given(histories())
@settings(max_examples=250, deadline=None)
def test_the_timeline_covers_all_time_without_gap_or_overlap(history):
    spans = standing_timeline(history)
    assert spans[0].starts_on is None
    assert spans[-1].ends_on is None
    for before, after in pairwise(spans):
        assert before.ends_on == after.starts_on is not None
        assert before.starts_on is None or before.starts_on < before.ends_on


@given(histories())
@settings(max_examples=250, deadline=None)
def test_the_timeline_says_what_standing_on_says_around_every_edge(history):
    spans = standing_timeline(history)
    edges = {edge for span in spans for edge in (span.starts_on, span.ends_on) if edge and date.min < edge < date.max}
    for day in {edge + shift * DAY for edge in edges for shift in (-1, 0, 1)} | {PROGRAMME_START, d("2026-11-24")}:
        covering = [span for span in spans if span.holds_on(day)]
        assert len(covering) == 1
        assert covering[0].standing(day) == standing_on(history, day)


@given(histories(), days)
@settings(max_examples=250, deadline=None)
def test_expired_needs_a_stated_end_or_an_officers_word(history, day):
    standing = standing_on(history, day)
    if standing.kind == EXPIRED:
        row = next(row for row in history if row.code == standing.recognition_code)
        assert row.end_basis in (EndBasis.STATED, EndBasis.STATED_COMMON_2018) or row.ended_on is not None


@given(histories(), days)
@settings(max_examples=250, deadline=None)
def test_the_order_of_the_rows_does_not_matter(history, day):
    assert standing_on(history, day) == standing_on(list(reversed(history)), day)
