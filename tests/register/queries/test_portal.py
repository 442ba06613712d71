"""What the public pages read: whole, of the day asked, in a fixed number of questions, and nothing personal."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ocop.register.models import (
    Award,
    Price,
    Producer,
    ProducerLink,
    ProducerPerson,
    Product,
    ProductCode,
    StandingSpan,
    TourismSite,
    Variant,
)
from ocop.register.queries.portal import producer_page, product_page, public_id_of, verify_answer
from ocop.register.queries.prepared import Prepared
from ocop.register.rules.typed_code import typed_code
from tests.web.portal.rows import AT, SOURCE, TODAY, far, give_star, make_places, make_producer, make_product, past

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    """Miến dong of a maker in Côn Minh, once Na Rì, with a star until far ahead."""
    places = make_places()
    maker = make_producer(unit=places["con-minh-cu"], commune_now=places["con-minh"])
    here = {"unit": places["con-minh-cu"], "commune_now": places["con-minh"]}
    return make_product("Miến dong Tài Hoan", code="BK001", producer=maker, star=("valid", 4, far()), **here)


def test_a_product_page_is_whole(product: Product) -> None:
    variant = Variant.objects.create(product=product, name="Túi 500 g", quantity=500, unit="g", gtin="8938505974194")
    Price.objects.create(variant=variant, kind="retail", amount=45_000, valid_from=TODAY - timedelta(days=9))
    Price.objects.create(variant=variant, kind="wholesale", amount=30_000, valid_from=TODAY + timedelta(days=1))
    ProductCode.objects.create(product=product, code="19-02185-01-2026", kind="official", issued_year=2026, **SOURCE)
    ProductCode.objects.create(product=product, code="BK-NR-01-2020", kind="old", **SOURCE)
    Award.objects.create(product=product, name="Công nghiệp nông thôn tiêu biểu", level="province", year=2024, **SOURCE)
    ProducerLink.objects.create(producer=product.producer, kind="website", url="https://taihoan.example.vn")
    TourismSite.objects.create(key="ho-ba-be", name="Hồ Ba Bể", folded="ho ba be", kind="hồ", product=product, **SOURCE)
    page = product_page("BK001", TODAY)
    assert page is not None
    assert (page.product.name, page.place.commune, page.place.unit, page.place.unit_parent) == (
        "Miến dong Tài Hoan",
        "Xã Côn Minh",
        "Xã Côn Minh",
        "Huyện Na Rì",
    )
    assert (page.standing.kind, page.standing.stars, page.standing.until) == ("valid", 4, far())
    assert [(line.code, line.decision_no, line.confidence) for line in page.history] == [("BK001-R1", "BK001/QĐ-UBND", "medium")]
    parts = page.parts
    assert [(pack.name, [(price.kind, price.amount) for price in pack.prices]) for pack in parts.variants] == [
        ("Túi 500 g", [("retail", 45_000)])
    ]
    assert dict(parts.codes) == {"19-02185-01-2026": "official", "BK-NR-01-2020": "old"}
    assert [(award.name, award.year) for award in parts.awards] == [("Công nghiệp nông thôn tiêu biểu", 2024)]
    assert parts.links == (("website", "https://taihoan.example.vn"),)
    assert parts.sites == (("ho-ba-be", "Hồ Ba Bể"),)
    assert [line.form for line in parts.legal_forms] == ["hop_tac_xa"]


def test_a_hidden_or_unknown_product_has_no_page(product: Product) -> None:
    assert product_page("BK999", TODAY) is None
    Product.objects.update(is_published=False)
    assert product_page("BK001", TODAY) is None
    assert verify_answer(typed_code("BK001"), TODAY) is None
    assert public_id_of(typed_code("BK001")) is None


def test_the_answer_is_that_of_the_day(product: Product) -> None:
    StandingSpan.objects.all().delete()
    StandingSpan.objects.create(product=product, ends_on=date(2024, 1, 1), kind="none", reason="no_recognition")
    StandingSpan.objects.create(product=product, starts_on=date(2024, 1, 1), kind="expired", stars=3, reason="stated_end_passed")
    on = {day: verify_answer(typed_code("BK001"), day) for day in (date(2023, 12, 31), date(2024, 1, 1))}
    assert [answer.standing.kind for answer in on.values() if answer] == ["none", "expired"]


def test_a_product_without_spans_has_no_star(product: Product) -> None:
    StandingSpan.objects.all().delete()
    page = product_page("BK001", TODAY)
    assert page is not None
    assert (page.standing.kind, page.standing.reason) == ("none", "no_recognition")


def test_the_last_240_days_are_due(product: Product) -> None:
    StandingSpan.objects.update(until=TODAY + timedelta(days=241))
    days = {day: verify_answer(typed_code("BK001"), day) for day in (TODAY, TODAY + timedelta(days=1))}
    assert [answer.standing.is_due for answer in days.values() if answer] == [False, True]


@pytest.mark.parametrize("text", ["BK001", "bk 1", "19-02185-01-2026", "19 02185 01 2026", "bk-nr-01-2020", "BK-NR-01-2020"])
def test_every_code_leads_to_the_product(product: Product, text: str) -> None:
    ProductCode.objects.create(product=product, code="19-02185-01-2026", kind="official", issued_year=2026, **SOURCE)
    ProductCode.objects.create(product=product, code="BK-NR-01-2020", kind="old", **SOURCE)
    answer = verify_answer(typed_code(text), TODAY)
    assert answer is not None
    assert (answer.public_id, answer.official_code) == ("BK001", "19-02185-01-2026")
    assert public_id_of(typed_code(text)) == "BK001"


@pytest.mark.parametrize("text", ["", "BK999", "19-02185-99-2026", "' OR 1=1 --", "a" * 300])
def test_a_code_nobody_gave_leads_nowhere(product: Product, text: str) -> None:
    assert verify_answer(typed_code(text), TODAY) is None
    assert public_id_of(typed_code(text)) is None


def test_contact_needs_consent(product: Product, django_user_model: Any) -> None:
    Producer.objects.update(business_phone="+84912345678", business_zalo="+84912345679")
    page, maker = product_page("BK001", TODAY), producer_page("htx-tai-hoan", TODAY)
    assert page is not None
    assert page.maker is not None
    assert maker is not None
    assert (page.maker.phone, page.maker.zalo, maker.maker.phone) == ("", "", "")
    person = django_user_model.objects.create(full_name="Mai", email="mai@example.vn", created_at=AT)
    Producer.objects.update(contact_consent_at=AT, contact_consent_by=person)
    page, maker = product_page("BK001", TODAY), producer_page("htx-tai-hoan", TODAY)
    assert page is not None
    assert page.maker is not None
    assert maker is not None
    assert (page.maker.phone, page.maker.zalo, maker.maker.phone) == ("+84912345678", "+84912345679", "+84912345678")


def test_products_that_hold_a_star_come_first(product: Product) -> None:
    for name, star in (("An", ("expired", 3, past())), ("Bình", ("extended", 3, far())), ("Chè", ("withdrawn", 3, past()))):
        make_product(name, producer=product.producer, star=star)
    page = producer_page("htx-tai-hoan", TODAY)
    assert page is not None
    assert [line.name for line in page.products] == ["Bình", "Miến dong Tài Hoan", "An", "Chè"]


def test_contradicting_rows_all_come(product: Product) -> None:
    give = {"conflict_group": "BK001-stars", "confidence": "low", "decision_no": "2/QĐ-UBND"}
    give_star(make_product("Khác", code="BK002"), "valid", 3, far())
    product.recognitions.update(conflict_group="BK001-stars")
    StandingSpan.objects.filter(product=product).delete()
    give_star(product, "expired", 3, past(), **give)
    page = product_page("BK001", TODAY)
    assert page is not None
    assert [(line.stars, line.confidence, line.conflict_group) for line in page.history] == [
        (4, "medium", "BK001-stars"),
        (3, "low", "BK001-stars"),
    ]


def test_nothing_personal_is_read(product: Product) -> None:
    ProducerPerson.objects.create(producer=product.producer, representative="Nông Thị Kín", phone="+84900000001", updated_at=timezone.now())
    texts = [str(asdict(found)) for found in (product_page("BK001", TODAY), producer_page("htx-tai-hoan", TODAY)) if found]
    assert len(texts) == 2
    assert not any("Kín" in text or "+84900000001" in text for text in texts)


@pytest.mark.parametrize("more", [0, 30])
def test_the_number_of_questions_is_fixed(product: Product, more: int, django_assert_num_queries: Any) -> None:
    for number in range(more):
        make_product(f"Bánh {number}", producer=product.producer, star=("valid", 3, far()))
        Variant.objects.create(product=product, name=f"Túi {number}", quantity=1, unit="kg")
    with django_assert_num_queries(4):
        product_page("BK001", TODAY)
    with django_assert_num_queries(1):
        verify_answer(typed_code("BK001"), TODAY)
    with django_assert_num_queries(1):
        verify_answer(typed_code("19-02185-01-2026"), TODAY)
    with django_assert_num_queries(3):
        producer_page("htx-tai-hoan", TODAY)


def test_a_prepared_query_answers_for_other_values(product: Product) -> None:
    make_product("Khác", code="BK002")
    names = Prepared(lambda public_id: Product.objects.filter(public_id=public_id).values_list("name"), public_id=str)
    assert [names.row(public_id=code) for code in ("BK001", "BK002", "BK003", "' OR '1'='1")] == [
        ("Miến dong Tài Hoan",),
        ("Khác",),
        None,
        None,
    ]


def test_a_prepared_query_refuses_a_value_it_cannot_find_again() -> None:
    rewritten = Prepared(lambda text: Product.objects.filter(name__icontains=text).values_list("name"), text=str)
    with pytest.raises(TypeError, match="text"):
        rewritten.rows(text="miến")
