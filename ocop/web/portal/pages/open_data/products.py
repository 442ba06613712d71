"""Products with the standing of their stars on a day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from ocop.register.enums import KeyGroup, StandingKind
from ocop.register.queries.catalogue import RegisterLine, register_on
from ocop.register.queries.catalogue.rows import DUE
from ocop.register.queries.open_data import ProductKeys, keys_of_products, open_products
from ocop.register.rules import StandingReason
from ocop.web.portal.pages.open_data.data_set import CC_BY, JOINED, PLACE_FIELDS, SOURCE_FIELDS, DataSet, Field, Row, choices, through
from ocop.web.portal.pages.open_data.producers import PRODUCER_EVENTS
from ocop.web.portal.pages.open_data.recognitions import RECOGNITION_EVENTS, WHOLE_REGISTER_EVENTS
from ocop.web.portal.pages.product import label_address

_PRODUCT_EVENTS = frozenset(
    {f"product.{what}" for what in ("created", "edited", "shown", "hidden", "set_chosen", "code_issued", "old_code_kept")}
)
REGISTER_EVENTS = RECOGNITION_EVENTS | _PRODUCT_EVENTS | PRODUCER_EVENTS | WHOLE_REGISTER_EVENTS | {"variant.set"}


def _register_rows(on: date) -> Iterator[Row]:
    keys = keys_of_products()
    for line in register_on(on):
        yield _product(line, keys[line.product_id], on)


def _product(line: RegisterLine, keys: ProductKeys, on: date) -> Row:
    return (
        line.code,
        line.name,
        line.name_en,
        JOINED.join(keys.codes),
        JOINED.join(keys.gtins),
        line.group,
        line.set_no,
        keys.key_group,
        keys.producer_code,
        line.producer,
        keys.commune_code,
        line.commune,
        ", ".join(filter(None, (line.unit, line.unit_parent))),
        on,
        line.kind,
        line.state == DUE,
        line.stars,
        through(line.until),
        line.reason or StandingReason.NO_RECOGNITION.value,
        line.confirmed_on,
        line.is_disputed,
        line.recognition,
        line.decision_no,
        label_address(line.code),
        line.source_url,
        line.source_name,
        line.confidence,
        line.as_of,
    )


REGISTER = DataSet(
    name="register",
    title=_("Sổ sản phẩm OCOP theo ngày"),
    about=_("Mỗi sản phẩm một dòng: ai làm, ở đâu, tình trạng sao vào ngày hỏi, lý do, quyết định và nguồn."),
    source=_("Quyết định đã công bố, trang cơ quan nhà nước và báo chí; địa chỉ nguồn ở từng dòng."),
    licence=CC_BY,
    fields=(
        Field("product_id", "string", _("Mã sản phẩm trong sổ, không bao giờ đổi."), is_key=True),
        Field("name_vi", "string", _("Tên tiếng Việt.")),
        Field("name_en", "string", _("Tên tiếng Anh, nếu có.")),
        Field("official_codes", "string", _("Mã chính thức, mới và cũ, cách nhau bằng “ ; ”.")),
        Field("gtins", "string", _("Mã vạch GTIN-13 của các quy cách, cách nhau bằng “ ; ”; trống khi chưa có.")),
        Field("source_group", "string", _("Nhóm sản phẩm theo cách gọi của nguồn.")),
        Field("set_no", "integer", _("Số bộ sản phẩm (1–26) của Quyết định 26/2026/QĐ-TTg, phần lớn do suy ra.")),
        Field("key_group", "string", _("Nhóm hàng chủ lực của đề án 2021–2025."), choices(KeyGroup)),
        Field("producer_code", "string", _("Mã chủ thể, khớp với bộ producers.")),
        Field("producer_name", "string", _("Tên chủ thể.")),
        *PLACE_FIELDS,
        Field("standing_on", "date", _("Ngày mà tình trạng sao được tính.")),
        Field("standing", "string", _("Tình trạng sao vào ngày đó."), choices(StandingKind)),
        Field("is_due", "boolean", _("Còn hiệu lực nhưng chỉ còn 240 ngày hoặc ít hơn.")),
        Field("stars", "integer", _("Hạng sao đang giữ, hoặc hạng cuối cùng được biết."), unit="1–5"),
        Field("valid_through", "date", _("Ngày cuối cùng còn hiệu lực; với sao đã hết, ngày cuối trước khi hết.")),
        Field("reason", "string", _("Vì sao có tình trạng này, bằng mã."), choices(StandingReason)),
        Field("confirmed_on", "date", _("Ngày gần nhất có cán bộ xác nhận.")),
        Field("is_disputed", "boolean", _("Các nguồn nói khác nhau về sao này.")),
        Field("recognition_code", "string", _("Lần công nhận làm căn cứ, khớp với bộ recognitions.")),
        Field("decision_no", "string", _("Số quyết định; trống khi chưa tìm thấy.")),
        Field("page", "string", _("Trang của sản phẩm.")),
        *SOURCE_FIELDS[:-1],
    ),
    rows=_register_rows,
    counted=open_products,
    events=REGISTER_EVENTS,
    theme="AGRI",
    keywords=("OCOP", "Bắc Kạn", "nông sản", "sản phẩm", "công nhận sao"),
    asks="ngay",
)
