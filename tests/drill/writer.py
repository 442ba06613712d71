"""`python -m tests.drill.writer FIRST`: writes entries one after another and says each number only when it is committed."""

import os
import sys
from itertools import count

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import transaction  # noqa: PLC0415 (Django must be ready first)
    from django.utils import timezone  # noqa: PLC0415

    from ocop.core.actor import system_actor  # noqa: PLC0415
    from ocop.records.actions import record  # noqa: PLC0415

    for number in count(int(sys.argv[1])):
        with transaction.atomic():
            record(actor=system_actor("drill"), event="drill.write", subject=f"drill:{number}", data={"n": number}, at=timezone.now())
        print(number, flush=True)


if __name__ == "__main__":
    main()
