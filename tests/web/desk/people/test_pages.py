"""Every page of one's own account opens, in Vietnamese, with one heading."""

import re

import pytest
from django.test import Client

from tests.people.conftest import PASSWORD, Person
from tests.web.desk.people.conftest import Browser

OPEN = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x-y/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x:y:z/",
    "/accounts/inactive/",
    "/viec/quen-mat-khau-xa/",
)
OWN = (
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
    "/viec/vai/",
    "/viec/toi/",
)
ENGLISH = re.compile(r"\b(Sign In|Sign Out|Password|Email|Code|Confirm|Cancel|Please|Your|account|Add|Remove|Security|Messages|Menu)\b")


def words_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"<script.*?</script>|<[^>]*>", " ", main, flags=re.S)


def check(html: str) -> None:
    assert len(re.findall("<h1", html)) == 1
    assert not (found := ENGLISH.search(words_of(html))), found
    assert "style=" not in html
    assert " onclick" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_speaks_vietnamese(path: str) -> None:
    response = Client().get(path, follow=True)
    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("path", OWN)
def test_a_page_of_ones_own_speaks_vietnamese(path: str, person: Person, signed_in: Browser) -> None:
    client = signed_in(person("inspector", "thanh-tra"))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(path)
    assert response.status_code == 200, response.get("location")
    check(response.content.decode())
