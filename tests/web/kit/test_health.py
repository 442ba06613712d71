"""Health: the process, and what it needs."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from ocop.web.kit import health


def test_healthz_asks_nothing_of_the_database(site: Client) -> None:
    response = site.get("/healthz")  # without the django_db mark a query would fail
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_all_is_there(site: Client) -> None:
    response = site.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "storage": "ok", "jobs": "ok"}


@pytest.mark.django_db
def test_not_ready_while_jobs_wait_and_no_worker_runs(site: Client) -> None:
    job = DBTaskResult.objects.create(
        status=TaskResultStatus.READY,
        args_kwargs={},
        task_path="x",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
    )
    assert site.get("/readyz").status_code == 200
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - timedelta(minutes=20))
    response = site.get("/readyz")
    assert response.status_code == 503
    assert response.json()["jobs"] == "behind"
    assert response["Retry-After"] == "15"


@pytest.mark.django_db
def test_not_ready_without_a_place_for_files(site: Client, settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "file" / "files")}}
    }
    assert site.get("/readyz").json()["storage"] == "away"


def test_a_question_that_breaks_is_answered_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> str:
        raise ConnectionRefusedError("db.internal:5432")

    monkeypatch.setitem(health.QUESTIONS, "database", breaks)
    monkeypatch.setattr(health, "QUESTIONS", {"database": breaks})
    assert health.readiness() == {"database": "away"}


def test_robots_know_the_sitemap_and_stay_out_of_the_desk(site: Client, db: None) -> None:
    text = site.get("/robots.txt").content.decode()
    assert "Disallow: /viec/" in text
    assert "/sitemap.xml" in text


def test_the_icon_old_browsers_ask_for(site: Client, db: None) -> None:
    assert site.get("/favicon.ico")["Location"].endswith("mark.svg")
