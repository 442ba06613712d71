"""`make lock`: the dependencies of pyproject.toml resolved for every supported Python, with hashes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run.txt": [],
    "production.txt": ["--extra", "s3", "--extra", "redis"],
    "dev.txt": ["--group", "dev"],
}
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]


def main() -> int:
    uv = Path(sys.executable).parent / "uv"
    for name, choice in LOCKS.items():
        command = [str(uv), "pip", "compile", "pyproject.toml", *OPTIONS, *choice, "-o", f"locks/{name}"]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
        print(f"locks/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
