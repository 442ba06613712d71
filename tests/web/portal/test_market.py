"""Sales points, events and figures on the real data: everything loaded is shown, with its source."""

import html as html_lib

import pytest
from django.test import Client

from ocop.market.models import Channel, Event, SalesPoint
from ocop.programme.models import Figure, PlanTarget, Policy
from tests.opening import load_opening


@pytest.fixture(autouse=True)
def _opening(db):
    load_opening()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    return html_lib.unescape(response.content.decode())


def addresses(rows) -> set[str]:
    return {address for row in rows for address in row.source_url.split(" ; ") if address}


def test_every_sales_point_number_and_channel_is_shown(client):
    html = page(client, "/diem-ban/")
    rows = [*SalesPoint.objects.all(), *Channel.objects.all()]
    for row in rows:
        assert row.name in html
        assert row.note in html
    for address in addresses(rows):
        assert f'href="{address}"' in html
    assert "Hàng này không phải sản phẩm OCOP" in html
    assert '<a class="chip" href="/sp/BK075">' in html


def test_every_event_is_shown_and_those_ahead_come_first(client):
    html = page(client, "/su-kien/")
    for event in Event.objects.all():
        assert event.name in html
        assert event.result_text in html
    assert "Chưa có sự kiện nào sắp tới trong sổ" in html
    Event.objects.filter(key="2025-hoi-thi-ocop-thai-nguyen-2025").update(starts_on="2999-01-01", name="Hội chợ năm sau")
    from_now = page(client, "/en/su-kien/")
    assert from_now.index("Hội chợ năm sau") < from_now.index('id="h-qua"')


def test_every_figure_is_shown_as_printed_with_its_source(client):
    html = page(client, "/so-lieu/")
    for row in Figure.objects.all():
        assert row.indicator in html
        assert row.value_text in html
        assert row.area in html
    for row in [*PlanTarget.objects.all(), *Policy.objects.all()]:
        assert row.name in html
    for address in addresses([*Figure.objects.all(), *PlanTarget.objects.all(), *Policy.objects.all()]):
        assert f'href="{address}"' in html
    assert "hơn 65" in html  # the qualifier stays with the value
    assert "từ 20 trở lên" in html
    assert "2018–2020" in html
    assert "tin cậy thấp" in html


def test_contradicting_figures_stand_side_by_side_with_a_mark(client):
    html = page(client, "/so-lieu/")
    beside = html[html.index('id="lech-nhau"') : html.index("<details")]
    for value in ("105", "106", "195", "200", "155", "182"):
        assert f'<b class="num">{value}</b>' in beside
    assert html.count("nguồn lệch nhau") == 6
    Figure.objects.exclude(disagreement_group="").delete()
    assert 'id="lech-nhau"' not in page(client, "/en/so-lieu/")


def test_pages_say_what_is_missing_when_there_is_nothing(client):
    for model in (Channel, Event, SalesPoint, Figure, PlanTarget, Policy):
        model.objects.all().delete()
    assert "Chưa có điểm nào được nêu tên" in page(client, "/diem-ban/")
    assert "Chưa có sự kiện nào sắp tới trong sổ" in page(client, "/su-kien/")
    assert "Chưa có số liệu nào" in page(client, "/so-lieu/")
