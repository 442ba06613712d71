"""The words of letters about renewals. Each cites the article it rests on; number, day and signatory are the officer's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.papers.letters import Letter, LetterRow, letters_docx, letters_pdf
from ocop.people.models import Office
from ocop.places.enums import UnitKind
from ocop.places.models import Unit
from ocop.register.actions import Draft
from ocop.register.enums import LetterKind
from ocop.register.queries import Recipient, Renewal, recipients_of, renewals_kept_by
from ocop.web.desk.register.pages.stages import STAGES
from ocop.web.kit.templatetags.kit_text import day
from ocop.web.kit.words import unit_words

CONTENT_TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
_DECISION = "Quyết định số 26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026 của Thủ tướng Chính phủ"


def letter_head(actor: Actor, on: date) -> dict[str, Any]:
    """What is known of the officer's own office, to begin the form with."""
    office = Office.objects.select_related("unit").filter(key=actor.office_key).first()
    province = office.unit.name if office and office.unit.kind == UnitKind.PROVINCE else ""
    return {
        "dated_on": on,
        "place": province.removeprefix("Tỉnh "),
        "superior": f"UBND {unit_words(province)}" if province else "",
        "issuer": office.name if office else "",
    }


def letter_recipients(actor: Actor, kind: str, stages: Iterable[str], *, on: date) -> list[Recipient]:
    """Who is written to: makers with a star in one of the stages and nothing handed in, or their communes."""
    chosen = set(stages)
    return recipients_of([row for row in renewals_kept_by(actor, on) if row.stage in chosen and row.filing is None], kind)


def letters_file(drafts: Sequence[Draft], said: Mapping[str, Any]) -> bytes:
    """All letters in one file of the kind that was asked for."""
    letters = [_letter(draft, said) for draft in drafts]
    if said["file_kind"] == "docx":
        return letters_docx(letters)
    return letters_pdf(letters, title=_("Thư đánh giá, phân hạng lại sản phẩm OCOP"), made_on=said["dated_on"])


def _letter(draft: Draft, said: Mapping[str, Any]) -> Letter:
    to_producer = draft.recipient.kind == LetterKind.PRODUCER
    body = _to_producer if to_producer else _to_commune
    opening, closing = body()
    return Letter(
        superior=said["superior"],
        issuer=said["issuer"],
        number=said["number"],
        about="V/v nộp hồ sơ đánh giá, phân hạng lại sản phẩm OCOP",
        place=said["place"],
        dated_on=said["dated_on"],
        to=(_addressee(draft),),
        opening=opening,
        rows=tuple(_row(row, with_maker=not to_producer) for row in draft.recipient.renewals),
        closing=closing,
        copies=("Như trên;", *_copies(draft.recipient), "Lưu: VT."),
        signer_title=said["signer_title"],
        signer_name=said["signer_name"],
    )


def _addressee(draft: Draft) -> str:
    recipient = draft.recipient
    if recipient.producer is not None:
        return f"{recipient.producer.name} (đại diện: {draft.representative})" if draft.representative else recipient.producer.name
    return _committee(recipient.commune)


def _committee(commune: Unit | None) -> str:
    return f"UBND {unit_words(commune.name)}" if commune else ""


def _copies(recipient: Recipient) -> tuple[str, ...]:
    """The commune hears of a letter to its maker: the dossier is handed in there."""
    commune = recipient.producer.commune_now if recipient.producer else None
    return (f"{_committee(commune)} (để phối hợp);",) if commune else ()


def _row(row: Renewal, *, with_maker: bool) -> LetterRow:
    maker = f" ({row.product.producer.name})" if with_maker and row.product.producer else ""
    return LetterRow(
        product=f"{row.product.name}{maker}",
        stars=f"{row.stars} sao" if row.stars else "chưa rõ",
        last_day=day(row.last_day) if row.is_stated else f"{day(row.last_day)} (tính 36 tháng)",
        window=f"{day(row.window.first)} đến {day(row.window.last)}",
        state=str(STAGES[row.stage].label),
    )


def _to_producer() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        (
            f"Căn cứ điểm a khoản 6 Điều 7 {_DECISION}, chủ thể đề nghị đánh giá, phân hạng lại nộp hồ sơ không sớm hơn 180 ngày và "
            "không muộn hơn 120 ngày tính đến ngày hết thời hạn của giấy chứng nhận.",
            "Theo sổ theo dõi, sản phẩm sau đây của quý đơn vị đến kỳ đánh giá lại và chưa thấy hồ sơ:",
        ),
        (
            "Đề nghị quý đơn vị chuẩn bị hồ sơ theo điểm c khoản 1 Điều 6 của Quyết định nêu trên, gồm phiếu đăng ký (Mẫu số 01), báo cáo "
            "tự đánh giá (Mẫu số 02) và những nội dung mới, và nộp tại UBND cấp xã trong thời gian ghi ở bảng. Trường hợp đã qua thời gian "
            "ghi ở bảng, đề nghị liên hệ ngay với cơ quan gửi thư này để được xem xét theo khoản 3 Điều 12.",
            "Nếu ngày hết hạn in trên giấy chứng nhận khác với bảng trên, đề nghị quý đơn vị báo lại để đính chính./.",
        ),
    )


def _to_commune() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        (
            f"Căn cứ khoản 2 và khoản 6 Điều 7 {_DECISION}, UBND cấp xã tiếp nhận hồ sơ đánh giá, phân hạng lại không sớm hơn 180 ngày và "
            "không muộn hơn 120 ngày tính đến ngày hết thời hạn của giấy chứng nhận.",
            "Theo sổ theo dõi, các sản phẩm sau đây trên địa bàn đến kỳ đánh giá lại và chưa thấy hồ sơ:",
        ),
        (
            "Đề nghị UBND cấp xã thông báo, hướng dẫn chủ thể hoàn thiện và nộp hồ sơ đúng thời gian; khi nhận hồ sơ, ghi ngày nhận và số "
            "giấy tiếp nhận vào sổ theo dõi. Trường hợp chủ thể thôi sản xuất hoặc không đánh giá lại, đề nghị xác nhận bằng văn bản./.",
        ),
    )
