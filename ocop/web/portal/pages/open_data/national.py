"""The national table PTNT_OCOP as a set of open data: its own column names, its own codes."""

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.register.queries.national import national_report, national_table
from ocop.register.rules.national import STATES
from ocop.web.portal.pages.open_data.data_set import CC_BY, DataSet, Field, Row
from ocop.web.portal.pages.open_data.products import REGISTER_EVENTS

_KINDS = {"integer": "integer", "text": "string", "decimal": "number"}
_MEANINGS: dict[str, Promise] = {
    "MA_OCOP": _("Số trong mã sản phẩm của sổ; cùng một sản phẩm thì năm nào cũng cùng số."),
    "Ma_DonViHanhChinh": _("Mã xã có hiệu lực vào ngày báo cáo; trống khi nguồn không nói rõ xã."),
    "Ma_ThoiGian": _("Năm báo cáo."),
    "Ma_SanPham": _("Mã sản phẩm trong sổ, khớp với bộ register."),
    "TenSanPham": _("Tên sản phẩm."),
    "XepHang": _("Hạng sao đang giữ, hoặc hạng cuối cùng được biết."),
    "ChuTheSXKD": _("Tên chủ thể; trống khi chưa rõ."),
    "DoanhThuNam": _("Doanh thu năm. Trống: chưa có số liệu, không ước tính."),
    "TrangThai": _("Tình trạng sao: con_han, keo_dai, cho_xm (chờ xác minh), het_han, thu_hoi."),
}


def _rows(on: date) -> Iterable[Row]:
    report = national_report(on.year, on)
    return [tuple(row[field.name] for field in report.table.fields) for row in report.rows]


def _fields() -> tuple[Field, ...]:
    closed = {"TrangThai": tuple(STATES.values())}
    units = {"DoanhThuNam": _("triệu đồng")}
    return tuple(
        Field(
            field.name,
            _KINDS[field.kind],
            _MEANINGS[field.name],
            field.values or closed.get(field.name, ()),
            units.get(field.name, ""),
            is_key=field.name == "Ma_SanPham",
        )
        for field in national_table().fields
    )


NATIONAL = DataSet(
    name="5277",
    title=_("Biểu quốc gia PTNT_OCOP (5277/QĐ-BNNMT)"),
    about=_(
        "Sổ theo cấu trúc của Bộ: sản phẩm từng đạt từ 3 sao, mỗi dòng đã kiểm đúng kiểu, độ dài và giá trị cho phép. "
        "Toàn văn quyết định chưa được đọc; cột và mã lấy từ một kho mã nguồn mở, cần Bộ xác nhận."
    ),
    source=_("Sổ OCOP Bắc Kạn (bộ register có nguồn của từng sản phẩm)."),
    licence=CC_BY,
    fields=_fields(),
    rows=_rows,
    events=REGISTER_EVENTS,
    theme="AGRI",
    keywords=("OCOP", "5277/QĐ-BNNMT", "PTNT_OCOP", "Bắc Kạn"),
    asks="nam",
)
