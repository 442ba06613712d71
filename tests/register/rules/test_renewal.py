"""The days of Decision 26/2026 Art. 7.6a and 12.3, both sides of each: what stage it is, who is called, what may be written down."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.register.enums import RenewalStage, StandingKind
from ocop.register.rules import (
    CALLED,
    RenewalFacts,
    call_due,
    check_filing,
    check_printed_end,
    check_result,
    days_left,
    extension_limit,
    is_late,
    renewal_stage,
    renewal_window,
    stage_begins,
)

VALID, EXTENDED, EXPIRED = StandingKind.VALID, StandingKind.EXTENDED, StandingKind.EXPIRED
# The last valid days the table is held against, with the first and last day of handing in counted by hand.
ENDS = {
    date(2029, 8, 31): (date(2029, 3, 4), date(2029, 5, 3)),
    date(2028, 2, 29): (date(2027, 9, 2), date(2027, 11, 1)),  # a leap day is the last one
    date(2027, 12, 31): (date(2027, 7, 4), date(2027, 9, 2)),
    date(2027, 3, 1): (date(2026, 9, 2), date(2026, 11, 1)),  # no leap day in between
    date(2028, 3, 1): (date(2027, 9, 3), date(2027, 11, 2)),  # one in between
}
EDGES = (
    (241, RenewalStage.EARLY),
    (240, RenewalStage.PREPARE),
    (181, RenewalStage.PREPARE),
    (180, RenewalStage.OPEN),
    (151, RenewalStage.OPEN),
    (150, RenewalStage.REMIND),
    (131, RenewalStage.REMIND),
    (130, RenewalStage.LAST_CALL),
    (121, RenewalStage.LAST_CALL),
    (120, RenewalStage.LAST_CALL),
    (119, RenewalStage.LATE),
    (1, RenewalStage.LATE),
    (0, RenewalStage.LATE),
    (-1, RenewalStage.PAST),
    (-2, RenewalStage.PAST),
    (-180, RenewalStage.PAST),
    (-181, RenewalStage.LAPSED),
)


def stage(left: int, last: date, **more: object) -> RenewalStage | None:
    """The stage `left` days before the last valid day of a certificate with a stated end."""
    ends, on = last + timedelta(days=1), last - timedelta(days=left)
    facts: dict[str, object] = {"kind": VALID if on < ends else EXPIRED, "ends": ends, **more}
    return renewal_stage(RenewalFacts(**facts), on)  # type: ignore[arg-type]


@pytest.mark.parametrize("last", ENDS)
@pytest.mark.parametrize(("left", "expected"), EDGES)
def test_each_day_of_the_law_from_both_sides(left: int, expected: RenewalStage, last: date) -> None:
    assert stage(left, last) == expected


@pytest.mark.parametrize(("last", "window"), ENDS.items())
def test_the_window_is_the_one_counted_by_hand(last: date, window: tuple[date, date]) -> None:
    ends = last + timedelta(days=1)
    assert (renewal_window(ends).first, renewal_window(ends).last) == window
    assert (stage_begins(RenewalStage.OPEN, ends), stage_begins(RenewalStage.LATE, ends) - timedelta(days=1)) == window


@pytest.mark.parametrize(
    ("left", "filed_left", "expected"),
    [
        (150, 160, RenewalStage.FILED),
        (120, 120, RenewalStage.FILED),  # on the last day of handing in
        (119, 120, RenewalStage.FILED),
        (119, 119, RenewalStage.LATE),  # a day too late: the office decides
        (0, 180, RenewalStage.FILED),
        (-1, 180, RenewalStage.PAST),  # the result has not come before the end
        (-1, 60, RenewalStage.PAST),
        (-181, 60, RenewalStage.LAPSED),
    ],
)
def test_what_a_filing_changes(left: int, filed_left: int, expected: RenewalStage) -> None:
    last = date(2029, 8, 31)
    assert stage(left, last, filed_on=last - timedelta(days=filed_left)) == expected


@pytest.mark.parametrize(
    ("left", "more", "expected"),
    [
        (100, {"extended_until": date(2030, 2, 1)}, RenewalStage.EXTENDED),  # granted ahead of the end
        (0, {"extended_until": date(2030, 2, 1)}, RenewalStage.EXTENDED),
        (-1, {"extended_until": date(2030, 2, 1), "kind": EXTENDED}, RenewalStage.EXTENDED),
        (-180, {"extended_until": date(2030, 2, 28), "kind": EXTENDED}, RenewalStage.EXTENDED),
        (-100, {"extended_until": date(2029, 10, 1)}, RenewalStage.LAPSED),  # it ran on and ended without a result
        (100, {"is_let_lapse": True}, RenewalStage.LETTING),
        (0, {"is_let_lapse": True}, RenewalStage.LETTING),
        (-1, {"is_let_lapse": True}, RenewalStage.LAPSED),
        (100, {"has_ended": True}, None),
        (-1, {"has_ended": True}, None),
        (100, {"kind": StandingKind.WITHDRAWN}, None),
        (-1, {"kind": StandingKind.UNVERIFIED}, None),  # it is asked about in the other queue
        (100, {"kind": StandingKind.NONE}, None),
        (100, {"ends": None}, None),
    ],
)
def test_what_else_is_known_of_the_star(left: int, more: dict, expected: RenewalStage | None) -> None:
    assert stage(left, date(2029, 8, 31), **more) == expected


@pytest.mark.parametrize("each", RenewalStage)
def test_what_is_filed_decided_or_over_is_called_no_more(each: RenewalStage) -> None:
    assert call_due(each) == (each if each in CALLED else None)
    assert not {RenewalStage.EARLY, RenewalStage.FILED, RenewalStage.LETTING, RenewalStage.EXTENDED, RenewalStage.LAPSED} & set(CALLED)


@pytest.mark.parametrize("each", CALLED)
def test_a_call_is_due_from_the_first_day_of_its_stage(each: RenewalStage) -> None:
    ends = date(2029, 9, 1)
    first = stage_begins(each, ends)
    assert stage((ends - timedelta(days=1) - first).days, date(2029, 8, 31)) == each
    assert stage((ends - first).days, date(2029, 8, 31)) != each


@given(ends=st.dates(date(2020, 1, 1), date(2090, 1, 1)), ahead=st.integers(-200, 300))
def test_stages_only_go_forward(ends: date, ahead: int) -> None:
    order = list(RenewalStage)
    today, tomorrow = (ends - timedelta(days=ahead - step) for step in (0, 1))
    stages = [renewal_stage(RenewalFacts(VALID if day < ends else EXPIRED, ends), day) for day in (today, tomorrow)]
    assert order.index(stages[0]) <= order.index(stages[1])  # type: ignore[arg-type]
    assert days_left(ends, tomorrow) == days_left(ends, today) - 1


ENDS_ON = date(2029, 9, 1)  # exclusive: the last valid day is 31/8/2029


@pytest.mark.parametrize(
    ("filed_on", "ends", "fits"),
    [
        (date(2029, 3, 4), ENDS_ON, True),
        (date(2029, 3, 3), ENDS_ON, False),  # day 181
        (date(2029, 5, 3), ENDS_ON, True),
        (date(2029, 5, 4), ENDS_ON, True),  # late, and a fact all the same
        (date(2029, 6, 2), ENDS_ON, False),  # tomorrow
        (date(2020, 1, 1), None, True),  # nobody knows the end
    ],
)
def test_a_filing_is_a_fact_of_the_past_within_the_law(filed_on: date, ends: date | None, fits: bool) -> None:
    verdict = check_filing(filed_on=filed_on, ends=ends, today=date(2029, 6, 1))
    assert bool(verdict) is fits
    assert fits or verdict.reason.endswith((".", ")."))


@pytest.mark.parametrize(("filed_on", "expected"), [(date(2029, 5, 3), False), (date(2029, 5, 4), True)])
def test_late_begins_the_day_after_the_window(filed_on: date, expected: bool) -> None:
    assert is_late(filed_on, ENDS_ON) is expected


@pytest.mark.parametrize(
    ("decided_on", "fits"),
    [(date(2029, 4, 30), False), (date(2029, 5, 1), True), (date(2029, 6, 1), True), (date(2029, 6, 2), False)],
)
def test_a_result_comes_after_its_dossier(decided_on: date, fits: bool) -> None:
    assert bool(check_result(decided_on=decided_on, filed_on=date(2029, 5, 1), today=date(2029, 6, 1))) is fits


@pytest.mark.parametrize(
    ("last_day", "fits"),
    [(date(2028, 2, 28), False), (date(2028, 2, 29), True), (date(2031, 2, 28), True), (date(2031, 3, 1), False)],
)
def test_a_printed_end_that_still_holds(last_day: date, fits: bool) -> None:
    assert bool(check_printed_end(last_day=last_day, today=date(2028, 2, 29))) is fits


def test_the_last_day_of_an_extension_is_day_180() -> None:
    assert extension_limit(ENDS_ON) - timedelta(days=1) == date(2029, 8, 31) + timedelta(days=180)
