"""The one place where the test harness lifts the triggers of the chains: around its own flush, after tests with real transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

_migration = import_module("ocop.records.migrations.0003_append_only")
_account = import_module("ocop.people.migrations.0005_import_account")


@contextmanager
def lifted_triggers() -> Iterator[None]:
    """The chains as an intruder with the owner's password would find them."""
    _migration.drop_triggers(connection)
    try:
        yield
    finally:
        _migration.create_triggers(connection)


@pytest.fixture(scope="session", autouse=True)
def chains_survive_the_flush() -> Iterator[None]:
    """A flush empties every table; afterwards the chains begin anew and the built-in account is back, as after a migration."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with lifted_triggers():
            flush(case)
        _migration.open_chains(apps.get_model, timezone.now())
        _account.open_import_account(apps.get_model, timezone.now())

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
