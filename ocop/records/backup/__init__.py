"""One file with everything the site knows, and the way back. Works on the database and the file store as such: it knows no table."""

from ocop.records.backup.archive import BackupDamaged
from ocop.records.backup.databases import RestoreRefused
from ocop.records.backup.make import backups_in, make_backup, remove_old
from ocop.records.backup.prove import Proved, prove_restore
from ocop.records.backup.restore import Restored, restore_backup

__all__ = [
    "BackupDamaged",
    "Proved",
    "RestoreRefused",
    "Restored",
    "backups_in",
    "make_backup",
    "prove_restore",
    "remove_old",
    "restore_backup",
]
