"""What `make setup` and `make run` decide: what was done already, which port is free, how the server is started, and how all of it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import run, setup
from tools.postgres import NoPostgres, cluster
from tools.run import ROOT, end, is_free, server_command, start


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout whose management commands are only written down."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "var" / "stamps")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "products.csv").write_text("BK001")
    (tmp_path / "var").mkdir()
    (tmp_path / "manage.py").write_text(
        "import sys, pathlib\n"
        "with open('commands', 'a') as log: log.write(' '.join(sys.argv[1:2]) + '\\n')\n"
        "if sys.argv[1] == 'migrate': pathlib.Path('var/ocop.sqlite3').touch()\n"
        "if sys.argv[1] == 'collectstatic': pathlib.Path('var/static').mkdir(exist_ok=True)\n"
        "sys.exit(sys.argv[1] == 'seed' and pathlib.Path('broken').exists())\n"
    )
    return tmp_path


def prepare(checkout: Path, url: str | None = None) -> list[str]:
    """Prepare, and return the commands that were needed."""
    log = checkout / "commands"
    log.unlink(missing_ok=True)
    setup.prepare_database(url or f"sqlite:///{checkout}/var/ocop.sqlite3")
    setup.prepare_static()
    return log.read_text().split() if log.exists() else []


def test_the_second_time_nothing_is_done(checkout: Path) -> None:
    assert prepare(checkout) == ["migrate", "seed", "collectstatic"]
    assert prepare(checkout) == []


def test_changed_data_is_loaded_again(checkout: Path) -> None:
    prepare(checkout)
    (checkout / "data" / "products.csv").write_text("BK001 BK002")
    assert prepare(checkout) == ["seed"]


def test_a_new_migration_is_run(checkout: Path) -> None:
    prepare(checkout)
    folder = checkout / "ocop" / "register" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0002_x.py").touch()
    assert prepare(checkout) == ["migrate"]


def test_a_database_that_is_gone_is_made_again(checkout: Path) -> None:
    prepare(checkout)
    (checkout / "var" / "ocop.sqlite3").unlink()
    assert prepare(checkout) == ["migrate", "seed"]


def test_a_server_s_database_keeps_no_stamp(checkout: Path) -> None:
    url = "postgres://u:p@h/n"
    prepare(checkout, url)
    assert prepare(checkout, url) == ["migrate", "seed"]


def test_a_step_that_failed_is_tried_again(checkout: Path) -> None:
    (checkout / "broken").touch()
    with pytest.raises(SystemExit, match=r"seed all failed"):
        prepare(checkout)
    (checkout / "broken").unlink()
    assert prepare(checkout) == ["seed", "collectstatic"]


def test_a_taken_port_is_noticed_and_the_next_one_offered() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free(port)
        command = [sys.executable, "-m", "tools.run"]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PORT": str(port)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken. Stop what listens there, or choose another: make run PORT={port + 1}\n"
    assert is_free(port)


def test_limits_in_one_process_memory_mean_one_process() -> None:
    assert "--workers 1 " in " ".join(server_command(8000, "locmem://"))
    assert "--workers 2 " in " ".join(server_command(8000, "redis://h:6379/0"))
    assert "--host 127.0.0.1 " in " ".join(server_command(8000, "locmem://")), "the demo's passwords are public: this machine only"


def test_children_are_ended_even_when_they_will_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "GRACE_SECONDS", 0.5)
    obedient = start([sys.executable, "-c", "import time; time.sleep(60)"])
    stubborn = start(
        [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"]
    )
    time.sleep(0.5)
    begun = time.monotonic()
    end([obedient, stubborn])
    assert obedient.returncode == -signal.SIGTERM
    assert stubborn.returncode == -signal.SIGKILL
    assert time.monotonic() - begun < 5


def test_the_throw_away_cluster_leaves_nothing_behind() -> None:
    folders: list[Path] = []

    def fail() -> None:
        with cluster() as server:
            folders.append(server.folder)
            assert (server.folder / "data" / "postmaster.pid").exists()
            raise KeyError("planted")

    try:
        with pytest.raises(KeyError, match="planted"):
            fail()
    except NoPostgres as lack:
        pytest.skip(str(lack))
    assert not folders[0].exists()
