"""The province's bodies come out of its units, once."""

import pytest

from ocop.people import queries
from ocop.people.actions import load_offices
from ocop.people.actions.offices import NoProvince
from ocop.people.models import Office
from ocop.places.models import Unit
from ocop.records.models import AuditEntry
from tests.people.conftest import NOW, SEED, TODAY


def test_each_commune_has_its_committee_and_the_province_its_bodies(province: Unit) -> None:
    names = dict(Office.objects.values_list("key", "name"))
    assert names["ubnd-xa-con-minh-02185"] == "UBND xã Côn Minh"
    assert names["co-quan-ocop-thai-nguyen"] == "Cơ quan tham mưu quản lý OCOP tỉnh Thái Nguyên"
    assert len(names) == 9
    assert not Office.objects.filter(is_demo=True).exists()


def test_loading_twice_changes_nothing(province: Unit) -> None:
    assert load_offices(actor=SEED, at=NOW) == 0
    assert AuditEntry.objects.filter(event="offices.loaded").count() == 1


def test_a_new_commune_gets_its_committee_at_the_next_loading(province: Unit) -> None:
    Unit.objects.create(
        key="01843@2025-07-01",
        code="01843",
        name="Phường Bắc Kạn",
        folded="bac kan",
        kind="ward",
        parent=province,
        valid_from="2025-07-01",
        is_home=True,
    )
    assert load_offices(actor=SEED, at=NOW) == 1
    office = Office.objects.get(key="ubnd-phuong-bac-kan-01843")
    assert (office.name, office.name_en) == ("UBND phường Bắc Kạn", "People's Committee of Bắc Kạn ward")


@pytest.mark.django_db
def test_without_units_it_says_so() -> None:
    with pytest.raises(NoProvince, match="seed places"):
        load_offices(actor=SEED, at=NOW)


def test_an_office_that_ended_is_not_offered(province: Unit) -> None:
    Office.objects.filter(key__startswith="thanh-tra").update(valid_to=TODAY)
    assert "thanh-tra-thai-nguyen" not in [office.key for office in queries.offices(TODAY)]
