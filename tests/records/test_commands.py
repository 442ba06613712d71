"""The commands: their answer on standard output and their exit."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ocop.core.actor import system_actor
from ocop.records.actions import record, record_access
from ocop.records.models import AccessEntry, AuditEntry
from ocop.web.management.commands.run_due import SWEEPS
from tests.chain import lifted_triggers
from tests.records.conftest import AT


def verify(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", *arguments)
    return end.value.code, json.loads(capsys.readouterr().out)


@pytest.fixture
def entry(db):
    with transaction.atomic():
        return record(actor=system_actor("test"), event="a.b", subject="s", data={}, at=AT)


def test_a_sound_chain(entry, capsys):
    assert verify(capsys) == (0, {"sound": True, "entries": 2, "findings": []})


def test_a_broken_chain_names_the_entry(entry, capsys):
    with lifted_triggers():
        AuditEntry.objects.filter(n=2).update(subject="t")
        code, answer = verify(capsys)
    assert code == 1
    assert answer == {"sound": False, "entries": 2, "findings": [{"n": 2, "code": "column", "detail": answer["findings"][0]["detail"]}]}


@pytest.mark.parametrize("shape", ["lines", "list"])
def test_witnesses_are_compared(entry, capsys, tmp_path, shape):
    heads = [{"day": "2026-12-20", "n": 2, "hash": entry.hash, "kid": "a1", "sig": "x"}, {"n": 9, "hash": "f" * 64}]
    file = tmp_path / "heads.jsonl"
    file.write_text("\n".join(map(json.dumps, heads)) if shape == "lines" else json.dumps(heads))
    code, answer = verify(capsys, "--witness", str(file))
    assert (code, [(finding["n"], finding["code"]) for finding in answer["findings"]]) == (1, [(9, "witness")])
    file.write_text(json.dumps(heads[0]))
    assert verify(capsys, "--witness", str(file))[0] == 0


@pytest.mark.parametrize("text", ["", "{", '{"n": 1}', "[1]", '{"n": "x", "hash": "a"}', None])
def test_an_unreadable_witness_is_neither_sound_nor_a_finding(entry, capsys, tmp_path, text):
    file = tmp_path / "heads.jsonl"
    if text is not None:
        file.write_text(text)
    code, answer = verify(capsys, "--witness", str(file))
    assert (code, answer["sound"], answer["findings"][0]["code"]) == (2, False, "unreadable")


def test_the_access_log_is_checked_on_request(db, capsys):
    record_access(actor=system_actor("test"), event="a", subject="s", fields=["phone"], at=AT)
    assert verify(capsys, "--access") == (0, {"sound": True, "entries": 2, "findings": []})
    with lifted_triggers():
        AccessEntry.objects.filter(n=2).delete()
        assert verify(capsys)[0] == 0
        assert verify(capsys, "--access")[0] == 1


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db
def test_due_sweeps_are_enqueued_and_never_twice(queue, capsys):
    call_command("run_due")
    call_command("run_due")
    assert sorted(DBTaskResult.objects.values_list("task_path", flat=True)) == sorted(sweep.module_path for sweep, _every in SWEEPS)
    assert "enqueued: nothing" in capsys.readouterr().out


@pytest.mark.django_db
def test_each_sweep_comes_back_at_its_own_pace_and_old_results_go(queue, time_machine):
    time_machine.move_to(AT)
    call_command("run_due")
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    time_machine.shift(timedelta(minutes=1))
    call_command("run_due")
    assert DBTaskResult.objects.filter(status="READY").count() == sum(every <= timedelta(minutes=1) for _sweep, every in SWEEPS)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    time_machine.shift(timedelta(days=9))
    call_command("run_due")
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"READY"}
