"""Two officers and one sheet, two readers and one file: exactly one wins, and the register holds every row once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from ocop.core.actor import system_actor
from ocop.records.queries import verify_audit
from ocop.register import actions
from ocop.register.models import IntakeBatch, Product
from tests.cast import NOW, cast_on, stage
from tests.register.test_races import events, fresh, one_winner, together
from tests.sheets import register_xlsx

ROUNDS = 3
READER = system_actor("import")
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return cast_on(stage())


def sheet(cast, name="Trà hoa vàng"):
    row = {"name": name, "producer": "HTX Hoa Vàng", "commune": "Xã Đồng Phúc", "first_stars": 3, "first_date": "01/09/2025"}
    upload = ContentFile(register_xlsx([row]), name="so.xlsx")
    batch = actions.start_intake(actor=cast.officer, upload=upload, at=NOW)
    actions.read_intake(actor=READER, batch_id=batch.pk, at=NOW)
    return fresh(IntakeBatch, batch)


def confirming(actor, batch):
    copy = fresh(IntakeBatch, batch)
    return lambda: actions.confirm_intake(actor=actor, batch=copy, digest=batch.digest, at=NOW)


def test_two_officers_confirm_the_same_sheet(cast):
    for number in range(ROUNDS):
        batch = sheet(cast, f"Trà số {number}")
        results = together(confirming(cast.officer, batch), confirming(cast.second_officer, batch))
        winner = one_winner(results, actions.BatchMoved)
        assert fresh(IntakeBatch, batch).confirmed_by_id == winner.confirmed_by_id
        assert Product.objects.filter(name=f"Trà số {number}").count() == 1
    assert events("intake.confirmed") == ROUNDS
    assert verify_audit().sound


def test_two_officers_confirm_two_copies_of_the_same_file(cast):
    for number in range(ROUNDS):
        name = f"Trà số {number}"
        results = together(confirming(cast.officer, sheet(cast, name)), confirming(cast.second_officer, sheet(cast, name)))
        one_winner(results, actions.Moved)
        assert Product.objects.filter(name=name).count() == 1


def test_one_confirms_and_one_discards(cast):
    batch = sheet(cast)
    copy = fresh(IntakeBatch, batch)
    results = together(confirming(cast.officer, batch), lambda: actions.discard_intake(actor=cast.second_officer, batch=copy, at=NOW))
    winner = one_winner(results, actions.BatchMoved)
    assert Product.objects.filter(name="Trà hoa vàng").exists() is (winner.state == "confirmed")


def test_two_officers_take_the_same_sheet_back(cast):
    batch = confirming(cast.officer, sheet(cast))()
    copies = [fresh(IntakeBatch, batch) for _ in range(2)]
    at = NOW + timedelta(hours=1)
    results = together(
        *(
            lambda actor=actor, copy=copy: actions.take_back_intake(actor=actor, batch=copy, at=at)
            for actor, copy in zip((cast.officer, cast.second_officer), copies, strict=True)
        )
    )
    one_winner(results, actions.BatchMoved)
    assert not Product.objects.filter(name="Trà hoa vàng").exists()
    assert events("intake.undone") == 1


def test_two_readers_take_up_the_same_file(cast):
    for _ in range(ROUNDS):
        upload = ContentFile(register_xlsx([{"name": f"Trà {n}", "producer": "HTX Hoa Vàng"} for n in range(30)]), name="so.xlsx")
        batch = actions.start_intake(actor=cast.officer, upload=upload, at=NOW)
        results = together(*[lambda pk=batch.pk: actions.read_intake(actor=READER, batch_id=pk, at=NOW)] * 2)
        assert sorted(results) == [False, True]
        assert (fresh(IntakeBatch, batch).state, batch.rows.count(), batch.moves.count()) == ("ready", 30, 3)
