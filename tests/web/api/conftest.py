"""The opening data, loaded once a file, and programs with tokens."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.people.actions import Made, create_api_token
from ocop.people.models import Mandate
from tests.cast import cast
from tests.opening import load_opening

__all__ = ["cast"]


@pytest.fixture(scope="module")
def _opening(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything under data/, in a transaction that is taken back behind the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_opening()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def opening(_opening: None, db: None) -> None:
    """The real register."""


@pytest.fixture
def program() -> Client:
    """A program: no cookies of its own, errors come as answers."""
    return Client(raise_request_exception=False)


def token_of(actor: Actor, scope: str = "write", **more: Any) -> Made:
    """A token under the actor's own mandate."""
    mandate = Mandate.objects.get(pk=actor.mandate_id)
    facts: dict[str, Any] = {"name": "Phần mềm kho", "days": 90, "at": timezone.now()}
    return create_api_token(actor=actor, mandate=mandate, scope=scope, **{**facts, **more})


@pytest.fixture
def as_program() -> Callable[..., Client]:
    """`as_program(cast.producer)`: a program that acts by a new token of this person."""

    def make(actor: Actor, scope: str = "write") -> Client:
        return Client(raise_request_exception=False, headers={"authorization": f"Bearer {token_of(actor, scope).secret}"})

    return make
