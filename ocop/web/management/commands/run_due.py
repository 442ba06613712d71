"""Enqueue every sweep that is due. Run it each minute (cron, compose or the worker); running it twice does no harm."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from ocop.records import jobs as records
from ocop.register import jobs as register

SWEEPS = (*records.SWEEPS, *register.SWEEPS)
_KEEP_RESULTS_DAYS = 7


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        due = [sweep for sweep, every in SWEEPS if is_due(sweep, every, now)]
        for sweep in due:
            sweep.enqueue()
        if DBTaskResult.objects.filter(finished_at__lt=now - timedelta(days=_KEEP_RESULTS_DAYS + 1)).exists():
            call_command("prune_db_task_results", min_age_days=_KEEP_RESULTS_DAYS, stdout=self.stdout)
        self.stdout.write(f"enqueued: {', '.join(sweep.name for sweep in due) or 'nothing'}")


def is_due(sweep: Task, every: timedelta, now: datetime) -> bool:
    """Not while one waits in the queue (the worker may be away), and not sooner than its period allows."""
    past = DBTaskResult.objects.filter(task_path=sweep.module_path)
    margin = timedelta(seconds=5)  # cron is never on the second
    return not (past.filter(status=TaskResultStatus.READY).exists() or past.filter(enqueued_at__gt=now - every + margin).exists())
