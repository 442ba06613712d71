"""Terms, withdrawals, extensions and decisions: both sides of every edge."""

from datetime import date

import pytest

from ocop.register import rules
from ocop.register.enums import WithdrawalAuthority

TODAY = date(2026, 11, 24)
CHAIRMAN, MINISTER = WithdrawalAuthority.PROVINCE_CHAIRMAN, WithdrawalAuthority.MINISTER


@pytest.mark.parametrize(
    ("issued", "end"),
    [
        (date(2021, 6, 30), date(2024, 6, 30)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2025, 12, 31), date(2028, 12, 31)),
    ],
)
def test_a_certificate_ends_36_months_after_its_day(issued, end):
    assert rules.certificate_end(issued) == end


def test_the_window_of_renewal_is_180_to_120_days_before_the_last_day():
    window = rules.renewal_window(date(2027, 7, 1))  # the last valid day is 30/6/2027
    assert (date(2027, 6, 30) - window.first).days == 180
    assert (date(2027, 6, 30) - window.last).days == 120


@pytest.mark.parametrize(
    ("until", "allowed"),
    [(date(2024, 6, 30), False), (date(2024, 7, 1), True), (date(2024, 12, 27), True), (date(2024, 12, 28), False)],
)
def test_an_extension_is_at_most_180_days(until, allowed):
    verdict = rules.check_extension(valid_to=date(2024, 6, 30), extended_until=until)
    assert verdict.allowed is allowed
    assert bool(verdict.reason) is not allowed


def test_an_extension_needs_a_known_end():
    assert not rules.check_extension(valid_to=None, extended_until=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("stars", "authority", "allowed"),
    [
        (3, CHAIRMAN, True),
        (4, CHAIRMAN, True),
        (5, CHAIRMAN, False),
        (3, MINISTER, False),
        (4, MINISTER, False),
        (5, MINISTER, True),
        (None, CHAIRMAN, False),
        (2, CHAIRMAN, False),
    ],
)
def test_who_withdraws_which_star(stars, authority, allowed):
    verdict = rules.check_withdrawal(stars=stars, authority=authority, withdrawn_on=TODAY, recognised_on=date(2025, 1, 1), today=TODAY)
    assert verdict.allowed is allowed


@pytest.mark.parametrize(
    ("day", "allowed"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (TODAY, True), (date(2026, 11, 25), False)]
)
def test_a_withdrawal_lies_between_recognition_and_today(day, allowed):
    verdict = rules.check_withdrawal(stars=3, authority=CHAIRMAN, withdrawn_on=day, recognised_on=date(2025, 1, 1), today=TODAY)
    assert verdict.allowed is allowed


@pytest.mark.parametrize(("stars", "who"), [(3, CHAIRMAN), (4, CHAIRMAN), (5, MINISTER)])
def test_the_authority_follows_from_the_stars(stars, who):
    assert rules.withdrawal_authority(stars) == who


def test_no_authority_for_a_class_that_no_certificate_has():
    with pytest.raises(ValueError, match="3, 4 or 5"):
        rules.withdrawal_authority(2)


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"stars": 2}, False),
        ({"stars": 6}, False),
        ({"signed_on": date(2026, 11, 25)}, False),
        ({"signed_on": TODAY, "valid_to": TODAY}, False),
        ({"valid_to": date(2025, 9, 2)}, True),
        ({"decision_no": ""}, False),
        ({"decision_no": "", "is_without_number": True}, True),
        ({"is_without_number": True}, False),
    ],
)
def test_what_may_be_copied_from_a_decision(changed, allowed):
    facts = {"stars": 3, "signed_on": date(2025, 9, 1), "valid_to": None, "decision_no": "1/QĐ-UBND", "is_without_number": False}
    assert rules.check_decision(rules.Signed(**{**facts, **changed}), today=TODAY).allowed is allowed
