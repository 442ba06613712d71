"""The page of one's own tokens: made with the password fresh, shown once, taken back by a button."""

import re

from django.test import Client
from django.utils import timezone

from ocop.people.actions import create_api_token
from ocop.people.models import ApiToken, User
from tests.people.conftest import PASSWORD, Person, acting
from tests.web.desk.people.conftest import Browser

PAGE = "/viec/toi/khoa-api/"
ASKED = {"name": "Phần mềm kho", "scope": "write", "days": "30"}


def fresh(client: Client) -> Client:
    """The same, with the password just asked for again."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def asked(user: User) -> dict[str, str]:
    return {**ASKED, "mandate": str(user.mandates.get().pk)}


def test_a_token_is_made_shown_once_and_works(person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:htx-x")
    client = fresh(signed_in(user))
    assert "Chưa có khóa nào" in client.get(PAGE).content.decode()
    html = client.post(PAGE, asked(user)).content.decode()
    secret = re.search(r'value="(ocop_[\w-]+)"', html)[1]  # type: ignore[index]
    page = client.get(PAGE).content.decode()
    assert secret not in page
    assert secret[:9] in page
    assert "Chưa dùng" in page
    told = client.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"}).json()
    assert (told["name"], told["role"], told["token"]["scope"]) == (user.full_name, "producer", "write")
    assert "Chưa dùng" not in client.get(PAGE).content.decode()


def test_the_password_is_asked_for_again_and_nothing_typed_is_lost(person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:htx-x")
    client = signed_in(user)
    assert client.get(PAGE).status_code == 200
    again = client.post(PAGE, asked(user))["location"]
    assert again.startswith("/accounts/reauthenticate/")
    assert not ApiToken.objects.exists()
    html = client.post(again, {"password": PASSWORD, "next": PAGE}).content.decode()
    assert ApiToken.objects.get().hint in html


def test_a_foreign_mandate_is_no_choice(person: Person, signed_in: Browser) -> None:
    user, other = person("producer", "producer:htx-x"), person("ocop_officer", "co-quan-ocop")
    response = fresh(signed_in(user)).post(PAGE, asked(other))
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_is_taken_back_and_a_foreign_one_is_not_there(person: Person, signed_in: Browser) -> None:
    user, other = person("producer", "producer:htx-x"), person("producer", "producer:htx-y")
    client = fresh(signed_in(user))
    html = client.post(PAGE, asked(user)).content.decode()
    secret = re.search(r'value="(ocop_[\w-]+)"', html)[1]  # type: ignore[index]
    token = ApiToken.objects.get()
    stranger = signed_in(other)
    assert stranger.post(f"{PAGE}{token.code}/thu-hoi/").status_code == 404
    assert stranger.post(f"{PAGE}khong-co/thu-hoi/").status_code == 404
    assert client.get(f"{PAGE}{token.code}/thu-hoi/").status_code == 405
    page = client.post(f"{PAGE}{token.code}/thu-hoi/", follow=True).content.decode()
    assert "Đã thu hồi khóa." in page
    assert client.get("/api/v1/me", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    again = client.post(f"{PAGE}{token.code}/thu-hoi/", follow=True).content.decode()
    assert "Khóa này đã được thu hồi." in again


def test_who_cannot_have_one_reads_why(person: Person, signed_in: Browser) -> None:
    client = signed_in(person("buyer", "buyer:x"))
    assert "chưa có việc nào làm được qua API" in client.get(PAGE).content.decode()


def test_the_page_costs_the_same_for_many_tokens(person: Person, signed_in: Browser, django_assert_num_queries) -> None:
    user = person("producer", "producer:htx-x")
    client = signed_in(user)
    client.get(PAGE)
    for more in (1, 7):
        for _ in range(more):
            create_api_token(actor=acting(user), mandate=user.mandates.get(), name="Kho", scope="read", days=30, at=timezone.now())
        with django_assert_num_queries(7):
            client.get(PAGE)
