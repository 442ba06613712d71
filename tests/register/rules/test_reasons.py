"""Every reason has a sentence, with days as people write them."""

from datetime import date

import pytest

from ocop.register.rules import RecognitionFacts, Standing, StandingReason, reason_sentence, standing_on

ON = date(2026, 11, 24)


def standing(reason, until=date(2024, 6, 30), **more):
    facts = {"kind": "valid", "stars": 3, "confirmed_on": date(2021, 6, 1), "recognition_code": "P-R1", "is_due": False}
    return Standing(until=until, reason=reason, **{**facts, **more})


@pytest.mark.parametrize("reason", StandingReason)
@pytest.mark.parametrize("until", [None, date(2024, 6, 30)])
def test_every_reason_makes_one_whole_sentence(reason, until):
    sentence = reason_sentence(standing(reason, until), ON)
    assert sentence.endswith(".")
    assert "%" not in sentence
    assert "None" not in sentence


def test_a_computed_end_that_passed_says_since_when():
    row = RecognitionFacts(
        "P-R1", recognised_on=date(2021, 6, 30), precision="day", valid_to=date(2024, 6, 30), end_basis="computed_36_months"
    )
    assert reason_sentence(standing_on([row], ON), ON) == "Quá 36 tháng từ 30/6/2024, chưa thấy quyết định công nhận lại."


def test_what_holds_names_its_last_day_and_what_lapsed_its_first_day_without():
    assert "29/6/2024" in reason_sentence(standing(StandingReason.HOLDS_STATED), ON)
    assert "30/6/2024" in reason_sentence(standing(StandingReason.STATED_END_PASSED), ON)


def test_a_star_that_is_due_says_how_many_days_are_left():
    due = standing(StandingReason.HOLDS_STATED, date(2026, 12, 24), is_due=True)
    assert reason_sentence(due, ON).endswith("Còn 30 ngày.")


def test_the_sentence_is_translated_before_the_days_are_put_in():
    shown = reason_sentence(standing(StandingReason.WITHDRAWN), ON, lambda text: "Withdrawn %(since)s.")
    assert shown == "Withdrawn 30/6/2024."
