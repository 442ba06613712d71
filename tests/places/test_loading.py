"""Reading and loading the units: the real files, twice, and files that are wrong."""

from datetime import date

import pytest

from ocop.core.actor import system_actor
from ocop.places.actions import load_places
from ocop.places.models import Succession, Unit
from ocop.places.readers import BadPlaces, read_boundaries, read_successions, read_units
from ocop.records.models import AuditEntry
from tests.places.conftest import FOLDER, NOW

HEADER = "unit_id,code,name,kind,parent_code,valid_from,valid_to,valid_from_basis,legal_basis,former_bac_kan,lat,lon,note\n"


def test_the_last_valid_day_is_stored_as_the_next_day(units):
    old = Unit.objects.get(key="02041@to-2025-06-30")
    assert (old.name, old.folded, old.valid_from, old.valid_to) == ("Xã Bằng Phúc", "bang phuc", None, date(2025, 7, 1))
    assert old.parent.name == "Huyện Chợ Đồn"
    assert old.parent.parent.key == "06@1997-01-01"
    assert Unit.objects.get(key="01933@2025-07-01").parent.key == "19@2025-07-01"


def test_everything_is_there(units):
    assert Unit.objects.count() == 211
    assert Succession.objects.count() == 109
    assert Unit.objects.filter(boundary__isnull=False).count() == 37
    assert Unit.objects.filter(is_home=True, valid_to__isnull=True).count() == 37


def test_loading_again_changes_nothing_and_writes_nothing(units):
    entries = AuditEntry.objects.count()
    again = load_places(actor=system_actor("test"), folder=FOLDER, at=NOW)
    assert (again.created, again.changed, again.total) == (0, 0, 320)
    assert AuditEntry.objects.count() == entries
    assert AuditEntry.objects.filter(event="places.units_loaded").count() == 1


def test_a_changed_row_is_put_right_and_told(units):
    Unit.objects.filter(key="01933@2025-07-01").update(name="Xã Khác", parent=None)
    assert load_places(actor=system_actor("test"), folder=FOLDER, at=NOW).changed == 1
    mended = Unit.objects.get(key="01933@2025-07-01")
    assert (mended.name, mended.parent.code) == ("Xã Đồng Phúc", "19")
    assert '"changed":1' in AuditEntry.objects.filter(event="places.units_loaded").latest("n").body


@pytest.mark.parametrize(
    "row",
    [
        "1@x,1,Xã A,làng,,,,,,no,,,",  # no such kind
        "1@x,1,Xã A,xã,,31/2/2025,,,,no,,,",
        "1@x,1,Xã A,xã,,,,,,no,far,,",
        "1@x,1,Xã A,xã,,,,,,no,,,\n1@x,1,Xã A,xã,,,,,,no,,,",
    ],
)
def test_a_bad_row_names_its_place(row):
    with pytest.raises(BadPlaces, match=r"units\.csv"):
        read_units((HEADER + row).encode())


def test_other_bad_files():
    with pytest.raises(BadPlaces, match="UTF-8"):
        read_units(HEADER.encode("utf-16"))
    with pytest.raises(BadPlaces, match="succession"):
        read_successions(b"old_code,new_code,effective_on,relation,legal_basis\n1,2,2025-07-01,split,\n")
    with pytest.raises(BadPlaces, match="geojson"):
        read_boundaries(b'{"features": [{"properties": {"code": "1", "valid_from": "2025-07-01"}, "geometry": {"type": "Point"}}]}')


def test_a_parent_that_did_not_exist_then_is_refused(db, tmp_path):
    (tmp_path / "units.csv").write_text(HEADER + "2@2025-07-01,2,Xã A,xã,9,2025-07-01,,,,no,,,\n", encoding="utf-8")
    (tmp_path / "succession.csv").write_text("old_code,new_code,effective_on,relation,legal_basis\n", encoding="utf-8")
    (tmp_path / "communes.geojson").write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(BadPlaces, match="no unit bore 9"):
        load_places(actor=system_actor("test"), folder=tmp_path, at=NOW)
    assert not Unit.objects.exists()
