"""A throw-away PostgreSQL: made in a folder of its own, on a free port, gone at the end whatever happens."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Durable as in production: the suite asserts it. Only the sizes are those of a test.
SETTINGS = {"listen_addresses": "127.0.0.1", "max_connections": "60", "shared_buffers": "64MB", "log_min_messages": "fatal"}


class NoPostgres(Exception):
    """PostgreSQL's programs are not on this machine; the message says what to install."""


def binaries() -> Path:
    """The folder with `initdb`: Debian keeps it out of the PATH, one per version; the newest wins."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*folders, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists():
            return folder
    raise NoPostgres("PostgreSQL is not installed here (on Debian: apt install postgresql).")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _servant() -> pwd.struct_passwd | None:
    """Whom the cluster runs as: PostgreSQL refuses root, so root lends it a user without rights. None: ourselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.")


def _run(command: list[str], servant: pwd.struct_passwd | None, folder: Path) -> None:
    who = {"user": servant.pw_uid, "group": servant.pw_gid, "extra_groups": []} if servant else {}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **who)  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr or done.stdout}")


@dataclass(frozen=True)
class Cluster:
    """A server of our own. `url` is its `DATABASE_URL`."""

    url: str
    port: int
    folder: Path
    programs: Path
    servant: pwd.struct_passwd | None

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        self._control("-w", "-l", f"{self.folder}/log", "-o", f"-p {self.port} -k {self.folder} {options}", "start")

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is what a crash does: the next start replays the log."""
        self._control("-m", mode, "stop")

    def _control(self, *arguments: str) -> None:
        _run([str(self.programs / "pg_ctl"), "-D", f"{self.folder}/data", *arguments], self.servant, self.folder)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running server, gone at the end. Raises `NoPostgres` where there is none to run."""
    programs, servant, port, password = binaries(), _servant(), free_port(), secrets.token_hex(16)
    folder = Path(tempfile.mkdtemp(prefix="ocop-pg-"))
    (folder / "password").write_text(password)
    if servant:
        for path in (folder, folder / "password"):
            os.chown(path, servant.pw_uid, servant.pw_gid)
    how = ["-U", "ocop", "--auth=scram-sha-256", f"--pwfile={folder}/password", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
    try:
        _run([str(programs / "initdb"), "-D", f"{folder}/data", *how], servant, folder)
        server = Cluster(f"postgres://ocop:{password}@127.0.0.1:{port}/postgres", port, folder, programs, servant)
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
