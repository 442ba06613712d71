"""The two addresses of files: foreign and absent look the same, nothing runs, public photos are those of public pages."""

import pytest
from django.urls import reverse

from ocop.core.actor import Actor
from ocop.people.enums import Role
from ocop.people.models import Mandate
from ocop.records.actions import make_renditions, remove_file, store_file
from ocop.records.enums import FileKind
from ocop.records.models import AccessEntry
from ocop.register.models import Photo, Producer, Product, Recognition
from tests.records.conftest import file_store  # noqa: F401
from tests.records.pictures import PDF, picture, upload
from tests.web.desk.records.conftest import AT

ABSENT = "0" * 32
pytestmark = pytest.mark.usefixtures("file_store")


def keep(kind, data, name):
    return store_file(actor=Actor(), kind=kind, subject="product:BK901", upload=upload(data, name), at=AT)


@pytest.fixture
def product(db):
    facts = {"confidence": "high", "as_of": AT.date(), "updated_at": AT}
    producer = Producer.objects.create(code="htx-thu", name="HTX Thử", folded="htx thu", sort_key="1", **facts)
    return Product.objects.create(
        public_id="BK901", slug="mien", name="Miến", sort_key="1", search_text="mien", producer=producer, art="mien", created_at=AT, **facts
    )


@pytest.fixture
def photo(product):
    stored = keep(FileKind.PHOTO, picture(), "ảnh.jpg")
    make_renditions(actor=Actor(), file_id=stored.pk, at=AT)
    Photo.objects.create(product=product, file=stored)
    return stored


@pytest.fixture
def scan(product):
    stored = keep(FileKind.DECISION_SCAN, PDF, "QĐ 1234\r\nX: y.pdf")
    Recognition.objects.create(
        code="BK901-R1", product=product, stars=3, recognised_precision="unknown", end_basis="unknown", scan=stored, recorded_at=AT,
        confidence="high", as_of=AT.date(),
    )  # fmt: skip
    return stored


def photo_url(stored, width=640, image_format="webp"):
    return reverse("files:photo", args=[stored.key, str(width), image_format])


@pytest.mark.parametrize(("width", "image_format"), [(320, "webp"), (640, "avif"), (900, "webp")])
def test_a_public_photo_is_kept_for_ever_and_runs_nothing(photo, browser, width, image_format):
    response = browser().get(photo_url(photo, width, image_format))
    assert response.status_code == 200
    assert response["Content-Type"] == f"image/{image_format}"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert not response.cookies
    assert b"".join(response.streaming_content)


@pytest.mark.parametrize("case", ["unpublished", "removed", "not shown", "other width", "absent"])
def test_what_is_on_no_public_page_is_not_there(photo, product, browser, case):
    url = photo_url(photo)
    assert url == f"/anh/{photo.key}-640.webp"
    match case:
        case "unpublished":
            Product.objects.update(is_published=False)
        case "removed":
            remove_file(actor=Actor(), file=photo, at=AT)
        case "not shown":
            Photo.objects.all().delete()
        case "other width":
            url = photo_url(photo, 641)
        case "absent":
            url = f"/anh/{ABSENT}-640.webp"
    response = browser().get(url)
    assert response.status_code == 404
    assert "immutable" not in response.get("Cache-Control", "")


def test_photos_need_no_session_and_ask_little(photo, browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert b"".join(browser().get(photo_url(photo)).streaming_content)


def test_a_scan_is_an_attachment_that_runs_nothing_and_its_reading_is_logged(scan, person, browser):
    officer = person(Role.OCOP_OFFICER)
    response = browser(officer).get(reverse("files:file", args=[scan.key]))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "X%3A" not in response["Content-Disposition"]
    assert "\n" not in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    entry = AccessEntry.objects.latest("n")
    assert (entry.event, entry.actor_id, entry.subject) == ("file.read", officer.pk, "product:BK901")
    assert entry.actor_id == Mandate.objects.get(user=officer).user_id
    assert scan.key in entry.body


@pytest.mark.parametrize("role", [Role.BUYER, Role.KEEPER, Role.PRODUCER, Role.COMMUNE_OFFICER, Role.PROMOTION_OFFICER, Role.ADMINISTRATOR])
def test_foreign_and_absent_have_the_same_answer(scan, person, browser, role):
    subjects = {Role.PRODUCER: "producer:rival", Role.KEEPER: "point:a", Role.BUYER: "buyer:a"}
    client = browser(person(role, subject=subjects.get(role, "")))
    before = AccessEntry.objects.count()
    foreign, absent = (client.get(f"/tep/{key}") for key in (scan.key, ABSENT))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert without_numbers(foreign) == without_numbers(absent)
    assert AccessEntry.objects.count() == before


def without_numbers(response):
    """The page without what differs at each request: its number, tokens."""
    text = response.content.decode().replace(response["X-Request-ID"], "")
    return [line.partition("csrfmiddlewaretoken")[0] for line in text.splitlines()]


def test_the_maker_reads_its_own_decision(scan, person, browser):
    client = browser(person(Role.PRODUCER, subject="producer:htx-thu"))
    response = client.get(f"/tep/{scan.key}")
    assert b"".join(response.streaming_content)
    assert response.status_code == 200


def test_strangers_learn_nothing(scan, browser):
    answers = {browser().get(f"/tep/{key}").status_code for key in (scan.key, ABSENT)}
    assert answers == {302}


def test_a_photo_read_by_its_private_address_is_not_logged(photo, person, browser):
    before = AccessEntry.objects.count()
    response = browser(person(Role.OCOP_OFFICER)).get(f"/tep/{photo.key}")
    assert b"".join(response.streaming_content)
    assert response.status_code == 200
    assert AccessEntry.objects.count() == before


def test_a_removed_or_lost_file_is_absent(scan, person, browser, caplog):
    client = browser(person(Role.OCOP_OFFICER))
    scan.blob.storage.delete(scan.blob.name)
    assert client.get(f"/tep/{scan.key}").status_code == 404
    assert "a stored file is gone" in caplog.text


ODD = [
    "/tep/..%2f..%2fetc%2fpasswd",
    "/tep/%00",
    "/tep/" + "a" * 500,
    "/anh/x-640.webp",
    f"/anh/{ABSENT}-99999999.webp",
    f"/anh/{ABSENT}-640.svg",
]


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_are_simply_absent(person, browser, path):
    assert browser(person(Role.OCOP_OFFICER)).get(path).status_code in (400, 404)


def test_a_file_is_only_read(scan, person, browser):
    assert browser(person(Role.OCOP_OFFICER)).post(f"/tep/{scan.key}").status_code == 405
    assert browser().post(f"/anh/{ABSENT}-640.webp").status_code == 405
