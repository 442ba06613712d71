"""Every event in the history of a star, with its decision."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from ocop.register.enums import DatePrecision, EndBasis, RecognitionKind, RecognitionLevel, RecordType, WithdrawalAuthority
from ocop.register.models import Recognition
from ocop.register.queries.open_data import open_recognitions
from ocop.web.portal.pages.open_data.data_set import CC_BY, SOURCE_FIELDS, DataSet, Field, Row, choices, source_of, through

WHOLE_REGISTER_EVENTS = frozenset({"register.loaded", "register.taken_in", "register.intake_undone", "product.merged", "product.unmerged"})
RECOGNITION_EVENTS = frozenset({f"recognition.{what}" for what in ("recorded", "withdrawn", "extended", "confirmed", "ended")})
RECOGNITION_EVENTS |= {"answer.taken_back", "renewal.refused", "renewal.decided"}


def _recognition_rows(on: date) -> Iterator[Row]:
    for row in open_recognitions():
        yield _recognition(row)


def _recognition(row: Recognition) -> Row:
    return (
        row.code,
        row.product.public_id,
        row.record_type,
        row.kind,
        row.stars,
        row.level,
        row.rubric_id,
        row.decision_no,
        row.recognised_on,
        row.recognised_precision,
        row.known_as_of,
        row.valid_from,
        through(row.valid_to),
        through(row.valid_to_min),
        through(row.valid_to_max),
        row.end_basis,
        row.status_text,
        row.confirmed_on,
        row.ended_on,
        row.ended_reason,
        through(row.extended_until),
        row.withdrawn_on,
        row.withdrawal_decision_no,
        row.withdrawal_authority,
        row.withdrawal_reason,
        row.conflict_group,
        *source_of(row),
    )


RECOGNITIONS = DataSet(
    name="recognitions",
    title=_("Các lần công nhận"),
    about=_("Từng lần công nhận, cấp lại, gia hạn, thu hồi, với quyết định và hạn. Nguồn lệch nhau thì cả hai dòng cùng ở đây."),
    source=_("Quyết định đã công bố, trang cơ quan nhà nước và báo chí; địa chỉ nguồn ở từng dòng."),
    licence=CC_BY,
    fields=(
        Field("recognition_code", "string", _("Mã lần công nhận."), is_key=True),
        Field("product_id", "string", _("Mã sản phẩm, khớp với bộ register.")),
        Field("record_type", "string", _("Công nhận, hay chỉ là xếp hạng cấp huyện trước 2025 (không cho sao)."), choices(RecordType)),
        Field("kind", "string", _("Lần đầu, nâng hạng, đánh giá lại, cấp lại; trống khi chưa rõ."), choices(RecognitionKind)),
        Field("stars", "integer", _("Hạng sao; trống khi nguồn không ghi."), unit="1–5"),
        Field("level", "string", _("Cấp công nhận."), choices(RecognitionLevel)),
        Field("rubric_id", "string", _("Bộ tiêu chí có hiệu lực lúc đó.")),
        Field("decision_no", "string", _("Số quyết định; trống khi chưa tìm thấy.")),
        Field("recognised_on", "date", _("Ngày công nhận, hoặc ngày đầu của tháng, năm được biết.")),
        Field("recognised_precision", "string", _("Ngày trên biết đến đâu."), choices(DatePrecision)),
        Field("known_as_of", "string", _("Khi không rõ ngày: thời điểm của nguồn đã nhắc tới.")),
        Field("valid_from", "date", _("Ngày đầu còn hiệu lực.")),
        Field("valid_through", "date", _("Ngày cuối còn hiệu lực.")),
        Field("valid_through_min", "date", _("Khi hạn là một khoảng: ngày cuối sớm nhất.")),
        Field("valid_through_max", "date", _("Khi hạn là một khoảng: ngày cuối muộn nhất.")),
        Field("end_basis", "string", _("Hạn từ đâu: ghi trên giấy, tính 36 tháng, hay chưa rõ."), choices(EndBasis)),
        Field("status_text", "string", _("Tình trạng theo lời nguồn.")),
        Field("confirmed_on", "date", _("Ngày gần nhất có cán bộ xác nhận.")),
        Field("ended_on", "date", _("Ngày đầu không còn sao, theo cán bộ xác nhận.")),
        Field("ended_reason", "string", _("Lý do kết thúc.")),
        Field("extended_through", "date", _("Ngày cuối của thời gian được kéo dài hiệu lực.")),
        Field("withdrawn_on", "date", _("Ngày thu hồi.")),
        Field("withdrawal_decision_no", "string", _("Số quyết định thu hồi.")),
        Field("withdrawal_authority", "string", _("Ai thu hồi."), choices(WithdrawalAuthority)),
        Field("withdrawal_reason", "string", _("Lý do thu hồi.")),
        Field("conflict_group", "string", _("Các dòng nói khác nhau về một lần công nhận có chung giá trị này.")),
        *SOURCE_FIELDS,
    ),
    rows=_recognition_rows,
    counted=open_recognitions,
    events=RECOGNITION_EVENTS | WHOLE_REGISTER_EVENTS | {"product.shown", "product.hidden"},
    theme="AGRI",
    keywords=("OCOP", "Bắc Kạn", "công nhận", "quyết định"),
)
