"""One line a request, without anything a person typed."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from ocop.people.models import User

pytestmark = pytest.mark.django_db


def test_a_line_names_the_route_and_no_values(site: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="ocop.request"):
        response = site.get("/s/public/?q=0912345678")
    (line,) = [record for record in caplog.records if record.name == "ocop.request"]
    assert (line.method, line.route, line.status, line.user_id) == ("GET", "sample:public", 200, None)  # type: ignore[attr-defined]
    assert line.request_id == response["X-Request-ID"]  # type: ignore[attr-defined]
    assert "0912345678" not in str(line.__dict__)


def test_a_signed_in_person_is_a_number(
    site: Client, officer: Callable[..., User], sign_in: Callable[[User], None], caplog: pytest.LogCaptureFixture
) -> None:
    user = officer("ocop_officer")
    sign_in(user)
    with caplog.at_level(logging.INFO, logger="ocop.request"):
        site.get("/s/officers/")
    (line,) = [record for record in caplog.records if record.name == "ocop.request"]
    assert line.user_id == user.pk  # type: ignore[attr-defined]
    assert "Nông Thị Bình" not in str(line.__dict__)


def test_an_unknown_method_is_not_repeated(site: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="ocop.request"):
        site.generic("CANARY", "/s/public/")
    assert [record.method for record in caplog.records if record.name == "ocop.request"] == ["other"]  # type: ignore[attr-defined]
