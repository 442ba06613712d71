"""One file with everything the site knows, and the way back. Works on the database and the file store as such: it knows no table."""

from ocop.records.backup.archive import BackupDamaged
from ocop.records.backup.databases import RestoreRefused
from ocop.records.backup.make import make_backup
from ocop.records.backup.restore import Restored, restore_backup

__all__ = ["BackupDamaged", "RestoreRefused", "Restored", "make_backup", "restore_backup"]
