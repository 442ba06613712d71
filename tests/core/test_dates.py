"""Whole and partial dates, and the law's months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.dates import NotADay, PartialDate, add_months, day_after, parse_day, parse_partial


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2028, 2, 29), 36, date(2031, 2, 28)),
        (date(2021, 6, 30), 36, date(2024, 6, 30)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
    ],
)
def test_months_are_added_and_clipped(start, months, end):
    assert add_months(start, months) == end


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_adding_months_moves_exactly_so_many_months_and_never_past_the_day(start, months):
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day
    assert end.day == start.day or add_months(start, months).month != (date.fromordinal(end.toordinal() + 1)).month


@pytest.mark.parametrize("typed", ["2021-06-30", "30/6/2021", "30/06/2021", "30.6.2021", " 30-06-2021 "])
def test_a_day_is_read(typed):
    assert parse_day(typed) == date(2021, 6, 30)


@pytest.mark.parametrize("typed", ["", "31/6/2021", "2021", "6/2021", "30/6/21", "hôm nay", "٣٠/٦/٢٠٢١", "2021-13-01", "0000-01-01"])
def test_what_is_no_day_is_refused_with_a_sentence(typed):
    with pytest.raises(NotADay, match="không phải là một ngày"):
        parse_day(typed)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_what_is_written_is_read_again(day):
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day:%d/%m}/{day.year}") == day
    assert parse_partial(day.isoformat()) == PartialDate(day, "day")


@pytest.mark.parametrize(
    ("written", "first", "last", "words"),
    [
        ("2021-06-30", date(2021, 6, 30), date(2021, 6, 30), "30/6/2021"),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28), "tháng 2/2022"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "năm 2022"),
        ("", None, None, "chưa rõ ngày"),
    ],
)
def test_partial_dates(written, first, last, words):
    partial = parse_partial(written)
    assert (partial.first, partial.last, partial.words(), str(partial)) == (first, last, words, words)


def test_a_partial_date_of_no_kind_is_refused():
    with pytest.raises(ValueError, match="precision"):
        PartialDate(date(2021, 1, 1), "decade")
    with pytest.raises(ValueError, match="first day"):
        PartialDate(None, "year")
    with pytest.raises(NotADay):
        parse_partial("2021-6-1")
    with pytest.raises(NotADay):
        parse_partial("2021-02-30")


def test_the_last_valid_day_becomes_an_exclusive_end():
    assert day_after(date(2025, 6, 30)) == date(2025, 7, 1)
    assert day_after(None) is None
