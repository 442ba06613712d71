"""P12: a backup of the whole site restores to the same hash on an empty host, and how long that takes."""

import json
import time
from pathlib import Path

from tests.drill.site import DrillFailed, environment_for, manage

RESTORED_WITHIN = 30 * 60  # seconds, RELIABILITY P12
SOMEBODY = "--phone=0900000030"  # a demo producer


def restore_drill(folder: Path, environment: dict[str, str], empty_url: str) -> str:
    """Back up, restore into a database and a folder where nothing is, verify the chain there."""
    begun = time.monotonic()
    made = json.loads(manage(environment, "backup", str(folder / "backups")))
    saved = time.monotonic() - begun
    other = environment_for(folder / "other", empty_url)
    begun = time.monotonic()
    restored = json.loads(manage(other, "restore", made["path"]))
    taken = time.monotonic() - begun
    for name in ("rows_hash", "files_hash"):
        if made[name] != restored[name]:
            raise DrillFailed(f"{name} differs after the restore")
    manage(other, "verify_audit")
    again = json.loads(manage(other, "backup", str(folder / "again")))
    if (again["rows_hash"], again["files_hash"]) != (made["rows_hash"], made["files_hash"]):
        raise DrillFailed("a backup of the restored site has another hash")
    if taken > RESTORED_WITHIN:
        raise DrillFailed(f"the restore took {taken:.0f} s, promised within {RESTORED_WITHIN} s")
    proved = json.loads(manage(environment, "prove_restore", made["path"]))
    if proved["rows_hash"] != made["rows_hash"]:
        raise DrillFailed("the proof restored other rows than were saved")
    return f"{made['rows']} rows and {made['files']} files saved in {saved:.1f} s, restored in {taken:.1f} s: hashes equal, chain sound"


def erasure_drill(folder: Path, environment: dict[str, str]) -> str:
    """P19: somebody is erased after the backup was made; putting it back does not bring them back."""
    path = json.loads(manage(environment, "backup", str(folder / "before-erasure")))["path"]
    begun = time.monotonic()
    held = json.loads(manage(environment, "export_person", SOMEBODY, f"--out={folder}/{environment['DATABASE_URL'][:6]}.zip"))["held"]
    exported = time.monotonic() - begun
    manage(environment, "erase_person", SOMEBODY, "--yes")
    restored = json.loads(manage(environment, "restore", path))
    left = json.loads(manage(environment, "erase_person", SOMEBODY))["held"]
    if not held or not restored["erased_again"] or left:
        raise DrillFailed(f"held before: {held}, erased again: {restored['erased_again']}, left: {left}")
    manage(environment, "verify_audit")
    return f"{sum(held.values())} things exported in {exported:.1f} s, erased, and erased again after the restore; chain sound"
