"""The password rules as the site asks them."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ocop.people.models import User
from tests.people.conftest import Person

GOOD_FOR_ALL = "suong-som-nuong"  # 15
GOOD_FOR_MOST = "suong-som-nuo"  # 13


def codes(password: str, user: User | None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {single.code or "" for single in error.error_list}
    return set()


def test_length_follows_the_person(person: Person) -> None:
    official, producer = person("inspector", "thanh-tra"), person("producer", "producer:x")
    assert codes(GOOD_FOR_MOST, producer) == set()
    assert codes(GOOD_FOR_MOST, official) == {"password_too_short"}
    assert codes(GOOD_FOR_ALL, official) == set()


def test_length_follows_the_role_an_invitation_is_for(province: object) -> None:
    invited = User(full_name="Người Mời", email="moi@thu.vn")
    assert codes(GOOD_FOR_MOST, invited) == set()
    invited.expected_roles = frozenset({"commune_officer"})
    assert codes(GOOD_FOR_MOST, invited) == {"password_too_short"}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngan", "password_too_short"),
        ("passwordpassword", "password_known_words"),
        ("ocop-con-minh-2026", "password_known_words"),  # a commune of the register
        ("hoang-thi-lan-2026", "password_known_words"),  # the person's own name
        ("0912345678-0912", "password_too_similar"),
        ("ababababababab", "password_monotonous"),
        ("1q2w3e4r5t6y7u8i9o0p", "password_too_common"),
    ],
)
def test_what_is_refused(province: object, password: str, code: str) -> None:
    assert code in codes(password, User(full_name="Hoàng Thị Lan", phone="0912345678"))


@pytest.mark.parametrize(
    "password", ["a very long sentence of small words", "MUARAOTRENDOICHE", "19287465019283746", "mưa rào trên đồi chè" * 6]
)
def test_no_rule_on_the_kinds_of_characters(province: object, password: str) -> None:
    assert codes(password, User(full_name="Hoàng Thị Lan", email="lan@thu.vn")) == set()
