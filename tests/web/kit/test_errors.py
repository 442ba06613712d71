"""Pages that say no: the right number, the reason, nothing secret, nothing typed lost."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from ocop.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/s/public/?q=a%00b", "/s/form/?x=%00", "/s/pub%00lic/", "/%00"])
def test_nul_in_an_address_is_400(site: Client, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 400
    assert "Yêu cầu chưa hiểu được" in response.content.decode()


@pytest.mark.parametrize("data", [{"name": "a\0b"}, {"a\0b": "x"}])
def test_nul_in_a_form_is_400(site: Client, data: dict[str, str]) -> None:
    assert site.post("/s/form/", data).status_code == 400


def test_a_value_the_database_cannot_store_is_400(site: Client) -> None:
    assert site.get("/s/unstorable/").status_code == 400


def test_a_forged_host_is_400_and_not_repeated(site: Client) -> None:
    response = site.get("/s/form/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_broken_upload_is_400(site: Client) -> None:
    response = site.generic("POST", "/s/form/", b"nothing", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400


def test_too_much_at_once_is_413_and_says_what_to_do(site: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = site.post("/s/form/", "name=" + "a" * 200, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Gửi quá nhiều một lần" in response.content.decode()


def test_404_has_a_search_and_no_session(site: Client) -> None:
    response = site.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert '<input id="tim" name="q"' in response.content.decode()
    assert not response.cookies


def test_404_speaks_english_under_en(site: Client) -> None:
    page = site.get("/en/nothing-here/").content.decode()
    assert 'action="/en/san-pham/"' in page
    assert '<html lang="en">' in page


def test_a_missing_slash_is_added(site: Client) -> None:
    response = site.get("/s/public")
    assert (response.status_code, response["Location"]) == (301, "/s/public/")


def test_a_form_without_its_token_says_how_to_mend_it(site: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/accounts/login/", {"login": "a"})
    assert response.status_code == 403
    assert "chữ bạn đã nhập vẫn còn ở đó" in response.content.decode()


def test_500_shows_a_number_and_no_trace(site: Client) -> None:
    response = site.get("/s/breaks/")
    page = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in page
    assert "canary-in-the-message" not in page
    assert "Traceback" not in page


def test_the_database_away_is_503_with_a_time_to_come_back(site: Client) -> None:
    response = site.get("/s/away/")
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "15")
    assert "canary" not in page
    assert "Tạm nghỉ ít phút" in page


def test_error_pages_ask_the_database_nothing(site: Client, django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        for path in ("/khong-co/", "/s/breaks/", "/s/away/", "/%00"):
            site.get(path)


def test_409_says_who_was_faster_and_keeps_what_was_typed(
    site: Client, officer: Callable[..., User], sign_in: Callable[[User], None]
) -> None:
    sign_in(officer("producer"))
    response = site.get("/s/stale/")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nông Thị Bình đã sửa lúc" in page
    assert re.search(r'<td data-label="Đang lưu">\s*Miến dong Côn Minh\s*</td>', page)
    assert 'value="Miến dong &lt;b&gt;ngon&lt;/b&gt;"' in page
    assert "<b>ngon</b>" not in page
