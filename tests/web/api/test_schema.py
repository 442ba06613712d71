"""schemathesis over the whole description: what fits it is answered, what does not is refused, and nothing breaks."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from ocop.web.api.pages.description import description

CONFIG = schemathesis.Config.from_dict({"seed": 20261124, "generation": {"deterministic": True, "max-examples": 8, "mode": "all"}})
schema = schemathesis.openapi.from_dict(description(), config=CONFIG)
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _connection_stays(opening: None) -> Iterator[None]:
    """A served site closes its connection between calls; the test's own must not be."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
def test_every_operation_does_as_it_says(case: schemathesis.Case) -> None:
    cache.clear()  # calls are counted by address
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # in process nobody unpacks
