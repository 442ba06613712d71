"""One product for every answer there is about a star, all of one maker, relative to the day the test runs on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ocop.places.models import Unit
from ocop.register.models import Producer, ProducerPerson, Product, StandingSpan
from tests.web.portal.rows import give_star, make_places, make_producer, make_product

CANARIES = ("Nông Thị Kín", "+84900000001", "0900000001", "kin@thu-rieng.vn", "006190000001", "thôn Kín")

# code: (kind, stars, days from today to the end that is not included, what the card says first)
EVERY_STAR: dict[str, tuple[str, int | None, int | None, str]] = {
    "BK001": ("valid", 3, 400, "Còn hạn, 3 sao"),
    "BK002": ("valid", 4, 100, "Còn hạn, 4 sao"),
    "BK003": ("extended", 3, 90, "Còn hiệu lực, 3 sao"),
    "BK004": ("expired", 3, -700, "Đã hết hạn"),
    "BK005": ("withdrawn", 4, -50, "Đã thu hồi"),
    "BK006": ("unverified", 5, None, "Chờ xác minh"),
    "BK007": ("none", None, None, "Chưa có sao OCOP"),
}


def one_of_each() -> Producer:
    """The maker of all seven, in today's Côn Minh; its representative's personal data is planted beside it."""
    places = make_places()
    maker = make_producer(unit=places["con-minh-cu"], commune_now=places["con-minh"])
    for code in EVERY_STAR:
        star_product(code, maker, places)
    ProducerPerson.objects.create(
        producer=maker,
        representative=CANARIES[0],
        phone=CANARIES[1],
        email=CANARIES[3],
        identity_number=CANARIES[4],
        home_address=CANARIES[5],
        updated_at=timezone.now(),
    )
    return maker


def star_product(code: str, maker: Producer, places: dict[str, Unit]) -> Product:
    kind, stars, days, _words = EVERY_STAR[code]
    product = make_product(f"Miến dong {code}", code=code, producer=maker, unit=places["con-minh-cu"], commune_now=places["con-minh"])
    until = timezone.localdate() + timedelta(days=days) if days else None
    recognition = give_star(product, kind, stars, until, signatory="Chủ tịch UBND tỉnh", **_withdrawal(kind, until))
    if recognition and kind == "withdrawn":
        StandingSpan.objects.filter(product=product).update(confirmed_on=until)
    return product


def _withdrawal(kind: str, on: Any) -> dict[str, Any]:
    if kind != "withdrawn":
        return {}
    return {
        "withdrawn_on": on,
        "withdrawal_decision_no": "2100/QĐ-UBND",
        "withdrawal_authority": "province_chairman",
        "withdrawal_signatory": "Chủ tịch UBND tỉnh",
        "withdrawal_reason": "Dùng nhãn OCOP trên sản phẩm chưa được công nhận",
    }
