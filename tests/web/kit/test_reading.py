"""Reading does not write: the guard sees every statement of a GET."""

from typing import Any

import pytest
from django.test import Client

from ocop.people.models import User
from ocop.web.kit.middleware.reading import WriteWhileReading, refuse_writes

pytestmark = pytest.mark.django_db

QUESTIONS = [
    'SELECT "a" FROM "b"',
    " select 1",
    "(SELECT 1) UNION (SELECT 2)",
    'SAVEPOINT "s1"',
    'RELEASE SAVEPOINT "s1"',
    "BEGIN IMMEDIATE",
    "PRAGMA foreign_keys",
    "EXPLAIN SELECT 1",
    'WITH RECURSIVE up AS (SELECT "updated_at" FROM "a") SELECT * FROM up',
    'INSERT INTO "django_session" ("session_key") VALUES (%s)',
    'UPDATE "django_session" SET "expire_date" = %s',
    'DELETE FROM "django_session" WHERE 1',
    'INSERT INTO "access_log" ("n") VALUES (1)',
    'UPDATE "access_head" SET "n" = 2',
    'UPDATE "axes_accesslog" SET "logout_time" = %s',
]
WRITES = [
    'INSERT INTO "people_user" ("id") VALUES (1)',
    'INSERT OR REPLACE INTO "audit_entry" ("n") VALUES (1)',
    'UPDATE "audit_head" SET "n" = 1',
    'DELETE FROM "people_user"',
    'UPDATE "django_session_old" SET "a" = 1',
    "DROP TABLE people_user",
    "TRUNCATE people_user",
    "WITH old AS (SELECT 1) DELETE FROM people_user",
    'WITH x AS (INSERT INTO "people_user" DEFAULT VALUES RETURNING id) SELECT * FROM x',
    "ALTER TABLE a ADD b int",
    "VACUUM",
]


def _execute(sql: str, *_rest: Any) -> str:
    return sql


@pytest.mark.parametrize("sql", QUESTIONS)
def test_questions_and_the_three_exceptions_pass(sql: str) -> None:
    assert refuse_writes(_execute, sql, (), False, {}) == sql


@pytest.mark.parametrize("sql", WRITES)
def test_anything_else_is_refused(sql: str) -> None:
    with pytest.raises(WriteWhileReading):
        refuse_writes(_execute, sql, (), False, {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/s/writes/", "/s/raw-write/"])
def test_a_get_that_writes_fails_and_leaves_nothing(site: Client, path: str) -> None:
    before = User.objects.count()
    assert site.get(path).status_code == 500
    assert User.objects.count() == before


def test_a_post_may_write(site: Client) -> None:
    assert site.post("/s/posts-write/").status_code == 200
    assert User.objects.filter(username="x@y.vn").exists()
