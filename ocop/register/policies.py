"""May this actor do this to this product, producer, claim or report now, and if not, why? Reasons are sentences for the screen."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import Actor
from ocop.core.verdict import YES, Verdict, no
from ocop.people.enums import Role
from ocop.places.models import Unit
from ocop.register import rules
from ocop.register.enums import CLAIM_MOVES, INTAKE_MOVES, REPORT_MOVES, ClaimState, IntakeState, RecordType, ReportState
from ocop.register.models import IntakeBatch, Producer, ProducerClaim, Product, Recognition, Report, StandingAnswer
from ocop.register.queries.answers import is_unverified
from ocop.register.queries.producers import producer_code_of, speaks_for_already
from ocop.register.rules import FOR_DECISION

# What a producer keeps on its own page; everything else is the officers' word.
PRODUCER_FIELDS = frozenset({"name_en", "description_vi", "description_en", "story_vi", "story_en", "ingredients", "storage", "shelf_life"})
OFFICER_FIELDS = PRODUCER_FIELDS | {"name", "source_group", "key_group", "price_text", "pack_text", "channels_text"}
PRODUCER_PAGE_FIELDS = frozenset({"name_en", "address", "members_text", "story_vi", "story_en", "opening_hours"})
OFFICER_PAGE_FIELDS = PRODUCER_PAGE_FIELDS | {"name", "facts", "tax_code", "founded_year"}


_DISTRICT_RATING = gettext_lazy("Đây là xếp hạng cấp huyện trước 2025, không phải quyết định công nhận.")


def can_edit_product(actor: Actor, product: Product) -> Verdict:
    """Its producer, the officer of its commune, the OCOP office."""
    return _may_keep(actor, product.producer, product.commune_now)


def can_edit_producer(actor: Actor, producer: Producer) -> Verdict:
    return _may_keep(actor, producer, producer.commune_now)


def can_edit_fields(actor: Actor, fields: frozenset[str]) -> Verdict:
    """Which fields of a product this role may write; stars are among none of them."""
    return _fields(fields, PRODUCER_FIELDS if actor.role == Role.PRODUCER else OFFICER_FIELDS)


def can_edit_page_fields(actor: Actor, fields: frozenset[str]) -> Verdict:
    """Which fields of a producer this role may write."""
    return _fields(fields, PRODUCER_PAGE_FIELDS if actor.role == Role.PRODUCER else OFFICER_PAGE_FIELDS)


def can_touch_price(actor: Actor, product: Product) -> Verdict:
    """Packs and prices are said by whoever keeps the product's page."""
    return can_edit_product(actor, product)


def can_touch_photos(actor: Actor, thing: Product | Producer) -> Verdict:
    return can_edit_product(actor, thing) if isinstance(thing, Product) else can_edit_producer(actor, thing)


def can_create_producer(actor: Actor, commune: Unit | None) -> Verdict:
    """The OCOP office anywhere, a commune's officer in the own commune."""
    return _officers_only(actor, commune, _("Chỉ cán bộ xã và cơ quan OCOP ghi chủ thể mới vào sổ."))


def can_create_product(actor: Actor, commune: Unit | None) -> Verdict:
    return _officers_only(actor, commune, _("Chỉ cán bộ xã và cơ quan OCOP ghi sản phẩm mới vào sổ."))


def can_change_legal_form(actor: Actor, producer: Producer) -> Verdict:
    return _officers_only(actor, producer.commune_now, _("Loại hình tổ chức do cán bộ xã hoặc cơ quan OCOP ghi, theo giấy đăng ký."))


def can_choose_set(actor: Actor, product: Product) -> Verdict:
    """The registering officer decides which sheet a product is scored on (data/README.md)."""
    return _officers_only(actor, product.commune_now, _("Bộ sản phẩm do cán bộ xã hoặc cơ quan OCOP chọn."))


def can_merge_at_all(actor: Actor) -> Verdict:
    """Who keeps the whole register says what in it is one and the same."""
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh gộp hoặc tách chủ thể và sản phẩm."))


def can_merge(actor: Actor, kept: Producer | Product, merged: Producer | Product, on: date) -> Verdict:
    """The OCOP office; never demo rows with real ones, and nobody in a matter of a producer they speak for themselves."""
    verdict = can_merge_at_all(actor)
    if not verdict:
        return verdict
    if kept.pk == merged.pk:
        return no(_("Đây là cùng một mã. Hãy chọn hai mã khác nhau."))
    if kept.is_demo != merged.is_demo:
        return no(_("Không gộp dữ liệu demo với dữ liệu thật."))
    makers = [row if isinstance(row, Producer) else row.producer for row in (kept, merged)]
    if actor.user_id and any(maker and speaks_for_already(actor.user_id, maker, on) for maker in makers):
        return no(_("Bạn đang giữ trang của một trong hai bên. Hãy nhờ cán bộ khác."))
    return YES


def can_publish_product(actor: Actor, product: Product) -> Verdict:
    if product.merged_into_id is not None:
        return no(_("Sản phẩm này đã gộp vào sản phẩm khác."))
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh ẩn hoặc hiện một sản phẩm."))


def can_take_in(actor: Actor) -> Verdict:
    """Taking a whole register in from a spreadsheet, and taking it back."""
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh nhập sổ từ bảng tính."))


def can_export_persons(actor: Actor) -> Verdict:
    """The register with the representatives' names and numbers. The reading is logged."""
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh xuất sổ kèm thông tin người đại diện."))


def can_issue_code(actor: Actor, product: Product) -> Verdict:
    """The commune keeps the running number (Decision 26/2026, Annex II), the OCOP office the register."""
    verdict = _officers_only(actor, product.commune_now, _("Mã sản phẩm do UBND xã lập số thứ tự; chỉ cán bộ xã và cơ quan OCOP cấp mã."))
    if verdict and product.commune_now is None:
        return no(_("Chưa rõ sản phẩm thuộc xã nào. Hãy ghi xã trước khi cấp mã."))
    return verdict


def can_record_recognition(actor: Actor, product: Product) -> Verdict:
    """Only the OCOP office writes down signed decisions; producers and communes never touch stars."""
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh ghi quyết định công nhận đã ký."))


def can_withdraw(actor: Actor, recognition: Recognition) -> Verdict:
    """Writing down a signed withdrawal. By whom it must be signed, the rules check (Art. 8.2)."""
    verdict = _on_stars(actor, recognition, _("Chỉ cơ quan OCOP cấp tỉnh ghi quyết định thu hồi đã ký."))
    if not verdict:
        return verdict
    if recognition.withdrawn_on is not None:
        return no(_("Lần công nhận này đã bị thu hồi."))
    if recognition.ended_on is not None:
        return no(_("Lần công nhận này đã được ghi là hết giá trị, không còn giấy chứng nhận để thu hồi."))
    return YES


def can_extend(actor: Actor, recognition: Recognition) -> Verdict:
    """Art. 12.3: only a certificate that ends and has not been withdrawn runs on."""
    verdict = _on_stars(actor, recognition, _("Chỉ cơ quan OCOP cấp tỉnh ghi việc kéo dài giấy chứng nhận."))
    if not verdict:
        return verdict
    if recognition.withdrawn_on is not None or recognition.ended_on is not None:
        return no(_("Giấy chứng nhận này không còn giá trị nên không kéo dài được."))
    return YES if recognition.valid_to is not None else no(_("Chưa rõ ngày hết hạn. Hãy ghi ngày trên giấy chứng nhận trước."))


def can_confirm(actor: Actor, recognition: Recognition, on: date) -> Verdict:
    """An officer's word that a star holds or has ended: the OCOP office on any, a commune on its own while they wait to be verified."""
    verdict = _officers_only(actor, recognition.product.commune_now, _("Chỉ cán bộ xã và cơ quan OCOP trả lời về một sao."))
    if not verdict:
        return verdict
    if recognition.record_type != RecordType.RECOGNITION:
        return no(str(_DISTRICT_RATING))
    if recognition.withdrawn_on is not None:
        return no(_("Lần công nhận này đã bị thu hồi."))
    if actor.role == Role.COMMUNE_OFFICER and not is_unverified(recognition, on):
        return no(_("Sao này không chờ xác minh. Nếu có chỗ sai, hãy báo cơ quan OCOP cấp tỉnh."))
    return YES


def can_answer_renewed(actor: Actor, recognition: Recognition, on: date) -> Verdict:
    """A signed decision that settles a star waiting to be verified: here a commune writes one down too, for its own products."""
    verdict = can_confirm(actor, recognition, on)
    if verdict and not is_unverified(recognition, on):
        return no(_("Sao này không chờ xác minh. Hãy ghi quyết định ở trang sản phẩm."))
    return verdict


def can_check_answer(actor: Actor, answer: StandingAnswer) -> Verdict:
    """The OCOP office looks at what a commune answered; nobody at their own."""
    verdict = _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh kiểm tra câu trả lời của xã."))
    if not verdict:
        return verdict
    if answer.given_by_id is not None and answer.given_by_id == actor.user_id:
        return no(_("Bạn không tự kiểm tra câu trả lời của mình."))
    if answer.taken_back_at is not None:
        return no(_("Câu trả lời này đã được rút lại."))
    return YES if answer.needs_check and answer.checked_at is None else no(_("Câu trả lời này không còn chờ kiểm tra."))


def can_take_back(actor: Actor, answer: StandingAnswer) -> Verdict:
    verdict = _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh rút lại một câu trả lời."))
    if verdict and answer.taken_back_at is not None:
        return no(_("Câu trả lời này đã được rút lại."))
    return verdict


def can_record_filing(actor: Actor, recognition: Recognition) -> Verdict:
    """The commune takes the dossier (Art. 7.1); the OCOP office may write the same down."""
    verdict = _officers_only(actor, recognition.product.commune_now, _("Hồ sơ nộp tại UBND xã; chỉ cán bộ xã và cơ quan OCOP ghi đã nhận."))
    if not verdict:
        return verdict
    if recognition.record_type != RecordType.RECOGNITION:
        return no(str(_DISTRICT_RATING))
    if recognition.withdrawn_on is not None or recognition.ended_on is not None:
        return no(_("Sao này không còn giá trị nên không đánh giá lại theo lần công nhận này."))
    filing = getattr(recognition, "filing", None)
    return no(_("Hồ sơ này đã có kết quả.")) if filing and filing.result else YES


def can_decide_late(actor: Actor, recognition: Recognition, stage: str | None) -> Verdict:
    """Where the window was missed the OCOP office says whether the certificate runs out or runs on (Art. 12.3)."""
    verdict = _on_stars(actor, recognition, _("Trường hợp lỡ hạn do cơ quan OCOP cấp tỉnh quyết định."))
    if verdict and stage not in FOR_DECISION:
        return no(_("Sao này không ở trường hợp lỡ hạn nộp hồ sơ."))
    return verdict


def can_record_refusal(actor: Actor, recognition: Recognition) -> Verdict:
    """The result of a re-evaluation that gave no star; one that gave a star is recorded as a recognition."""
    verdict = _on_stars(actor, recognition, _("Chỉ cơ quan OCOP cấp tỉnh ghi kết quả đánh giá lại."))
    if not verdict:
        return verdict
    filing = getattr(recognition, "filing", None)
    if filing is None:
        return no(_("Chưa ghi hồ sơ đánh giá lại nào đã nộp cho lần công nhận này."))
    return no(_("Hồ sơ này đã có kết quả.")) if filing.result else YES


def can_write_letters(actor: Actor) -> Verdict:
    return _ocop_office(actor, _("Chỉ cơ quan OCOP cấp tỉnh lập thư nhắc đánh giá lại."))


def can_subscribe(actor: Actor) -> Verdict:
    """A calendar of renewals is for the officers who keep them."""
    is_officer = actor.role in (Role.OCOP_OFFICER, Role.COMMUNE_OFFICER) and actor.office_key
    return YES if is_officer else no(_("Lịch đánh giá lại dành cho cán bộ xã và cơ quan OCOP."))


def can_read_person(actor: Actor, producer: Producer) -> Verdict:
    """Personal data: who keeps the producer's papers, and inspectors. Every reading is logged."""
    if actor.role == Role.INSPECTOR:
        return YES
    return _may_keep(actor, producer, producer.commune_now)


def can_set_person(actor: Actor, producer: Producer) -> Verdict:
    return _may_keep(actor, producer, producer.commune_now)


def can_publish_contact(actor: Actor, producer: Producer) -> Verdict:
    """Consent is the producer's own (Law 91/2025/QH15): no officer gives it for them."""
    if _speaks_for(actor, producer):
        return YES
    return no(_("Chỉ chính chủ thể đồng ý công khai số điện thoại và Zalo của mình."))


def can_withdraw_contact(actor: Actor, producer: Producer) -> Verdict:
    """The producer at any time; an officer too, when somebody asks by telephone."""
    return _may_keep(actor, producer, producer.commune_now)


def can_request_claim(actor: Actor, producer: Producer, on: date) -> Verdict:
    if actor.user_id is None:
        return no(_("Hãy đăng nhập trước khi xin giữ trang."))
    if speaks_for_already(actor.user_id, producer, on):
        return no(_("Bạn đang giữ trang của chủ thể này."))
    return YES


def can_decide_claim(actor: Actor, claim: ProducerClaim) -> Verdict:
    """An officer of the producer's commune or the OCOP office; never on the own claim."""
    verdict = _officers_only(actor, claim.producer.commune_now, _("Chỉ cán bộ xã của chủ thể và cơ quan OCOP xét việc này."))
    if not verdict:
        return verdict
    if claim.user_id == actor.user_id:
        return no(_("Bạn không tự xét yêu cầu của mình."))
    if claim.state not in CLAIM_MOVES[ClaimState.APPROVED]:
        return no(_("Yêu cầu này đã được xét."))
    return YES


def can_handle_report(actor: Actor, report: Report) -> Verdict:
    """An officer of the commune it concerns, or the OCOP office."""
    if report.state not in REPORT_MOVES[ReportState.CLOSED_UNFOUNDED]:
        return no(_("Báo cáo này đã đóng."))
    made_in = report.product.commune_now if report.product else None
    if _is_officer_of(actor, made_in):
        return YES
    return _officers_only(actor, report.commune, _("Chỉ cán bộ xã liên quan và cơ quan OCOP xử lý báo cáo này."))


def can_close_report(actor: Actor, report: Report, *, is_upheld: bool) -> Verdict:
    """Upheld only after somebody took it in hand; unfounded at once, too."""
    verdict = can_handle_report(actor, report)
    target = ReportState.CLOSED_UPHELD if is_upheld else ReportState.CLOSED_UNFOUNDED
    if verdict and report.state not in REPORT_MOVES[target]:
        return no(_("Hãy nhận xử lý báo cáo trước khi kết luận là đúng."))
    return verdict


def can_change_intake(actor: Actor, batch: IntakeBatch, target: str) -> Verdict:
    """Mending (`reading`), confirming and discarding, as far as the batch's state allows."""
    verdict = can_take_in(actor)
    if verdict and batch.forgotten_at is not None:
        return no(_("Tệp này đã được xóa sau 90 ngày. Hãy gửi lại tệp."))
    if not verdict or batch.state in INTAKE_MOVES[target]:
        return verdict
    return no(_INTAKE_REASONS.get(batch.state, lambda: _("Bảng này đang được đọc. Hãy chờ đọc xong."))())


def can_undo_intake(actor: Actor, batch: IntakeBatch, at: datetime) -> Verdict:
    """Within a day, and only as a whole."""
    verdict = can_take_in(actor)
    if not verdict:
        return verdict
    if batch.state != IntakeState.CONFIRMED or batch.confirmed_at is None:
        return no(_("Bảng này chưa ghi vào sổ nên không có gì để hoàn tác."))
    if at > batch.confirmed_at + rules.UNDO_WITHIN:
        return no(_("Đã quá 24 giờ từ lúc ghi vào sổ. Hãy sửa từng sản phẩm hoặc chủ thể."))
    return YES


_INTAKE_REASONS: dict[str, Callable[[], str]] = {
    IntakeState.UNREADABLE: lambda: _("Tệp này không đọc được. Hãy gửi tệp khác."),
    IntakeState.UNMAPPED: lambda: _("Hãy chọn cột nào ghi gì trước."),
    IntakeState.CONFIRMED: lambda: _("Bảng này đã ghi vào sổ."),
    IntakeState.UNDONE: lambda: _("Bảng này đã được hoàn tác. Hãy đọc lại trước khi ghi lần nữa."),
    IntakeState.DISCARDED: lambda: _("Bảng này đã bỏ."),
}


def _speaks_for(actor: Actor, producer: Producer | None) -> bool:
    return producer is not None and producer_code_of(actor) == producer.code


def _is_officer_of(actor: Actor, commune: Unit | None) -> bool:
    return actor.role == Role.COMMUNE_OFFICER and commune is not None and actor.unit_key == commune.key


def _may_keep(actor: Actor, producer: Producer | None, commune: Unit | None) -> Verdict:
    if actor.system or actor.role == Role.OCOP_OFFICER or _speaks_for(actor, producer) or _is_officer_of(actor, commune):
        return YES
    if actor.role == Role.PRODUCER:
        return no(_("Đây không phải trang của chủ thể bạn đại diện."))
    if actor.role == Role.COMMUNE_OFFICER:
        return no(_("Đây không phải chủ thể hoặc sản phẩm của xã bạn."))
    return no(_("Chỉ chủ thể, cán bộ xã và cơ quan OCOP sửa được phần này."))


def _officers_only(actor: Actor, commune: Unit | None, reason: str) -> Verdict:
    if actor.system or actor.role == Role.OCOP_OFFICER or _is_officer_of(actor, commune):
        return YES
    return no(_("Việc này thuộc xã khác.")) if actor.role == Role.COMMUNE_OFFICER else no(reason)


def _ocop_office(actor: Actor, reason: str) -> Verdict:
    return YES if actor.system or actor.role == Role.OCOP_OFFICER else no(reason)


def _on_stars(actor: Actor, recognition: Recognition, reason: str) -> Verdict:
    verdict = _ocop_office(actor, reason)
    if verdict and recognition.record_type != RecordType.RECOGNITION:
        return no(str(_DISTRICT_RATING))
    return verdict


def _fields(fields: frozenset[str], allowed: frozenset[str]) -> Verdict:
    refused = sorted(fields - allowed)
    return no(_("Bạn không sửa được phần này: %(fields)s.") % {"fields": ", ".join(refused)}) if refused else YES
