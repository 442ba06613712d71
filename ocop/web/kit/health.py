"""Is the site able to work? One question for each thing it needs; no secret and no address in the answers."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

QUEUE_PATIENCE = timedelta(minutes=15)
_migrated: set[str] = set()  # an answer "all applied" stays true for this process


def readiness() -> dict[str, str]:
    """What is needed and how it is: "ok", or one word for what is wrong."""
    answers = {"database": _asked(_database)}
    for name, question in QUESTIONS.items():
        # Without a database there is no use in waiting for it once more per question.
        is_hopeless = answers["database"] != "ok" and name in NEED_DATABASE
        answers[name] = "away" if is_hopeless else answers.get(name) or _asked(question)
    return answers


def _asked(question: Callable[[], str]) -> str:
    try:
        return question()
    except Exception:  # whatever a driver raises, the answer is that it is away
        return "away"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "pending"
        _migrated.add(connection.alias)
    return "ok"


def _storage() -> str:
    if hasattr(default_storage, "location"):  # the file system; S3 has no such thing
        folder = Path(default_storage.location)
        while not folder.exists():  # made by the first upload
            folder = folder.parent
        return "ok" if folder.is_dir() and os.access(folder, os.W_OK) else "away"
    default_storage.exists("readyz")
    return "ok"


def _jobs() -> str:
    """Work that could have begun a quarter of an hour ago and has not: no worker runs."""
    since = timezone.now() - QUEUE_PATIENCE
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=since)
    return "behind" if waiting.filter(Q(run_after__lt=since) | Q(run_after=get_date_max())).exists() else "ok"


QUESTIONS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "storage": _storage, "jobs": _jobs}
NEED_DATABASE = {"migrations", "jobs"}
