"""`python -m tools.serve`: the web server alone, as a container or a service manager starts it; jobs and sweeps run beside it."""

import os

from config.environment import read_environment
from tools.run import server_command


def main() -> None:
    values = read_environment()
    command = server_command(int(values["PORT"]), values["CACHE_URL"], host="0.0.0.0")  # noqa: S104 (a container's own network)
    os.execv(command[0], command)  # noqa: S606 (granian takes this process' place, so that signals reach it)


if __name__ == "__main__":
    main()
