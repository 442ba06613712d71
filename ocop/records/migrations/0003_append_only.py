"""The database itself refuses to change or delete what the chains hold, and each chain begins with its opening entry."""

from django.db import migrations
from django.utils import timezone

import ocop
from ocop.records import rules

TABLES = ("audit_entry", "access_log")


def create_triggers(connection) -> None:
    """Refuse UPDATE and DELETE on both chains (and TRUNCATE, where the database knows it)."""
    with connection.cursor() as cursor:
        for statement in _creating(connection.vendor):
            cursor.execute(statement)


def drop_triggers(connection) -> None:
    with connection.cursor() as cursor:
        for statement in _dropping(connection.vendor):
            cursor.execute(statement)


def open_chains(get_model, at) -> None:
    """Make the heads and the first entries, unless they are there."""
    for purpose, entry_name, head_name in (
        (rules.AUDIT_PURPOSE, "AuditEntry", "AuditHead"),
        (rules.ACCESS_PURPOSE, "AccessEntry", "AccessHead"),
    ):
        entry_model, head_model = get_model("records", entry_name), get_model("records", head_name)
        head, _made = head_model.objects.get_or_create(id=1)
        if head.n:
            continue
        at = at.replace(microsecond=0)
        fields = {"at": at, "event": rules.OPENING_EVENT, "subject": "chain"}
        body = rules.entry_body(**fields, actor="migrate", mandate=None, data={"software": ocop.__version__})
        first = rules.entry_hash(purpose, 1, rules.GENESIS, body)
        entry_model.objects.create(n=1, prev=rules.GENESIS, body=body, hash=first, actor_id=None, **fields)
        head_model.objects.filter(id=1).update(n=1, hash=first)


def _creating(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in TABLES
            for what in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE FUNCTION refuse_change_of_chain() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_chain()"
        for table in TABLES
    ]
    return [function, *triggers]


def _dropping(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{what}" for table in TABLES for what in ("update", "delete")]
    return [*(f"DROP TRIGGER {table}_append_only ON {table}" for table in TABLES), "DROP FUNCTION refuse_change_of_chain()"]


def _forwards(apps, schema_editor) -> None:
    open_chains(apps.get_model, timezone.now())
    create_triggers(schema_editor.connection)


def _backwards(apps, schema_editor) -> None:
    drop_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_storedfile_rendition_tries")]

    operations = [migrations.RunPython(_forwards, _backwards)]
