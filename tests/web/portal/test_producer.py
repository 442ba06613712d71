"""A maker's page: what it is, since when, what of it holds a star today, and only what may be shown."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ocop.register.models import LegalFormSpan, Producer, ProducerLink
from tests.web.portal.rows import AT, SOURCE, make_producer
from tests.web.portal.stars import CANARIES, one_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maker() -> Producer:
    return one_of_each()


def page(client: Client, prefix: str = "") -> str:
    response = client.get(f"{prefix}/chu-the/htx-tai-hoan/")
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_certified_products_come_before_the_others(client: Client) -> None:
    html = page(client)
    places = [html.index(f'href="/sp/BK00{number}"') for number in (1, 2, 3)]
    others = html.index('id="san-pham-khac"')
    assert max(places) < others
    assert all(html.index(f'href="/sp/BK00{number}"') > others for number in (4, 5, 6, 7))


def test_legal_forms_with_their_days(client: Client, maker: Producer) -> None:
    maker.legal_forms.update(form="to_hop_tac", valid_from=date(2018, 5, 2), valid_to=date(2021, 3, 1))
    LegalFormSpan.objects.create(producer=maker, form="hop_tac_xa", valid_from=date(2021, 3, 1), **SOURCE)
    html = page(client)
    assert "từ 2/5/2018 đến 1/3/2021" in html
    assert "từ 1/3/2021 đến nay" in html
    assert "Chủ thể OCOP · Hợp tác xã" in html


def test_links_are_not_vouched_for(client: Client, maker: Producer) -> None:
    ProducerLink.objects.create(producer=maker, kind="facebook", url="https://facebook.com/taihoan")
    assert 'href="https://facebook.com/taihoan" rel="nofollow noopener ugc"' in page(client)


def test_a_possible_twin_is_said_not_merged(client: Client, maker: Producer) -> None:
    twin = make_producer("HTX Tài Hoan Na Rì")
    Producer.objects.filter(pk=maker.pk).update(possible_same_as=twin)
    html = page(client)
    assert "Có thể trùng với chủ thể khác" in html
    assert "/chu-the/htx-tai-hoan-na-ri/" in html


def test_contact_needs_consent(client: Client, django_user_model: Any) -> None:
    Producer.objects.update(business_phone="+84912345678")
    assert "tel:" not in page(client)
    person = django_user_model.objects.create(full_name="Mai", email="mai@example.vn", created_at=AT)
    Producer.objects.update(contact_consent_at=AT, contact_consent_by=person)
    assert 'href="tel:+84912345678"' in page(client, "/en")


def test_nothing_personal(client: Client) -> None:
    assert not any(canary in page(client) + page(client, "/en") for canary in CANARIES)


def test_a_maker_without_products_says_so(client: Client) -> None:
    make_producer("Hộ mới")
    html = client.get("/chu-the/ho-moi/").content.decode()
    assert "Chưa có sản phẩm nào trong sổ" in html


@pytest.mark.parametrize("code", ["khong-co", "HTX-TAI-HOAN", "a" * 300])
def test_an_unknown_maker_is_404(client: Client, code: str) -> None:
    assert client.get(f"/chu-the/{code}/").status_code == 404


def test_four_questions(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        page(client)
