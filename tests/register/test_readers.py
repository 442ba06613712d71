"""The opening files: ends as the product stores them, and a message that names file and line for what cannot be read."""

from datetime import date

import pytest
from django.conf import settings

from ocop.register import readers

FOLDER = settings.DATA_DIR / "bac-kan"


def recognitions():
    return {row.code: row for row in readers.read_recognitions((FOLDER / "recognitions.csv").read_bytes())}


def test_a_stated_end_is_stored_as_the_next_day():
    assert recognitions()["BK001-R1"].valid_to == date(2021, 12, 13)
    assert recognitions()["BK041-R1"].valid_to == date(2023, 1, 11)


def test_a_computed_end_is_exclusive_already():
    assert recognitions()["BK001-R2"].valid_to == date(2024, 6, 30)


def test_a_year_alone_is_its_first_day_and_a_range_of_ends():
    row = recognitions()["BK002-R2"]
    assert (row.recognised_on, row.precision, row.valid_to) == (date(2024, 1, 1), "year", None)
    assert (row.valid_to_min, row.valid_to_max) == (date(2027, 1, 1), date(2027, 12, 31))


def test_every_row_of_every_file_is_read():
    found = [
        len(read((FOLDER / f"{name}.csv").read_bytes()))
        for name, read in (
            ("producers", readers.read_producers),
            ("products", readers.read_products),
            ("recognitions", readers.read_recognitions),
            ("awards", readers.read_awards),
            ("tourism", readers.read_sites),
        )
    ]
    assert found == [83, 126, 94, 10, 29]


def test_the_sets_are_the_26_of_the_rubric():
    sets = readers.read_sets((settings.DATA_DIR / "rubrics" / "qd-26-2026.json").read_bytes())
    assert [each.no for each in sets] == list(range(1, 27))
    assert all(each.name and each.sector for each in sets)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"product_id,award,level,year,source_url\nBK001,A,province,x,u\n", "line 2"),
        (b"product_id,award,level,year,source_url\nBK001,A\n", "line 2"),
        (b"product_id,award\nBK001,A\n", "line 2"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(content, words):
    with pytest.raises(readers.BadRegister, match=words):
        readers.read_awards(content)
