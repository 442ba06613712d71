"""The OCOP office looks the national table through before sending it."""

import pytest
from django.utils import timezone

from ocop.register.models import Product
from tests.cast import Cast, recognise
from tests.web.desk.register.conftest import SignIn


def test_the_table_shows_what_is_in_it_what_is_missing_and_what_did_not_fit(cast: Cast, sign_in: SignIn) -> None:
    recognise(cast.product, actor=cast.officer)
    recognise(cast.rival_product, actor=cast.officer, decision_no="2/QĐ-UBND")
    Product.objects.filter(pk=cast.rival_product.pk).update(producer=None)
    odd = Product.objects.get(pk=cast.product.pk).public_id
    client = sign_in(cast.officer)
    html = client.get("/viec/bieu-5277/").content.decode()
    assert "2 dòng" in html
    assert "chưa rõ chủ thể" in html
    assert f'href="/so-lieu/5277.xlsx?nam={timezone.localdate().year}"' in html
    assert "Không đưa vào được" not in html
    Product.objects.filter(public_id=odd).update(public_id="BK123456789")
    html = client.get("/viec/bieu-5277/").content.decode()
    assert "1 dòng" in html
    assert "Ma_SanPham: dài quá 10 ký tự" in html


@pytest.mark.parametrize("year", ["2024", "1999", "x", "２０２４"])
def test_a_year_is_chosen_and_nonsense_is_this_year(cast: Cast, sign_in: SignIn, year: str) -> None:
    html = sign_in(cast.officer).get("/viec/bieu-5277/", {"nam": year}).content.decode()
    chosen = year if year == "2024" else str(timezone.localdate().year)
    assert f'<option value="{chosen}" selected>' in html


def test_the_office_finds_it_from_the_products(cast: Cast, sign_in: SignIn) -> None:
    assert 'href="/viec/bieu-5277/"' in sign_in(cast.officer).get("/viec/san-pham/").content.decode()
    assert 'href="/viec/bieu-5277/"' not in sign_in(cast.clerk).get("/viec/san-pham/").content.decode()
