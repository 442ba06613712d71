"""A process killed in the middle of an intake leaves nothing behind (RELIABILITY P15)."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from ocop.records.models import AuditEntry
from ocop.register.models import Product
from tests.opening import load_opening
from tests.register.sheets import book, content, row, take_in


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_killed_in_the_middle_nothing_is_written(tmp_path):
    """A real process, killed while it writes: what is there afterwards is what was there before."""
    load_opening()
    path = tmp_path / "so.xlsx"
    path.write_bytes(content(book([row(name=f"Chè {n}", producer=f"HTX {n}") for n in range(3000)])))
    before = Product.objects.count(), AuditEntry.objects.count()
    program = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from django.core.management import call_command\n"
        "def slowly(execute, sql, *rest):\n"
        "    if 'register_recognition' in sql and sql.startswith('INSERT'):\n"
        "        print('writing', flush=True); import time; time.sleep(60)\n"
        "    return execute(sql, *rest)\n"
        "with connection.execute_wrapper(slowly):\n"
        f"    call_command('import_register', {str(path)!r}, '--commit')\n"
    )
    database = settings.DATABASES["default"]
    url = f"sqlite:///{database['NAME']}" if "sqlite" in database["ENGINE"] else _postgres_url(database)
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings", "OCOP_MODE": "test"}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, cwd=settings.BASE_DIR)
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert (Product.objects.count(), AuditEntry.objects.count()) == before
    assert take_in(path, "--commit")["products_created"] == 3000


def _postgres_url(database):
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
