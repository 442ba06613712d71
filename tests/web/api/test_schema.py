"""schemathesis over the whole description: what fits it is answered, what does not is refused, and nothing breaks.

Once as anybody, once by an officer's token. The law's own rules (no decision of tomorrow) are no part of a schema: what they refuse of
an otherwise fitting write is 422 too.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from ocop.people.actions import load_offices
from ocop.people.enums import Role
from ocop.web.api.pages.description import description
from tests.cast import NOW, SEED, person
from tests.web.api.conftest import token_of

_GENERATION = {"deterministic": True, "max-examples": 5, "mode": "all"}
_MET_BY_RULES = {"positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]}}


def described(**more: object) -> schemathesis.BaseSchema:
    """The description, and the site itself behind it."""
    config = schemathesis.Config.from_dict({"seed": 20261124, "generation": _GENERATION, **more})
    schema = schemathesis.openapi.from_dict(description(), config=config)
    schema.app = get_wsgi_application()
    return schema


anybody = described()
officer = described(checks=_MET_BY_RULES).include(tag=["Your own", "Writing"])


@pytest.fixture(autouse=True)
def _connection_stays(opening: None) -> Iterator[None]:
    """A served site closes its connection between calls; the test's own must not be."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bearer() -> str:
    """What an officer's program sends."""
    load_offices(actor=SEED, at=NOW)
    return f"Bearer {token_of(person('Lý Thị Tỉnh', Role.OCOP_OFFICER, 'co-quan-ocop')).secret}"


@anybody.parametrize()
def test_every_operation_does_as_it_says(case: schemathesis.Case) -> None:
    cache.clear()  # calls are counted by address
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # in process nobody unpacks


@officer.parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one token for all of an operation's cases
def test_every_operation_behind_a_token_too(case: schemathesis.Case, bearer: str) -> None:
    cache.clear()
    case.call_and_validate(headers={"Accept-Encoding": "identity", "Authorization": bearer})
