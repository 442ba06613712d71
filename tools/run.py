"""`make run`: the web server, the job worker and the minute's sweep, started together and ended together."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from config.environment import read_environment
from tools.setup import STAMPS, is_done

ROOT = Path(__file__).resolve().parent.parent
STOPPING = threading.Event()
SWEEP_SECONDS = 60
GRACE_SECONDS = 10
BIN = Path(sys.executable).parent


def server_command(port: int, cache_url: str, host: str = "127.0.0.1") -> list[str]:
    """How granian is started. Limits live in the cache: as long as that is a process' own memory, there is one process."""
    workers = 1 if cache_url.startswith("locmem") else 2
    threads = max(2, min(8, os.cpu_count() or 1))  # as many as the pool has connections, at most
    where = f"--interface wsgi --host {host} --port {port} --no-ws"
    how = f"--workers {workers} --blocking-threads {threads} --respawn-failed-workers --log-level warning"
    return [str(BIN / "granian"), *where.split(), *how.split(), "config.wsgi:application"]


def is_free(port: int) -> bool:
    """Whether nobody listens on the port yet. granian itself would share it silently."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def die_with_parent() -> None:
    """On Linux a child is ended when this program dies, even by kill -9; elsewhere only a proper end takes it along."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one child in a group of its own: Ctrl-C reaches this program alone, and it ends each child once, in order."""
    return subprocess.Popen(command, cwd=ROOT, process_group=0, preexec_fn=die_with_parent)


def answers(port: int, within: float) -> bool:
    """Whether the server answers its health address in time."""
    until = time.monotonic() + within
    while time.monotonic() < until and not STOPPING.is_set():
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return True
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


def demo_accounts() -> list[dict[str, str]]:
    """The demo accounts, asked of the project once and kept until the next seeding."""
    kept, seeded = STAMPS / "accounts.json", STAMPS / "seed"
    if kept.exists() and seeded.exists() and is_done("accounts", seeded.read_text()):
        return list(json.loads(kept.read_text())["accounts"])
    asked = subprocess.run([sys.executable, "manage.py", "demo_accounts", "--json"], cwd=ROOT, capture_output=True, check=False)
    if asked.returncode:
        return []
    kept.write_bytes(asked.stdout)
    if seeded.exists():
        (STAMPS / "accounts").write_text(seeded.read_text())
    return list(json.loads(asked.stdout)["accounts"])


def greet(port: int) -> None:
    """Say where the site is and who may sign in."""
    lines = [
        f"{a['role']:<18} {a['username']:<36} {a['password']:<26} {a['organisation']}" for a in demo_accounts() if a["purpose"] == "normal"
    ]
    print("\nDemo accounts (every row they touch is marked demo):\n" + "\n".join(f"  {line}" for line in lines))
    print(f"\nOCOP Bắc Kạn is at http://localhost:{port}   (sign in at /accounts/login/, end with Ctrl-C)\n", flush=True)


def sweep() -> None:
    """Once a minute set off what is due; a sweep that fails says so itself and the next one tries again."""
    while not STOPPING.wait(SWEEP_SECONDS):
        subprocess.run([sys.executable, "manage.py", "run_due"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def stop(_signal: int, _frame: FrameType | None) -> None:
    STOPPING.set()


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to finish what it has in hand, then insist."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def watch(server: subprocess.Popen[bytes], worker_command: list[str], children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the end: a signal, or the server's own death. A worker that dies is started again."""
    while not STOPPING.wait(0.2):
        if server.poll() is not None:
            print("The web server has ended.", file=sys.stderr)
            return server.returncode or 1
        if children[-1].poll() is not None:
            print("The job worker has ended; starting it again.", file=sys.stderr)
            STOPPING.wait(1)
            children[-1] = start(worker_command)
    return 0


def main() -> int:
    values = read_environment()
    port = int(values["PORT"])
    if not is_free(port):
        print(f"Port {port} is taken. Stop what listens there, or choose another: make run PORT={port + 1}", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    worker_command = [sys.executable, "manage.py", "db_worker", "--queue-name", "*"]
    server = start(server_command(port, values["CACHE_URL"]))
    children = [server]
    try:
        is_up = answers(port, within=30)
        children.append(start(worker_command))  # after the first answer: two starts at once would make it wait
        if is_up:
            greet(port)
        threading.Thread(target=sweep, daemon=True).start()
        return watch(server, worker_command, children)
    finally:
        end(children)


if __name__ == "__main__":
    sys.exit(main())
