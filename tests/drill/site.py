"""What the drills share: a site of their own on a database of their own."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg

from tools.postgres import free_port
from tools.run import server_command
from tools.setup import ROOT

__all__ = ["ROOT", "Answer", "DrillFailed", "ask", "environment_for", "manage", "query", "serving"]


class DrillFailed(Exception):
    """A promise was not kept; the message says which."""


class Answer:
    """One answer of the site, and how long it took."""

    def __init__(self, status: int, headers: Message, body: str, seconds: float) -> None:
        self.status, self.headers, self.body, self.seconds = status, headers, body, seconds


def environment_for(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    """Demo settings on this database; nothing of the caller's own."""
    own = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return own | {"OCOP_MODE": "demo", "DATABASE_URL": database_url, "STORAGE_URL": f"file://{folder}/files"} | more


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DrillFailed(f"manage.py {' '.join(arguments)}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    return done.stdout


def query(environment: dict[str, str], sql: str) -> list[Any]:
    """Ask the drill's database directly, past Django."""
    url = environment["DATABASE_URL"]
    if url.startswith("postgres"):
        with psycopg.connect(url) as connection:
            return connection.execute(sql).fetchall()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return connection.execute(sql).fetchall()


def ask(url: str, patience: float = 10) -> Answer:
    """GET; an error status is an answer too."""
    begun = time.monotonic()
    try:
        with urlopen(url, timeout=patience) as answer:
            return _answer(answer, begun)
    except HTTPError as error:
        return _answer(error, begun)  # type: ignore[arg-type]


def _answer(answer: HTTPResponse, begun: float) -> Answer:
    return Answer(answer.status, answer.headers, answer.read().decode(), time.monotonic() - begun)


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The site's own server on a free port; yields its address."""
    port = free_port()
    command = server_command(port, environment.get("CACHE_URL", "locmem://"))
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                ask(f"http://127.0.0.1:{port}/healthz")
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=15)
