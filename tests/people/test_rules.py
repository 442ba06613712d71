"""What a password must be, how codes look, which role fits which place."""

import pytest

from ocop.people import rules
from ocop.people.actions.resets import new_code
from ocop.people.enums import OFFICIAL_ROLES, SUBJECT_ROLES, OfficeKind, Role

WORDS = (*rules.HOUSE_WORDS, "con minh", "Nông Thị Hoa")


@pytest.mark.parametrize(
    ("roles", "length"),
    [((), 12), (("producer",), 12), (("buyer", "keeper"), 12), (("commune_officer",), 15), (("producer", "inspector"), 15)],
)
def test_officials_need_longer_passwords(roles: tuple[str, ...], length: int) -> None:
    assert rules.password_length(roles) == length


@pytest.mark.parametrize(
    ("password", "is_weak"),
    [
        ("ocopbackan2026", True),
        ("OCOP Bắc Kạn 2026!", True),
        ("Ban quản lý Côn Minh".replace("Ban quản lý ", "ocop"), True),
        ("mật khẩu của tôi"[:8] + "12345", True),
        ("nongthihoa1985", True),
        ("suong-som-ven-nuong", False),
        ("ocop thác nước trên đồi", False),
        ("correct horse battery", False),
    ],
)
def test_known_words_do_not_make_a_password(password: str, is_weak: bool) -> None:
    assert rules.is_made_of_known_words(password, WORDS) is is_weak


@pytest.mark.parametrize(
    ("password", "is_dull"), [("aaaaaaaaaaaa", True), ("121212121212", True), ("abcdabcdabcd", True), ("abcdeabcdeab", False)]
)
def test_repeating_a_few_characters_is_monotonous(password: str, is_dull: bool) -> None:
    assert rules.is_monotonous(password) is is_dull


def test_codes_are_readable_random_and_forgiving() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 14 and not set(code) & set("ILOU") for code in codes)
    assert rules.digest_of_code("0K2M-14XT-B0QF") == rules.digest_of_code(" ok2m l4xt boqf ")
    assert rules.digest_of_code("0K2M-14XT-B0QF") != rules.digest_of_code("0K2M-14XT-B0QG")


def test_tokens_and_codes_never_share_a_digest() -> None:
    assert rules.digest_of_token("ABC") != rules.digest_of_code("ABC")


@pytest.mark.parametrize("role", sorted(OFFICIAL_ROLES))
def test_every_official_role_has_an_office_and_no_subject(role: str) -> None:
    fitting = [kind for kind in OfficeKind.values if rules.mandate_fits(role, kind, "")]
    assert fitting
    assert not rules.mandate_fits(role, fitting[0], "producer:x")
    assert not rules.mandate_fits(role, "", "producer:x")


@pytest.mark.parametrize("role", sorted(SUBJECT_ROLES))
def test_every_other_role_has_a_subject_of_its_own_kind(role: str) -> None:
    prefix = rules.SUBJECT_PREFIX[role]
    assert rules.mandate_fits(role, "", f"{prefix}x")
    assert not rules.mandate_fits(role, "", prefix)
    assert not rules.mandate_fits(role, "", "other:x")
    assert not rules.mandate_fits(role, OfficeKind.DEPARTMENT, f"{prefix}x")


def test_the_chair_sits_in_a_council() -> None:
    assert [kind for kind in OfficeKind.values if rules.mandate_fits(Role.CHAIR, kind, "")] == [OfficeKind.COUNCIL]
