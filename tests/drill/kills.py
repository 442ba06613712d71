"""P1: no acknowledged write is lost when the writer, or the database, is killed in the middle."""

import random
import subprocess
import sys
import time
from collections.abc import Callable

from tests.drill.site import ROOT, DrillFailed, manage, query

KILLS = 20
WRITES = 5_000


def kill_drill(environment: dict[str, str], crash: Callable[[], None] | None = None) -> str:
    """Kill -9 the writer at a random moment, twenty times; every fourth time `crash` the database as well."""
    acknowledged: list[int] = []
    chance = random.Random(20261124)
    for turn in range(KILLS):
        first = (turn + 1) * 1_000_000
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.drill.writer", str(first)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert writer.stdout
        wanted = WRITES // KILLS + chance.randrange(40)
        for line in writer.stdout:
            acknowledged.append(int(line))
            if len(acknowledged) and int(line) - first >= wanted:
                break
        time.sleep(chance.random() / 50)
        if crash and turn % 4 == 3:
            crash()
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout.read().split()]
        writer.wait()
    return _judge(environment, acknowledged)


def _judge(environment: dict[str, str], acknowledged: list[int]) -> str:
    found = [int(subject.split(":")[1]) for (subject,) in query(environment, "SELECT subject FROM audit_entry WHERE event = 'drill.write'")]
    lost, doubled = set(acknowledged) - set(found), len(found) - len(set(found))
    if lost or doubled:
        raise DrillFailed(f"{len(lost)} acknowledged writes lost, {doubled} doubled")
    manage(environment, "verify_audit")
    return f"{len(acknowledged)} acknowledged writes, {KILLS} kills: 0 lost, 0 doubled, chain sound"
