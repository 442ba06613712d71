"""`make test`: lint, types, the suite on SQLite and on PostgreSQL, the journeys. Every part runs, even after one has failed.

What a machine lacks is skipped with a word; with CI=1 it is installed where we may (root, apt) and fails where it cannot be.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tools.postgres import NoPostgres, binaries, cluster

ROOT = Path(__file__).resolve().parent.parent
IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=5"]


@dataclass(frozen=True)
class Part:
    """One part of the run, its result for the table at the end."""

    name: str
    result: str
    seconds: float


def run(name: str, command: list[str], **environment: str) -> Part:
    """Run one part and let it speak for itself."""
    print(f"\n== {name} ==", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, check=False)
    return Part(name, "FAILED" if done.returncode else "ok", time.monotonic() - started)


def missing(name: str, sentence: str) -> Part:
    """A part that cannot run here: a failure in CI, a word elsewhere."""
    print(f"\n== {name} ==\n{sentence}", flush=True)
    return Part(name, "FAILED" if IS_CI else "skipped", 0.0)


def install(*packages: str) -> None:
    """Install Debian packages where that is ours to do; a cluster of Debian's own is not started."""
    if not (IS_CI and os.getuid() == 0 and shutil.which("apt-get")):
        return
    print(f"Installing {', '.join(packages)}", flush=True)
    options = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(command, env=options, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False)


def on_postgres() -> Part:
    name = "suite on PostgreSQL"
    try:
        binaries()
    except NoPostgres:
        install("postgresql")
    try:
        with cluster() as server:
            return run(name, [*PYTEST, "-n", "2", "-m", "not journey"], DATABASE_URL=server.url)
    except NoPostgres as lack:
        return missing(name, str(lack))


def journeys() -> Part:
    name = "journeys in Chromium"
    if not shutil.which("chromium"):
        install("chromium")
    if not shutil.which("chromium"):
        return missing(name, "Chromium is not installed here (on Debian: apt install chromium).")
    return run(name, [*PYTEST, "-n", "2", "-m", "journey"], DATABASE_URL="")


def stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # an exception, so that the cluster is taken down on the way out


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    parts = [
        run("lint", [sys.executable, "-m", "tools.lint"]),
        run("types", [str(Path(sys.executable).parent / "mypy")]),
        run("suite on SQLite", [*PYTEST, "-n", "2", "-m", "not journey"], DATABASE_URL=""),
        on_postgres(),
        journeys(),
    ]
    print("\n== all parts ==")
    for part in parts:
        print(f"{part.result:<8} {part.name} ({part.seconds:.0f} s)")
    return int(any(part.result == "FAILED" for part in parts))


if __name__ == "__main__":
    sys.exit(main())
