"""Addresses from the environment turned into Django's settings: database, cache, files."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def database(url: str, *, base: Path, pooled: bool) -> dict[str, Any]:
    """The `DATABASES` entry of an address; a relative SQLite path counts from `base`, wherever the command was started."""
    entry: dict[str, Any] = environ.Env.db_url_config(url)
    if entry["ENGINE"] == "django.db.backends.sqlite3":
        entry["NAME"] = str(base / entry["NAME"])
        # FULL, because NORMAL loses acknowledged writes on power loss; IMMEDIATE, because a deferred transaction that reads and
        # then writes fails at once with "database is locked" instead of waiting.
        entry["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
        entry["CONN_MAX_AGE"] = 60
        return entry
    options = entry.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", 2)
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 2} if pooled else False
    entry["CONN_HEALTH_CHECKS"] = True
    return entry


def cache(url: str) -> dict[str, Any]:
    """The `CACHES` entry of an address; Redis and Valkey may go away without taking the site with them."""
    if urlsplit(url).scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    return {
        "BACKEND": "config.caches.FailsafeRedis",
        "LOCATION": url,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }


def storage(url: str) -> dict[str, Any]:
    """The `STORAGES` entry of an address. A port other than 443 is a store beside us, spoken to without TLS."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": unquote(parts.path)}}
    secure = parts.port in (None, 443)
    return {
        "BACKEND": "config.s3.Store",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"https://{parts.hostname}" if secure else f"http://{parts.hostname}:{parts.port}",
            "bucket_name": parts.path.strip("/"),
            "file_overwrite": False,
        },
    }


def email(url: str) -> dict[str, Any]:
    """The `EMAIL_…` settings of an address."""
    scheme, rest = url.split("://", 1)
    names = {"console": "consolemail", "memory": "memorymail"}
    return dict(environ.Env.email_url_config(f"{names.get(scheme, scheme)}://{rest}"))
