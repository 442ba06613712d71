"""How long a backup may live, and how old the proof that one can be restored may be (RELIABILITY.md P12, P19)."""

from datetime import datetime, timedelta

BACKUP_LIVES = timedelta(days=90)  # erased persons live on in it, and no longer
PROOF_HOLDS = timedelta(days=8)  # a week and a day: a weekly proof that is one day late is no alarm yet
RESTORE_SECONDS = 30 * 60


def backup_is_over(made_at: datetime, at: datetime) -> bool:
    return at - made_at > BACKUP_LIVES


def proof_is_old(proved_at: datetime | None, at: datetime) -> bool:
    """Nobody knows today whether a backup can be restored."""
    return proved_at is None or at - proved_at > PROOF_HOLDS
