"""A producer's own page, contact, representative, links, photos: what is saved, what is kept, what stays unseen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.records.models import AccessEntry, AuditEntry
from ocop.register.actions import add_photo, edit_producer, set_person
from ocop.register.models import Producer, ProducerPerson
from tests.cast import NOW, Cast, picture
from tests.records.pictures import telling_photo
from tests.web.desk.register.conftest import PERSONAL, SECRETS, SignIn, hidden_version

DESK = "/viec/chu-the/htx-mai/"
EDIT, PERSON, LINKS, CONTACT, PHOTOS = (f"{DESK}{name}/" for name in ("sua", "dai-dien", "duong-dan", "lien-he", "anh"))


def test_a_producer_saves_its_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    typed = {"story_vi": "Chúng tôi làm miến.", "opening_hours": "7:30–17:00", "address": "Thôn Chợ", "version": "1"}
    html = client.post(EDIT, typed, follow=True).content.decode()
    assert "Đã lưu. Trang công khai đã đổi." in html
    assert "Chúng tôi làm miến." in client.get("/chu-the/htx-mai/").content.decode()


def test_a_preview_of_the_page_saves_nothing(cast: Cast, sign_in: SignIn) -> None:
    before, entries = Producer.objects.values().get(pk=cast.maker.pk), AuditEntry.objects.count()
    html = sign_in(cast.producer).post(EDIT, {"story_vi": "Chỉ xem thử.", "version": "1", "preview": "1"}).content.decode()
    assert "Xem trước, chưa lưu" in html
    assert "Chỉ xem thử." in html
    assert Producer.objects.values().get(pk=cast.maker.pk) == before
    assert AuditEntry.objects.count() == entries


def test_two_savers_of_a_page_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    edit_producer(actor=cast.clerk, producer=cast.maker, changes={"story_vi": "Bản của cán bộ", "founded_year": "2017"}, version=1, at=NOW)
    answer = client.post(EDIT, {"story_vi": "Bản của tôi", "version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ">Bản của cán bộ</td>" in html
    assert ">Bản của tôi</td>" in html
    assert client.post(EDIT, {"story_vi": "Bản của tôi", "version": hidden_version(html)}).status_code == 302
    assert Producer.objects.get(pk=cast.maker.pk).story_vi == "Bản của tôi"


def test_what_does_not_fit_the_page_stays_typed(cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "HTX Mai", "founded_year": "hai", "story_vi": "Dài dòng", "version": "1"}
    answer = sign_in(cast.officer).post(EDIT, typed)
    assert answer.status_code == 422
    assert "bốn chữ số" in answer.content.decode()
    assert "Dài dòng" in answer.content.decode()


def test_an_officer_adds_a_producer_a_clerk_only_in_the_own_commune(cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "HTX Mới", "form": "hop_tac_xa", "commune": cast.stage.con_minh.key, "source_name": "Giấy đăng ký"}
    answer = sign_in(cast.clerk).post("/viec/chu-the/them/", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/viec/chu-the/htx-moi/")
    foreign = sign_in(cast.clerk).post("/viec/chu-the/them/", {**typed, "name": "HTX Xa", "commune": cast.stage.dong_phuc.key})
    assert (foreign.status_code, 'value="HTX Xa"' in foreign.content.decode()) == (422, True)
    assert "Xã Đồng Phúc" not in sign_in(cast.clerk).get("/viec/chu-the/them/").content.decode()
    assert sign_in(cast.officer).post("/viec/chu-the/them/", {**typed, "name": "HTX Xa"}).status_code == 302


def test_another_legal_form_keeps_the_first(cast: Cast, sign_in: SignIn) -> None:
    client, path = sign_in(cast.clerk), f"{DESK}loai-hinh/"
    typed = {"form": "doanh_nghiep_nho_va_vua", "valid_from": "2026-03-01", "basis": "Giấy đăng ký 12"}
    assert client.post(path, {**typed, "valid_from": "ngày mai"}).status_code == 422
    assert client.post(path, {**typed, "valid_from": "2099-01-01"}).status_code == 422
    assert client.post(path, typed).status_code == 302
    assert cast.maker.legal_forms.count() == 2


def test_links_are_set_and_bad_ones_stay_typed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    answer = client.post(LINKS, {"kind_0": "facebook", "url_0": "javascript:alert(1)"})
    assert (answer.status_code, "javascript:alert(1)" in answer.content.decode()) == (422, True)
    assert (
        client.post(LINKS, {"kind_0": "facebook", "url_0": "https://facebook.com/mai", "kind_1": "tiktok", "url_1": ""}).status_code == 302
    )
    assert list(cast.maker.links.values_list("kind", "url")) == [("facebook", "https://facebook.com/mai")]
    client.post(LINKS, {"kind_0": "facebook", "url_0": ""})
    assert not cast.maker.links.exists()


def test_numbers_are_shown_by_consent_and_taken_away(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    assert client.post(CONTACT, {"phone": "0912 345 679"}).status_code == 422  # no consent
    assert client.post(CONTACT, {"phone": "12", "agree": "on"}).status_code == 422
    assert client.post(CONTACT, {"phone": "0912 345 679", "zalo": "", "agree": "on"}).status_code == 302
    assert "0912 345 679" in client.get(DESK).content.decode()
    assert "tel:+84912345679" in client.get("/chu-the/htx-mai/").content.decode()
    assert sign_in(cast.clerk).post(f"{CONTACT}rut/").status_code == 302
    assert "912345679" not in client.get("/chu-the/htx-mai/").content.decode()


def test_no_officer_consents_for_a_producer(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.officer).post(CONTACT, {"phone": "0912 345 679", "agree": "on"}).status_code == 403
    assert Producer.objects.get(pk=cast.maker.pk).contact_consent_at is None


def test_the_representative_is_shown_by_a_logged_reading_only(cast: Cast, sign_in: SignIn) -> None:
    set_person(actor=cast.producer, producer=cast.maker, values=PERSONAL, at=NOW)
    client = sign_in(cast.inspector)
    assert not any(secret in client.get(DESK).content.decode() for secret in SECRETS)
    assert not AccessEntry.objects.filter(event="person.read").exists()
    html = client.post(PERSON).content.decode()
    assert "Nông Thị Riêng" in html
    assert "006190001234" in html
    assert "có,không" not in html
    assert AccessEntry.objects.get(event="person.read").subject == "producer:htx-mai"
    assert "Sửa" not in html.split("<main")[1]  # an inspector reads and writes nothing


def test_the_form_shows_nothing_stored_and_keeps_what_is_left_empty(cast: Cast, sign_in: SignIn) -> None:
    set_person(actor=cast.producer, producer=cast.maker, values=PERSONAL, has_disability=True, at=NOW)
    client = sign_in(cast.clerk)
    assert not any(secret in client.get(f"{PERSON}sua/").content.decode() for secret in SECRETS)
    assert client.post(f"{PERSON}sua/", {"ethnicity": "Tày", "has_disability": ""}).status_code == 302
    person = ProducerPerson.objects.get()
    assert (person.ethnicity, person.representative, person.has_disability) == ("Tày", "Nông Thị Riêng", True)
    assert "Tày" not in AuditEntry.objects.order_by("-n").first().body
    client.post(f"{PERSON}sua/", {"has_disability": "no"})
    assert ProducerPerson.objects.get().has_disability is False


@pytest.mark.parametrize("values", [{"phone": "12"}, {"email": "khong-phai"}, {"gender": "x" * 21}])
def test_personal_data_that_do_not_fit_stay_typed(values: dict, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.producer).post(f"{PERSON}sua/", values)
    assert answer.status_code == 422
    assert next(iter(values.values())) in answer.content.decode()


@pytest.mark.parametrize("path", [PHOTOS, "/viec/san-pham/BK001/anh/"])
def test_photos_are_added_ordered_and_taken_away(path: str, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    of = cast.maker if path == PHOTOS else cast.product
    for name in ("một", "hai"):
        sent = {"upload": SimpleUploadedFile("anh.jpg", telling_photo()), "caption_vi": name}
        assert "Đã thêm ảnh." in client.post(path, sent, follow=True).content.decode()
    assert [photo.caption_vi for photo in of.photos.order_by("position")] == ["một", "hai"]
    second = of.photos.get(caption_vi="hai").file.key
    assert client.post(path, {"forward": second}).status_code == 302
    assert [photo.caption_vi for photo in of.photos.order_by("position")] == ["hai", "một"]
    assert "Đã gỡ ảnh." in client.post(path, {"remove": second}, follow=True).content.decode()
    assert [photo.caption_vi for photo in of.photos.all()] == ["một"]
    assert client.post(path, {"remove": second}).status_code == 404


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"", b"GIF89a", b"%PDF-1.7"])
def test_what_is_no_photo_is_refused_with_a_sentence(data: bytes, cast: Cast, sign_in: SignIn) -> None:
    sent = {"upload": SimpleUploadedFile("anh.jpg", data), "caption_vi": "Chú thích của tôi"}
    answer = sign_in(cast.producer).post("/viec/san-pham/BK001/anh/", sent)
    assert answer.status_code == 422
    assert "Chú thích của tôi" in answer.content.decode()
    assert not cast.product.photos.exists()


def test_a_photo_of_another_page_is_not_touched(cast: Cast, sign_in: SignIn) -> None:
    photo = add_photo(actor=cast.rival, of=cast.rival_product, upload=picture(), at=NOW)
    assert sign_in(cast.producer).post("/viec/san-pham/BK001/anh/", {"remove": photo.file.key}).status_code == 404
    path = f"/viec/san-pham/{cast.rival_product.public_id}/anh/"
    assert sign_in(cast.producer).post(path, {"remove": photo.file.key}).status_code == 403
    assert cast.rival_product.photos.count() == 1
