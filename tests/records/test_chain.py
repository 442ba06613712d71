"""The two chains: what is appended, what the database refuses, what a check finds."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.core.actor import VISITOR, Actor, system_actor
from ocop.records import queries, rules
from ocop.records.actions import NotInTransaction, record, record_access
from ocop.records.models import AccessEntry, AccessHead, AuditEntry, AuditHead
from tests.chain import lifted_triggers

AT = datetime(2026, 12, 20, 3, 4, 5, 678901, tzinfo=UTC)
OFFICER = Actor(user_id=7, mandate_id=3, role="ocop_officer")
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ_", max_size=5), inner, max_size=4),
    max_leaves=12,
)


def append(**changes):
    facts = {"actor": OFFICER, "event": "product.saved", "subject": "product:BK001", "data": {"name": ["a", "b"]}, "at": AT}
    with transaction.atomic():
        return record(**(facts | changes))


def codes(**options):
    return {finding.code for finding in queries.verify_audit(**options).findings}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        (AT, '"2026-12-20T03:04:05Z"'),
        (datetime(2026, 12, 20, 10, 0, tzinfo=timezone(timedelta(hours=7))), '"2026-12-20T03:00:00Z"'),
        (date(2026, 12, 20), '"2026-12-20"'),
        (Decimal("78.40"), '"78.40"'),
        (("a", [True]), '["a",[true]]'),
        ("Mie\u0302\u0301n", '"Miến"'),
    ],
)
def test_canonical_text_of_a_value(value, text):
    assert rules.canonical(value) == text


@pytest.mark.parametrize(
    "value", [1.5, {"a": [0.1]}, b"x", {1: "a"}, AT.replace(tzinfo=None), object(), {"\u1ebf": 1, "e\u0302\u0301": 2}, "\ud800", 2**60]
)
def test_a_value_without_a_single_text_is_refused(value):
    with pytest.raises(rules.NotCanonical):
        rules.canonical(value)


@given(JSON_VALUES)
def test_canonical_text_reads_back_and_does_not_change(value):
    text = rules.canonical(value)
    assert rules.canonical(json.loads(text)) == text


def test_hash_is_that_of_the_specification():
    body = '{"a":1}'
    assert (
        rules.entry_hash("OCOP-AUDIT-1", 12, "f" * 64, body) == hashlib.sha256(f"OCOP-AUDIT-1\n12\n{'f' * 64}\n{body}".encode()).hexdigest()
    )
    assert rules.AUDIT_PURPOSE != rules.ACCESS_PURPOSE


@pytest.mark.django_db
def test_both_chains_open_with_the_version_of_the_software():
    for model in (AuditEntry, AccessEntry):
        first = model.objects.get(n=1)
        assert (first.prev, first.event) == ("0" * 64, "chain.opened")
        assert json.loads(first.body)["data"] == {"software": ocop.__version__}


@pytest.mark.django_db
def test_an_entry_holds_who_what_when_and_follows_the_one_before():
    before = AuditHead.objects.get()
    entry = append()
    assert (entry.n, entry.prev) == (before.n + 1, before.hash)
    assert entry.hash == rules.entry_hash(rules.AUDIT_PURPOSE, entry.n, entry.prev, entry.body)
    assert json.loads(entry.body) == {
        "at": "2026-12-20T03:04:05Z",
        "event": "product.saved",
        "actor": 7,
        "mandate": 3,
        "subject": "product:BK001",
        "data": {"name": ["a", "b"]},
    }
    assert (AuditHead.objects.get().n, AuditHead.objects.get().hash) == (entry.n, entry.hash)
    assert queries.verify_audit().sound


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "said"), [(system_actor("seed"), "seed"), (VISITOR, None)])
def test_machines_are_named_and_visitors_are_nobody(actor, said):
    entry = append(actor=actor)
    assert json.loads(entry.body)["actor"] == said
    assert entry.actor_id is None
    assert queries.verify_audit().sound


@pytest.mark.django_db
def test_only_a_public_entry_raises_the_version_of_public_pages(django_assert_num_queries):
    append(public=False)
    before = queries.public_version()
    entry = append()
    with django_assert_num_queries(1):
        assert queries.public_version() == entry.n > before
    append(public=False)
    assert queries.public_version() == entry.n


@pytest.mark.django_db
def test_a_rollback_takes_the_entry_back_and_leaves_no_hole():
    head = AuditHead.objects.get().n
    with transaction.atomic():
        append()
        transaction.set_rollback(True)
    assert append().n == head + 1
    assert queries.verify_audit().sound


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        record(actor=OFFICER, event="x", subject="y", data={}, at=AT)


@pytest.mark.django_db
def test_reading_has_its_own_chain_with_names_of_fields_only():
    entry = record_access(actor=OFFICER, event="producer.person_read", subject="producer:a", fields=["phone"], at=AT)
    assert json.loads(entry.body)["data"] == {"fields": ["phone"]}
    assert AccessHead.objects.get().n == entry.n
    assert queries.verify_audit(access_log=True).sound
    assert queries.verify_audit(access_log=True).entries == entry.n


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_entry", "access_log"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET event = 'x'", "DELETE FROM {}", "UPDATE {} SET body = body WHERE n = 1"])
def test_the_database_refuses_to_change_or_delete(table, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.django_db
@pytest.mark.postgres
def test_postgresql_refuses_to_truncate(on_postgres):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


@pytest.fixture
def chain(db):
    """Six entries and the opening one, with the triggers out of the way: the intruder owns the database."""
    for number in range(6):
        append(subject=f"product:BK00{number}")
    with lifted_triggers():
        yield AuditEntry.objects
    AuditEntry.objects.all()


def swap(chain):
    three, four = chain.get(n=3), chain.get(n=4)
    chain.filter(n=3).update(body=four.body, subject=four.subject)
    chain.filter(n=4).update(body=three.body, subject=three.subject)


def insert(chain):
    last = chain.get(n=7)
    AuditHead.objects.update(n=9)
    chain.create(
        n=9, prev=last.hash, body=last.body, hash="a" * 64, at=last.at, event=last.event, subject=last.subject, actor_id=last.actor_id
    )


@pytest.mark.parametrize(
    ("tamper", "code", "n"),
    [
        (lambda chain: chain.filter(n=4).update(body=chain.get(n=4).body.replace("BK002", "BK009")), "hash", 4),
        (lambda chain: chain.filter(n=4).update(subject="product:BK009"), "column", 4),
        (lambda chain: chain.filter(n=4).update(actor_id=8), "column", 4),
        (lambda chain: chain.filter(n=4).update(event="nothing"), "column", 4),
        (lambda chain: chain.filter(n=4).update(at=AT + timedelta(days=1)), "column", 4),
        (lambda chain: chain.filter(n=4).update(body="{"), "body", 4),
        (lambda chain: chain.filter(n=4).update(body="[]"), "body", 4),
        (lambda chain: chain.filter(n=4).delete(), "hole", 5),
        (lambda chain: chain.filter(n=1).delete(), "opening", 2),
        (lambda chain: chain.all().delete(), "opening", 0),
        (lambda chain: chain.filter(n=7).delete(), "head", 6),
        (lambda chain: AuditHead.objects.update(hash="0" * 64), "head", 7),
        (lambda chain: AuditHead.objects.update(public_n=99), "head", 7),
        (lambda chain: AuditHead.objects.all().delete(), "head", 7),
        (swap, "hash", 3),
        (insert, "hole", 9),
    ],
)
def test_a_check_finds(chain, tamper, code, n):
    tamper(chain)
    found = queries.verify_audit()
    assert not found.sound
    assert (n, code) in {(finding.n, finding.code) for finding in found.findings}


def rewrite(chain):
    """What the holder of the database can do: make the whole chain anew, with every hash and the head right."""
    prev = rules.GENESIS
    for entry in chain.order_by("n"):
        body = entry.body.replace("BK002", "BK009")
        digest = rules.entry_hash(rules.AUDIT_PURPOSE, entry.n, prev, body)
        chain.filter(n=entry.n).update(body=body, prev=prev, hash=digest, subject=json.loads(body)["subject"])
        prev = digest
    AuditHead.objects.update(hash=prev)


def test_a_chain_rewritten_as_a_whole_is_found_by_the_witness_alone(chain):
    witnessed = [rules.Head(5, chain.get(n=5).hash), rules.Head(2, chain.get(n=2).hash)]
    rewrite(chain)
    assert queries.verify_audit().sound
    found = queries.verify_audit(witnessed=witnessed)
    assert [(finding.n, finding.code) for finding in found.findings] == [(5, "witness")]


def test_a_cut_chain_with_a_mended_head_is_found_by_the_witness(chain):
    witnessed = [rules.Head(7, chain.get(n=7).hash)]
    chain.filter(n=7).delete()
    AuditHead.objects.update(n=6, hash=chain.get(n=6).hash, public_n=6)
    assert queries.verify_audit().sound
    assert codes(witnessed=witnessed) == {"witness"}
