"""Every environment variable: documented, defaulted, and refused with a sentence when it is wrong."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from config.environment import DEMO_SECRET, VARIABLES, BadEnvironment, read_environment

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k3Vw9-qpX2_TzL7bYcN4mHs8JdR1fGa6UoEi5tPxWv0ZyQBnKMlCrDhSj"
PRODUCTION = {
    "OCOP_MODE": "production",
    "DATABASE_URL": "postgres://app:pw@db/ocop",
    "MIGRATE_DATABASE_URL": "postgres://owner:pw@db/ocop",
    "CACHE_URL": "redis://cache:6379/0",
    "EMAIL_URL": "smtp+tls://u:p@mail:587",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "ocop.backan.example",
    "SITE_URL": "https://ocop.backan.example",
}
MALFORMED = [
    ("OCOP_MODE", "prod"),
    ("DATABASE_URL", "mysql://h/n"),
    ("DATABASE_URL", "/var/lib/ocop.sqlite3"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "postgres://"),
    ("DATABASE_URL", "postgres://host"),
    ("DATABASE_URL", "postgres://host:port/name"),
    ("MIGRATE_DATABASE_URL", "postgres:/host/name"),
    ("CACHE_URL", "memcached://h"),
    ("CACHE_URL", "redis://"),
    ("STORAGE_URL", "file://relative/folder"),
    ("STORAGE_URL", "/srv/files"),
    ("STORAGE_URL", "s3://bucket"),
    ("STORAGE_URL", "s3://key:secret@host"),
    ("EMAIL_URL", "mail.example"),
    ("EMAIL_URL", "smtp://"),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "*.example"),
    ("ALLOWED_HOSTS", "https://a.example"),
    ("ALLOWED_HOSTS", "a.example,,b.example"),
    ("SITE_URL", "ocop.example"),
    ("SITE_URL", "https://ocop.example/portal"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "many"),
    ("TRUSTED_PROXIES", "99"),
    ("MAP_TILES_URL", "https://tiles.example/tile.png"),
    ("MAP_TILES_URL", "ftp://tiles.example/{z}/{x}/{y}.png"),
    ("WITNESSES", "thanh-tra"),
    ("PORT", "http"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "١٢٣"),
]


def test_every_variable_has_a_malformed_value_above() -> None:
    assert {name for name, _ in MALFORMED} == {variable.name for variable in VARIABLES}


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_malformed_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadEnvironment, match=rf"^{name} is malformed: it .+\.$"):
        read_environment({name: value})


@pytest.mark.parametrize("name", sorted({name for name, _ in MALFORMED}))
def test_the_program_itself_stops_with_the_sentence(name: str) -> None:
    value = next(value for other, value in MALFORMED if other == name)
    done = _check({name: value})
    assert done.returncode == 1
    assert re.fullmatch(rf"{name} is malformed: .+\.\n", done.stderr), done.stderr


def test_unknown_variable_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="OCOP_MOED is not a setting"):
        read_environment({"OCOP_MOED": "demo"})


def test_empty_means_default() -> None:
    assert read_environment({"DATABASE_URL": "", "PORT": ""})["PORT"] == "8000"


def test_owner_connection_defaults_to_the_application_s() -> None:
    assert read_environment({"DATABASE_URL": "postgres://h/n"})["MIGRATE_DATABASE_URL"] == "postgres://h/n"


def test_production_as_documented_is_accepted() -> None:
    assert read_environment(PRODUCTION)["OCOP_MODE"] == "production"


@pytest.mark.parametrize("name", [variable.name for variable in VARIABLES if variable.needed_in_production])
def test_production_misses_each_needed_variable(name: str) -> None:
    with pytest.raises(BadEnvironment, match=rf"^{name} must be set"):
        read_environment({key: value for key, value in PRODUCTION.items() if key != name})


def test_production_refuses_the_demo_secret() -> None:
    with pytest.raises(BadEnvironment, match="SECRET_KEY is the demo secret"):
        read_environment(PRODUCTION | {"SECRET_KEY": DEMO_SECRET})


def test_production_refuses_plain_http() -> None:
    with pytest.raises(BadEnvironment, match="SITE_URL is malformed: it must begin with https"):
        read_environment(PRODUCTION | {"SITE_URL": "http://ocop.backan.example"})


@pytest.mark.skipif(find_spec("storages") is not None, reason="the package is installed here")
def test_an_address_whose_package_is_missing_is_refused() -> None:
    done = _check({"STORAGE_URL": "s3://key:secret@store:9000/ocop"})
    assert done.stderr.startswith("STORAGE_URL is s3://… and its package is missing"), done.stderr


def test_check_deploy_is_clean_in_production() -> None:
    done = _check(PRODUCTION, "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"DATABASE_URL": "sqlite:////tmp/never-made.sqlite3", "MIGRATE_DATABASE_URL": ""}, "ocop.W001"),
        ({"MIGRATE_DATABASE_URL": ""}, "ocop.W002"),
        ({"CACHE_URL": ""}, "ocop.W003"),
    ],
)
def test_check_deploy_warns_of_what_production_should_not_have(changed: dict[str, str], word: str) -> None:
    assert word in _check(PRODUCTION | changed, "--deploy").stderr


def _check(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`manage.py check` in a process that knows only these variables."""
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    command = [sys.executable, "manage.py", "check", *arguments]
    return subprocess.run(command, cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False)
