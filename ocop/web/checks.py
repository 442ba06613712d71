"""Warnings of `manage.py check --deploy` on what a demo may have and the public site should not."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.database, deploy=True)
def check_database(**_options: Any) -> list[CheckMessage]:
    """SQLite below 3.51.3 can lose a WAL database to two writers; and whoever serves should not own the tables."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return [Warning("SQLite is for demonstration and one-process offices; serve the public from PostgreSQL.", id="ocop.W001")]
    if settings.ENVIRONMENT["MIGRATE_DATABASE_URL"] == settings.ENVIRONMENT["DATABASE_URL"]:
        return [
            Warning(
                "The application owns its tables, so it could drop the audit chain's triggers.",
                hint="Give MIGRATE_DATABASE_URL a role of its own (docs/operations/postgresql.md).",
                id="ocop.W002",
            )
        ]
    return []


@register(Tags.caches, deploy=True)
def check_cache(**_options: Any) -> list[CheckMessage]:
    """Limits are kept in the cache: in memory, each process would count for itself."""
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        return [Warning("Several processes would each count limits for themselves; set CACHE_URL.", id="ocop.W003")]
    return []
