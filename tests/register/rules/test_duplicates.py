"""What speaks for two being one: legal form, tone position and i/y do not matter, a place and a tax code do; common words point nowhere."""

from typing import Any

import pytest

from ocop.register.enums import DuplicateGrade, DuplicateSign
from ocop.register.rules.duplicates import (
    MOST_ALIKE,
    Pair,
    ProducerSigns,
    ProductSigns,
    bare_name,
    own_part,
    producer_pairs,
    product_pairs,
    unaccented,
    within,
)

STRONG, LIKELY, POSSIBLE = DuplicateGrade
HERE, THERE = {"commune": 1}, {"commune": 2}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Hòa Bình", "Hợp tác xã Hoà Bình"),
        ("HTX Sỹ Bình", "htx  SĨ BÌNH"),
        ("Công ty TNHH MTV Hà Diệp", "Công ty trách nhiệm hữu hạn một thành viên Hà Diệp"),
        ("Hộ kinh doanh Sơn Phúc", "HKD Sơn Phúc"),
        ("Tổ hợp tác Đại Thắng", "THT: Đại Thắng"),
        ("Hop tac xa Tan Dan", "HTX Tan Dan"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert bare_name(one) == bare_name(other)


def test_names_that_differ_stay_different() -> None:
    assert bare_name("HTX Hoàng Hương") != bare_name("HTX Hoàng Huynh")
    assert bare_name("HTX Tân Dân") != bare_name("HTX Tấn Dần")
    assert unaccented(bare_name("HTX Tân Dân")) == unaccented(bare_name("HTX Tấn Dần")) == "tan dan"
    assert unaccented(bare_name("HTX J02")) == "j02"
    assert bare_name("Hợp tác xã") == bare_name("hợp tác xã") != ""


def test_the_ends_of_a_name_that_may_be_a_name() -> None:
    assert within("rượu chuối tân dân") == ["chuối tân dân", "tân dân"]
    assert within("tân dân") == []


def test_a_product_without_its_makers_name() -> None:
    assert unaccented(own_part("Mộc nhĩ Minh Anh thái chỉ", "HTX Minh Anh")) == "moc nhi thai chi"
    assert unaccented(own_part("Minh Anh", "HTX Minh Anh")) == "minh anh"
    assert unaccented(own_part("Trà Mai", "HTX Mai")) == "tra mai"  # one word may be anything


def two(one: dict[str, Any], other: dict[str, Any]) -> Pair | None:
    names = {"name": "HTX Tân Dân"}
    found = producer_pairs([ProducerSigns(id=1, **names | one), ProducerSigns(id=2, **names | other)], {"tan son"})
    return found[0] if found else None


@pytest.mark.parametrize(
    ("one", "other", "grade", "sign"),
    [
        ({"tax_code": "4700123456"}, {"name": "HTX Khác", "tax_code": "4700 123 456"}, STRONG, "tax_code"),
        (HERE, HERE, STRONG, "place"),
        ({"phones": frozenset("a")}, {"phones": frozenset("ab")} | THERE, STRONG, "phone"),
        (HERE, {}, LIKELY, "name"),
        ({"district": 8}, {"district": 8}, LIKELY, "name"),
        (HERE, THERE, POSSIBLE, "other_place"),
        ({"district": 8}, {"district": 9}, POSSIBLE, "other_place"),
        ({"name": "HTX Tấn Dần"} | HERE, HERE, LIKELY, "unaccented"),
        ({"name": "HTX Tấn Dần"}, HERE, POSSIBLE, "unaccented"),
        ({"name": "HTX Tấn Dần"} | HERE, THERE, None, ""),
        ({"name": "HTX rượu chuối Tân Dân"} | HERE, HERE, LIKELY, "part"),
        ({"name": "HTX rượu chuối Tân Dân"}, HERE, POSSIBLE, "part"),
        ({"name": "HTX rượu chuối Tân Dân"} | HERE, THERE, None, ""),
        ({"name": "HTX BK Food", "maybe": 2} | HERE, {"name": "HTX BK Foods"} | THERE, LIKELY, "source"),
        ({"name": "HTX Khác", "phones": frozenset("a")} | HERE, {"phones": frozenset("a")} | HERE, LIKELY, "phone"),
        ({"name": "HTX Khác", "phones": frozenset("a")}, {"phones": frozenset("a")}, POSSIBLE, "phone"),
        ({"name": "HTX Khác"} | HERE, HERE, None, ""),
        ({"tax_code": "1"} | HERE, {"tax_code": "2"} | HERE, POSSIBLE, "other_tax_code"),
        ({"name": "HTX Chè Tân Sơn"} | HERE, {"name": "HTX Tân Sơn"} | HERE, None, ""),  # a place's name says nothing
        ({"is_demo": True} | HERE, HERE, None, ""),
    ],
)
def test_how_much_speaks_for_two_producers(one: dict[str, Any], other: dict[str, Any], grade: int | None, sign: str) -> None:
    found = two(one, other)
    assert (found.grade if found else None) == grade
    if found:
        assert DuplicateSign(sign) in found.signs


def products(*rows: dict[str, Any]) -> list[tuple[int, int, int]]:
    given = {"maker": 1, "maker_name": "HTX Minh Anh", "name": "Trà hoa vàng"}
    return [
        (pair.first, pair.second, pair.grade) for pair in product_pairs(ProductSigns(id=n, **given | row) for n, row in enumerate(rows))
    ]


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        ({}, {"name": "Trà hoa vàng Minh Anh"}, STRONG),
        ({"set_no": 11}, {"set_no": 12}, POSSIBLE),
        ({}, {"name": "Tra hoa vang"}, LIKELY),
        ({"name": "Mộc nhĩ khô"}, {"name": "Khô mộc nhĩ Minh Anh"}, LIKELY),
        ({}, {"name": "Trà hoa vàng Minh Anh túi lọc"}, POSSIBLE),
        ({"set_no": 11}, {"name": "Trà hoa vàng túi lọc", "set_no": 12}, None),
        ({}, {"name": "Trà hoa vàng loại một hộp giấy to"}, None),
        ({}, {"name": "Trà hoa cúc"}, None),
        ({}, {"maker": 2, "maker_name": "HTX Khác"}, None),
        (HERE, {"maker": None, "maker_name": ""} | HERE, LIKELY),
        ({}, {"maker": None, "maker_name": ""}, POSSIBLE),
        (HERE, {"maker": None, "maker_name": ""} | THERE, None),
        ({"maker": None} | HERE, {"maker": None} | HERE, LIKELY),
        ({"maker": None}, {"maker": None, "name": "Trà hoa vàng túi lọc"}, None),
    ],
)
def test_how_much_speaks_for_two_products(one: dict[str, Any], other: dict[str, Any], grade: int | None) -> None:
    assert products(one, other) == ([(0, 1, grade)] if grade else [])


def test_the_strongest_stand_first() -> None:
    assert [grade for _one, _other, grade in products({}, {"name": "Trà hoa vàng túi lọc"}, {})] == [STRONG, POSSIBLE, POSSIBLE]


def test_a_name_that_everybody_bears_points_at_nobody() -> None:
    rows = [ProducerSigns(id=n, name="HTX Tân Dân") for n in range(MOST_ALIKE + 1)]
    assert len(producer_pairs(rows[:-1])) == MOST_ALIKE * (MOST_ALIKE - 1) // 2
    assert producer_pairs(rows) == []
