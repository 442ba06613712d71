"""Background work of the records. A sweep finds what is to do and enqueues one job for each."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ocop.core.actor import system_actor
from ocop.records import actions, queries, rules

logger = logging.getLogger(__name__)


@task()
def deliver_notice(delivery_id: int) -> bool:
    return actions.deliver(actor=system_actor("deliver"), delivery_id=delivery_id, at=timezone.now())


@task()
def size_photo(file_id: int) -> int:
    return actions.make_renditions(actor=system_actor("size-photo"), file_id=file_id, at=timezone.now())


@task()
def erase_file(file_id: int) -> None:
    actions.erase_file(actor=system_actor("sweep"), file_id=file_id, at=timezone.now())


@task()
def erase_stray_blob(name: str) -> bool:
    return actions.erase_stray_blob(actor=system_actor("sweep"), name=name, at=timezone.now())


@task()
def sweep_deliveries() -> int:
    ids = list(queries.due_deliveries(timezone.now()).values_list("pk", flat=True))
    for delivery_id in ids:
        deliver_notice.enqueue(delivery_id)
    return len(ids)


@task()
def sweep_photos() -> int:
    ids = list(queries.files_to_size().values_list("pk", flat=True))
    for file_id in ids:
        size_photo.enqueue(file_id)
    return len(ids)


@task()
def sweep_files() -> int:
    """Erase what was removed and what no row knows; report what a row knows and the store has lost."""
    now = timezone.now()
    for stored in queries.blobs_missing(now):
        logger.error("a stored file is gone", extra={"code": stored.blob.name})
    ids = list(queries.files_to_erase(now).values_list("pk", flat=True))
    for file_id in ids:
        erase_file.enqueue(file_id)
    strays = list(queries.stray_blobs(now))
    for name in strays:
        erase_stray_blob.enqueue(name)
    return len(ids) + len(strays)


@task()
def watch_backups() -> bool:
    """Say it in the log when nobody knows any more whether a backup can be restored. True: all is well."""
    proof = queries.last_proof()
    is_old = rules.proof_is_old(proof.proved_at if proof else None, timezone.now())
    if is_old:
        logger.error("no backup was proved to restore within eight days", extra={"event": "backup.unproved"})
    return not is_old


@task()
def seal_days() -> int:
    """Seal today, if nobody has, and send the witnesses what they lack; returns how many heads went out."""
    now, sealer = timezone.now(), system_actor("seal")
    actions.seal_day(actor=sealer, at=now)
    return sum(actions.mail_head(actor=sealer, head=head, at=now) for head in queries.heads_to_mail(timezone.localdate(now)))


# Each sweep and how often it is due; `manage.py run_due` enqueues them.
SWEEPS = (
    (sweep_deliveries, timedelta(minutes=1)),
    (sweep_photos, timedelta(minutes=1)),
    (sweep_files, timedelta(hours=1)),
    (seal_days, timedelta(hours=1)),
    (watch_backups, timedelta(days=1)),
)
