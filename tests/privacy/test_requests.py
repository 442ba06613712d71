"""A request from the day it came to what the person is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ocop.core.actor import Actor
from ocop.people.actions import Refused
from ocop.people.enums import Role
from ocop.privacy import policies, queries
from ocop.privacy.actions import RequestMoved, answer_request, close_request, read_requester, take_request
from ocop.privacy.enums import RequestKind, RequestState
from ocop.privacy.models import DataRequest
from ocop.records.models import AccessEntry, AuditEntry
from ocop.register.actions import NotFitting
from tests.cast import NOW, TODAY, Cast, cast

__all__ = ["cast"]
LATER = NOW + timedelta(hours=3)


def take(cast: Cast, **more: Any) -> DataRequest:
    said: dict[str, Any] = {"kind": "access", "phone": "0912 345 678", "identity_seen": "gặp tại trụ sở", "received_on": TODAY}
    return take_request(**{"actor": cast.officer, "at": NOW, **said, **more})


def test_it_is_taken_with_its_clocks(cast: Cast) -> None:
    request = take(cast, email="Ai.Do@Thu.vn", said=" Tôi muốn\nxem ")
    assert (request.phone, request.email, request.said) == ("+84912345678", "ai.do@thu.vn", "Tôi muốn\nxem")
    assert (request.answer_by, request.done_by) == (date(2026, 11, 26), date(2026, 12, 9))
    entry = AuditEntry.objects.get(event="data_request.taken")
    assert entry.subject == f"data_request:{request.code}"
    assert "912345678" not in entry.body


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"kind": "x"}, "loại yêu cầu"),
        ({"identity_seen": "  "}, "nhận ra"),
        ({"phone": ""}, "để tìm được"),
        ({"phone": "123"}, "Số điện thoại"),
        ({"email": "x@"}, "Thư điện tử"),
        ({"received_on": TODAY + timedelta(days=1)}, "tương lai"),
    ],
)
def test_what_does_not_fit_is_said(cast: Cast, more: dict[str, Any], why: str) -> None:
    with pytest.raises(NotFitting, match=why):
        take(cast, **more)
    assert not DataRequest.objects.exists()


def test_answered_and_closed_each_once(cast: Cast) -> None:
    request = take(cast)
    answer_request(actor=cast.officer, request=request, at=LATER)
    with pytest.raises(Refused):
        answer_request(actor=cast.officer, request=request, at=LATER)
    stale = DataRequest.objects.get(pk=request.pk)
    close_request(actor=cast.administrator, request=request, is_done=True, outcome="Đã gửi bản sao.", at=LATER)
    with pytest.raises(RequestMoved):
        close_request(actor=cast.administrator, request=stale, is_done=False, outcome="x", at=LATER)
    assert (request.state, request.closed_by_id) == ("done", cast.administrator.user_id)
    events = AuditEntry.objects.filter(event__startswith="data_request").order_by("n").values_list("event", flat=True)
    assert list(events) == ["data_request.taken", "data_request.answered", "data_request.done"]


def test_an_erasure_is_not_done_by_saying_so(cast: Cast) -> None:
    request = take(cast, kind="erasure")
    with pytest.raises(NotFitting, match="Xóa dữ liệu"):
        close_request(actor=cast.administrator, request=request, is_done=True, outcome="x", at=LATER)
    with pytest.raises(NotFitting):
        close_request(actor=cast.administrator, request=request, is_done=False, outcome=" ", at=LATER)
    close_request(actor=cast.administrator, request=request, is_done=False, outcome="Không nhận ra người.", at=LATER)
    assert request.state == "refused"


def test_reading_who_asks_is_logged(cast: Cast) -> None:
    request = take(cast)
    read_requester(actor=cast.officer, request=request, at=LATER)
    assert AccessEntry.objects.get(event="data_request.read").subject == f"data_request:{request.code}"
    with pytest.raises(Refused):
        read_requester(actor=cast.clerk, request=request, at=LATER)


def actor(role: str) -> Actor:
    return Actor(user_id=1, mandate_id=1, role=role)


@pytest.mark.parametrize("role", [*Role.values, ""])
@pytest.mark.parametrize("state", RequestState.values)
def test_who_may_do_what(role: str, state: str) -> None:
    request = DataRequest(state=state, kind=RequestKind.ACCESS)
    takes, carries = role in {"administrator", "ocop_officer"}, role == "administrator"
    assert bool(policies.can_take_requests(actor(role))) is takes
    assert bool(policies.can_answer(actor(role), request)) is (takes and state == "received")
    assert bool(policies.can_carry_out(actor(role), request)) is (carries and state in {"received", "answered"})


def test_others_see_no_request(cast: Cast) -> None:
    take(cast)
    assert queries.requests_waiting(cast.officer).count() == 1
    for other in (cast.clerk, cast.inspector, cast.producer, cast.newcomer):
        assert not queries.requests_visible_to(other).exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "done"}, "data_request_closed_has_outcome"),
        ({"state": "answered"}, "data_request_answered_has_time"),
        ({"done_by": TODAY}, "data_request_clocks_forward"),
        ({"phone": ""}, "data_request_has_somebody"),
    ],
)
def test_the_database_refuses(cast: Cast, change: dict[str, Any], constraint: str) -> None:
    request = take(cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(**change)
