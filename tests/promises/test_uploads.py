"""Hostile files through the three real forms: none that must be refused is kept, none that is kept is served active (RELIABILITY P11).

What the store itself refuses, the memory a picture takes and the cleaning of names: `tests/records/test_files.py`. The loader's own
answers: `tests/web/desk/records/test_files.py`.
"""

import io
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from ocop.core.actor import system_actor
from ocop.records.actions import make_renditions
from ocop.records.enums import FileKind
from ocop.records.models import StoredFile
from ocop.records.rules import XLSX
from ocop.register.models import IntakeBatch, Photo, Product, Recognition, Report
from tests.cast import NOW
from tests.promises.conftest import Enter, body_of
from tests.promises.poison import MADE_ANEW, MARKS, NAMES, REFUSED, SCRIPT
from tests.records.pictures import PDF, picture

Send = Callable[[bytes, str, str], Any]
KINDS = {"photo": FileKind.PHOTO, "report": FileKind.MISUSE_PHOTO, "scan": FileKind.DECISION_SCAN}
PHOTO, PAGE = "/viec/san-pham/BKD001/anh/", "/viec/cong-nhan/BKD001-R1/thu-hoi/"
WITHDRAWAL = {
    "decision_no": "7/QĐ-THỬ",
    "withdrawn_on": "2026-11-01",
    "authority": "province_chairman",
    "signatory": "Chủ tịch UBND tỉnh",
    "reason": "Không còn sản xuất.",
}
REPORT = {"kind": "error", "text": "Sai giá."}
BOUNDARY = "----ranh-gioi-7d1"


@pytest.fixture(params=KINDS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def send(form: str, enter: Enter) -> Send:
    """`send(data, name, content_type)` through the form; the answer."""
    addresses = count(1)
    client = enter({"photo": "producer", "report": "anonymous", "scan": "ocop_officer"}[form])
    page, field, words = {"photo": (PHOTO, "upload", {}), "report": ("/bao-sai/", "photo", REPORT), "scan": (PAGE, "scan", WITHDRAWAL)}[
        form
    ]

    def post(data: bytes, name: str, content_type: str) -> Any:
        body = multipart(words, field, name, content_type, data)
        peer = f"198.51.100.{next(addresses)}"  # reports are counted by address
        return client.generic("POST", page, body, f"multipart/form-data; boundary={BOUNDARY}", REMOTE_ADDR=peer)

    return post


def multipart(words: dict[str, str], field: str, name: str, content_type: str, data: bytes) -> bytes:
    """The form as it comes over the wire: Django's own client would clean the name."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in words.items()]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {content_type}\r\n\r\n'
    )
    return "".join(parts).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def test_there_are_enough_cases() -> None:
    assert len(REFUSED) + len(MADE_ANEW) >= 50


def test_what_is_no_picture_is_refused_with_a_sentence_and_leaves_nothing(form: str, send: Send) -> None:
    before, wrong = kept(), {}
    for case, (name, make) in REFUSED.items():
        data, begun = make(), time.monotonic()
        response = send(data, name, "image/jpeg")
        html = response.content.decode()
        if response.status_code != 422 or "poison-of-ocop" in html or 'role="alert"' not in html:
            wrong[case] = response.status_code
        if time.monotonic() - begun > 10:
            wrong[case] = "slow"
    assert wrong == {}
    assert kept() == before


def test_a_pdf_is_no_photo(form: str, send: Send) -> None:
    expected = 302 if form == "scan" else 422
    assert send(PDF, "a.pdf", "application/pdf").status_code == expected


def test_what_hides_in_a_picture_is_gone_before_it_is_kept(form: str, send: Send, enter: Enter) -> None:
    officer = enter("ocop_officer")
    wrong = {}
    for case, (name, make) in MADE_ANEW.items():
        with transaction.atomic():
            status = send(make(), name, "text/html").status_code
            wrong[case] = list(faults(form, officer)) if status == 302 else [status]
            transaction.set_rollback(True)
    assert {case: found for case, found in wrong.items() if found} == {}


def test_a_name_breaks_nothing(form: str, send: Send, enter: Enter) -> None:
    """Whatever the file is called, it is refused with a word or served under a name and a type of ours."""
    officer = enter("ocop_officer")
    wrong, taken = {}, 0
    for name in NAMES:
        with transaction.atomic():
            before = StoredFile.objects.count()
            status = send(picture("PNG", (90, 60)), name, "text/html").status_code
            if StoredFile.objects.count() > before:
                taken += 1
                wrong[name] = list(faults(form, officer))
            else:
                wrong[name] = [] if status in (302, 400, 413, 422) else [status]
            transaction.set_rollback(True)
    assert {name: found for name, found in wrong.items() if found} == {}
    assert taken > len(NAMES) / 2


def test_a_pdf_that_would_run_something_is_only_handed_out(enter: Enter) -> None:
    officer = enter("ocop_officer")
    officer.post(PAGE, {**WITHDRAWAL, "scan": SimpleUploadedFile("a.html", PDF, content_type="text/html")})
    stored = Recognition.objects.get(code="BKD001-R1").withdrawal_scan
    assert stored is not None
    response = officer.get(f"/tep/{stored.key}")
    assert (body_of(response), response["Content-Type"]) == (PDF, "application/pdf")
    assert list(served_active(response)) == []
    assert response["Content-Disposition"].startswith("attachment")


def test_nothing_poisonous_is_taken_for_a_register(enter: Enter) -> None:
    """Refused at the door, or kept as it came and said to be no register; handed out as a file in which nothing runs."""
    officer = enter("ocop_officer")
    products, wrong, taken = Product.objects.count(), {}, 0
    for case, (name, make) in {**REFUSED, **MADE_ANEW}.items():
        cache.clear()  # how often somebody may send is not the matter here
        with transaction.atomic():
            body = multipart({}, "upload", name, "text/html", make())
            status = officer.generic("POST", "/viec/nhap-so/", body, f"multipart/form-data; boundary={BOUNDARY}").status_code
            if status == 302:
                taken += 1
                wrong[case] = list(_sheet_faults(officer))
            elif status != 422:
                wrong[case] = [status]
            transaction.set_rollback(True)
    assert {case: found for case, found in wrong.items() if found} == {}
    assert taken < len(REFUSED) / 2
    assert Product.objects.count() == products


def _sheet_faults(officer: Client) -> Iterator[str]:
    batch = IntakeBatch.objects.select_related("file").latest("pk")
    if batch.state not in ("unreadable", "unmapped"):
        yield f"is {batch.state}"
    response = officer.get(f"/tep/{batch.file.key}")
    body_of(response)
    if response["Content-Type"] not in ("text/csv", XLSX) or not response["Content-Disposition"].startswith("attachment"):
        yield f"served as {response['Content-Type']}"
    if response["X-Content-Type-Options"] != "nosniff" or not response["Content-Security-Policy"].startswith("sandbox"):
        yield "served active"
    if (status := officer.get(f"/viec/nhap-so/{batch.code}/").status_code) != 200:
        yield f"its page answers {status}"


def kept() -> tuple[int, ...]:
    """Everything a form could leave behind."""
    folders, files = ["files"], 0
    while folders:
        folder = folders.pop()
        inner, names = default_storage.listdir(folder)
        folders += [f"{folder}/{name}" for name in inner]
        files += len(names)
    withdrawn = Recognition.objects.filter(withdrawn_on__isnull=False).count()
    return files, StoredFile.objects.count(), Photo.objects.count(), Report.objects.count(), withdrawn


def faults(form: str, officer: Client) -> Iterator[str]:
    """What is wrong with the file kept last: its bytes, its name, the answers that serve it."""
    stored = StoredFile.objects.filter(kind=KINDS[form]).latest("pk")
    with stored.blob.open("rb") as blob:
        data = blob.read()
    yield from harmful(data)
    if not stored.blob.name.endswith((".jpg", ".png", ".webp")) or ".." in stored.blob.name:
        yield f"kept as {stored.blob.name}"
    response = officer.get(f"/tep/{stored.key}")
    yield from harmful(body_of(response))
    yield from served_active(response)
    disposition = response["Content-Disposition"]
    if not disposition.startswith("attachment") or any(sign in disposition for sign in "\r\n\0") or ".html" in disposition[-6:]:
        yield disposition
    if form == "photo":
        yield from _public_faults(stored)


def _public_faults(stored: StoredFile) -> Iterator[str]:
    """The same of the sizes that stand on the public page."""
    make_renditions(actor=system_actor("test"), file_id=stored.pk, at=NOW)
    for rendition in stored.renditions.all():
        response = Client().get(f"/anh/{stored.key}-{rendition.width}.{rendition.format}")
        if response["Content-Type"] != f"image/{rendition.format}":
            yield response["Content-Type"]
        yield from harmful(body_of(response))
        yield from served_active(response)


def harmful(data: bytes) -> Iterator[str]:
    yield from (f"still holds {mark!r}" for mark in (*MARKS, SCRIPT) if mark in data)
    if Image.open(io.BytesIO(data)).getexif():
        yield "still has EXIF"


def served_active(response: Any) -> Iterator[str]:
    if response["X-Content-Type-Options"] != "nosniff":
        yield "may be sniffed"
    if not response["Content-Security-Policy"].startswith("sandbox; default-src 'none'"):
        yield "has no sandbox"
    if response["Content-Type"] not in ("image/jpeg", "image/png", "image/webp", "image/avif", "application/pdf"):
        yield response["Content-Type"]
