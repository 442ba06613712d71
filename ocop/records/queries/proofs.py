"""When a backup was last proved to restore."""

from ocop.records.models import RestoreProof


def last_proof() -> RestoreProof | None:
    return RestoreProof.objects.order_by("-proved_at", "-pk").first()
