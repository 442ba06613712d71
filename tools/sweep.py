"""`python -m tools.sweep`: `manage.py run_due` once a minute, for where no cron is at hand."""

import signal
import subprocess
import sys

from tools.run import ROOT, STOPPING, SWEEP_SECONDS, stop


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not STOPPING.is_set():
        subprocess.run([sys.executable, "manage.py", "run_due"], cwd=ROOT, check=False)
        STOPPING.wait(SWEEP_SECONDS)


if __name__ == "__main__":
    main()
