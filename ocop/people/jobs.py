"""Background work of the people: what sign-ins leave behind does not stay for ever."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ocop.core.actor import system_actor
from ocop.people import actions


@task()
def sweep_sign_ins() -> int:
    return actions.forget_old_sign_ins(actor=system_actor("sweep"), at=timezone.now())


SWEEPS = ((sweep_sign_ins, timedelta(days=1)),)
