"""Lists of the register's desk: as many questions for thirty rows as for one, found with and without accents."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.register.actions import file_report, judge_distinct, merge_producers, request_claim
from ocop.register.models import Producer
from tests.cast import NOW, Cast, make_producer, make_product, person, recognise
from tests.web.desk.register.conftest import SignIn


def more_products(cast: Cast) -> None:
    for n in range(29):
        recognise(make_product(f"Miến số {n}", cast.maker), decision_no=f"{n}/QĐ-THU")


def more_producers(cast: Cast) -> None:
    for n in range(29):
        make_producer(f"HTX Số {n}", cast.stage.con_minh)


def a_report(cast: Cast) -> None:
    file_report(actor=cast.newcomer, product=cast.product, kind="error", text="Sai giá.", place_seen="Chợ", at=NOW)


def more_reports(cast: Cast) -> None:
    for _n in range(29):
        a_report(cast)


def a_claim(cast: Cast) -> None:
    request_claim(actor=cast.newcomer, producer=cast.maker, relation="kế toán", at=NOW)


def more_claims(cast: Cast) -> None:
    for n in range(29):
        request_claim(actor=person(f"Người xin {n}"), producer=cast.maker, relation="kế toán", at=NOW)


def alike(cast: Cast) -> None:
    """Two producers that look alike, each with a product, and two products that do."""
    for _twice in range(2):
        maker = make_producer("HTX Giống", cast.stage.con_minh)
        make_product("Miến giống", maker)
    for _twice in range(2):
        make_product("Bún giống", cast.maker)


def more_alike(cast: Cast) -> None:
    for n in range(29):
        for _twice in range(2):
            make_product(f"Bún chữ {n} ấy", cast.maker)
            make_product("Miến", make_producer(f"HTX Giống Số {n}", cast.stage.con_minh))


def merged(cast: Cast, n: int = 0) -> None:
    old = make_producer(f"HTX Trước {n}", cast.stage.con_minh)
    kept = Producer.objects.get(pk=cast.maker.pk)
    versions = (kept.version, old.version)
    merge_producers(actor=cast.officer, kept=kept, merged=old, choices={}, versions=versions, reason="một", at=NOW)


def more_merged(cast: Cast) -> None:
    for n in range(1, 30):
        merged(cast, n)


def distinct(cast: Cast, n: int = 0) -> None:
    judge_distinct(actor=cast.officer, one=cast.product, other=make_product(f"Bún khác {n}", cast.maker), at=NOW)


def more_distinct(cast: Cast) -> None:
    for n in range(1, 30):
        distinct(cast, n)


def nothing(cast: Cast) -> None:
    """One row is there already."""


@pytest.mark.parametrize(
    ("path", "first", "more"),
    [
        ("/viec/san-pham/", nothing, more_products),
        ("/viec/chu-the/", nothing, more_producers),
        ("/viec/chu-the/htx-mai/", nothing, more_products),
        ("/viec/bao-sai/", a_report, more_reports),
        ("/viec/giu-trang/", a_claim, more_claims),
        ("/viec/trung-lap/", alike, more_alike),
        ("/viec/trung-lap/?xem=san-pham", alike, more_alike),
        ("/viec/trung-lap/da-gop/", merged, more_merged),
        ("/viec/trung-lap/khac-nhau/", distinct, more_distinct),
        ("/viec/", a_report, more_reports),
    ],
)
def test_thirty_rows_ask_no_more_than_one(
    path: str, first: Callable[[Cast], None], more: Callable[[Cast], None], cast: Cast, sign_in: SignIn
) -> None:
    first(cast)
    client = sign_in(cast.officer if path.startswith("/viec/trung-lap/") else cast.clerk)
    client.get(path)  # what is kept in memory is there from now on
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(path)
    more(cast)
    with CaptureQueriesContext(connection) as thirty:
        html = client.get(path).content.decode()
    assert len(thirty) == len(one), "\n".join(query["sql"] for query in thirty)
    assert html.count("<li") + html.count("<tr") > 29


def test_a_history_of_many_stars_asks_no_more_than_of_one(cast: Cast, sign_in: SignIn) -> None:
    recognise(cast.product)
    client = sign_in(cast.officer)
    client.get("/viec/san-pham/BK001/")
    with CaptureQueriesContext(connection) as one:
        client.get("/viec/san-pham/BK001/")
    for n in range(2, 12):
        recognise(cast.product, decision_no=f"{n}/QĐ-UBND")
    with CaptureQueriesContext(connection) as many:
        client.get("/viec/san-pham/BK001/")
    assert len(many) == len(one)


def test_products_are_found_by_words_and_by_what_is_known_of_their_star(cast: Cast, sign_in: SignIn) -> None:
    recognise(cast.product)
    client = sign_in(cast.officer)
    assert "Miến dong Mai" in client.get("/viec/san-pham/?q=mien dong").content.decode()
    assert "Rượu men lá Lan" not in client.get("/viec/san-pham/?q=mien dong").content.decode()
    assert "Rượu men lá Lan" in client.get("/viec/san-pham/?sao=none").content.decode()
    assert "Miến dong Mai" not in client.get("/viec/san-pham/?sao=none").content.decode()
    assert client.get("/viec/san-pham/", {"q": "a\x00b", "sao": "khac", "trang": "x"}).status_code in (200, 400)
    assert "Thử bớt từ khóa" in client.get("/viec/san-pham/?q=khongcogihet").content.decode()


def test_a_producer_sees_its_own_and_a_clerk_those_of_the_commune(cast: Cast, sign_in: SignIn) -> None:
    for actor, own, other in ((cast.producer, "Miến dong Mai", "Rượu men lá Lan"), (cast.rival_clerk, "Rượu men lá Lan", "Miến dong Mai")):
        html = sign_in(actor).get("/viec/san-pham/").content.decode()
        assert own in html
        assert other not in html


def test_an_empty_desk_says_what_will_come(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(person("Lê Văn Không", "commune_officer", "ubnd-xa-con-minh"))
    assert "Báo cáo gửi từ trang sản phẩm" in client.get("/viec/bao-sai/").content.decode()
    assert "yêu cầu hiện ở đây" in client.get("/viec/giu-trang/").content.decode()
