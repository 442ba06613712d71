"""`make setup`: database, opening data, demo rows, static files; done again only when what they are made of changed."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from config.environment import read_environment
from config.stores import database

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / "var" / "stamps"


def manage(*arguments: str) -> None:
    """Run one management command; ends the program with its exit code when it fails."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"manage.py {' '.join(arguments)} failed.")


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """One hash over the words and over the names and contents of the files."""
    whole = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        whole.update(f"\n{path.relative_to(ROOT)}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def files(*patterns: str) -> list[Path]:
    """The project's files that match, compiled Python left out."""
    return [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file() and "__pycache__" not in path.parts]


def is_done(name: str, mark: str) -> bool:
    """Whether the step was finished for exactly this fingerprint."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == mark


def finish(name: str, mark: str) -> None:
    """Remember that the step is finished for this fingerprint."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


def prepare_static() -> None:
    """Collect the static files under hashed names."""
    mark = fingerprint(files("ocop/web/**/static/**/*", "ocop/web/kit/bundles.py", "config/settings.py", "locks/run.txt"))
    if not is_done("static", mark) or not (ROOT / "var" / "static").exists():
        print("Collecting static files", flush=True)
        manage("collectstatic", "--noinput", "--verbosity=0")
        finish("static", mark)


def prepare_database(url: str) -> None:
    """Migrate and seed. A database that is no file of ours keeps no stamp: it may have been made anew behind our back."""
    entry = database(url, base=ROOT, pooled=False)
    is_file = entry["ENGINE"].endswith("sqlite3")
    is_there = is_file and Path(entry["NAME"]).exists()
    mark = fingerprint(files("ocop/**/migrations/*.py", "locks/run.txt"), url)
    if not (is_there and is_done("migrate", mark)):
        print("Preparing the database", flush=True)
        manage("migrate", "--noinput", "--verbosity=0")
        finish("migrate", mark)
    mark = fingerprint(files("data/**/*", "ocop/**/demo.py", "ocop/**/demo/*.py", "ocop/web/management/commands/seed.py"), url)
    if not (is_there and is_done("seed", mark)):
        print("Loading the opening data and the demo rows", flush=True)
        manage("seed", "all")
        finish("seed", mark)


def main() -> None:
    """Bring the checkout to where `make run` can serve it."""
    values = read_environment()
    if values["OCOP_MODE"] == "production":
        sys.exit("`make` prepares the demo; docs/operations/deploy.md says how production is set up.")
    (ROOT / "var").mkdir(exist_ok=True)
    prepare_database(values["DATABASE_URL"])
    prepare_static()


if __name__ == "__main__":
    main()
