"""Who is who on a date, and who may look up whom."""

from datetime import date, timedelta

import pytest

from ocop.core.actor import Actor
from ocop.people import queries
from ocop.people.models import Mandate, User
from tests.people.conftest import TODAY, Person, acting, give

OWN = "02185@2025-07-01"


def test_the_chosen_hat_is_worn_while_it_holds(person: Person) -> None:
    user = person("commune_officer", "ubnd-xa-con-minh")
    second = give(user, "advisory_member", "to-tu-van")
    assert queries.actor_for(user, second.pk, TODAY).role == "advisory_member"
    assert queries.actor_for(user, None, TODAY).role == "commune_officer"
    Mandate.objects.filter(pk=second.pk).update(valid_to=TODAY)
    assert queries.actor_for(user, second.pk, TODAY).role == "commune_officer"
    assert queries.actor_for(user, second.pk, TODAY - timedelta(days=1)).role == "advisory_member"


def test_anothers_hat_is_not_worn(person: Person) -> None:
    user, other = person("producer", "producer:x"), person("inspector", "thanh-tra")
    assert queries.actor_for(user, other.mandates.get().pk, TODAY).role == "producer"


def test_the_actor_carries_office_unit_and_subject(person: Person) -> None:
    officer, maker, nobody = person("commune_officer", "ubnd-xa-con-minh"), person("producer", "producer:x"), person()
    assert acting(officer) == Actor(officer.pk, officer.mandates.get().pk, "commune_officer", "ubnd-xa-con-minh-02185", OWN)
    assert acting(maker).subject == "producer:x"
    assert acting(nobody) == Actor(user_id=nobody.pk)


def test_users_with_a_role_in_a_unit_today(person: Person) -> None:
    here, there = person("commune_officer", "ubnd-xa-con-minh"), person("commune_officer", "ubnd-xa-dong-phuc")
    ended = person("commune_officer", "ubnd-xa-con-minh")
    User.objects.filter(pk=ended.pk).update(is_active=False)
    assert set(queries.users_with_role("commune_officer", TODAY)) == {here, there}
    assert set(queries.users_with_role("commune_officer", TODAY, OWN)) == {here}
    assert not queries.users_with_role("commune_officer", date(2025, 12, 31))


@pytest.fixture
def people(person: Person) -> dict[str, User]:
    return {
        "admin": person("administrator", "co-quan-ocop", name="Quản"),
        "ocop": person("ocop_officer", "co-quan-ocop", name="Lý"),
        "inspector": person("inspector", "thanh-tra", name="Tra"),
        "clerk": person("commune_officer", "ubnd-xa-con-minh", name="Hoàng Thị Đào"),
        "maker": person("producer", "producer:x", name="Nông Văn Sỹ"),
        "rival": person("producer", "producer:y", name="Triệu"),
        "plain": person(name="Không Vai"),
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", {"admin", "ocop", "inspector", "clerk", "maker", "rival", "plain"}),
        ("ocop", {"admin", "ocop", "inspector", "clerk", "maker", "rival", "plain"}),
        ("inspector", {"admin", "ocop", "inspector", "clerk", "maker", "rival", "plain"}),
        ("clerk", {"clerk", "maker"}),
        ("maker", set()),
        ("plain", set()),
    ],
)
def test_people_visible_to(people: dict[str, User], who: str, seen: set[str]) -> None:
    found = set(queries.people_visible_to(acting(people[who]), TODAY, subjects=["producer:x"]))
    assert found == {people[name] for name in seen}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("dao", {"clerk"}),
        ("ĐÀO", {"clerk"}),
        ("hoang dao", {"clerk"}),
        ("si", {"maker"}),
        ("sỹ", {"maker"}),
        ("con minh", {"clerk"}),
        ("thanh tra", {"inspector"}),
        ("htx thu", {"maker", "rival"}),
        ("khong co ai", set()),
        ("%", {"admin", "ocop", "inspector", "clerk", "maker", "rival", "plain"}),
    ],
)
def test_people_are_found_by_name_office_or_producer_with_or_without_accents(people: dict[str, User], text: str, seen: set[str]) -> None:
    found = set(queries.people_visible_to(acting(people["admin"]), TODAY, text=text))
    assert found == {people[name] for name in seen}


def test_the_passwords_words_hold_the_communes(people: dict[str, User]) -> None:
    assert {"con minh", "dong phuc", "ocop"} <= set(queries.password_words())


def test_people_stand_in_the_order_of_the_vietnamese_alphabet(person: Person) -> None:
    admin = person("administrator", "co-quan-ocop", name="Ẩn")
    for name in ("Đào", "Dung", "Đăng", "An"):
        person(name=name)
    found = queries.people_visible_to(acting(admin), TODAY)
    assert [user.full_name.split()[0] for user in found] == ["An", "Ẩn", "Dung", "Đào", "Đăng"]
