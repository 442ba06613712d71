"""The cast of tests/people, and a browser without a browser that signs in the way a person does."""

from collections.abc import Callable

import pytest
from django.test import Client

from ocop.people.models import User
from tests.people.conftest import PASSWORD, person, province

__all__ = ["person", "province"]

Browser = Callable[..., Client]


@pytest.fixture
def signed_in() -> Browser:
    """`signed_in(user)`: a client past the password. The second factor is not asked unless the user has one."""

    def make(user: User, **headers: str) -> Client:
        client = Client(headers={"user-agent": "thu", **headers})
        response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()
        return client

    return make
