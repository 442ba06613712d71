"""Figures, targets and policies: the real files, loaded twice, read back with their contradictions, and files that are wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from ocop.market.readers import BadTable
from ocop.programme import queries
from ocop.programme.actions import load_programme
from ocop.programme.models import Figure, PlanTarget, Policy
from ocop.programme.readers import read_figures, read_period, read_targets
from ocop.records.models import AuditEntry
from tests.cast import NOW, SEED
from tests.opening import load_opening

FOLDER = settings.DATA_DIR / "bac-kan"


@pytest.fixture
def opening(db):
    load_opening()


def test_every_row_is_there_with_source_confidence_and_time(opening):
    assert (Figure.objects.count(), PlanTarget.objects.count(), Policy.objects.count()) == (114, 23, 2)
    assert not Figure.objects.filter(source_url="").exists()
    assert Figure.objects.filter(confidence="low").count() == 1
    assert not PlanTarget.objects.filter(source_url="", source_name="").exists()


def test_a_figure_belongs_to_the_area_of_its_time(opening):
    assert Figure.objects.get(code="IND001").area_unit.key == "06@1997-01-01"
    assert {row.area_unit.key for row in Figure.objects.filter(area_level="province_new")} == {"19@2025-07-01"}
    assert {row.area_unit.key for row in Figure.objects.filter(area_level="province_old")} == {"19@1997-01-01"}
    of_the_plan = Figure.objects.filter(stated_precision="years", stated_from=date(2021, 1, 1)).first()
    assert (of_the_plan.stated_last, of_the_plan.area_unit.key) == (date(2025, 12, 31), "06@1997-01-01")
    assert Figure.objects.filter(area_level="producer", area_unit=None).count() == 5


def test_values_stay_as_printed_beside_their_numbers(opening):
    spans = Figure.objects.exclude(value_low=Decimal("-1")).filter(value_text="30–40").get()
    assert (spans.value_low, spans.value_high) == (30, 40)
    assert set(Figure.objects.exclude(qualifier="").values_list("qualifier", flat=True)) == {"over", "at_least", "about"}


def test_contradicting_rows_both_stay_and_stand_side_by_side(opening):
    groups = queries.contradictions(queries.figures())
    assert [[row.value_text for row in group] for group in groups] == [["195", "200"], ["105", "106"], ["155", "182"]]


def test_one_row_alone_contradicts_nobody(opening):
    Figure.objects.filter(code="IND012").delete()
    assert len(queries.contradictions(queries.figures())) == 2


def test_the_latest_figure(opening):
    assert queries.latest_figure("tong-san-pham").value_text == "245"
    assert queries.latest_figure("khong-co") is None


def test_loading_again_changes_nothing(opening):
    entries = AuditEntry.objects.count()
    assert load_programme(actor=SEED, folder=FOLDER, at=NOW).created == 0
    assert AuditEntry.objects.count() == entries
    Figure.objects.filter(code="IND001").update(value_text="99")
    assert load_programme(actor=SEED, folder=FOLDER, at=NOW).changed == 1
    assert Figure.objects.get(code="IND001").value_text == "37"


@pytest.mark.parametrize(
    "change",
    [
        {"value_low": 99, "value_high": 1},
        {"stated_from": date(2030, 1, 1), "stated_last": date(2020, 1, 1)},
        {"source_url": "", "source_name": ""},
    ],
)
def test_the_database_refuses_a_figure_without_sense_or_source(opening, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(code="IND001").update(**change)


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2019-12-20", date(2019, 12, 20), date(2019, 12, 20), "day"),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2018-2020", date(2018, 1, 1), date(2020, 12, 31), "years"),
    ],
)
def test_periods(written, first, last, precision):
    assert read_period(written) == (first, last, precision)


def test_bad_rows_name_their_line():
    content = (FOLDER / "indicators.csv").read_bytes()
    for before, after in ((b",fact,37,", b",rumour,37,"), (b"IND001,2018,2018,", b"IND001,2018,,"), (b",37,37,37,", b",37,x,37,")):
        with pytest.raises(BadTable, match=r"indicators\.csv line 2"):
            read_figures(content.replace(before, after, 1))
    with pytest.raises(BadTable, match=r"plan-targets\.csv line 2"):
        read_targets((FOLDER / "plan-targets.csv").read_bytes().replace(b",=,", b",!=,", 1))


def test_an_area_that_did_not_exist_then_is_refused(opening, tmp_path):
    for name in ("indicators.csv", "plan-targets.csv", "policies.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes().replace(b"IND001,2018,2018,", b"IND001,2026,2026,"))
    with pytest.raises(BadTable, match="no unit bears 06"):
        load_programme(actor=SEED, folder=tmp_path, at=NOW)
