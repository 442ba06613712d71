"""A backup is proved by restoring it into an empty place; nothing old is kept, and an old proof is an alarm."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from ocop.core.actor import system_actor
from ocop.people.models import User
from ocop.records import rules
from ocop.records.actions import note_proof
from ocop.records.backup import BackupDamaged, Proved, backups_in, prove_restore, remove_old
from ocop.records.jobs import watch_backups
from ocop.records.models import AuditEntry, RestoreProof
from ocop.records.queries import last_proof
from tests.cast import Cast, cast
from tests.records.backup.test_backup import LATER, THEN, Shop, _rewrite, shop

__all__ = ["cast", "shop"]
PROVED = Proved(THEN.isoformat(), "a" * 64, "b" * 64, 3, 2, 1.4)


def test_a_proof_restores_everything_and_touches_nothing(shop: Shop) -> None:
    path = shop.backup()
    shop.spoil()
    proved = prove_restore(path=path, at=LATER, database=shop.database)
    assert (proved.rows, proved.files, proved.made_at) == (2, 2, THEN.isoformat())
    assert proved.seconds < rules.RESTORE_SECONDS
    assert shop.names() == ["Miến dong Tài Hoan"]
    assert not shop.storage.exists("files/2026/11/b.pdf")
    assert [name.name for name in path.parent.iterdir()] == [path.name]


def test_a_damaged_backup_proves_nothing(shop: Shop) -> None:
    path = shop.backup()
    _rewrite(path, lambda name, data: data.replace(b"scan", b"scam", 1) if name.endswith("b.pdf") else data)
    with pytest.raises(BackupDamaged):
        prove_restore(path=path, at=LATER, database=shop.database)


def test_backups_live_ninety_days(tmp_path: Path) -> None:
    names = ("ocop-20260825-010203.tar.gz", "ocop-20260826-010203.tar.gz", "ocop-20261124-010203.tar.gz", "ocop-own.tar.gz", "other.txt")
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in backups_in(tmp_path)] == list(names[:3])
    assert [path.name for path in remove_old(folder=tmp_path, at=THEN)] == [names[0]]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (8, False), (9, True)])
def test_a_proof_holds_eight_days(days: int, is_old: bool) -> None:
    assert rules.proof_is_old(THEN, THEN + timedelta(days=days)) is is_old
    assert rules.proof_is_old(THEN, THEN + timedelta(days=8, seconds=1))
    assert rules.proof_is_old(None, THEN)


@pytest.mark.django_db
def test_the_proof_is_written_down_and_silences_the_alarm(time_machine: Any, caplog: pytest.LogCaptureFixture) -> None:
    time_machine.move_to(LATER)
    with caplog.at_level(logging.ERROR):
        assert not watch_backups.func()
    assert "no backup was proved" in caplog.text
    note_proof(actor=system_actor("backup"), proved=PROVED, at=LATER)
    proof = last_proof()
    assert proof is not None
    assert (proof.backup_made_at, proof.rows_hash, proof.seconds) == (THEN, "a" * 64, 1)
    assert "a" * 64 in AuditEntry.objects.get(event="backup.proved").body
    assert watch_backups.func()
    time_machine.move_to(LATER + timedelta(days=9))
    assert not watch_backups.func()


def test_the_administrator_is_told(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(LATER)
    pages = {}
    for who in ("administrator", "officer"):
        client = Client()
        client.force_login(User.objects.get(pk=getattr(cast, who).user_id), backend="allauth.account.auth_backends.AuthenticationBackend")
        pages[who] = client
    words = "Hãy thử khôi phục một bản sao lưu"
    assert words in pages["administrator"].get("/viec/").content.decode()
    assert words not in pages["officer"].get("/viec/").content.decode()
    note_proof(actor=system_actor("backup"), proved=PROVED, at=LATER)
    assert words not in pages["administrator"].get("/viec/").content.decode()


@pytest.mark.django_db
def test_the_database_refuses_a_proof_before_its_backup() -> None:
    with pytest.raises(IntegrityError, match="restore_proof_after_backup"):
        RestoreProof.objects.create(proved_at=THEN, backup_made_at=LATER, rows_hash="a", files_hash="b", rows=1, files=1, seconds=1)
