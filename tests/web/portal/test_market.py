"""Sales points, events and figures on the real data: everything loaded is shown, with its source."""

import html as html_lib
import re

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


def figure_pages(client: Client) -> str:
    """All pages of figures, one after the other, as the links above them lead."""
    first = page(client, "/so-lieu/chi-so/")
    links = re.findall(r'<a class="chip num" href="([^"]+)"', first)
    assert links[0] == "/so-lieu/chi-so/"
    assert links[-1] == "/so-lieu/chi-so/muc-tieu/"
    return "".join(page(client, address) for address in links)


def test_every_figure_is_shown_as_printed_with_its_source(client):
    html = figure_pages(client)
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


def test_a_page_of_figures_is_light_and_marks_its_place(client):
    for year in Figure.objects.values_list("stated_last__year", flat=True).distinct():
        html = page(client, f"/so-lieu/chi-so/{year}/")
        assert f'href="/so-lieu/chi-so/{year}/" aria-current="page">{year}<' in html
        assert len(html.encode()) < 40_000
        assert html.count('<tr><th scope="row"') == Figure.objects.filter(stated_last__year=year).count()
    assert client.get("/so-lieu/chi-so/1999/").status_code == 404


def test_old_places_on_the_one_page_lead_to_the_new_pages(client):
    html = page(client, "/so-lieu/")
    for anchor, address in {"nam-2021": "2021/", "muc-tieu": "muc-tieu/", "lech-nhau": ""}.items():
        assert f'id="{anchor}" href="/so-lieu/chi-so/{address}"' in html


def test_contradicting_figures_stand_side_by_side_with_a_mark(client):
    html = page(client, "/so-lieu/chi-so/")
    beside = html[html.index('id="lech-nhau"') : html.index("<details")]
    for value in ("105", "106", "195", "200", "155", "182"):
        assert f'<b class="num">{value}</b>' in beside
    assert figure_pages(client).count("nguồn lệch nhau") == 6
    Figure.objects.exclude(disagreement_group="").delete()
    assert 'id="lech-nhau"' not in page(client, "/en/so-lieu/chi-so/")


def test_pages_say_what_is_missing_when_there_is_nothing(client):
    for model in (Channel, Event, SalesPoint, Figure, PlanTarget, Policy):
        model.objects.all().delete()
    assert "Chưa có điểm nào được nêu tên" in page(client, "/diem-ban/")
    assert "Chưa có sự kiện nào sắp tới trong sổ" in page(client, "/su-kien/")
    assert "Chưa có số liệu nào" in page(client, "/so-lieu/chi-so/")
