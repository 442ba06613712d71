"""The searched text of products, indexed by the database itself: FTS5 on SQLite, trigrams on PostgreSQL."""

from django.db import migrations

# External content: the words are kept once, in register_product; the triggers keep the index in step with every write, whoever makes it.
_SQLITE_UP = [
    """CREATE VIRTUAL TABLE register_search USING fts5(
        search_text, content='register_product', content_rowid='id', tokenize='unicode61', prefix='1 2 3')""",
    """CREATE TRIGGER register_search_insert AFTER INSERT ON register_product BEGIN
        INSERT INTO register_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    """CREATE TRIGGER register_search_delete AFTER DELETE ON register_product BEGIN
        INSERT INTO register_search(register_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END""",
    """CREATE TRIGGER register_search_update AFTER UPDATE OF id, search_text ON register_product BEGIN
        INSERT INTO register_search(register_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO register_search(rowid, search_text) VALUES (new.id, new.search_text); END""",
    "INSERT INTO register_search(register_search) VALUES ('rebuild')",
]
_SQLITE_DOWN = [
    "DROP TRIGGER register_search_update",
    "DROP TRIGGER register_search_delete",
    "DROP TRIGGER register_search_insert",
    "DROP TABLE register_search",
]
_POSTGRESQL_UP = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX register_product_search ON register_product USING gin (search_text gin_trgm_ops)",
]
_POSTGRESQL_DOWN = ["DROP INDEX register_product_search"]


def _run(schema_editor, sqlite, postgresql):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def build(apps, schema_editor):
    _run(schema_editor, _SQLITE_UP, _POSTGRESQL_UP)


def drop(apps, schema_editor):
    _run(schema_editor, _SQLITE_DOWN, _POSTGRESQL_DOWN)


class Migration(migrations.Migration):
    dependencies = [("register", "0002_standing_is_disputed")]

    operations = [migrations.RunPython(build, drop)]
