"""`make drill`: kill, outage and restore drills on sites of their own, and the suite under another clock. Minutes, not seconds."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.drill.kills import kill_drill
from tests.drill.outages import cache_drill, database_drill
from tests.drill.restore import erasure_drill, restore_drill
from tests.drill.site import ROOT, DrillFailed, environment_for, manage
from tools.postgres import Cluster, NoPostgres, cluster


def far_away_drill() -> str:
    """The whole suite on a machine whose own zone is a day ahead (P14)."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "not journey"],
        cwd=ROOT,
        env=os.environ | {"TZ": "Pacific/Auckland"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DrillFailed(done.stdout[-1500:])
    return f"TZ=Pacific/Auckland: {done.stdout.strip().splitlines()[-1]}"


def crash_of(server: Cluster) -> Callable[[], None]:
    def crash() -> None:
        server.stop()
        server.start()

    return crash


def drills(stack: ExitStack) -> dict[str, Callable[[], str]]:
    """Every drill by its name, on a seeded SQLite and, where it is installed, a seeded PostgreSQL."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ocop-drill-")))
    sqlite = environment_for(folder, f"sqlite:///{folder}/ocop.sqlite3")
    seeded(sqlite)
    found: dict[str, Callable[[], str]] = {
        "restore, SQLite": lambda: restore_drill(folder, sqlite, f"sqlite:///{folder}/other.sqlite3"),
        "erasure, SQLite": lambda: erasure_drill(folder, sqlite),
        "kill -9, SQLite": lambda: kill_drill(sqlite),
    }
    try:
        server = stack.enter_context(cluster())
    except NoPostgres as lack:
        print(lack)
        return found | {"another time zone": far_away_drill}
    postgres = environment_for(folder, server.url)
    seeded(postgres)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE other")
    other = server.url.removesuffix("/postgres") + "/other"
    return found | {
        "restore, PostgreSQL": lambda: restore_drill(folder, postgres, other),
        "erasure, PostgreSQL": lambda: erasure_drill(folder, postgres),
        "cache away": lambda: cache_drill(folder, server),
        "database away": lambda: database_drill(folder, server),
        "kill -9, PostgreSQL, with crashes": lambda: kill_drill(postgres, crash_of(server)),
        "another time zone": far_away_drill,
    }


def seeded(environment: dict[str, str]) -> None:
    manage(environment, "migrate", "--noinput", "--verbosity=0")
    manage(environment, "seed", "all")


def main() -> int:
    is_sound = True
    with ExitStack() as stack:
        manage(environment_for(ROOT / "var", f"sqlite:///{ROOT}/var/drill.sqlite3"), "collectstatic", "--noinput", "--verbosity=0")
        for name, drill in drills(stack).items():
            begun = time.monotonic()
            try:
                result, mark = drill(), "ok"
            except DrillFailed as failure:
                result, mark, is_sound = str(failure), "FAILED", False
            print(f"{mark:<7} {name} ({time.monotonic() - begun:.0f} s): {result}", flush=True)
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
