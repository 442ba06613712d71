"""`python -m tools.health`: asks this machine's own server whether it lives, under the first name it is allowed to answer to."""

import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

from config.environment import read_environment


def main() -> int:
    values = read_environment()
    host = values["ALLOWED_HOSTS"].split(",")[0].strip()
    question = Request(f"http://127.0.0.1:{values['PORT']}/healthz", headers={"Host": host})
    try:
        with urlopen(question, timeout=3) as answer:
            return 0 if answer.status == 200 else 1
    except (URLError, ConnectionError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
