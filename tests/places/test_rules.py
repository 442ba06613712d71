"""Names without their kinds, names somebody types, and outlines as drawings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.text import search_key
from ocop.places import rules
from ocop.places.enums import UnitKind

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("Xã Côn Minh", UnitKind.COMMUNE, "Côn Minh"),
        ("phường Đức Xuân", UnitKind.WARD, "Đức Xuân"),
        ("Thị  trấn Yến Lạc", UnitKind.TOWNSHIP, "Yến Lạc"),
        ("TP. Bắc Kạn", UnitKind.CITY, "Bắc Kạn"),
        ("Phương Linh", None, "Phương Linh"),  # no ward: the accent tells
        ("Xa La", None, "Xa La"),
        ("Xã", None, "Xã"),
    ],
)
def test_the_kind_is_taken_off_while_accents_are_there(name, kind, bare):
    assert rules.split_kind(name) == (kind, bare)


def test_names_in_sentences_and_folded():
    assert rules.in_sentence("Thành phố Bắc Kạn") == "thành phố Bắc Kạn"
    assert rules.in_sentence("Phương Linh") == "Phương Linh"
    assert rules.folded_name("Xã Đồng Phúc") == "dong phuc"


@pytest.mark.parametrize(
    "typed", ["Bằng Phúc, Chợ Đồn", "xã bang phuc, huyện Chợ Đồn", "bang phuc cho don", "xa bang phuc huyen cho don", "Bằng Phúc (Chợ Đồn)"]
)
def test_a_name_with_its_district_ranks_first(typed):
    asked = rules.asked_name(typed)
    assert rules.rank_of_match(asked, "bang phuc", {"cho don", "bac kan"}) == 0
    assert rules.rank_of_match(asked, "bang phuc", {"na ri"}) is None
    assert rules.rank_of_match(asked, "dong phuc", {"cho don"}) is None


def test_a_bare_name_ranks_whole_before_beginning():
    asked = rules.asked_name("Ba Bể")
    assert rules.rank_of_match(asked, "ba be", []) == 1
    assert rules.rank_of_match(asked, "ba be hai", []) == 2
    assert rules.rank_of_match(asked, "be ba", []) is None
    assert rules.asked_name(" ,; ").readings == ()


@given(st.text(max_size=300))
def test_any_text_is_read(typed):
    for name, _rest in rules.asked_name(typed).readings:
        assert name == search_key(name)
        assert name


def _walk(path: str) -> list[tuple[float, float]]:
    """The points of one path, by SVG's own rules for numbers."""
    start, steps = re.fullmatch(r"M([^l]*)l([^z]*)z", path).groups()
    numbers = [[float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", part)] for part in (start, steps)]
    x, y = numbers[0]
    points = [(x, y)]
    for dx, dy in zip(numbers[1][::2], numbers[1][1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(0, 900)), min_size=4, max_size=30), st.integers(0, 2))
def test_a_path_says_where_the_ring_was(ring, decimals):
    closed = [*ring, ring[0]]
    path = rules.path_data(closed, decimals)
    wanted = [(round(x * 10**decimals), round(y * 10**decimals)) for x, y in closed[:-1]]
    distinct = [point for index, point in enumerate(wanted) if index == 0 or point != wanted[index - 1]]
    walked = [(round(x * 10**decimals), round(y * 10**decimals)) for x, y in _walk(path)]
    assert walked == distinct


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=3, max_size=40, unique=True), st.floats(0.01, 3))
def test_simplifying_keeps_ends_and_at_least_a_triangle(ring, tolerance):
    closed = [*ring, ring[0]]
    kept = rules.simplified(closed, tolerance)
    assert kept[0] == closed[0]
    assert kept[-1] == closed[-1]
    assert 4 <= len(kept) <= len(closed) or len(closed) == len(kept)
    assert set(kept) <= set(closed)


def test_simplifying_leaves_out_what_lies_on_the_way():
    with_extra = [(0.0, 0.0), (5.0, 0.001), *SQUARE[1:]]
    assert rules.simplified(with_extra, 0.01) == SQUARE
    assert rules.simplified(with_extra, 0.0001) == with_extra


def test_a_projection_keeps_shapes_upright():
    projection = rules.projection_for([[(105.0, 22.0), (106.0, 22.0), (106.0, 23.0), (105.0, 23.0), (105.0, 22.0)]])
    west_north, east_south = projection.place(105.0, 23.0), projection.place(106.0, 22.0)
    assert west_north == (0, 0)
    assert east_south[0] == pytest.approx(760)
    assert east_south[1] == pytest.approx(760 / 0.9239, rel=0.001)  # a degree of latitude is longer than one of longitude here
    with pytest.raises(ValueError, match="no outline"):
        rules.projection_for([])


def test_a_label_lies_inside_even_a_crescent():
    crescent = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 9.0), (9.0, 9.0), (9.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    x, y = rules.label_point(crescent)
    assert 9 < x < 10 or not 1 < y < 9


def test_only_polygons_have_outlines():
    with pytest.raises(ValueError, match="Point"):
        rules.outer_and_inner_rings({"type": "Point", "coordinates": [1, 2]})
    two = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    assert len(rules.outer_and_inner_rings(two)) == 2
    assert rules.simplified_geometry(two, 0.1, 1)["coordinates"] == [[[list(point) for point in SQUARE]]] * 2


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (99, 4)])
def test_shades(count, shade):
    assert rules.shade(count) == shade
