"""The screens about people, as a person uses them: look up, give, end, hand over."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ocop.core.phones import phone_in_words
from ocop.people import queries
from ocop.people.models import Invitation, Mandate, Office, User
from ocop.places.models import Unit
from ocop.records.models import AccessEntry, AuditEntry
from ocop.register.models import Producer
from tests.people.conftest import PASSWORD, Person, give
from tests.web.desk.people.conftest import Browser
from tests.web.desk.people.test_pages import check

PEOPLE = "/viec/nguoi/"


@pytest.fixture
def maker_place(province: Unit) -> str:
    """A producer of Côn Minh and one of Đồng Phúc; the subject of the first."""
    for code, commune in (("htx-thu", "02185"), ("htx-ben-kia", "01933")):
        Producer.objects.create(
            code=code,
            name=f"HTX {code}",
            folded=code,
            sort_key=code,
            confidence="high",
            as_of="2026-01-01",
            commune_now=Unit.objects.get(code=commune),
            updated_at=timezone.now(),
        )
    return "producer:htx-thu"


@pytest.fixture
def clerk(person: Person, maker_place: str) -> User:
    return person("commune_officer", "ubnd-xa-con-minh", name="Hoàng Thị Đào")


@pytest.fixture
def admin(person: Person) -> User:
    return person("administrator", "co-quan-ocop", name="Mai Quản Trị")


def test_the_list_shows_whom_the_officer_looks_after(clerk: User, person: Person, signed_in: Browser) -> None:
    own = person("producer", "producer:htx-thu", name="Người Nhà", email=None)
    other = person("producer", "producer:htx-ben-kia", name="Người Xã Khác")
    html = signed_in(clerk).get(PEOPLE).content.decode()
    check(html)
    assert own.full_name in html
    assert other.full_name not in html
    assert phone_in_words(own.phone or "") not in html
    assert (own.phone or "") not in html


def test_the_list_is_searched_without_accents(admin: User, clerk: User, signed_in: Browser) -> None:
    client = signed_in(admin)
    assert clerk.full_name in client.get(PEOPLE, {"q": "dao"}).content.decode()
    html = client.get(PEOPLE, {"q": "không có ai cả"}).content.decode()
    assert clerk.full_name not in html
    assert "Không tìm thấy ai" in html


def test_thirty_people_cost_no_more_questions_than_one(admin: User, person: Person, signed_in: Browser) -> None:
    client = signed_in(admin)
    client.get(PEOPLE)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PEOPLE)
        return len(asked)

    few = cost()
    for n in range(30):
        person("producer", f"producer:x{n}")
    assert cost() == few <= 14


def test_thirty_invitations_cost_no_more_questions_than_one(admin: User, signed_in: Browser) -> None:
    client = signed_in(admin)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/viec/loi-moi/")
        return len(asked)

    _invitation(admin)
    client.get("/viec/loi-moi/")
    few = cost()
    for n in range(24):
        _invitation(admin, f"{n}")
    assert cost() == few <= 14


def _invitation(sender: User, n: str = "x") -> Invitation:
    at = timezone.now()
    return Invitation.objects.create(
        token_hash=n.rjust(64, "0"), address="a@thu.vn", full_name="Mời", role="leader", office=Office.objects.first(), invited_by=sender,
        invited_at=at, expires_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [("producer", "producer:x", 403), ("leader", "ubnd-thai", 403), ("", "", 403), ("inspector", "thanh-tra", 200)],
)
def test_who_opens_the_list(person: Person, signed_in: Browser, role: str, place: str, status: int) -> None:
    assert signed_in(person(role, place)).get(PEOPLE).status_code == status


def test_looking_at_somebody_is_logged_and_at_oneself_is_not(admin: User, person: Person, signed_in: Browser) -> None:
    user, client = person("inspector", "thanh-tra", phone="+84912345678"), signed_in(admin)
    html = client.get(f"{PEOPLE}{user.code}/").content.decode()
    check(html)
    assert "0912 345 678" in html
    entry = AccessEntry.objects.get(event="user.read")
    assert (entry.actor_id, entry.subject) == (admin.pk, f"user:{user.pk}")
    assert "912345678" not in entry.body
    client.get(f"{PEOPLE}{admin.code}/")
    assert AccessEntry.objects.filter(event="user.read").count() == 1


def test_somebody_out_of_sight_is_as_absent(clerk: User, admin: User, signed_in: Browser) -> None:
    client = signed_in(clerk)
    foreign, absent = client.get(f"{PEOPLE}{admin.code}/"), client.get(f"{PEOPLE}zzzzzzzzzzzz/")
    assert (foreign.status_code, absent.status_code) == (404, 404)


def test_a_role_is_given_and_ended(admin: User, person: Person, signed_in: Browser) -> None:
    user, client = person(), signed_in(admin)
    office = Office.objects.get(key__startswith="thanh-tra")
    page = f"{PEOPLE}{user.code}/giao-vai/"
    check(client.get(page).content.decode())
    given = client.post(page, {"role": "inspector", "office": office.pk, "valid_from": timezone.localdate().isoformat()})
    assert given["location"] == f"{PEOPLE}{user.code}/"
    mandate = user.mandates.get()
    assert (mandate.role, mandate.granted_by) == ("inspector", admin)
    end = f"{PEOPLE}{user.code}/vai/1/ket-thuc/"
    check(client.get(end).content.decode())
    assert client.post(end, {"reason": ""}).status_code == 200
    client.post(end, {"reason": "Hết nhiệm kỳ"})
    mandate.refresh_from_db()
    assert (mandate.valid_to, mandate.end_reason) == (timezone.localdate(), "Hết nhiệm kỳ")
    assert client.post(end, {"reason": "Lần nữa"}).status_code == 403


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"role": "inspector"}, "office"),
        ({"role": "producer"}, "subject"),
        ({"role": "chair", "office": "thanh-tra"}, "office"),
        ({"role": "inspector", "office": "thanh-tra", "valid_from": "31/02/2026"}, "valid_from"),
        ({"role": "nonsense", "office": "thanh-tra"}, "role"),
    ],
)
def test_a_form_that_does_not_fit_says_where(admin: User, person: Person, signed_in: Browser, data: dict[str, str], field: str) -> None:
    user = person()
    data = {"valid_from": "2026-01-01", **data}
    if "office" in data:
        data["office"] = str(Office.objects.get(key__startswith=data["office"]).pk)
    response = signed_in(admin).post(f"{PEOPLE}{user.code}/giao-vai/", data)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}
    assert not user.mandates.exists()


def test_an_ocop_officer_is_not_offered_what_is_beyond_reach(person: Person, signed_in: Browser) -> None:
    client, user = signed_in(person("ocop_officer", "co-quan-ocop")), person()
    page = f"{PEOPLE}{user.code}/giao-vai/"
    assert "administrator" not in dict(client.get(page).context["form"].fields["role"].choices)
    office = Office.objects.get(key__startswith="co-quan-ocop")
    client.post(page, {"role": "administrator", "office": office.pk, "valid_from": "2026-01-01"})
    assert not user.mandates.exists()


def test_nobody_gives_oneself_a_role(admin: User, signed_in: Browser) -> None:
    office = Office.objects.get(key__startswith="thanh-tra")
    data = {"role": "inspector", "office": office.pk, "valid_from": "2026-01-01"}
    response = signed_in(admin).post(f"{PEOPLE}{admin.code}/giao-vai/", data)
    assert response.status_code == 403
    assert "Bạn không tự giao vai cho mình" in response.content.decode()


def test_a_phone_invitation_from_link_to_desk(clerk: User, signed_in: Browser) -> None:
    page = "/viec/loi-moi/gui/"
    client = signed_in(clerk)
    check(client.get(page).content.decode())
    data = {"full_name": "Nông Văn Mới", "address": "0987 654 321", "role": "producer", "subject": "producer:htx-thu"}
    shown = client.post(page, data).content.decode()
    link = re.search(r"/viec/moi/[^/]+/", shown)[0]
    visitor = Client()
    check(visitor.get(link).content.decode())
    assert visitor.post(link, {"password1": "ngan", "password2": "ngan"}).status_code == 200
    opened = visitor.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    assert opened["location"] == "/accounts/login/"
    user = User.objects.get(phone="+84987654321")
    assert queries.roles_of(user, timezone.localdate()) == {"producer"}
    assert visitor.get(link).status_code == 410
    assert visitor.post("/accounts/login/", {"login": "0987654321", "password": PASSWORD}).status_code == 302


def test_a_clerk_is_offered_only_the_producers_of_the_own_commune(clerk: User, signed_in: Browser) -> None:
    client = signed_in(clerk)
    assert [key for key, _name in client.get("/viec/loi-moi/gui/").context["form"].fields["subject"].choices] == ["", "producer:htx-thu"]
    data = {"full_name": "X", "address": "0987654321", "role": "producer", "subject": "producer:htx-ben-kia"}
    assert client.post("/viec/loi-moi/gui/", data).context["form"].errors.keys() == {"subject"}
    assert not Invitation.objects.exists()


def test_somebody_with_an_account_signs_in_and_takes_the_role_up(clerk: User, person: Person, signed_in: Browser) -> None:
    user = person(email=None, phone="+84987654321")
    data = {"full_name": "X", "address": "0987654321", "role": "producer", "subject": "producer:htx-thu"}
    link = re.search(r"/viec/moi/[^/]+/", signed_in(clerk).post("/viec/loi-moi/gui/", data).content.decode())[0]
    assert "đã có tài khoản" in Client().get(link).content.decode()
    client = signed_in(user)
    assert "Nhận vai trò này" in client.get(link).content.decode()
    assert client.post(link)["location"] == "/viec/vai/"
    assert queries.roles_of(user, timezone.localdate()) == {"producer"}
    assert User.objects.exclude(username="import").count() == 2


def test_an_invitation_is_taken_back(admin: User, signed_in: Browser) -> None:
    client = signed_in(admin)
    office = Office.objects.get(key__startswith="thanh-tra")
    client.post("/viec/loi-moi/gui/", {"full_name": "X", "address": "x@thu.vn", "role": "inspector", "office": office.pk})
    invitation = Invitation.objects.get()
    html = client.get("/viec/loi-moi/").content.decode()
    check(html)
    assert f"/viec/loi-moi/{invitation.code}/rut/" in html
    assert client.get(f"/viec/loi-moi/{invitation.code}/rut/").status_code == 405
    for part in (invitation.code[:1], invitation.code[:-1], invitation.token_hash[:16], invitation.token_hash):
        assert client.post(f"/viec/loi-moi/{part}/rut/").status_code == 404
    client.post(f"/viec/loi-moi/{invitation.code}/rut/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_an_unknown_link_is_not_found(province: Unit) -> None:
    assert Client().get("/viec/moi/khong-co-that/").status_code == 404


def test_the_code_of_the_commune_from_hand_to_password(clerk: User, person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:htx-thu", email=None, phone="+84987654321")
    page = f"{PEOPLE}{user.code}/ma-dat-lai/"
    client = signed_in(clerk)
    check(client.get(page).content.decode())
    code = re.search(r"data-one-time>([^<]+)<", client.post(page, {"identity_seen": "gặp tại trụ sở"}).content.decode())[1]
    new = "mua-rao-tren-doi-che-12"
    data = {"login": "0987 654 321", "code": code, "password1": new, "password2": new}
    wrong = Client().post("/viec/quen-mat-khau-xa/", {**data, "code": "0000-0000-0000"})
    assert "Số điện thoại hoặc mã chưa đúng" in wrong.content.decode()
    assert Client().post("/viec/quen-mat-khau-xa/", data)["location"] == "/accounts/login/"
    user.refresh_from_db()
    assert user.check_password(new)


def test_no_code_for_an_official_and_the_reason_is_shown(clerk: User, person: Person, signed_in: Browser) -> None:
    colleague = person("commune_officer", "ubnd-xa-con-minh", email=None)
    client = signed_in(clerk)
    assert "Cán bộ không đặt lại mật khẩu bằng mã của xã" in client.get(f"{PEOPLE}{colleague.code}/").content.decode()
    assert client.post(f"{PEOPLE}{colleague.code}/ma-dat-lai/", {"identity_seen": "x"}).status_code == 403


def test_guessing_codes_is_bounded(clerk: User) -> None:
    client, new = Client(), "mua-rao-tren-doi-che-12"
    data = {"login": "0987654321", "code": "0000-0000-0000", "password1": new, "password2": new}
    answers = [client.post("/viec/quen-mat-khau-xa/", data).content.decode() for _ in range(11)]
    assert "Bạn đã thử quá nhiều lần" in answers[-1]
    assert "Bạn đã thử quá nhiều lần" not in answers[0]


def test_an_administrator_ends_an_account(admin: User, person: Person, signed_in: Browser) -> None:
    user, client = person(), signed_in(admin)
    theirs = signed_in(user)
    page = f"{PEOPLE}{user.code}/ngung/"
    check(client.get(page).content.decode())
    client.post(page, {"reason": "Nghỉ việc"})
    assert theirs.get("/viec/toi/").status_code == 302
    assert client.get(page).status_code == 403


def test_a_person_with_two_mandates_changes_hats(person: Person, signed_in: Browser) -> None:
    user = person("commune_officer", "ubnd-xa-con-minh")
    second = give(user, "advisory_member", "to-tu-van")
    User.objects.filter(pk=user.pk).update(needs_new_password=False)
    client = signed_in(user)
    assert client.get(PEOPLE).status_code == 200
    before = client.session.session_key
    client.post("/viec/vai/", {"mandate": second.pk})
    assert client.session["mandate_id"] == second.pk
    assert client.session.session_key != before
    assert client.get(PEOPLE).status_code == 403
    assert AuditEntry.objects.filter(event="hat.changed", actor_id=user.pk).count() == 1


@pytest.mark.parametrize("asked", ["", "x", "999999", "9" * 40, "-1"])
def test_a_hat_that_is_not_ones_own_is_not_found(person: Person, signed_in: Browser, asked: str) -> None:
    assert signed_in(person("producer", "producer:x")).post("/viec/vai/", {"mandate": asked}).status_code == 404


def test_a_profile_is_changed_after_the_password_is_asked_again(person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:x")
    client = signed_in(user)
    data = {"full_name": "Tên Mới", "phone": "0912 345 678"}
    asked = client.post("/viec/toi/", data)
    assert asked["location"].startswith("/accounts/reauthenticate/")
    client.post(asked["location"], {"password": PASSWORD, "next": "/viec/toi/"})
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.wants_email) == ("Tên Mới", "+84912345678", False)


@pytest.mark.parametrize("phone", ["0900 00", "0123 456 7890", "abc"])
def test_a_phone_that_is_none_is_said_in_words(person: Person, signed_in: Browser, phone: str) -> None:
    user = person("producer", "producer:x")
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.post("/viec/toi/", {"full_name": "Tên", "phone": phone})
    assert "ố" in str(response.context["form"].errors["phone"])


def test_the_person_of_a_deep_name_survives(person: Person, signed_in: Browser) -> None:
    user = person("producer", "producer:x")
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for name in ("x" * 300, "a\u202eb", "Hòa"):
        assert client.post("/viec/toi/", {"full_name": name, "wants_email": "on"}).status_code in (200, 302)
    user.refresh_from_db()
    assert user.full_name == "Hòa"


def test_mandates_of_one_person_only_are_ended_by_number(admin: User, person: Person, signed_in: Browser) -> None:
    user: Any = person("producer", "producer:x")
    assert signed_in(admin).get(f"{PEOPLE}{user.code}/vai/2/ket-thuc/").status_code == 404
    assert Mandate.objects.filter(user=user, valid_to__isnull=True).count() == 1
