"""Reporting a star used wrongly or an error: without an account, without script, nothing typed is lost, nothing personal comes back."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.records.models import StoredFile
from ocop.register.actions import close_report, take_report
from ocop.register.models import Report, ReporterContact
from tests.cast import NOW, Cast, cast  # noqa: F401
from tests.records.pictures import SECRET, picture, png_of, telling_photo

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "kind": "misuse",
    "code_seen": "19-02185-01-2026",
    "place_seen": "Chợ Bắc Kạn, dãy hàng khô",
    "text": "Túi miến không có tên chủ thể\nnhưng in nhãn OCOP 5 sao.",
    "name": "Người Báo Tin",
    "phone": "0912 345 678",
    "email": "nguoi.bao@thu.vn",
}
PERSONAL = ("Người Báo Tin", "912345678", "912 345 678", "nguoi.bao@thu.vn")


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def upload(data: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def send(client: Client, **changes: Any) -> Any:
    return client.post("/bao-sai/", {**SAID, **changes})


def test_a_report_with_its_photo_reaches_the_officers(client: Client, cast: Cast) -> None:  # noqa: F811
    response = send(client, sp=cast.product.public_id.lower(), photo=upload(telling_photo()))
    report = Report.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/bao-sai/{report.code}/")
    assert (report.product, report.kind, report.place_seen, report.text) == (cast.product, "misuse", SAID["place_seen"], SAID["text"])
    assert report.commune == cast.stage.con_minh
    assert ReporterContact.objects.get().phone == "+84912345678"
    assert report.photo is not None
    with report.photo.blob.open() as file:
        stored = file.read()
    assert SECRET.encode() not in stored
    assert b"<script" not in stored


def test_the_status_says_how_far_it_is_and_no_more(client: Client, cast: Cast) -> None:  # noqa: F811
    address = send(client, sp=cast.product.public_id)["Location"]
    html = client.get(address).content.decode()
    report = Report.objects.get()
    due = f"{report.due_on.day}/{report.due_on.month}/{report.due_on.year}"
    assert report.code in html
    assert "Mới nhận" in html
    assert due in html
    assert not any(secret in html for secret in (*PERSONAL, SAID["place_seen"], "in nhãn OCOP 5 sao"))
    take_report(actor=cast.officer, report=report, at=NOW)
    assert "Đang xử lý" in client.get(address).content.decode()
    close_report(actor=cast.officer, report=report, is_upheld=True, outcome="Đã yêu cầu gỡ nhãn.", at=NOW)
    html = client.get(address).content.decode()
    assert "Đã yêu cầu gỡ nhãn." in html
    assert due not in html
    assert not any(secret in html for secret in PERSONAL)


@pytest.mark.parametrize("code", ["KHONGCOMA2", "a" * 200, "bk001"])
def test_a_code_nobody_was_given_is_404(client: Client, code: str) -> None:
    assert client.get(f"/bao-sai/{code}/").status_code == 404


def test_the_form_knows_the_product_and_the_label(client: Client, cast: Cast) -> None:  # noqa: F811
    html = client.get("/bao-sai/", {"sp": cast.product.public_id, "loai": "error"}).content.decode()
    assert f'name="sp" value="{cast.product.public_id}"' in html
    assert cast.product.name in html
    assert re.search(r'value="error"[^>]* checked', html)
    html = client.get("/bao-sai/", {"ma": "</form><b>19-0\u202e0", "loai": "gì đó"}).content.decode()
    assert 'value="&lt;/form&gt;&lt;b&gt;19-00"' in html
    assert re.search(r'value="misuse"[^>]* checked', html)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("anh.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("anh.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>"),
        ("anh.png", b"<!doctype html><script>alert(1)</script>"),
        ("anh.png", b"\x89PNG\r\n\x1a\n<html>"),
        ("anh.pdf", b"%PDF-1.7\n%%EOF"),
        ("anh.jpg", b""),
        ("anh.png", png_of(9000, 9000)),
        ("anh.jpg", picture() + b"\0" * (15 * 1024 * 1024)),
    ],
    ids=["svg as jpg", "svg", "html as png", "html behind a png's head", "pdf", "empty", "81 megapixels", "over 15 MB"],
)
def test_a_photo_that_is_none_is_refused_and_the_words_stay(client: Client, cast: Cast, name: str, data: bytes) -> None:  # noqa: F811
    response = send(client, sp=cast.product.public_id, photo=upload(data, name))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_photo-error"' in html
    assert 'href="#id_photo"' in html
    assert all(word in html for word in ("Chợ Bắc Kạn, dãy hàng khô", "nhưng in nhãn OCOP 5 sao.", "0912 345 678", cast.product.name))
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "  \u200b "}, "text"),
        ({"text": "dài" * 2000}, "text"),
        ({"place_seen": ""}, "place_seen"),
        ({"place_seen": "x" * 300}, "place_seen"),
        ({"phone": "12"}, "phone"),
        ({"email": "không phải thư"}, "email"),
        ({"kind": "praise"}, "kind"),
        ({"code_seen": "9" * 300}, "code_seen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, changes: dict[str, str], field: str) -> None:
    response = send(client, **changes)
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}' in html
    assert 'role="alert"' in html
    assert not Report.objects.exists()


def test_an_error_on_a_page_needs_no_place(client: Client) -> None:
    assert send(client, kind="error", place_seen="").status_code == 302


def test_pasted_marks_and_decomposed_letters_are_cleaned(client: Client) -> None:
    assert send(client, text="Mie\u0302\u0301n\u202e giả", place_seen="Cho\u031b\u0323 A", code_seen="BK\u200b001").status_code == 302
    report = Report.objects.get()
    assert (report.text, report.place_seen, report.code_seen) == ("Miến giả", "Chợ A", "BK001")


def test_what_scripts_fill_is_dropped(client: Client) -> None:
    assert send(client, website="https://spam.example").status_code == 302
    assert not Report.objects.exists()


def test_too_many_reports_from_one_address_wait_and_lose_nothing(client: Client) -> None:
    answers = [send(client).status_code for _ in range(6)]
    refused = send(client)
    assert answers == [302] * 6
    assert refused.status_code == 429
    assert "nhưng in nhãn OCOP 5 sao." in refused.content.decode()
    assert Client(REMOTE_ADDR="198.51.100.7").post("/bao-sai/", SAID).status_code == 302
    assert Report.objects.count() == 7


def test_a_made_up_forwarding_header_is_no_new_address(client: Client) -> None:
    for number in range(6):
        client.post("/bao-sai/", SAID, headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert client.post("/bao-sai/", SAID, headers={"x-forwarded-for": "203.0.113.99"}).status_code == 429


def test_a_hidden_product_is_not_named(client: Client, cast: Cast) -> None:  # noqa: F811
    type(cast.product).objects.filter(pk=cast.product.pk).update(is_published=False)
    assert cast.product.name not in client.get("/bao-sai/", {"sp": cast.product.public_id}).content.decode()


def test_a_form_from_elsewhere_is_refused_and_ours_is_not() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/bao-sai/", SAID).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/bao-sai/").content.decode())
    assert token
    assert client.post("/bao-sai/", {**SAID, "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_reports_are_never_kept_nor_indexed(client: Client) -> None:
    response = client.get("/bao-sai/")
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()
