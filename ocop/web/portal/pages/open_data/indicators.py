"""Reported figures as rows of open data: every number as its source printed it, those that contradict each other named."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from ocop.programme.enums import AreaLevel, FigureKind, PeriodPrecision, Qualifier
from ocop.programme.models import Figure
from ocop.programme.queries import figures
from ocop.web.portal.pages.open_data.data_set import CC_BY, JOINED, SOURCE_FIELDS, DataSet, Field, Row, choices, source_of


def _rows(on: date) -> Iterator[Row]:
    rows = [row for row in figures() if not row.is_demo]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row.disagreement_group].append(row.code)
    for row in sorted(rows, key=lambda row: row.code):
        rivals = groups[row.disagreement_group] if row.disagreement_group else []
        yield _figure(row, JOINED.join(sorted(code for code in rivals if code != row.code)))


def _figure(row: Figure, contradicted_by: str) -> Row:
    return (
        row.code,
        row.indicator_code,
        row.indicator,
        row.kind,
        row.value_text,
        row.value_low,
        row.value_high,
        row.qualifier,
        row.unit_text,
        row.stated_from,
        row.stated_last,
        row.stated_precision,
        row.area,
        row.area_level,
        row.area_unit.key if row.area_unit else "",
        contradicted_by,
        *source_of(row),
    )


INDICATORS = DataSet(
    name="indicators",
    title=_("Chỉ số đã công bố"),
    about=_("Các con số về chương trình mà nguồn đã in: giá trị, thời điểm, phạm vi, nguồn. Số lệch nhau thì để cả hai và nói rõ."),
    source=_("Báo chí và báo cáo đã công bố; địa chỉ nguồn ở từng dòng."),
    licence=CC_BY,
    fields=(
        Field("figure_code", "string", _("Mã con số."), is_key=True),
        Field("indicator_code", "string", _("Mã chỉ số; các con số cùng chỉ số có chung mã.")),
        Field("indicator", "string", _("Tên chỉ số, bằng tiếng Việt.")),
        Field("kind", "string", _("Số đã đạt hay mục tiêu."), choices(FigureKind)),
        Field("value_text", "string", _("Giá trị đúng như nguồn in.")),
        Field("value_low", "number", _("Giá trị bằng số; với một khoảng là đầu thấp.")),
        Field("value_high", "number", _("Đầu cao của khoảng; bằng đầu thấp khi chỉ có một số.")),
        Field("qualifier", "string", _("Nguồn nói khoảng, hơn, hay từ … trở lên."), choices(Qualifier)),
        Field("unit", "string", _("Đơn vị như nguồn in.")),
        Field("stated_from", "date", _("Ngày đầu của thời gian mà con số nói tới.")),
        Field("stated_through", "date", _("Ngày cuối của thời gian đó.")),
        Field("stated_precision", "string", _("Thời gian biết đến ngày, tháng, năm hay nhiều năm."), choices(PeriodPrecision)),
        Field("area", "string", _("Phạm vi như nguồn gọi.")),
        Field("area_level", "string", _("Cấp của phạm vi."), choices(AreaLevel)),
        Field("area_unit_key", "string", _("Đơn vị hành chính, khớp với bộ places.")),
        Field("contradicted_by", "string", _("Mã các con số nói khác, cách nhau bằng “ ; ”.")),
        *SOURCE_FIELDS,
    ),
    rows=_rows,
    events=frozenset({"programme.opening_data_loaded"}),
    theme="ECON",
    keywords=("OCOP", "Bắc Kạn", "chỉ số", "số liệu"),
)
