""" "Việc của tôi": what waits in order of deadline, the doors of each hat, all of them open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.records.actions import send_notice
from ocop.register.actions import file_report
from ocop.web.desk.home.pages import ERRANDS, errands_for, waiting_for
from tests.cast import NOW, Cast, cast, recognise  # noqa: F401

EVERYBODY = ("producer", "clerk", "officer", "advisor", "member", "chair", "secretary", "leader", "promoter", "keeper", "buyer")
EVERYBODY += ("inspector", "administrator", "newcomer")


@pytest.fixture
def sign_in() -> Callable[[Actor], Client]:
    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_door_on_the_home_page_is_open(who: str, cast: Cast, sign_in: Callable[[Actor], Client]) -> None:  # noqa: F811
    actor: Actor = getattr(cast, who)
    client = sign_in(actor)
    html = client.get("/viec/").content.decode()
    doors = errands_for(actor)
    assert doors
    for door in doors:
        assert f'href="{door.url}"' in html
        assert client.get(door.url).status_code == 200, door.url_name


def test_every_role_has_a_door_and_every_door_an_address() -> None:
    assert {role for errand in ERRANDS for role in errand.roles} == {*Role, ""}
    assert all(reverse(errand.url_name) for errand in ERRANDS)


def test_the_nearest_deadline_stands_first_and_what_has_none_last(cast: Cast) -> None:  # noqa: F811
    today = timezone.localdate()
    for days, title in ((9, "sau"), (None, "không hạn"), (-2, "quá hạn"), (3, "gần")):
        due_on = None if days is None else today + timedelta(days=days)
        send_notice(recipient_id=cast.leader.user_id or 0, event="e", subject=title, title=title, path="/viec/", at=NOW, due_on=due_on)
    rows = waiting_for(cast.leader, on=today)
    titles = [row.title for row in rows if row.title in ("sau", "không hạn", "quá hạn", "gần")]
    assert titles == ["quá hạn", "gần", "sau", "không hạn"]
    assert [row.tone for row in rows][:3] == ["stop", "due", "ok"]


def test_the_page_says_until_when(cast: Cast, sign_in: Callable[[Actor], Client]) -> None:  # noqa: F811
    today = timezone.localdate()
    for days, title in ((0, "Việc hôm nay"), (5, "Việc tuần này"), (-1, "Việc hôm qua")):
        due_on = today + timedelta(days=days)
        send_notice(recipient_id=cast.leader.user_id or 0, event="e", subject=title, title=title, path="/viec/", at=NOW, due_on=due_on)
    html = sign_in(cast.leader).get("/viec/").content.decode()
    assert "Hạn hôm nay" in html
    assert "còn 5 ngày" in html
    assert "Đã quá hạn" in html
    assert "việc đang chờ bạn" in html


def test_work_with_a_deadline_is_opened_and_news_ticked_off(cast: Cast, sign_in: Callable[[Actor], Client]) -> None:  # noqa: F811
    report = file_report(actor=cast.newcomer, product=cast.product, kind="error", text="Sai giá.", place_seen="Chợ", at=NOW)
    recognise(cast.product, actor=cast.officer)
    client = sign_in(cast.clerk)
    html = client.get("/viec/").content.decode()
    assert f'class="btn btn-2" href="/viec/bao-sai/{report.code}/"' in html
    assert html.count("Báo sai thông tin: Miến dong Mai</a>") == 1  # the notice and the queue tell of the same thing
    for row in waiting_for(cast.clerk, on=timezone.localdate()):
        assert (row.notice_id is None) == (row.due_on is not None)
        if row.notice_id:
            client.post(reverse("desk:notice_done", args=[row.notice_id]))
    html = client.get("/viec/").content.decode()
    assert "Đã ghi quyết định công nhận" not in html
    assert report.code in html


def test_a_producer_is_reminded_of_the_renewal(cast: Cast, sign_in: Callable[[Actor], Client]) -> None:  # noqa: F811
    today = timezone.localdate()
    recognise(cast.product, signed_on=today - timedelta(days=900), last_day=today + timedelta(days=150))
    html = sign_in(cast.producer).get("/viec/").content.decode()
    assert "Miến dong Mai: sao có giá trị đến hết" in html
    assert "Nộp hồ sơ đánh giá lại từ" in html


def test_nothing_waiting_is_said(cast: Cast, sign_in: Callable[[Actor], Client]) -> None:  # noqa: F811
    client = sign_in(cast.newcomer)
    assert "Không có việc nào đang chờ" in client.get("/viec/").content.decode()
    assert 'href="/viec/xin-giu-trang/"' in client.get("/viec/").content.decode()
