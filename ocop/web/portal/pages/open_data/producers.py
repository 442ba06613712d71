"""The makers of the products, without anything about a person."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ocop.register.enums import LegalForm
from ocop.register.models import Producer
from ocop.register.queries.open_data import open_producers
from ocop.web.portal.pages.open_data.data_set import (
    CC_BY,
    JOINED,
    PLACE_FIELDS,
    SOURCE_FIELDS,
    DataSet,
    Field,
    Row,
    choices,
    place_of,
    source_of,
)
from ocop.web.portal.pages.open_data.recognitions import WHOLE_REGISTER_EVENTS

PRODUCER_EVENTS = frozenset({f"producer.{what}" for what in ("created", "edited", "legal_form_changed", "merged", "unmerged")})


def _producer_rows(on: date) -> Iterator[Row]:
    for maker in open_producers():
        yield _producer(maker)


def _producer(maker: Producer) -> Row:
    form = next(iter(maker.open_forms), None)
    return (
        maker.code,
        maker.name,
        maker.name_en,
        form.form if form else "",
        form.subtype if form else "",
        maker.founded_year,
        *place_of(maker.commune_now, maker.unit),
        len(maker.published),
        JOINED.join(product.public_id for product in maker.published),
        f"{settings.SITE_URL}/chu-the/{maker.code}/",
        *source_of(maker),
    )


PRODUCERS = DataSet(
    name="producers",
    title=_("Chủ thể OCOP"),
    about=_("Hợp tác xã, tổ hợp tác, doanh nghiệp và hộ làm ra sản phẩm trong sổ. Không có tên người, điện thoại, địa chỉ và mã số thuế."),
    source=_("Quyết định đã công bố, trang cơ quan nhà nước và báo chí; địa chỉ nguồn ở từng dòng."),
    licence=CC_BY,
    fields=(
        Field("producer_code", "string", _("Mã chủ thể, không đổi."), is_key=True),
        Field("name_vi", "string", _("Tên tiếng Việt.")),
        Field("name_en", "string", _("Tên tiếng Anh, nếu có.")),
        Field("legal_form", "string", _("Loại hình tổ chức theo Quyết định 26/2026/QĐ-TTg, Điều 2.3."), choices(LegalForm)),
        Field("legal_subtype", "string", _("Dạng cụ thể hơn, ví dụ TNHH, Cổ phần.")),
        Field("founded_year", "integer", _("Năm thành lập."), unit=_("năm")),
        *PLACE_FIELDS,
        Field("products_count", "integer", _("Số sản phẩm trong sổ."), unit=_("sản phẩm")),
        Field("product_ids", "string", _("Mã các sản phẩm, cách nhau bằng “ ; ”.")),
        Field("page", "string", _("Trang của chủ thể.")),
        *SOURCE_FIELDS,
    ),
    rows=_producer_rows,
    counted=open_producers,
    events=PRODUCER_EVENTS | WHOLE_REGISTER_EVENTS | {"product.created", "product.shown", "product.hidden"},
    theme="AGRI",
    keywords=("OCOP", "Bắc Kạn", "hợp tác xã", "chủ thể"),
)
