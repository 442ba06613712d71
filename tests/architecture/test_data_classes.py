"""Every field of every table has a class in docs/architecture/data-classes.csv, and every personal one a word on what an erasure does.

A new field fails here until somebody writes its line:

- public: may stand on a page that anybody reads
- internal: for the work of officers and keepers, and for the machine
- personal: somebody can be told from it (Law 91/2025/QH15, Art. 2)
- sensitive: personal data the law protects more, and secrets: identity number, ethnicity, disability, keys, digests of passwords
"""

import csv
from typing import NamedTuple

from django.apps import apps

from ocop.register.models import Producer, Product
from tools.docs import ROOT

TABLE = ROOT / "docs/architecture/data-classes.csv"
CLASSES = {"public", "internal", "personal", "sensitive"}
ERASURES = {"deleted", "emptied", "replaced", "scrubbed"}  # or "kept: why"
# Fields of these names hold personal data wherever they stand.
TELLING = {
    "phone",
    "email",
    "full_name",
    "address",
    "identity_number",
    "ethnicity",
    "gender",
    "home_address",
    "ip",
    "ip_address",
    "username",
}
PUBLIC_ADDRESSES = {("register.Producer", "address")}  # of the business, where guests come


class Line(NamedTuple):
    model: str
    field: str
    data_class: str
    erasure: str


def lines() -> list[Line]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Line(row["model"], row["field"], row["class"], row["erasure"]) for row in csv.DictReader(file)]


def fields() -> set[tuple[str, str]]:
    return {(model._meta.label, field.name) for model in apps.get_models() for field in model._meta.concrete_fields}


def test_every_field_has_one_class_and_no_line_is_stale() -> None:
    written = [(line.model, line.field) for line in lines()]
    missing = sorted(fields() - set(written))
    assert missing == [], f"write a line for each into {TABLE.relative_to(ROOT)}"
    assert sorted(set(written) - fields()) == []
    assert written == sorted(set(written)), "one line a field, in order"
    assert len(written) > 500


def test_classes_and_erasures_are_known_words() -> None:
    assert {line.data_class for line in lines()} == CLASSES
    wrong = [line for line in lines() if line.erasure and line.erasure not in ERASURES and not line.erasure.startswith("kept: ")]
    assert wrong == []


def test_personal_fields_say_what_an_erasure_does_and_others_say_nothing() -> None:
    assert [line for line in lines() if (line.data_class in {"personal", "sensitive"}) != bool(line.erasure)] == []


def test_what_is_called_a_phone_is_personal() -> None:
    found = [line for line in lines() if line.field in TELLING and line.data_class in {"public", "internal"}]
    assert {(line.model, line.field) for line in found} == PUBLIC_ADDRESSES


def test_public_tables_of_the_portal_hold_nothing_personal_but_the_published_number() -> None:
    """What the portal reads a page from; the number is shown with consent alone."""
    tables = {Producer._meta.label, Product._meta.label}
    assert {line.field for line in lines() if line.model in tables and line.erasure} == {"business_phone", "business_zalo"}
