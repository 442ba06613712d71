"""What sign-ins leave behind is forgotten after its time."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from ocop.people.jobs import sweep_sign_ins
from ocop.people.rules import SIGN_INS_KEPT
from tests.people.conftest import NOW

TRACE = {"username": "a@thu.vn", "ip_address": "192.0.2.1", "user_agent": "x", "http_accept": "x", "path_info": "/"}


@pytest.mark.django_db
def test_old_sign_ins_and_ended_sessions_are_forgotten(time_machine: Any) -> None:
    time_machine.move_to(NOW)
    for model, more in ((AccessLog, {}), (AccessFailureLog, {}), (AccessAttempt, {"failures_since_start": 1})):
        for age in (SIGN_INS_KEPT - timedelta(hours=1), SIGN_INS_KEPT + timedelta(hours=1)):
            row = model.objects.create(**TRACE, **more)
            model.objects.filter(pk=row.pk).update(attempt_time=NOW - age)
            TRACE["user_agent"] += "x"
    living, ended = SessionStore(), SessionStore()
    ended.set_expiry(-60)
    for session in (living, ended):
        session.save()
    assert sweep_sign_ins.func() == 3
    assert [model.objects.count() for model in (AccessLog, AccessFailureLog, AccessAttempt)] == [1, 1, 1]
    assert list(Session.objects.values_list("session_key", flat=True)) == [living.session_key]
