"""Units on a date, what became of them, and names old and new."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ocop.places import queries
from ocop.places.models import Unit

BEFORE, MERGED, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("units")


def test_a_code_means_another_unit_before_and_after_the_merger():
    assert queries.unit_on("02185", BEFORE).name == "Xã Quang Phong"
    assert queries.unit_on("02185", MERGED).name == "Xã Côn Minh"
    assert queries.unit_on("99999", TODAY) is None
    assert [unit.name for unit in queries.units_coded("02185")] == ["Xã Côn Minh", "Xã Quang Phong"]


def test_a_code_that_two_units_bear_on_one_day_is_an_error():
    Unit.objects.create(key="02185@twice", code="02185", name="Phường Côn Minh", folded="con minh", kind="ward", valid_from=MERGED)
    with pytest.raises(queries.AmbiguousUnit) as caught:
        queries.unit_on("02185", TODAY)
    assert len(caught.value.units) == 2


def test_the_database_refuses_two_open_units_of_a_code_and_kind():
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(key="02185@again", code="02185", name="Xã Côn Minh", folded="con minh", kind="commune", valid_from=MERGED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(key="x", code="1", name="Xã A", folded="a", kind="commune", valid_from=TODAY, valid_to=MERGED)


def test_communes_of_a_day_stand_in_the_vietnamese_alphabet():
    names = [unit.name for unit in queries.communes_on(TODAY)]
    assert len(names) == 37
    assert names[:4] == ["Xã Ba Bể", "Xã Bạch Thông", "Phường Bắc Kạn", "Xã Bằng Thành"]
    assert len(queries.communes_on(BEFORE)) == 108


def test_what_became_of_a_unit_and_what_it_was():
    bang_phuc = Unit.objects.get(key="02041@to-2025-06-30")
    dong_phuc = Unit.objects.get(key="01933@2025-07-01")
    assert queries.commune_now(bang_phuc, TODAY) == dong_phuc
    assert queries.commune_now(bang_phuc, BEFORE) == bang_phuc
    assert bang_phuc in queries.predecessors(dong_phuc)
    assert {row.effective_on for row in queries.precessions_of(dong_phuc)} == {MERGED}
    assert "Xã Bằng Phúc" in queries.old_names(TODAY)[dong_phuc.pk]
    assert queries.old_names(BEFORE) == {}


def test_an_old_district_lives_on_in_the_communes_of_today():
    cho_don = Unit.objects.get(key="064@to-2025-06-30")
    heirs = queries.successors(cho_don, TODAY)
    assert len(heirs) > 1
    assert {"Xã Chợ Đồn", "Xã Đồng Phúc"} <= {unit.name for unit in heirs}
    assert queries.commune_now(cho_don, TODAY) is None
    below = queries.subtree(cho_don, BEFORE)
    assert {unit.parent_id for unit in below if unit != cho_don} == {cho_don.pk}
    assert below.count() > 10
    assert list(queries.subtree(cho_don, TODAY)) == [cho_don]


def test_the_subtree_of_the_province_is_the_province_of_that_day():
    home = Unit.objects.get(key="06@1997-01-01")
    assert queries.subtree(home, BEFORE).count() == 1 + 8 + 108
    assert queries.subtree(Unit.objects.get(key="19@2025-07-01"), TODAY).count() == 1 + 92


@pytest.mark.parametrize(
    "typed", ["Bằng Phúc, Chợ Đồn", "bang phuc cho don", "Bang Phuc", "xã Bằng Phúc", "BẰNG PHÚC (Chợ Đồn)", "bang  phuc\u200b"]
)
def test_an_old_name_leads_to_the_commune_of_today(typed):
    match = queries.find_units(typed, TODAY)[0]
    assert match.unit.name == "Xã Đồng Phúc"
    assert match.sentence == "xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc"


def test_before_the_merger_the_old_unit_is_the_unit():
    match = queries.find_units("Bằng Phúc", BEFORE)[0]
    assert (match.unit.name, match.sentence) == ("Xã Bằng Phúc", "")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Sĩ Bình", "Xã Vĩnh Thông"), ("con minh", "Xã Côn Minh"), ("Yến Lạc, Na Rì", "Xã Na Rì"), ("duc xuan", "Phường Đức Xuân")],
)
def test_names_with_variants(typed, first):
    assert queries.find_units(typed, TODAY)[0].unit.name == first


def test_a_name_that_stayed_is_listed_once_without_a_sentence():
    matches = queries.find_units("Côn Minh", TODAY)
    assert [(match.found.key, match.sentence) for match in matches] == [("02185@2025-07-01", "")]


def test_a_district_name_gives_the_commune_of_today_and_the_old_district():
    matches = queries.find_units("Chợ Đồn", TODAY)
    assert [match.found.name for match in matches] == ["Xã Chợ Đồn", "Huyện Chợ Đồn"]
    assert matches[1].unit is None
    assert matches[1].sentence.startswith("huyện Chợ Đồn cũ nay chia vào xã ")


@pytest.mark.parametrize("typed", ["", " ", "\x00", "zzzz", "%", "Bằng Phúc, Na Rì", "a" * 5000])
def test_what_names_nothing_finds_nothing(typed):
    assert queries.find_units(typed, TODAY) == []


def test_finding_asks_the_same_number_of_questions_whatever_is_found(django_assert_num_queries):
    for typed in ("Bằng Phúc", "Chợ Đồn", "Bắc Kạn"):
        with django_assert_num_queries(2):
            queries.find_units(typed, TODAY)


def test_the_map_has_every_commune_and_stays_small(django_assert_num_queries):
    small = queries.map_shapes(TODAY)
    assert len(small.units) == 37
    assert sum(len(shape.path) for shape in small.units) < 7_000  # the catalogue page has 70 kB in all
    large = queries.map_shapes(TODAY, is_large=True)
    assert sum(len(shape.path) for shape in large.units) < 40_000
    with django_assert_num_queries(1):
        assert queries.map_shapes(TODAY) is small
    assert queries.map_shapes(BEFORE) is None  # nobody has drawn the old communes


def test_labels_stand_on_the_canvas():
    shapes = queries.map_shapes(TODAY)
    west, north, width, height = map(int, shapes.viewbox.split())
    for shape in shapes.units:
        assert west < shape.label_x < west + width
        assert north < shape.label_y < north + height
