"""No engine runs here, so the files for containers are read and their parts are tried one by one."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import ProgrammingError, connection, transaction

from config.environment import VARIABLES, read_environment

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "ocop:local"}
EXAMPLE = (ROOT / "docs/operations/example.env").read_text(encoding="utf-8")
FILLED = {
    "SITE_HOST": "ocop.example.gov.vn",
    "SECRET_KEY": "k3Vw9-qpX2_TzL7bYcN4mHs8JdR1fGa6UoEi5tPxWv0ZyQBnKMlCrDhSj",
    "EMAIL_URL": "smtp+tls://u:p@mail:587",
    "MAP_TILES_URL": "",
    "WITNESSES": "thanh-tra@example.gov.vn, cong-thuong@example.gov.vn",
}


def filled(value: str) -> str:
    """What compose makes of `${NAME:?}` when .env is filled in."""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda match: FILLED.get(match[1], "f00d"), value)


def test_the_parts_of_the_site_are_there() -> None:
    assert set(OURS) == {"web", "worker", "scheduler", "migrate"}
    assert SERVICES["web"]["deploy"]["replicas"] == 2
    assert SERVICES["database"]["image"].startswith("postgres:")
    assert SERVICES["cache"]["image"].startswith("valkey/valkey:")
    assert SERVICES["store"]["image"].startswith("minio/minio:")


@pytest.mark.parametrize("name", OURS)
def test_its_settings_start_the_project(name: str) -> None:
    environment = {key: filled(str(value)) for key, value in OURS[name]["environment"].items()}
    assert set(environment) <= {variable.name for variable in VARIABLES}
    values = read_environment(environment)
    assert values["OCOP_MODE"] == "production"
    for setting, service in (("DATABASE_URL", "database"), ("CACHE_URL", "cache"), ("STORAGE_URL", "store")):
        assert re.search(rf"[@/]{service}[:/]", values[setting]), f"{setting} names no service of this file"


def test_only_the_migration_knows_the_owner() -> None:
    assert [name for name, service in OURS.items() if "MIGRATE_DATABASE_URL" in service["environment"]] == ["migrate"]


def test_no_secret_is_written_down_and_every_one_is_in_the_example() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    assert asked == set(re.findall(r"^(\w+)=", EXAMPLE, re.M))
    secret = re.compile(r"^(?:SECRET_KEY|\w*PASSWORD|STORE_\w+)=(.+)$", re.M)
    assert secret.findall(EXAMPLE) == []


def test_every_image_has_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    assert [image for image in images if ":" not in image or image.endswith(":latest")] == []


def test_nobody_but_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert "outside" not in SERVICES["web"]["networks"]


def test_the_image_is_locked_small_and_not_root() -> None:
    assert "--require-hashes -r locks/production.txt" in DOCKERFILE
    assert len(re.findall(r"^FROM ", DOCKERFILE, re.M)) == 2
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.M)
    assert users
    assert users[-1] != "root"
    assert "HEALTHCHECK" in DOCKERFILE


def test_every_program_it_starts_exists() -> None:
    words = " ".join([DOCKERFILE, *(str(service.get("command", "")) for service in OURS.values())])
    modules = set(re.findall(r"tools\.(\w+)", words))
    assert {"serve", "health", "sweep"} <= modules
    assert [module for module in modules if not (ROOT / "tools" / f"{module}.py").exists()] == []


def test_the_image_holds_what_it_runs_and_not_the_demo_s_data() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "var", "tests"} <= set(ignored)
    assert not {"ocop", "config", "tools", "data", "locks", "manage.py"} & set(ignored)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.usefixtures("on_postgres")
@pytest.mark.parametrize("table", ["audit_entry", "access_log"])
def test_the_rights_let_the_application_add_to_the_chain_and_not_change_it(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN CREATE ROLE ocop_app; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        cursor.execute(COMPOSE["configs"]["rights"]["content"])
        cursor.execute("SET LOCAL ROLE ocop_app")
        cursor.execute(f"SELECT count(*) FROM {table}")
        cursor.execute("UPDATE people_office SET name = name")
        for statement in (
            f"UPDATE {table} SET event = event",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        ):
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.usefixtures("on_postgres")
def test_even_the_owner_meets_the_trigger() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="append-only"):
        cursor.execute("UPDATE audit_entry SET event = event")
