"""Channels, events and sales points: the real files, loaded twice, read back, and files that are wrong."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from ocop.market import queries
from ocop.market.actions import load_market
from ocop.market.models import Channel, Event, SalesPoint
from ocop.market.readers import BadTable, read_channels, read_events, read_sales_points
from ocop.records.models import AuditEntry
from tests.cast import NOW, SEED
from tests.opening import load_opening

FOLDER = settings.DATA_DIR / "bac-kan"


@pytest.fixture
def opening(db):
    load_opening()


def test_every_row_is_there_with_its_source_and_confidence(opening):
    counts = {Channel: 8, Event: 12, SalesPoint: 7}
    for model, count in counts.items():
        assert model.objects.count() == count
        assert not model.objects.filter(source_url="").exists()
        assert not model.objects.filter(confidence="").exists()
        assert not model.objects.filter(as_of=None).exists()


def test_a_row_keeps_what_the_source_said(opening):
    czech = Channel.objects.get(key="export-lo-mien-dong-tai-hoan-dau-tien-sang-cong-hoa-sec")
    assert (czech.starts_on, czech.start_precision, czech.place) == (date(2020, 8, 13), "day", "Côn Minh, Na Rì")
    assert czech.commune_now.key == "02185@2025-07-01"  # the code is today's, though the export was before the merger
    assert [product.public_id for product in czech.products.all()] == ["BK001"]
    assert czech.source_url.count(" ; ") == 1
    festival = Event.objects.get(key="2024-ngay-hoi-nong-san-ocop-va-van-hoa-am-thuc-6-tinh-viet-bac")
    assert festival.commune_now is None
    assert "cần kiểm" in festival.commune_text  # a doubt stays a doubt
    assert (festival.booths, festival.last_on) == (70, date(2024, 8, 28))


def test_loading_again_changes_nothing(opening):
    entries = AuditEntry.objects.count()
    assert load_market(actor=SEED, folder=FOLDER, at=NOW).created == 0
    assert AuditEntry.objects.count() == entries
    assert AuditEntry.objects.filter(event="market.opening_data_loaded").count() == 1
    Channel.objects.get(key="supermarket-bi-xanh-thom-ba-be").products.clear()
    assert load_market(actor=SEED, folder=FOLDER, at=NOW).changed == 1
    assert Channel.objects.get(key="supermarket-bi-xanh-thom-ba-be").products.count() == 1


def test_where_a_product_is_sold(opening, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = queries.channels_of("BK001")
    assert [line.start.first.year for line in lines] == [2022, 2020]
    assert {line.kind for line in lines} == {"export"}
    Channel.objects.filter(key__startswith="export-lo-mien-dong-tai-hoan-sang").update(is_ocop=False)
    assert len(queries.channels_of("BK001")) == 1
    assert queries.channels_of("BK999") == []


def test_points_and_reported_numbers_are_kept_apart(opening):
    assert queries.sales_points().count() == 3
    assert {row.count for row in queries.sales_point_counts()} == {21, 10, 2, 1}
    assert queries.sales_point_counts()[0].count == 21
    duc_xuan = SalesPoint.objects.get(area=300)
    assert list(queries.sales_points_in(duc_xuan.commune_now_id)) == [duc_xuan]


def test_the_database_holds_what_a_row_must_be(opening):
    event = Event.objects.first()
    for change in ({"last_on": date(1999, 1, 1)}, {"starts_on": None, "last_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(start_precision="day", **change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SalesPoint.objects.filter(kind="point").update(count=2)


GOOD = {
    "name": "A", "start": "2024", "end": "", "start_precision": "year", "place": "", "new_commune": "", "new_commune_code": "",
    "scale_text": "", "result_text": "", "partners": "", "note": "", "source_url": "https://bao.vn/a", "confidence": "medium",
}  # fmt: skip
CHANNEL = {"channel_key": "a", "kind": "export", "product_ids": "", "quantity_tonnes": "", "ocop": "yes", **GOOD}
EVENT = {"event_key": "a", "kind": "event", "booths": "", **GOOD}
POINT = {"sales_point_key": "a", "record_type": "point", "count": "1", "area_m2": "", **GOOD}


def table(row: dict[str, str]) -> bytes:
    return f"{','.join(row)}\n{','.join(row.values())}\n".encode()


@pytest.mark.parametrize(
    ("read", "good", "change"),
    [
        (read_channels, CHANNEL, {"kind": "market"}),
        (read_channels, CHANNEL, {"ocop": "maybe"}),
        (read_channels, CHANNEL, {"quantity_tonnes": "ten"}),
        (read_events, EVENT, {"booths": "many"}),
        (read_events, EVENT, {"start": "2024-13", "start_precision": "month"}),
        (read_events, EVENT, {"start_precision": "day"}),
        (read_events, EVENT, {"end": "sau này"}),
        (read_sales_points, POINT, {"confidence": "sure"}),
        (read_sales_points, POINT, {"count": ""}),
    ],
)
def test_a_bad_row_names_its_line(read, good, change):
    assert len(read(table(good))) == 1
    with pytest.raises(BadTable, match="line 2"):
        read(table(good | change))


def test_amounts_are_decimals_and_unknown_stays_unknown():
    change = {"product_ids": "BK001;BK002", "quantity_tonnes": "1.5", "ocop": "unknown", "start": "", "start_precision": ""}
    row = read_channels(table(CHANNEL | change))[0]
    assert (row.quantity, row.is_ocop, row.product_ids) == (Decimal("1.5"), None, ("BK001", "BK002"))
    assert row.about.start.precision == "unknown"


def test_a_product_nobody_knows_is_refused(opening, tmp_path):
    for name in ("channels.csv", "events.csv", "sales-points.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes().replace(b"BK016", b"BK916"))
    with pytest.raises(BadTable, match="BK916"):
        load_market(actor=SEED, folder=tmp_path, at=NOW)
    assert Channel.objects.get(key="export-ruou-men-la-thanh-tam-sang-nhat-ban").products.get().public_id == "BK016"
