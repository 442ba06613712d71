"""What may be written down twice, at the desk: seen side by side, merged field by field, parted; the slower and the late are told why."""

from collections.abc import Callable

import pytest
from django.test import Client

from ocop.records.models import AccessEntry
from ocop.register import actions
from ocop.register.models import DistinctPair, Merge, Producer, Product
from tests.cast import NOW, Cast, make_producer, make_product, recognise
from tests.web.desk.register.conftest import PERSONAL, SECRETS, SignIn

LIST = "/viec/trung-lap/"
PAIR = "/viec/trung-lap/chu-the/htx-mai/hop-tac-xa-mai/"


@pytest.fixture
def twin(cast: Cast) -> Producer:
    return make_producer("Hợp tác xã Mai", cast.stage.con_minh, address="Thôn Chợ A")


@pytest.fixture
def office(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.officer)


def filled(client: Client, path: str, **more: str) -> dict[str, str]:
    """What a browser sends of the merge form as it opens, and a reason."""
    form = client.get(path).context["form"]
    opened = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    return {**{name: str(value) for name, value in (opened | form.initial).items()}, "reason": "cùng giấy đăng ký", **more}


def merge(client: Client, path: str = PAIR, **more: str) -> None:
    answer = client.post(path, filled(client, path, **more))
    assert (answer.status_code, answer["Location"]) == (302, "/viec/trung-lap/da-gop/")


def test_a_pair_is_shown_with_what_speaks_for_it_and_no_number(cast: Cast, twin: Producer, office: Client) -> None:
    for producer in (cast.maker, twin):
        actions.set_person(actor=cast.officer, producer=producer, values=PERSONAL, at=NOW)
    readings = AccessEntry.objects.count()
    html = office.get(LIST).content.decode()
    for words in ("Rất giống", "Cùng tên", "Cùng số điện thoại", "Cùng xã, phường hiện nay", "HTX Mai", "Hợp tác xã Mai", "Miến dong Mai"):
        assert words in html, words
    assert not any(secret in html for secret in SECRETS)
    assert AccessEntry.objects.count() == readings


def test_nothing_to_look_at_says_so(cast: Cast, office: Client) -> None:
    assert "Không có cặp nào cần xem" in office.get(LIST).content.decode()
    assert "Không có cặp nào cần xem" in office.get(f"{LIST}?xem=san-pham").content.decode()
    assert "Chưa gộp lần nào" in office.get(f"{LIST}da-gop/").content.decode()
    assert "Chưa có cặp nào" in office.get(f"{LIST}khac-nhau/").content.decode()


def test_merged_field_by_field_listed_and_parted(cast: Cast, twin: Producer, office: Client) -> None:
    page = office.get(PAIR)
    assert [field.name for field in page.context["form"].visible_fields()] == ["name", "address", "reason"]
    assert page.context["form"].fields["address"].initial == "merged"  # the kept one has none
    merge(office, name="merged", address="kept")
    kept = Producer.objects.get(pk=cast.maker.pk)
    assert (kept.name, kept.address) == ("Hợp tác xã Mai", "")
    html = office.get(f"{LIST}da-gop/").content.decode()
    assert "cùng giấy đăng ký" in html
    assert "Lý Thị Tỉnh" in html
    assert "Hợp tác xã Mai" not in office.get(LIST).content.decode()

    address = f"{LIST}da-gop/chu-the/{twin.code}/tach/"
    assert office.post(address, {"reason": " "}).status_code == 422
    answer = office.post(address, {"reason": "hai giấy đăng ký"}, follow=True)
    assert "Đã tách. Trang cũ hiện lại." in answer.content.decode()
    assert "hai giấy đăng ký" in answer.content.decode()
    assert office.get(address).status_code == 404
    assert Producer.objects.get(pk=cast.maker.pk).name == "HTX Mai"


def test_what_a_merge_moves_and_leaves_is_said_before(cast: Cast, twin: Producer, office: Client) -> None:
    make_product("Bún khô Mai", twin)
    html = " ".join(office.get(PAIR).content.decode().split())
    assert '<span class="num">1</span> sản phẩm' in html
    assert '<span class="num">1</span> loại hình tổ chức' in html
    assert "dẫn tới htx-mai, mãi mãi" in html


def test_a_refusal_keeps_what_was_typed(cast: Cast, twin: Producer, office: Client) -> None:
    for producer in (cast.maker, twin):
        actions.request_claim(actor=cast.newcomer, producer=producer, relation="x", at=NOW)
    answer = office.post(PAIR, filled(office, PAIR, reason="đã hỏi xã"))
    assert answer.status_code == 422
    assert "đang xin giữ trang của cả hai" in answer.content.decode()
    assert "đã hỏi xã" in answer.content.decode()
    assert office.post(PAIR, filled(office, PAIR, reason="")).status_code == 422
    assert office.post(PAIR, {"name": "x" * 900, "reason": "\x00"}).status_code in (400, 422)
    assert not Merge.objects.exists()


def test_somebody_edited_meanwhile_and_the_form_is_sent_again_knowingly(cast: Cast, twin: Producer, office: Client) -> None:
    sent = filled(office, PAIR, reason="đã hỏi xã")
    actions.edit_producer(actor=cast.officer, producer=twin, changes={"name": "HTX Mai Mới"}, version=1, at=NOW)
    answer = office.post(PAIR, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "HTX Mai Mới" in html
    assert "đã hỏi xã" in html
    form = answer.context["form"]
    assert office.post(PAIR, sent | {name: form.data[name] for name in ("kept_version", "merged_version")}).status_code == 302
    assert Merge.objects.count() == 1


def test_a_pair_somebody_merged_first_is_gone(cast: Cast, twin: Producer, office: Client) -> None:
    sent = filled(office, PAIR)
    merge(office)
    assert office.post(PAIR, sent).status_code == 404
    assert office.post(f"{PAIR}khac/").status_code == 404


def test_two_that_are_not_one_and_reconsidered(cast: Cast, twin: Producer, office: Client) -> None:
    assert "Cặp này không hiện lại" in office.post(f"{PAIR}khac/", follow=True).content.decode()
    assert "Hợp tác xã Mai" not in office.get(LIST).content.decode()
    assert "Vừa có người" in office.post(f"{PAIR}khac/", follow=True).content.decode()
    assert "Hợp tác xã Mai" in office.get(f"{LIST}khac-nhau/").content.decode()
    assert "lại có trong danh sách" in office.post(f"{PAIR}xet-lai/", follow=True).content.decode()
    assert not DistinctPair.objects.exists()
    assert office.post(f"{PAIR}xet-lai/").status_code == 404


def test_a_star_written_differently_twice_is_compared_with_the_paper(cast: Cast, office: Client) -> None:
    other = make_product("Miến dong Mai hộp", cast.maker)
    recognise(cast.product, stars=4)
    recognise(other, stars=3)
    path = f"{LIST}san-pham/BK001/{other.public_id}/"
    answer = office.post(path, filled(office, path))
    assert answer.status_code == 422
    assert "bên giữ lại ghi 4 sao, bên kia ghi 3 sao" in answer.content.decode()
    merge(office, path, settled_0="on")


def test_what_is_merged_away_is_in_no_list_of_the_desk_and_its_desk_leads_on(cast: Cast, twin: Producer, sign_in: SignIn) -> None:
    officer, clerk = sign_in(cast.officer), sign_in(cast.clerk)
    other = make_product("Miến dong Mai hộp", cast.maker)
    merge(officer)
    merge(officer, f"{LIST}san-pham/BK001/{other.public_id}/")
    for client in (officer, clerk, sign_in(cast.producer)):
        for path in ("/viec/chu-the/", "/viec/san-pham/", "/viec/san-pham/?q=hop", "/viec/chu-the/htx-mai/"):
            html = client.get(path).content.decode()
            assert other.public_id not in html, path
            assert twin.code not in html, path
        assert client.get(f"/viec/san-pham/{other.public_id}/")["Location"] == "/viec/san-pham/BK001/"
        assert client.get(f"/viec/chu-the/{twin.code}/")["Location"] == "/viec/chu-the/htx-mai/"
    assert "htx-mai" in officer.get("/viec/chu-the/?q=hợp tác xã mai").content.decode()  # found by the old name


@pytest.mark.parametrize("act", ["sua/", "anh/", "duong-dan/", "loai-hinh/", "dai-dien/sua/"])
def test_nothing_is_written_on_a_producer_that_was_merged_away(act: str, cast: Cast, twin: Producer, office: Client) -> None:
    merge(office)
    for method in (office.get, office.post):
        answer = method(f"/viec/chu-the/{twin.code}/{act}")
        assert answer.status_code == 403
        assert "hop-tac-xa-mai đã gộp vào HTX Mai, mã htx-mai. Hãy làm ở đó." in answer.content.decode()


def test_nothing_is_written_on_a_product_that_was_merged_away(cast: Cast, office: Client) -> None:
    other = make_product("Miến dong Mai hộp", cast.maker)
    merge(office, f"{LIST}san-pham/BK001/{other.public_id}/")
    for act in ("sua/", "cong-nhan/", "ma/", "quy-cach/", "hien/", "anh/", "bo/"):
        answer = office.post(f"/viec/san-pham/{other.public_id}/{act}")
        assert (answer.status_code, "Hãy làm ở đó." in answer.content.decode()) == (403, True), act


def two_products(cast: Cast) -> tuple[str, str]:
    return "BK001", make_product("Bún khô", cast.maker).public_id


def product_and_producer(cast: Cast) -> tuple[str, str]:
    return "BK001", "htx-mai"


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (two_products, None),
        (lambda cast: ("htx-mai", "https://ocop.vn/chu-the/htx-lan/"), None),
        (product_and_producer, "hai mã cùng loại"),
        (lambda cast: ("BK001", "bk001"), "cùng một nơi"),
        (lambda cast: ("htx-mai", "htx-mai"), "cùng một nơi"),
        (lambda cast: ("htx-mai", "khong-co"), "Không có chủ thể mang mã này"),
        (lambda cast: ("", "BK001"), ""),
    ],
)
def test_two_codes_by_hand(codes: Callable[[Cast], tuple[str, str]], said: str | None, cast: Cast, office: Client) -> None:
    keep, drop = codes(cast)
    answer = office.get(f"{LIST}hai-ma/", {"giu": keep, "gop": drop})
    if said is None:
        assert answer.status_code == 302
        assert office.get(answer["Location"]).status_code == 200
    else:
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert drop in answer.content.decode()


def test_an_officer_with_a_stake_is_told_to_ask_another(cast: Cast, twin: Producer, office: Client) -> None:
    Product.objects.filter(pk=cast.product.pk).update(is_demo=True)
    answer = office.get(f"{LIST}san-pham/BK001/{cast.rival_product.public_id}/")
    assert (answer.status_code, "Không gộp dữ liệu demo với dữ liệu thật" in answer.content.decode()) == (403, True)
    for path in (f"{LIST}xa/htx-mai/{twin.code}/", f"{LIST}chu-the/htx-mai/khong-co/", f"{LIST}san-pham/BK001/BK999/"):
        assert office.get(path).status_code == 404
