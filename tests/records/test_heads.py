"""A day's head is sealed once, published, sent to witnesses, and shows a chain that was rewritten as a whole."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from ocop.core.actor import system_actor
from ocop.records import queries
from ocop.records.actions import mail_head, record, seal_day
from ocop.records.jobs import seal_days
from ocop.records.models import AuditEntry, AuditHead, DailyHead
from tests.chain import lifted_triggers
from tests.records.conftest import AT

pytestmark = pytest.mark.django_db
SEALER = system_actor("seal")
WITNESSES = ["thanh-tra@thu.vn", "so-cong-thuong@thu.vn", "thu-ky@thu.vn"]


class Refuses(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


def write(subject: str) -> None:
    record(actor=SEALER, event="x.y", subject=subject, data={}, at=AT)


def test_a_day_is_sealed_once_and_the_next_one_anew() -> None:
    write("a")
    first = seal_day(actor=SEALER, at=AT)
    write("b")
    assert seal_day(actor=SEALER, at=AT + timedelta(minutes=5)) == first
    second = seal_day(actor=SEALER, at=AT + timedelta(days=1))
    assert (first.n, second.n) == (2, 3)
    assert second.hash == AuditHead.objects.get().hash
    assert [json.loads(line)["n"] for line in queries.daily_heads()] == [2, 3]


def test_the_day_is_the_one_in_viet_nam(time_machine: Any) -> None:
    """17:30 in UTC is half past midnight of the next day here."""
    at = AT.replace(hour=17, minute=30)
    assert seal_day(actor=SEALER, at=at).day == (at + timedelta(hours=7)).date()


def test_anybody_may_copy_the_heads_and_check_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a")
    seal_day(actor=SEALER, at=AT)
    answer = Client().get("/minh-bach/heads.jsonl")
    assert answer["Content-Type"] == "application/jsonl; charset=utf-8"
    kept = tmp_path / "heads.jsonl"
    kept.write_bytes(answer.content)
    write("b")
    with pytest.raises(SystemExit) as sound:
        call_command("verify_audit", witness=kept)
    assert sound.value.code == 0
    _rewrite_everything()
    with pytest.raises(SystemExit) as alone:
        call_command("verify_audit")
    assert alone.value.code == 0  # the chain itself is whole: only the witness sees it
    capsys.readouterr()
    with pytest.raises(SystemExit) as found:
        call_command("verify_audit", witness=kept)
    assert found.value.code == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "witness"


def _rewrite_everything() -> None:
    """What an intruder with the owner's password does: the chain begins anew and says something else."""
    migration = import_module("ocop.records.migrations.0003_append_only")
    with lifted_triggers():
        AuditEntry.objects.all().delete()
        AuditHead.objects.all().delete()
    migration.open_chains(apps.get_model, AT)
    for subject in ("c", "d"):
        write(subject)


def test_every_witness_is_sent_each_head_once(settings: Any, time_machine: Any) -> None:
    settings.WITNESSES = WITNESSES
    time_machine.move_to(AT)
    assert seal_days.func() == 1
    assert seal_days.func() == 0
    (sent,) = mail.outbox
    assert sent.to == WITNESSES
    assert queries.daily_heads()[0] in sent.body


def test_a_mail_server_that_is_away_costs_no_head(settings: Any, time_machine: Any) -> None:
    settings.WITNESSES = WITNESSES
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    time_machine.move_to(AT)
    assert seal_days.func() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(AT + timedelta(days=1))
    assert seal_days.func() == 2
    assert len(mail.outbox) == 2


def test_without_witnesses_nothing_is_sent_and_nothing_fails(settings: Any) -> None:
    settings.WITNESSES = []
    head = seal_day(actor=SEALER, at=AT)
    assert not mail_head(actor=SEALER, head=head, at=AT)
    assert mail.outbox == []


def test_the_command_prints_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seal_day")
    assert json.loads(capsys.readouterr().out).keys() == {"day", "hash", "n"}


def test_the_database_refuses_a_second_head_of_a_day() -> None:
    head = seal_day(actor=SEALER, at=AT)
    with pytest.raises(IntegrityError):
        DailyHead.objects.create(day=head.day, n=9, hash="x", sealed_at=AT)
