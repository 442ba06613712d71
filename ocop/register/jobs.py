"""Background work of the register. A sweep finds what is to do and enqueues one job for each."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ocop.core.actor import system_actor
from ocop.register import actions, queries
from ocop.register.models import Product


@task()
def call_renewal(product_id: int) -> bool:
    product = Product.objects.get(pk=product_id)
    return actions.call_renewal(actor=system_actor("sweep"), product=product, at=timezone.now()) is not None


@task()
def sweep_renewals() -> int:
    """Several times a day, so that a machine that was away in the morning calls in the afternoon; each call goes out once."""
    ids = queries.products_to_call(timezone.localdate())
    for product_id in ids:
        call_renewal.enqueue(product_id)
    return len(ids)


@task()
def read_intake(batch_id: int) -> bool:
    return actions.read_intake(actor=system_actor("import"), batch_id=batch_id, at=timezone.now())


@task()
def forget_intake(batch_id: int) -> bool:
    return actions.forget_intake(actor=system_actor("sweep"), batch_id=batch_id, at=timezone.now())


@task()
def sweep_intakes() -> int:
    """Sheets that wait for a reader or lost theirs, and those that were kept long enough."""
    now = timezone.now()
    to_read = list(queries.intakes_to_read(now).values_list("pk", flat=True))
    to_forget = list(queries.intakes_to_forget(now).values_list("pk", flat=True))
    for batch_id in to_read:
        read_intake.enqueue(batch_id)
    for batch_id in to_forget:
        forget_intake.enqueue(batch_id)
    return len(to_read) + len(to_forget)


# Each sweep and how often it is due; `manage.py run_due` enqueues them.
SWEEPS = ((sweep_intakes, timedelta(minutes=1)), (sweep_renewals, timedelta(hours=3)))
