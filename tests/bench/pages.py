"""Requests a second of the public pages beside a bare Django view, in the same run.

gunicorn sync with one worker serves each (neutral: it closes every connection); 1,000 products on SQLite. Sites take turns, round by
round, and the ratio is taken round by round: the machine's own speed falls out of it.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tools.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS, ROUNDS, SECONDS, CLIENTS = 1_000, 5, 2.0, 4
UNCACHED = {"verify": ("/kiem-tra/?ma=BK001", 0.35), "product": ("/sp/BK001", 0.20), "catalogue": ("/san-pham/", 0.12)}
CACHED_GOAL = 0.6


def page_figures() -> list[dict[str, Any]]:
    """One row a page and way of serving: its requests/s, the bare view's, their ratio, the goal."""
    with tempfile.TemporaryDirectory() as folder:
        place = {**os.environ, "OCOP_MODE": "demo", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "ALLOWED_HOSTS": "127.0.0.1"}
        for command in (["manage.py", "migrate", "-v0"], ["manage.py", "seed", "all"], ["manage.py", "collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=place, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "tests.bench.grow", str(PRODUCTS)], cwd=ROOT, env=place, check=True)
        with (
            _served("tests.bench.bare", place) as bare,
            _served("tests.bench.shelf_off", place) as fresh,
            _served("config.wsgi", place) as kept,
        ):
            return _rounds(bare, fresh, kept)


def _rounds(bare: int, fresh: int, kept: int) -> list[dict[str, Any]]:
    asked = [(name, "made anew", fresh, path, goal) for name, (path, goal) in UNCACHED.items()]
    asked += [(name, "kept", kept, path, CACHED_GOAL) for name, (path, _goal) in UNCACHED.items()]
    rates: dict[tuple[str, str], list[tuple[float, float]]] = {(name, way): [] for name, way, *_rest in asked}
    for _round in range(ROUNDS):
        for name, way, port, path, _goal in asked:
            rates[name, way].append((_rate(port, path), _rate(bare, "/")))
    return [
        {
            "page": name,
            "served": way,
            "requests_per_s": round(median(ours for ours, _theirs in rates[name, way])),
            "bare_requests_per_s": round(median(theirs for _ours, theirs in rates[name, way])),
            "ratio": round(median(ours / theirs for ours, theirs in rates[name, way]), 3),
            "goal": goal,
        }
        for name, way, _port, _path, goal in asked
    ]


@contextmanager
def _served(module: str, environment: dict[str, str]) -> Iterator[int]:
    """One gunicorn sync worker; yields its port once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w1", "-b", f"127.0.0.1:{port}", "--log-level", "critical", f"{module}:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int) -> None:
    for _try in range(150):
        try:
            if _get(port, "/"):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def _rate(port: int, path: str) -> float:
    """Good answers a second from CLIENTS at once."""
    until = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(lambda _n: _ask_until(port, path, until), range(CLIENTS))) / SECONDS


def _ask_until(port: int, path: str, until: float) -> int:
    n = 0
    while time.perf_counter() < until:
        first = _get(port, path)[:15]
        if b" 200 " not in first:
            raise RuntimeError(f"{path} answered {first!r}")
        n += 1
    return n


def _get(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        parts = []
        while part := line.recv(262_144):
            parts.append(part)
        return b"".join(parts)
