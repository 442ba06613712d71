"""Writing down that a backup was proved to restore."""

from datetime import datetime

from django.db import transaction

from ocop.core.actor import Actor
from ocop.records.actions.chain import record
from ocop.records.backup.prove import Proved
from ocop.records.models import RestoreProof


@transaction.atomic
def note_proof(*, actor: Actor, proved: Proved, at: datetime) -> RestoreProof:
    """The proof, with the hashes that the backup had when it was made."""
    proof = RestoreProof.objects.create(
        proved_at=at,
        backup_made_at=datetime.fromisoformat(proved.made_at),
        rows_hash=proved.rows_hash,
        files_hash=proved.files_hash,
        rows=proved.rows,
        files=proved.files,
        seconds=round(proved.seconds),
    )
    data = {"backup_made_at": proof.backup_made_at, "rows_hash": proof.rows_hash, "files_hash": proof.files_hash}
    record(actor=actor, event="backup.proved", subject="backup", data=data, at=at, public=False)
    return proof
