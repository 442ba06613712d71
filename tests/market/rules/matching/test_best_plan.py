"""The plan is the best there is, sound to the last lot, and the same in whatever order a case is written."""

import time
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.market.rules import matching
from tests.market.rules.matching.cases import case, demand, match, quantities, read, small_cases, supply
from tests.market.rules.matching.exhaustive import best_worth, broken, exactly, plan_of, worth
from tests.market.rules.matching.large import large_case

UNHURRIED = settings(deadline=None, max_examples=60)


@UNHURRIED
@given(small_cases())
def test_no_plan_is_better_in_any_aim(value):
    answer = match(value)
    plan = plan_of(answer)
    assert broken(value, plan) == []
    assert worth(value, plan) == best_worth(value)
    assert answer["status"] == "optimal"
    assert answer["gap"] == 0
    assert exactly(answer["objective"]["weighted_quantity"]) == worth(value, plan)[0]
    assert exactly(answer["objective"]["cost"]) == -worth(value, plan)[1]


@UNHURRIED
@given(small_cases(), st.randoms(use_true_random=False))
def test_the_order_of_a_case_does_not_matter(value, chance):
    shuffled = {name: chance.sample(rows, len(rows)) if isinstance(rows, list) else rows for name, rows in value.items()}
    assert match(shuffled) == match(value)


@UNHURRIED
@given(small_cases(), st.data())
def test_more_capacity_never_sells_less(value, data):
    lucky = data.draw(st.sampled_from(value["supplies"]))
    more = {**lucky, "capacity": {month: amount + 3 for month, amount in lucky["capacity"].items()}}
    richer = {**value, "supplies": [more if row is lucky else row for row in value["supplies"]]}
    assert match(richer)["objective"]["weighted_quantity"] >= match(value)["objective"]["weighted_quantity"]


@UNHURRIED
@given(small_cases())
def test_every_missing_quantity_is_told(value):
    answer = match(value)
    delivered = plan_of(answer)
    missing = {
        (row["id"], month): exactly(amount) - sum(q for (d, _, m), q in delivered.items() if (d, m) == (row["id"], month))
        for row in value["demands"]
        for month, amount in row["quantity"].items()
    }
    told = {(row["demand"], row["month"]): exactly(row["quantity"]) for row in answer["shortfalls"]}
    assert told == {key: amount for key, amount in missing.items() if amount}
    assert all(row["reasons"] for row in answer["shortfalls"])


def test_a_case_of_ordinary_size_is_solved_to_the_end_and_kept_to_the_lot():
    value = large_case(makers=20, months=6, demands=10, kinds=3)
    answer = match(value)
    assert answer["status"] == "optimal"
    assert broken(value, plan_of(answer)) == []


def test_when_time_is_over_the_plan_is_sound_and_nothing_more_could_be_given_at_once():
    value = large_case(makers=20, months=6, demands=10, kinds=3)
    asked = read(value)
    hours = count(step=3600)
    plan = matching.best_plan(asked, clock=lambda: next(hours), seconds=60)
    answer = matching.answer_of(plan, matching.shortfalls(asked, plan.shares))
    assert answer["status"] == "time_limit"
    assert 0 < answer["gap"] < 1
    assert broken(value, plan_of(answer)) == []
    assert all(row["reasons"] for row in answer["shortfalls"])


def test_quantity_goes_before_cost_and_priority_before_both():
    first, second = demand("first", priority=2), demand("second", max_price=70_000)
    answer = match(case([supply("A"), supply("B", price=60_000, capacity={"2026-12": 50})], [first, second]))
    assert quantities(answer) == {("first", "A", "2026-12"): 100, ("second", "B", "2026-12"): 50}


def test_the_cheaper_with_transport_delivers():
    near, far = supply("near", price=81_000, distance_km=20), supply("far", price=80_000, distance_km=100)
    assert quantities(match(case([far, near], [demand()]))) == {("D", "near", "2026-12"): 100}


def test_among_equals_the_maker_with_poor_households_delivers():
    answer = match(case([supply("A"), supply("B", poor_households=4)], [demand()]))
    assert quantities(answer) == {("D", "B", "2026-12"): 100}


def test_among_equals_the_makers_served_last_time_wait():
    answer = match(case([supply("A"), supply("B")], [demand()], rotation=["HTX A"]))
    assert quantities(answer) == {("D", "B", "2026-12"): 100}


def test_equals_share_evenly():
    answer = match(case([supply("A"), supply("B"), supply("C", lot=10)], [demand(quantity={"2026-12": 90})]))
    assert set(quantities(answer).values()) == {30}


def test_makers_are_counted_and_not_their_supplies():
    offered = [supply("A1", producer="HTX A", capacity={"2026-12": 40}), supply("A2", producer="HTX A", capacity={"2026-12": 40})]
    answer = match(case([*offered, supply("B", capacity={"2026-12": 50})], [demand(max_makers=1)]))
    assert quantities(answer) == {("D", "A1", "2026-12"): 40, ("D", "A2", "2026-12"): 40}


def test_a_share_is_counted_over_all_months_and_supplies_of_a_maker():
    months = {"2026-12": 100, "2027-01": 100}
    offered = [supply("A1", producer="HTX A", capacity=months), supply("A2", producer="HTX A", capacity=months)]
    answer = match(case(offered, [demand(quantity=months, max_share=0.35)]))
    assert sum(quantities(answer).values()) == 70


def test_decimal_lots_stay_decimal():
    answer = match(case([supply("A", lot=0.1)], [demand(quantity={"2026-12": 0.35})]))
    assert quantities(answer) == {("D", "A", "2026-12"): 0.3}


def test_the_chosen_alone_deliver():
    answer = match(case([supply("A"), supply("B", price=1)], [demand(chosen=["A"])]))
    assert quantities(answer) == {("D", "A", "2026-12"): 100}


def test_a_forbidden_pair_is_kept_apart():
    value = case([supply("A", price=1)], [demand("D"), demand("E")], forbidden=[{"demand": "D", "supply": "A"}])
    assert quantities(match(value)) == {("E", "A", "2026-12"): 100}


def test_a_pinned_share_stays_as_it_is():
    pin = {"demand": "D", "supply": "A", "month": "2026-12", "quantity": 30}
    answer = match(case([supply("A", price=1), supply("B")], [demand()], pinned=[pin]))
    assert quantities(answer) == {("D", "A", "2026-12"): 30, ("D", "B", "2026-12"): 70}


@pytest.mark.parametrize(
    ("quantity", "offered", "words"),
    [
        (101, {}, "capacity"),
        (30, {"lot": 4}, "multiple of the lot"),
        (30, {"min_order": 40}, "minimum order"),
        (30, {"stars": 3}, "does not suit"),
        (30, {"total": 20}, "season"),
    ],
)
def test_a_pinned_share_keeps_the_limits(quantity, offered, words):
    pin = {"demand": "D", "supply": "A", "month": "2026-12", "quantity": quantity}
    asked = read(case([supply("A", **offered)], [demand(quantity={"2026-12": 200})], pinned=[pin]))
    with pytest.raises(matching.PinsDoNotFit, match=words):
        matching.best_plan(asked, clock=time.monotonic, seconds=60)
