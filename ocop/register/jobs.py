"""Background work of the register. A sweep finds the renewals to call and enqueues one job for each."""

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


# Each sweep and how often it is due; `manage.py run_due` enqueues them.
SWEEPS = ((sweep_renewals, timedelta(hours=3)),)
