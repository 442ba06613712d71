"""A request about personal data on the screen: taken, seen, handed over, erased after a second look."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.people.models import User
from ocop.privacy.actions import take_request
from ocop.privacy.models import DataRequest
from ocop.records.models import AccessEntry
from tests.cast import NOW, SEED, TODAY, Cast
from tests.privacy.conftest import Somebody
from tests.promises.rows import standing_in
from tests.web.desk.register.conftest import SignIn

LIST = "/viec/du-lieu/"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def take(kind: str = "access", **more: Any) -> DataRequest:
    said = {"identity_seen": "gặp tại trụ sở", "received_on": TODAY, "phone": "0912 000 111", **more}
    return take_request(actor=SEED, kind=kind, at=NOW, **said)


def page_of(request: DataRequest) -> str:
    return f"{LIST}{request.code}/"


def test_an_officer_writes_one_down(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    data = {"kind": "access", "received_on": "2026-11-23", "name": "Nông Thị Hỏi", "phone": "0912 345 678", "identity_seen": "gặp"}
    wrong = client.post(f"{LIST}moi/", {**data, "phone": "", "producer": "khong-co"})
    assert wrong.status_code == 422
    assert "Không có chủ thể nào mang mã này" in wrong.content.decode()
    assert "Nông Thị Hỏi" in wrong.content.decode()
    assert client.post(f"{LIST}moi/", {**data, "phone": ""}).status_code == 422
    answer = client.post(f"{LIST}moi/", data)
    request = DataRequest.objects.get()
    assert answer["location"] == page_of(request)
    assert request.taken_by_id == cast.officer.user_id
    page = client.get(page_of(request)).content.decode()
    assert (request.answer_by, request.done_by) == (date(2026, 11, 26), date(2026, 12, 8))  # 24/11 is a day off
    assert "Đã trả lời người này" in page


def test_pages_show_no_personal_value_until_asked_and_then_log_it(bird: Somebody, cast: Cast, sign_in: SignIn) -> None:
    request, client = take(phone=bird.phone, name=bird.name), sign_in(cast.administrator)
    shown = client.get(LIST).content.decode() + client.get(page_of(request)).content.decode()
    shown += client.get(f"{page_of(request)}ket-thuc/").content.decode()
    assert [value for value in bird.canaries if value in shown] == []
    before = AccessEntry.objects.filter(event="data_request.read").count()
    assert bird.name in client.post(f"{page_of(request)}nguoi/").content.decode()
    assert AccessEntry.objects.filter(event="data_request.read").count() == before + 1


def test_late_ones_are_marked(cast: Cast, sign_in: SignIn, time_machine: Any) -> None:
    take()
    client = sign_in(cast.officer)
    assert "Quá hạn" not in client.get(LIST).content.decode()
    time_machine.move_to(NOW + timedelta(days=3))
    client = sign_in(cast.officer)
    assert "Quá hạn" in client.get(LIST).content.decode()
    assert "Trả lời người yêu cầu" in client.get("/viec/").content.decode()


def test_answered_and_closed(cast: Cast, sign_in: SignIn) -> None:
    request = take("correction")
    officer, administrator = sign_in(cast.officer), sign_in(cast.administrator)
    assert officer.post(f"{page_of(request)}tra-loi/").status_code == 302
    assert officer.post(f"{page_of(request)}tra-loi/").status_code == 403
    assert officer.post(f"{page_of(request)}ket-thuc/", {"is_done": "yes", "outcome": "x"}).status_code == 403
    assert administrator.post(f"{page_of(request)}ket-thuc/", {"is_done": "yes", "outcome": ""}).status_code == 422
    done = administrator.post(f"{page_of(request)}ket-thuc/", {"is_done": "yes", "outcome": "Đã sửa tên."})
    assert done.status_code == 302
    assert "Đã sửa tên." in administrator.get(page_of(request)).content.decode()
    assert request.code in administrator.get(f"{LIST}?xem=xong").content.decode()
    assert request.code not in administrator.get(LIST).content.decode()


def test_the_copy_is_a_zip_with_everything(bird: Somebody, cast: Cast, sign_in: SignIn) -> None:
    request = take(phone=bird.phone)
    assert sign_in(cast.officer).post(f"{page_of(request)}ban-sao/").status_code == 403
    answer = sign_in(cast.administrator).post(f"{page_of(request)}ban-sao/")
    assert answer["content-disposition"] == f'attachment; filename="du-lieu-{request.code}.zip"'
    assert "no-store" in answer["cache-control"]
    archive = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert json.loads(archive.read("du-lieu.json"))["held"]["account"][0]["full_name"] == bird.name
    assert AccessEntry.objects.get(event="personal_data.exported").subject == f"data_request:{request.code}"


def test_erasing_asks_for_a_second_look(bird: Somebody, cast: Cast, sign_in: SignIn) -> None:
    request = take("erasure", phone=bird.phone)
    client = sign_in(cast.administrator)
    assert f"{page_of(request)}xoa/" in client.get(page_of(request)).content.decode()
    look = client.get(f"{page_of(request)}xoa/").content.decode()
    assert "Dữ liệu người đại diện của chủ thể" in look
    assert "Giữ, bỏ hết phần nhận ra người" in look
    assert client.post(f"{page_of(request)}xoa/").status_code == 422
    assert standing_in(bird.canaries)
    assert sign_in(cast.officer).post(f"{page_of(request)}xoa/", {"sure": "on"}).status_code == 403
    assert client.post(f"{page_of(request)}xoa/", {"sure": "on"}).status_code == 302
    assert standing_in(bird.canaries) == {}
    assert client.post(f"{page_of(request)}xoa/", {"sure": "on"}).status_code == 403
    page = client.get(page_of(request)).content.decode()
    assert "Đã xóa dữ liệu cá nhân" in page


def test_somebody_in_office_is_refused_with_the_reason(cast: Cast, sign_in: SignIn) -> None:
    request = take("erasure", email="x@thu.vn", phone="")
    DataRequest.objects.update(email=User.objects.get(pk=cast.clerk.user_id).email)
    refusal = sign_in(cast.administrator).get(f"{page_of(request)}xoa/")
    assert refusal.status_code == 403
    assert "đang giữ vai cán bộ" in refusal.content.decode()


def test_the_list_asks_the_same_for_one_and_for_many(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    take()
    counts = []
    for _round in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
        for n in range(29):
            take(phone=f"09120002{n:02d}")
    assert counts == [7, 7]


def test_values_of_the_representative_are_cleared_by_name(bird: Somebody, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(bird.actor)
    page = f"/viec/chu-the/{bird.maker.code}/dai-dien/xoa/"
    form = client.get(page).content.decode()
    assert "Dân tộc" in form
    assert bird.mark not in form
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"fields_gone": ["ethnicity"]}).status_code == 302
    assert "Dân tộc" not in client.get(page).content.decode()
    assert sign_in(cast.rival).get(page).status_code == 403
