"""Editing a product at the desk: what is saved, what is kept typed, what two savers see, what a preview leaves alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ocop.records.actions import take_token
from ocop.records.models import AuditEntry
from ocop.records.rules import LIMITS
from ocop.register.actions import edit_product, keep_old_code
from ocop.register.models import Price, Product, Variant
from tests.cast import NOW, Cast, make_producer
from tests.web.desk.register.conftest import SignIn, hidden_version

EDIT = "/viec/san-pham/BK001/sua/"
TYPED = {"description_vi": "Miến làm từ củ dong.", "story_vi": "Bà làm từ năm 1990.\nMẹ làm tiếp.", "storage": "Nơi khô"}


def test_a_producer_saves_the_texts_of_its_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    form = client.get(EDIT).content.decode()
    answer = client.post(EDIT, {**TYPED, "version": hidden_version(form)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/viec/san-pham/BK001/"
    assert "Đã lưu. Trang công khai đã đổi." in answer.content.decode()
    product = Product.objects.get(pk=cast.product.pk)
    assert (product.description_vi, product.storage) == ("Miến làm từ củ dong.", "Nơi khô")
    assert AuditEntry.objects.order_by("-n").first().event == "product.edited"
    assert "Bà làm từ năm 1990." in client.get("/sp/BK001").content.decode()


def test_a_producer_is_not_asked_for_what_officers_say(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    html = client.get(EDIT).content.decode()
    assert 'name="name"' not in html
    client.post(EDIT, {**TYPED, "version": hidden_version(html), "name": "Miến năm sao", "stars": "5", "key_group": "che"})
    product = Product.objects.get(pk=cast.product.pk)
    assert (product.name, product.key_group) == ("Miến dong Mai", "")


def test_a_preview_shows_and_saves_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    before, entries = Product.objects.values().get(pk=cast.product.pk), AuditEntry.objects.count()
    html = client.post(EDIT, {**TYPED, "version": "1", "preview": "1"}).content.decode()
    assert "Xem trước, chưa lưu" in html
    assert "Bà làm từ năm 1990.<br>Mẹ làm tiếp." in html
    assert Product.objects.values().get(pk=cast.product.pk) == before
    assert AuditEntry.objects.count() == entries


def test_a_preview_escapes_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    html = sign_in(cast.producer).post(EDIT, {"story_vi": "<script>x</script>", "version": "1", "preview": "1"}).content.decode()
    assert "<script>x" not in html


def test_what_does_not_fit_stays_typed(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.officer).post(EDIT, {**TYPED, "name": " ", "shelf_life": "y" * 121, "version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Bà làm từ năm 1990." in html
    assert "y" * 121 in html
    assert Product.objects.get(pk=cast.product.pk).description_vi == ""


@pytest.mark.parametrize("version", ["1", "", "abc", "0", "-3", "9" * 40])
def test_the_second_of_two_savers_sees_both_texts_and_may_save_over(version: str, cast: Cast, sign_in: SignIn) -> None:
    """Whatever stands in the hidden version: what was typed is shown again beside what is stored, and the next press saves."""
    client = sign_in(cast.producer)
    edit_product(actor=cast.officer, product=cast.product, changes={"story_vi": "Chuyện của cán bộ", "key_group": "gao"}, version=1, at=NOW)
    answer = client.post(EDIT, {**TYPED, "version": version})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Chuyện của cán bộ" in html
    assert "Bà làm từ năm 1990." in html
    assert "Lý Thị Tỉnh" in html
    assert Product.objects.get(pk=cast.product.pk).story_vi == "Chuyện của cán bộ"
    assert client.post(EDIT, {**TYPED, "version": hidden_version(html)}).status_code == 302
    assert Product.objects.get(pk=cast.product.pk).story_vi.startswith("Bà làm")


def test_a_choice_is_compared_in_words(cast: Cast, sign_in: SignIn) -> None:
    edit_product(actor=cast.officer, product=cast.product, changes={"key_group": "gao"}, version=1, at=NOW)
    html = sign_in(cast.second_officer).post(EDIT, {"name": "Miến dong Mai", "key_group": "che", "version": "1"}).content.decode()
    assert ">Gạo</td>" in html
    assert ">Chè</td>" in html


def test_an_officer_adds_a_product_and_comes_to_its_desk(cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "Gạo nếp Mai", "producer": "https://ocop.vn/chu-the/htx-mai/", "set_no": "3", "source_name": "Phiếu đăng ký"}
    answer = sign_in(cast.clerk).post("/viec/san-pham/them/", typed)
    made = Product.objects.get(name="Gạo nếp Mai")
    assert (answer.status_code, answer["Location"]) == (302, f"/viec/san-pham/{made.public_id}/")
    assert (made.producer, made.set_no) == (cast.maker, 3)


@pytest.mark.parametrize(
    ("producer", "said"), [("khong-co", "Không có chủ thể mang mã này"), ("", "xã khác"), ("htx-lan", "Việc này thuộc xã khác.")]
)
def test_a_product_of_nobodys_or_of_another_commune_keeps_the_form(producer: str, said: str, cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "Gạo nếp Mai", "producer": producer, "source_name": "Phiếu đăng ký"}
    answer = sign_in(cast.clerk).post("/viec/san-pham/them/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Gạo nếp Mai"' in answer.content.decode()
    assert not Product.objects.filter(name="Gạo nếp Mai").exists()


def test_a_set_is_chosen_with_its_reason(cast: Cast, sign_in: SignIn) -> None:
    client, path = sign_in(cast.clerk), "/viec/san-pham/BK001/bo/"
    assert client.post(path, {"set_no": "6", "basis": "", "version": "1"}).status_code == 422
    assert client.post(path, {"set_no": "6", "basis": "Làm từ tinh bột", "version": "1"}).status_code == 302
    product = Product.objects.get(pk=cast.product.pk)
    assert (product.set_no, product.set_basis, product.set_chosen_by_id) == (6, "Làm từ tinh bột", cast.clerk.user_id)
    html = client.post(path, {"set_no": "5", "basis": "Khác", "version": "1"}).content.decode()
    assert "Bộ sản phẩm" in html
    assert ">6. " in html


def test_codes_are_issued_and_old_ones_kept(cast: Cast, sign_in: SignIn) -> None:
    client, path, year = sign_in(cast.clerk), "/viec/san-pham/BK001/ma/", timezone.localdate().year
    assert client.post(path, {"year": str(year)}).status_code == 302
    assert client.post(path, {"old_code": "06-066-01-02", "source_name": "Quyết định cũ"}).status_code == 302
    assert set(cast.product.codes.values_list("kind", flat=True)) == {"official", "old"}
    assert client.post(path, {"year": str(year), "old_code": "06-066-01-03"}).status_code == 422
    assert client.post(path, {"year": "hai nghìn"}).status_code == 422


def test_a_code_of_another_product_is_said_to_be_taken(cast: Cast, sign_in: SignIn) -> None:
    keep_old_code(actor=cast.officer, product=cast.rival_product, code="06-066-01-02", source_name="cũ", at=NOW)
    answer = sign_in(cast.officer).post("/viec/san-pham/BK001/ma/", {"old_code": "06-066-01-02", "source_name": "Quyết định cũ"})
    assert answer.status_code == 409
    assert "đã cấp cho sản phẩm khác" in answer.content.decode()
    assert 'value="06-066-01-02"' in answer.content.decode()


def test_hiding_needs_a_reason_and_is_undone(cast: Cast, sign_in: SignIn) -> None:
    client, path = sign_in(cast.officer), "/viec/san-pham/BK001/hien/"
    assert client.post(path, {"reason": " "}).status_code == 422
    assert client.post(path, {"reason": "Trùng với BK002"}).status_code == 302
    assert client.get("/sp/BK001").status_code == 404
    assert "Đang ẩn" in client.get("/viec/san-pham/").content.decode()
    assert client.post(path, {"reason": "Không trùng"}).status_code == 302
    assert Product.objects.get(pk=cast.product.pk).is_published


@pytest.mark.parametrize(("typed", "stored"), [("500", "500"), ("1.250", "1250"), ("1,5", "1.5"), ("0.5", "0.5"), ("2 500", "2500")])
def test_a_quantity_is_read_as_people_write_it(typed: str, stored: str, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    client.post("/viec/san-pham/BK001/quy-cach/", {"name": "Túi", "quantity": typed, "unit": "g", "is_active": "on"})
    assert Variant.objects.get().quantity == Decimal(stored)
    shown = client.get("/viec/san-pham/BK001/quy-cach/1/").content.decode()
    again = shown.split('name="quantity"')[1].split('value="')[1].split('"')[0]
    assert client.post("/viec/san-pham/BK001/quy-cach/1/", {"name": "Túi", "quantity": again, "unit": "g"}).status_code == 302
    assert Variant.objects.get().quantity == Decimal(stored)
    assert 'type="number"' not in shown


@pytest.mark.parametrize("values", [{"quantity": "nhiều"}, {"quantity": "0"}, {"gtin": "893456"}, {"unit": "yến"}, {"name": " "}])
def test_a_pack_that_does_not_fit_stays_typed(values: dict, cast: Cast, sign_in: SignIn) -> None:
    typed = {"name": "Túi to", "quantity": "500", "unit": "g", **values}
    answer = sign_in(cast.producer).post("/viec/san-pham/BK001/quy-cach/", typed)
    assert answer.status_code == 422
    assert next(iter(values.values())).strip() in answer.content.decode()
    assert not Variant.objects.exists()


def test_a_pack_by_a_name_in_use_is_said_so(cast: Cast, pack: Variant, sign_in: SignIn) -> None:
    answer = sign_in(cast.producer).post("/viec/san-pham/BK001/quy-cach/", {"name": pack.name, "quantity": "300", "unit": "g"})
    assert answer.status_code == 409
    assert "Đã có quy cách mang tên" in answer.content.decode()
    assert 'value="300"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["45.000", "45000", "45.000 đ", "45 000 đồng"])
def test_a_price_is_never_read_a_thousand_times_too_small(typed: str, cast: Cast, pack: Variant, sign_in: SignIn) -> None:
    client, today = sign_in(cast.producer), timezone.localdate()
    path = "/viec/san-pham/BK001/quy-cach/1/gia/"
    assert client.post(path, {"kind": "retail", "amount": typed, "valid_from": today.isoformat()}).status_code == 302
    assert Price.objects.get().amount == 45_000


def test_a_price_of_yesterday_or_of_letters_is_refused_and_kept(cast: Cast, pack: Variant, sign_in: SignIn) -> None:
    client, today = sign_in(cast.producer), timezone.localdate()
    path = "/viec/san-pham/BK001/quy-cach/1/gia/"
    yesterday = (today - timedelta(days=1)).isoformat()
    answer = client.post(path, {"kind": "retail", "amount": "45.000", "valid_from": yesterday})
    assert (answer.status_code, 'value="45.000"' in answer.content.decode()) == (422, True)
    for amount in ("rẻ", "-5", "0", "45,5", "9" * 30):
        assert client.post(path, {"kind": "retail", "amount": amount, "valid_from": today.isoformat()}).status_code == 422, amount
    crossed = {"kind": "retail", "amount": "45.000", "valid_from": today.isoformat(), "last_day": yesterday}
    assert client.post(path, crossed).status_code == 422
    assert not Price.objects.exists()


def test_a_price_is_ended_from_its_list(cast: Cast, price: Price, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    assert "Thôi áp dụng" in client.get("/viec/san-pham/BK001/quy-cach/1/gia/").content.decode()
    path = "/viec/san-pham/BK001/quy-cach/1/gia/retail/thoi/"
    assert client.post(path, follow=True).status_code == 200
    assert not Price.objects.filter(valid_to__isnull=True).exists()
    assert client.post(path).status_code == 404


def test_a_pack_of_another_product_has_no_address(cast: Cast, pack: Variant, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert client.get("/viec/san-pham/BK001/quy-cach/2/").status_code == 404
    assert client.get(f"/viec/san-pham/{cast.rival_product.public_id}/quy-cach/1/").status_code == 404


def test_names_of_three_hundred_letters_and_odd_marks(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    assert client.post(EDIT, {"name": "M" * 300, "version": "1"}).status_code == 422
    assert client.post(EDIT, {"name": "Mie\u0302\u0301n \u202edong\u200b", "version": "1"}).status_code == 302
    assert Product.objects.get(pk=cast.product.pk).name == "Miến dong"
    assert client.post(EDIT, {"name": "Miến\x00", "version": "2"}).status_code in (400, 422)


def test_a_day_typed_as_people_write_it(cast: Cast, sign_in: SignIn) -> None:
    maker = make_producer("HTX Ngày", cast.stage.con_minh)
    typed = {"form": "doanh_nghiep_nho_va_vua", "valid_from": "1/3/2026", "basis": "Giấy đăng ký 12"}
    assert sign_in(cast.officer).post(f"/viec/chu-the/{maker.code}/loai-hinh/", typed).status_code == 302
    assert maker.legal_forms.get(valid_to__isnull=True).valid_from == date(2026, 3, 1)


def test_saving_without_end_is_stopped_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.producer)
    for _ in range(LIMITS["page_edit"].capacity):
        take_token(limit="page_edit", key=f"user:{cast.producer.user_id}", at=timezone.now())
    answer = client.post(EDIT, {**TYPED, "version": 1})
    assert answer.status_code == 429
    assert "Bà làm từ năm 1990." in answer.content.decode()
    assert Product.objects.get(pk=cast.product.pk).story_vi == ""
