"""The representative's values can be taken away, one by one or all; erasing a person is `tests/privacy/test_erasing.py`."""

from typing import Any

import pytest

from ocop.records.models import AuditEntry
from ocop.register.actions import NotFitting, Refused, clear_person, set_person
from ocop.register.models import ProducerPerson
from ocop.register.queries.personal import PERSONAL_FIELDS, fields_filled
from tests.cast import NOW, Cast

PERSON = {"representative": "Nông Thị Riêng", "phone": "0912345678", "ethnicity": "Tày"}


@pytest.fixture
def written(cast: Cast) -> Cast:
    set_person(actor=cast.producer, producer=cast.maker, values=PERSON, has_disability=False, at=NOW)
    return cast


def clear(cast: Cast, *fields: str, **more: Any) -> None:
    clear_person(**{"actor": cast.producer, "producer": cast.maker, "fields": frozenset(fields), "at": NOW, **more})


def test_single_values_go_and_the_others_stay(written: Cast) -> None:
    clear(written, "ethnicity", "has_disability", "home_address")
    person = ProducerPerson.objects.get(producer=written.maker)
    assert (person.representative, person.ethnicity, person.has_disability) == ("Nông Thị Riêng", "", None)
    entry = AuditEntry.objects.get(event="person.cleared")
    assert '"fields":["ethnicity","has_disability"]' in entry.body
    assert "Tày" not in entry.body
    assert fields_filled(written.maker) == ["representative", "phone"]


def test_with_the_last_value_the_row_goes(written: Cast) -> None:
    clear(written, *PERSONAL_FIELDS)
    assert not ProducerPerson.objects.filter(producer=written.maker).exists()
    clear(written, *PERSONAL_FIELDS)
    assert AuditEntry.objects.filter(event="person.cleared").count() == 1


@pytest.mark.parametrize("fields", [(), ("producer",), ("phone", "updated_at")])
def test_only_personal_values_can_be_chosen(written: Cast, fields: tuple[str, ...]) -> None:
    with pytest.raises(NotFitting):
        clear(written, *fields)


@pytest.mark.parametrize("who", ["rival", "rival_clerk", "inspector", "administrator", "newcomer", "chair"])
def test_nobody_else_clears(written: Cast, who: str) -> None:
    with pytest.raises(Refused):
        clear(written, "phone", actor=getattr(written, who))
    assert ProducerPerson.objects.get(producer=written.maker).phone
