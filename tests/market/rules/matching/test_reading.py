"""A wrong case says where it is wrong; nothing wrong passes."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.market.rules import matching
from tests.market.rules.matching.cases import case, demand, match, supply


def faults(text: str) -> list[str]:
    with pytest.raises(matching.BadCase) as refused:
        matching.read_case(text)
    return [fault.path for fault in refused.value.faults]


def faults_of(**facts) -> list[str]:
    return faults(json.dumps({**case([supply("A")], [demand()]), **facts}))


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"lot": 0}, "lot"),
        ({"lot": -1}, "lot"),
        ({"lot": "5"}, "lot"),
        ({"lot": True}, "lot"),
        ({"lot": None}, "lot"),
        ({"lot": 10**13}, "lot"),
        ({"lot": 1e-19}, "lot"),
        ({"id": ""}, "id"),
        ({"id": ["A"]}, "id"),
        ({"producer": None}, "producer"),
        ({"unit": 3}, "unit"),
        ({"stars": 6}, "stars"),
        ({"stars": 3.5}, "stars"),
        ({"stars": {"2026-12": -1}}, 'stars["2026-12"]'),
        ({"stars": {"2028-01": 4}}, 'stars["2028-01"]'),
        ({"papers": "HACCP"}, "papers"),
        ({"papers": ["HACCP", 7]}, "papers[1]"),
        ({"min_order": -5}, "min_order"),
        ({"price": -1}, "price"),
        ({"distance_km": "gần"}, "distance_km"),
        ({"poor_households": 1.5}, "poor_households"),
        ({"total": -1}, "total"),
        ({"capacity": 100}, "capacity"),
        ({"capacity": {"2026-12": -1}}, 'capacity["2026-12"]'),
        ({"capacity": {"2028-01": 1}}, 'capacity["2028-01"]'),
    ],
)
def test_a_wrong_supply(facts, path):
    assert faults_of(supplies=[supply("B"), supply("A", **facts)]) == [f"$.supplies[1].{path}"]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"priority": 0}, ".priority"),
        ({"set_no": None}, ""),
        ({"unit": ""}, ".unit"),
        ({"min_stars": 9}, ".min_stars"),
        ({"papers": None}, ".papers"),
        ({"max_price": "rẻ"}, ".max_price"),
        ({"max_makers": 0}, ".max_makers"),
        ({"max_share": 0}, ".max_share"),
        ({"max_share": 30}, ".max_share"),
        ({"quantity": {"2026-12": None}}, '.quantity["2026-12"]'),
        ({"quantity": []}, ".quantity"),
        ({"chosen": ["Z"]}, ".chosen[0]"),
    ],
)
def test_a_wrong_demand(facts, path):
    assert faults_of(demands=[demand(**facts)]) == [f"$.demands[0]{path}"]


@pytest.mark.parametrize("name", [name for name in supply("A") if name != "id"])
def test_a_supply_without_one_of_its_facts(name):
    partial = {key: value for key, value in supply("A").items() if key != name}
    assert faults_of(supplies=[partial]) == [f"$.supplies[0].{name}"]


@pytest.mark.parametrize("name", ["priority", "unit", "min_stars", "papers", "max_price", "max_makers", "quantity"])
def test_a_demand_without_one_of_its_facts(name):
    partial = {key: value for key, value in demand().items() if key != name}
    assert faults_of(demands=[partial]) == [f"$.demands[0].{name}"]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"months": ["2026-12", "2026-12"]}, "$.months[1]"),
        ({"transport_per_unit_km": -20}, "$.transport_per_unit_km"),
        ({"supplies": {}}, "$.supplies"),
        ({"supplies": [supply("A"), 5]}, "$.supplies[1]"),
        ({"supplies": [supply("A"), supply("A")]}, "$.supplies[1].id"),
        ({"demands": [demand("D"), demand("D")]}, "$.demands[1].id"),
        ({"pinned": [{"demand": "X", "supply": "A", "month": "2026-12", "quantity": 1}]}, "$.pinned[0].demand"),
        ({"pinned": [{"demand": "D", "supply": "A", "month": "2029-12", "quantity": 1}]}, "$.pinned[0].month"),
        ({"forbidden": [{"demand": "D", "supply": "X"}]}, "$.forbidden[0].supply"),
        ({"rotation": ["HTX A", {}]}, "$.rotation[1]"),
    ],
)
def test_a_wrong_frame(facts, path):
    assert faults_of(**facts) == [path]


def test_months_that_are_no_list():
    assert faults_of(months="2026-12")[0] == "$.months"


def test_a_share_pinned_twice():
    pin = {"demand": "D", "supply": "A", "month": "2026-12", "quantity": 1}
    assert faults_of(pinned=[pin, pin]) == ["$.pinned[1]"]


@pytest.mark.parametrize("text", ["", "[", "[]", "null", "3", '{"months": NaN}', '{"months": [], "months": []}', "[" * 100_000])
def test_no_case_at_all(text):
    assert faults(text) == ["$"]


def test_all_faults_are_told_at_once():
    assert faults_of(supplies=[supply("A", lot=0, price=-1)], demands=[demand(priority=-1)]) == [
        "$.supplies[0].lot",
        "$.supplies[0].price",
        "$.demands[0].priority",
    ]


def test_names_that_mean_nothing_are_ignored_and_told():
    value = case([supply("A", lots=5)], [{**demand(), "max_shares": 0.5}], comment="thử")
    assert matching.read_case(json.dumps(value)).ignored == ("$.comment", "$.supplies[0].lots", "$.demands[0].max_shares")


def test_numbers_are_read_as_they_are_written():
    read = matching.read_case(json.dumps(case([supply("A", lot=0.1)], [demand()]))).case
    assert read.supplies[0].lot == Decimal("0.1")


def test_whole_numbers_may_be_ids_and_months_and_come_back_as_they_came():
    value = {
        **case([supply("A", id=10, capacity={"1": 5, "2": 5}), supply("B", id=9)], [demand(id=1, quantity={"1": 5, "2": 4})]),
        "months": [2, 1],
    }
    value["supplies"][1]["capacity"] = {}
    assert match(value)["allocations"] == [
        {"demand": 1, "supply": 10, "month": 1, "quantity": 5},
        {"demand": 1, "supply": 10, "month": 2, "quantity": 4},
    ]


def test_a_case_without_rows_has_an_empty_plan():
    assert match(case([], [])) == {
        "status": "optimal",
        "gap": 0.0,
        "objective": {"weighted_quantity": 0, "cost": 0},
        "allocations": [],
        "shortfalls": [],
    }


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3), st.lists, max_leaves=3)


@settings(deadline=None)
@given(st.sampled_from([*case([], []), "pinned", "forbidden", "rotation"]), JSON)
def test_whatever_stands_in_the_frame_it_is_read_or_refused(name, value):
    read_or_refuse({**case([supply("A")], [demand()]), name: value})


@settings(deadline=None)
@given(st.sampled_from([*supply("A"), "total"]), JSON, st.sampled_from([*demand(), "max_share", "chosen"]), JSON)
def test_whatever_stands_in_a_row_it_is_read_or_refused(offered, this, asked, that):
    read_or_refuse(case([supply("A") | {offered: this}], [demand() | {asked: that}]))


def read_or_refuse(value):
    """Nothing but the case or the error."""
    with suppress(matching.BadCase):
        matching.read_case(json.dumps(value))
