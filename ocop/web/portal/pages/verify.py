"""The answer to a code somebody scanned or typed: one card, and the same as JSON."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ocop.register.enums import StandingKind
from ocop.register.queries.portal_parts import VerifyAnswer
from ocop.web.portal.pages.product import Fact, label_address, product_address, report_address, reverse_of, tile_picture
from ocop.web.portal.pages.star import (
    OWN_LANGUAGE,
    VIETNAMESE,
    ByName,
    answer,
    authority_words,
    decision_words,
    place_words,
    recognised_words,
    source_of,
    star_words,
    written,
)


def card_context(found: VerifyAnswer, on: date) -> dict[str, Any]:
    """The card of a product that is in the register, by the names its template uses."""
    return {
        "address": product_address(found.public_id),
        "report_address": report_address(found.public_id),
        "name": written(found.name, found.name_en),
        "maker": found.maker_name,
        "place": place_words(found.place),
        "picture": tile_picture(found.photo, found.art, found.public_id),
        "star": answer(found.standing, on),
        "star_words": star_words(found.standing),
        "facts": _facts(found, on),
        "source": source_of(found.ground) if found.ground else None,
        "is_demo": found.is_demo,
    }


def report_address_for(text: str) -> str:
    """Where to report a label whose code leads nowhere."""
    return f"{reverse_of('report')}?{urlencode({'ma': text})}"


def _facts(found: VerifyAnswer, on: date) -> list[Fact]:
    line, standing = found.ground, found.standing
    facts = [Fact(_("Mã"), " · ".join(filter(None, [found.public_id, found.official_code])))]
    if line is not None:
        if standing.kind == StandingKind.WITHDRAWN:
            facts += [
                Fact(_("Lý do"), line.withdrawal_reason, VIETNAMESE),
                Fact(_("Thu hồi theo"), line.withdrawal_decision_no, VIETNAMESE),
                Fact(_("Người ký"), line.withdrawal_signatory, VIETNAMESE),
            ]
        facts += [Fact(_("Công nhận"), recognised_words(line)), Fact(_("Căn cứ"), decision_words(line))]
        facts.append(Fact(_("Cấp bởi"), authority_words(line), VIETNAMESE if line.signatory else OWN_LANGUAGE))
    if standing.until and standing.kind in (StandingKind.VALID, StandingKind.EXTENDED):
        facts.append(Fact(_("Còn lại"), _("%(days)s ngày") % {"days": (standing.until - on).days}))
    if standing.kind == StandingKind.UNVERIFIED and not standing.confirmed_on:
        facts.append(Fact(_("Xác nhận"), _("Chưa có ai xác nhận")))
    return [fact for fact in facts if fact.text]


def verify_json(code: str, found: VerifyAnswer | None, on: date) -> dict[str, Any]:
    """The answer for machines. `until` is the last day on which the star holds, or held."""
    if found is None:
        return {"code": code, "known": False, "as_of": on.isoformat()}
    standing = found.standing
    return {
        "code": code,
        "known": True,
        "product": found.public_id,
        "name": found.name,
        "producer": found.maker_name,
        "commune": found.place.commune,
        "url": label_address(found.public_id),
        "standing": str(standing.kind),
        "stars": standing.stars,
        "until": (standing.until - timedelta(days=1)).isoformat() if standing.until else None,
        "is_due": standing.is_due,
        "is_disputed": standing.is_disputed,
        "reason": str(standing.reason),
        "reason_text": answer(standing, on).reason,
        "confirmed_on": standing.confirmed_on.isoformat() if standing.confirmed_on else None,
        "recognition": standing.recognition_code or None,
        "decision": (found.ground.decision_no or None) if found.ground else None,
        "is_demo": found.is_demo,
        "as_of": on.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Meaning(ByName):
    """One of the answers there are, explained. `anchor` is its place on the page."""

    anchor: str
    tone: str
    icon: str
    title: str
    words: str


def meanings() -> list[Meaning]:
    """Every answer a code may get, in the order of how good it is."""
    return [
        Meaning(
            "con-han",
            "v-ok",
            "shield-check",
            _("Còn hạn"),
            _("Có quyết định công nhận và hôm nay vẫn trong thời hạn. Thẻ ghi số sao và ngày cuối cùng."),
        ),
        Meaning(
            "sap-het-han",
            "v-due",
            "clock-alert",
            _("Sắp hết hạn"),
            _("Vẫn còn hạn, nhưng chỉ còn 240 ngày hoặc ít hơn. Chủ thể cần làm hồ sơ đánh giá lại."),
        ),
        Meaning(
            "keo-dai",
            "v-ok",
            "calendar-clock",
            _("Được kéo dài"),
            _("Đã quá 36 tháng, hồ sơ đánh giá lại đã nộp đúng hạn và đang chờ kết quả; giấy chứng nhận tạm còn hiệu lực."),
        ),
        Meaning(
            "cho-xac-minh",
            "v-unknown",
            "circle-help",
            _("Chờ xác minh"),
            _("Từng được công nhận, nhưng ngày hết hạn chỉ là tính ra hoặc chưa rõ, và chưa cán bộ nào xác nhận hôm nay còn hiệu lực."),
        ),
        Meaning(
            "het-han",
            "v-past",
            "history",
            _("Hết hạn"),
            _("Ngày hết hạn ghi trên giấy đã qua. Sản phẩm vẫn được bán, chỉ nhãn OCOP là không còn hiệu lực."),
        ),
        Meaning(
            "thu-hoi",
            "v-stop",
            "ban",
            _("Thu hồi"),
            _("Cơ quan có thẩm quyền đã thu hồi giấy chứng nhận. Sản phẩm không được dùng nhãn OCOP."),
        ),
        Meaning(
            "chua-co-sao",
            "v-unknown",
            "circle-dashed",
            _("Chưa có sao"),
            _("Có trong sổ nhưng chưa thấy quyết định công nhận. Nhãn OCOP trên sản phẩm này cần được báo."),
        ),
        Meaning(
            "khong-co", "v-unknown", "search-x", _("Không có mã"), _("Mã in mờ, nhập nhầm một chữ số, hoặc nhãn không do chương trình cấp.")
        ),
    ]
