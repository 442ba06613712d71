"""What the settings promise about durability, and what happens when the cache goes away."""

import socket
import time
from pathlib import Path

import pytest
from django.db import connection

from config.caches import FailsafeRedis
from config.stores import cache, database, email, storage

BASE = Path("/srv/ocop")


@pytest.mark.django_db
def test_sqlite_keeps_what_it_acknowledged() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own test below")
    with connection.cursor() as cursor:
        values = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode", "foreign_keys")}
    assert values == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}  # 2 is FULL


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.usefixtures("on_postgres")
@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"])
def test_postgres_keeps_what_it_acknowledged(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone()[0] == "on"


def test_transactions_take_the_write_lock_at_once() -> None:
    assert database("sqlite:////x/y.sqlite3", base=BASE, pooled=True)["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_relative_sqlite_path_counts_from_the_checkout() -> None:
    assert database("sqlite:///var/o.sqlite3", base=BASE, pooled=True)["NAME"] == "/srv/ocop/var/o.sqlite3"
    assert database("sqlite:////data/o.sqlite3", base=BASE, pooled=True)["NAME"] == "/data/o.sqlite3"


def test_postgres_options_of_the_address_stay_and_the_pool_waits_two_seconds() -> None:
    options = database("postgres://u:p%40ss@h:5433/n?sslmode=verify-full", base=BASE, pooled=True)
    assert options["OPTIONS"]["sslmode"] == "verify-full"
    assert options["OPTIONS"]["pool"]["timeout"] == 2
    assert options["CONN_HEALTH_CHECKS"] is True
    assert options["PASSWORD"] == "p@ss"


def test_file_storage_takes_the_folder() -> None:
    assert storage("file:///srv/t%E1%BB%87p")["OPTIONS"]["location"] == "/srv/tệp"


def test_object_store_beside_us_and_far_away() -> None:
    near = storage("s3://key:se%2Fcret@store:9000/ocop")["OPTIONS"]
    assert (near["endpoint_url"], near["secret_key"], near["bucket_name"]) == ("http://store:9000", "se/cret", "ocop")
    assert storage("s3://k:s@s3.example/ocop")["OPTIONS"]["endpoint_url"] == "https://s3.example"


def test_mail_address_becomes_settings() -> None:
    assert email("smtp+tls://u:p@mail:587")["EMAIL_USE_TLS"] is True
    assert email("console://")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_a_cache_that_is_away_answers_like_an_empty_one_and_is_left_alone() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        entry = cache(f"redis://127.0.0.1:{nobody.getsockname()[1]}/0")
        store = FailsafeRedis(entry["LOCATION"], {"OPTIONS": entry["OPTIONS"]})
        started = time.monotonic()
        assert store.get("a", "nothing") == "nothing"
        assert store.set("a", 1) is None
        assert store.add("a", 1) is True
        assert store.get_many(["a", "b"]) == {}
        assert store.delete("a") is False
        with pytest.raises(ValueError, match="not in the cache"):
            store.incr("a")
        assert store.rests_until > started
        assert time.monotonic() - started < 2


@pytest.mark.django_db
def test_the_suite_runs_on_a_database_of_its_own() -> None:
    name = Path(str(connection.settings_dict["NAME"])).name
    assert name.startswith("test")
    assert name != "ocop.sqlite3"
