"""Stars that wait, at the desk: a commune answers one after the other, the OCOP office agrees or takes back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.register.models import Recognition, StandingAnswer
from tests.cast import Cast, make_product, recognise
from tests.web.desk.register.conftest import SignIn, scan

QUEUE = "/viec/xac-minh/"
LAST = (timezone.localdate() + timedelta(days=300)).isoformat()
RENEWED = {"decision_no": "88/QĐ-UBND", "signed_on": "2025-03-01", "kind": "danh_gia_lai", "stars": "4", "signatory": "Chủ tịch UBND tỉnh"}


@pytest.fixture
def waiting(cast: Cast) -> Recognition:
    """The producer's star and another of hers, both past a computed end."""
    recognise(make_product("Trà Mai", cast.maker), signed_on=date(2021, 9, 1), decision_no="2")
    return recognise(cast.product, signed_on=date(2021, 9, 1))


def page(client: Client, address: str = QUEUE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_one_row_opens_with_its_three_answers(cast: Cast, waiting: Recognition, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    html = page(client)
    assert "Đã trả lời 0 trên 2" in html
    assert html.count("Quá 36 tháng") == 2
    assert "/con-gia-tri/" not in html
    html = page(client, f"{QUEUE}?mo=BK001")
    assert [html.count(f'action="/viec/xac-minh/BK001/{kind}/"') for kind in ("con-gia-tri", "cong-nhan-lai", "het-gia-tri")] == [1, 1, 1]
    assert "Miến dong Mai" not in page(sign_in(cast.rival_clerk))
    assert sign_in(cast.producer).get(QUEUE).status_code == 403


def test_answering_goes_on_with_the_next_star(cast: Cast, waiting: Recognition, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    answer = client.post(f"{QUEUE}BK001/con-gia-tri/", {"paper": "Bản gốc số 12", "last_day": LAST, "scan": scan()})
    assert answer["Location"] == f"{QUEUE}?mo=BK003#BK003"
    html = page(client, f"{QUEUE}?mo=BK003")
    assert "Đã ghi câu trả lời về Miến dong Mai." in html
    assert "Đã trả lời 1 trên 2" in html
    assert client.post(f"{QUEUE}BK003/het-gia-tri/", {"ended_on": "2024-09-01", "reason": "Biên bản"})["Location"] == QUEUE
    assert "Không còn sao nào chờ xác minh" in page(client)
    assert set(StandingAnswer.objects.values_list("kind", flat=True)) == {"holds", "ended"}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("con-gia-tri", {"paper": "Bản gốc số 12", "last_day": "2020-01-01"}),
        ("con-gia-tri", {"paper": "Bản gốc số 12"}),
        ("cong-nhan-lai", {**RENEWED, "decision_no": "Bản gốc số 12"}),  # without its scan
        ("het-gia-tri", {"reason": "Bản gốc số 12", "ended_on": "2099-01-01"}),
    ],
)
def test_an_answer_that_cannot_be_so_keeps_what_was_typed(
    kind: str, typed: dict, cast: Cast, waiting: Recognition, sign_in: SignIn
) -> None:
    answer = sign_in(cast.clerk).post(f"{QUEUE}BK001/{kind}/", typed)
    assert answer.status_code == 422
    assert 'value="Bản gốc số 12"' in answer.content.decode()
    assert not StandingAnswer.objects.exists()


def test_a_renewal_changes_the_public_page_and_waits_for_the_office(
    cast: Cast, waiting: Recognition, sign_in: SignIn, client: Client
) -> None:
    clerk, officer = sign_in(cast.clerk), sign_in(cast.officer)
    assert clerk.post(f"{QUEUE}BK001/cong-nhan-lai/", {**RENEWED, "scan": scan()}).status_code == 302
    assert "88/QĐ-UBND" in client.get("/sp/BK001").content.decode()
    html = page(officer, f"{QUEUE}tra-loi/")
    assert "88/QĐ-UBND" in html
    assert "Bản chụp" in html
    assert "1 câu trả lời của xã" in page(officer, "/viec/") or "Xã đã trả lời về sao" in page(officer, "/viec/")
    assert officer.post(f"{QUEUE}tra-loi/BK001/1/dong-y/").status_code == 302
    assert Recognition.objects.get(decision_no="88/QĐ-UBND").confidence == "high"
    assert "Không có câu trả lời nào chờ kiểm tra" in page(officer, f"{QUEUE}tra-loi/")
    assert "Đã kiểm tra" in page(officer, f"{QUEUE}tra-loi/?xem=tat-ca")


def test_a_wrong_answer_is_taken_back(cast: Cast, waiting: Recognition, sign_in: SignIn, client: Client) -> None:
    sign_in(cast.clerk).post(f"{QUEUE}BK001/het-gia-tri/", {"ended_on": "2024-09-01", "reason": "Biên bản"})
    officer, address = sign_in(cast.officer), f"{QUEUE}tra-loi/BK001/1/rut/"
    assert sign_in(cast.clerk).get(address).status_code == 403
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "Nhầm sản phẩm"}).status_code == 302
    assert "Quá 36 tháng từ 1/9/2024" in client.get("/sp/BK001").content.decode()
    assert officer.get(f"{QUEUE}tra-loi/BK001/9/rut/").status_code == 404


def test_what_does_not_wait_or_is_not_theirs_has_no_answer(cast: Cast, waiting: Recognition, sign_in: SignIn) -> None:
    assert sign_in(cast.rival_clerk).get(f"{QUEUE}BK001/con-gia-tri/").status_code == 403
    assert sign_in(cast.clerk).get(f"{QUEUE}BK001/khong-biet/").status_code == 404
    recognise(cast.rival_product, decision_no="3")
    assert sign_in(cast.officer).get(f"{QUEUE}{cast.rival_product.public_id}/con-gia-tri/").status_code == 404


def more(cast: Cast) -> None:
    for n in range(29):
        recognise(make_product(f"Miến {n}", cast.maker), signed_on=date(2021, 9, 1), decision_no=f"1{n}")


def answered(cast: Cast, client: Client) -> None:
    for product in cast.maker.products.all():
        client.post(f"{QUEUE}{product.public_id}/het-gia-tri/", {"ended_on": "2024-09-01", "reason": "Biên bản"})


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}?mo=BK001", f"{QUEUE}tra-loi/"])
def test_thirty_rows_ask_no_more_than_one(address: str, cast: Cast, waiting: Recognition, sign_in: SignIn) -> None:
    officer, clerk = sign_in(cast.officer), sign_in(cast.clerk)
    if "tra-loi" in address:
        answered(cast, clerk)
    page(officer, address)
    with CaptureQueriesContext(connection) as few:
        page(officer, address)
    more(cast)
    if "tra-loi" in address:
        answered(cast, clerk)
    with CaptureQueriesContext(connection) as many:
        page(officer, address)
    assert len(many) == len(few), "\n".join(query["sql"] for query in many)
