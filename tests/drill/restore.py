"""P12: a backup of the whole site restores to the same hash on an empty host, and how long that takes."""

import json
import time
from pathlib import Path

from tests.drill.site import DrillFailed, environment_for, manage


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
    return f"{made['rows']} rows and {made['files']} files saved in {saved:.1f} s, restored in {taken:.1f} s: hashes equal, chain sound"
