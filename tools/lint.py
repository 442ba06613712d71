"""`make lint`: every check at once, two at a time; only those that fail speak."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "who may import whom": [str(BIN / "lint-imports"), "--no-logo"],
    "migrations match the models": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "ruff check": [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "house rules": [sys.executable, "-m", "tools.house"],
}


def run(command: list[str]) -> tuple[int, str, float]:
    """Exit code, everything printed, seconds."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr, time.monotonic() - started


def main() -> int:
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = dict(zip(CHECKS, pool.map(run, CHECKS.values()), strict=True))
    for name, (code, output, seconds) in results.items():
        print(f"{'FAILED' if code else 'ok':<7} {name} ({seconds:.1f} s)")
        if code:
            print(output)
    return int(any(code for code, _, _ in results.values()))


if __name__ == "__main__":
    sys.exit(main())
