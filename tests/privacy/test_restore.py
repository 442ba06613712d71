"""A whole project on a database of its own: somebody is erased, yesterday's backup is put back, and stays erased."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
from django.utils import timezone
from ocop.core.actor import system_actor
from ocop.people.actions import create_user
create_user(actor=system_actor("x"), full_name="Chim Hoàng Yến", password="x", at=timezone.now(), phone="+84912345671")
"""
Manage = Callable[..., str]


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Manage]:
    """`project("a")`: `manage.py` on the site in folder a."""
    if connection.vendor != "sqlite":
        pytest.skip("the commands are the same on PostgreSQL; `make drill` runs them there")

    def site(name: str) -> Manage:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{folder}/ocop.sqlite3",
            "STORAGE_URL": f"file://{folder}/files",
        }

        def manage(*arguments: str) -> str:
            command = [sys.executable, "manage.py", *arguments]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            return done.stdout

        return manage

    return site


def held(manage: Manage) -> list[str]:
    return [row["what"] for row in json.loads(manage("erase_person", "--phone=0912345671"))["held"]]


def test_an_erased_person_does_not_come_back_with_the_backup(project: Callable[[str], Manage], tmp_path: Path) -> None:
    here, backups = project("a"), tmp_path / "backups"
    here("migrate", "--noinput", "-v0")
    here("shell", "-c", MAKE)
    made = json.loads(here("backup", str(backups)))
    assert (backups / "erasures.jsonl").read_text() == ""
    assert json.loads(here("prove_restore", made["path"]))["rows_hash"] == made["rows_hash"]
    assert held(here) == ["account", "act"]
    here("erase_person", "--phone=0912345671", "--yes")
    restored = json.loads(here("restore", made["path"]))
    assert restored["rows_hash"] == made["rows_hash"]
    assert restored["erased_again"] == 1
    assert held(here) == []
    assert json.loads(here("verify_audit"))["sound"]
    # On another machine, with the newer list from the backups' folder and nothing else.
    json.loads(here("backup", str(backups)))
    assert len((backups / "erasures.jsonl").read_text().splitlines()) == 1
    there = project("b")
    assert json.loads(there("restore", made["path"]))["erased_again"] == 1
    assert held(there) == []
