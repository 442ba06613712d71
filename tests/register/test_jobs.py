"""The sweep takes up every sheet that waits for a reader or lost it, and forgets what was kept long enough."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from ocop.register import jobs, rules
from ocop.register.actions import start_intake
from ocop.register.models import IntakeBatch
from tests.sheets import register_xlsx

ROW = {"name": "Trà hoa vàng", "producer": "HTX Hoa Vàng", "commune": "Xã Đồng Phúc"}


@pytest.fixture
def batch(cast):
    return start_intake(actor=cast.officer, upload=ContentFile(register_xlsx([ROW]), name="so.xlsx"), at=timezone.now())


def state(batch):
    batch.refresh_from_db()
    return batch.state


def test_what_waits_is_read(batch):
    assert jobs.sweep_intakes.call() == 1
    assert state(batch) == "ready"
    assert jobs.sweep_intakes.call() == 0


@pytest.mark.parametrize(("ago", "swept"), [(timedelta(minutes=1), 0), (rules.READER_GIVEN, 1)])
def test_a_reader_is_given_time_and_then_replaced(batch, ago, swept):
    IntakeBatch.objects.filter(pk=batch.pk).update(state="reading", taken_up_at=timezone.now() - ago, readings=1, tries=1)
    assert jobs.sweep_intakes.call() == swept
    assert state(batch) == ("ready" if swept else "reading")


def test_what_was_kept_long_enough_is_forgotten(batch):
    jobs.sweep_intakes.call()
    IntakeBatch.objects.filter(pk=batch.pk).update(uploaded_at=timezone.now() - rules.INTAKE_KEPT)
    assert jobs.sweep_intakes.call() == 1
    state(batch)
    assert (batch.forgotten_at is None, batch.rows.exists()) == (False, False)
