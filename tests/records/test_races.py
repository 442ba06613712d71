"""Two and more real transactions at once (RELIABILITY.md P2)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from ocop.core.actor import system_actor
from ocop.records import actions, queries
from ocop.records.models import AuditEntry, Delivery, Notice
from tests.records.conftest import AT, make_person

THREADS, ROUNDS = 8, 12
ACTOR = system_actor("race")
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
taken, gate = [], threading.Lock()


class Counting:
    """A messenger that only counts."""

    def send(self, message):
        with gate:
            taken.append(message.key)


def together(work, items):
    """Run `work` on every item, all threads starting at once, each with a connection of its own."""
    start = threading.Barrier(THREADS)

    def run(item):
        start.wait(timeout=10)
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, items))


def append_some(number):
    for step in range(ROUNDS):
        with transaction.atomic():
            actions.record(actor=ACTOR, event="race.run", subject=f"race:{number}", data={"step": step}, at=AT)


def test_eight_writers_make_one_chain_without_holes():
    before = AuditEntry.objects.count()
    together(append_some, range(THREADS))
    assert list(AuditEntry.objects.order_by("n").values_list("n", flat=True)) == list(range(1, before + THREADS * ROUNDS + 1))
    assert queries.verify_audit().sound


def test_a_delivery_taken_by_eight_workers_is_sent_once(settings):
    settings.MESSENGERS = {"email": "tests.records.test_races.Counting"}
    taken.clear()
    people = [make_person("x", f"p{number}@example.org") for number in range(ROUNDS)]
    for person in people:
        notice = actions.send_notice(recipient_id=person.pk, event="e", subject="s", title="t", at=AT)
        delivery = notice.deliveries.get()
        sent = together(lambda _n, pk=delivery.pk: actions.deliver(actor=ACTOR, delivery_id=pk, at=AT), range(THREADS))
        assert sum(sent) == 1
    assert len(taken) == len(set(taken)) == ROUNDS
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert Notice.objects.count() == ROUNDS
