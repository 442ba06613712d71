"""The register's lines as a spreadsheet: the same words as the page, every row with its source."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from ocop.papers.sheets import Cell, Column, Sheet
from ocop.register.queries import reason_sentence
from ocop.register.queries.catalogue import RegisterLine
from ocop.web.kit.templatetags.kit_text import day_words
from ocop.web.kit.words import CONFIDENCES
from ocop.web.portal.pages.cards import product_address
from ocop.web.portal.pages.filters import standing_label
from ocop.web.portal.pages.goods import group_name, set_names


def register_sheet(on: date, title: str, asked: str = "") -> Sheet:
    """What the table says of itself; `asked` is the selection in words."""
    as_of = _("Tình trạng sao vào ngày %(day)s, theo những gì sổ biết khi tải.") % {"day": day_words(on)}
    return Sheet(
        name=_("Sổ OCOP"),
        title=title,
        as_of=f"{as_of} {asked}".strip(),
        source=_("Sổ OCOP Bắc Kạn, %(site)s; nguồn của từng dòng ở các cột cuối. Không có sản phẩm demo.") % {"site": settings.SITE_URL},
        columns=(
            Column(_("Mã"), 9),
            Column(_("Sản phẩm"), 34),
            Column(_("Chủ thể"), 34),
            Column(_("Xã, phường nay"), 20),
            Column(_("Nơi ghi trong nguồn"), 26),
            Column(_("Bộ sản phẩm"), 34),
            Column(_("Nhóm trong nguồn"), 24),
            Column(_("Tình trạng sao"), 16),
            Column(_("Hạng sao đang giữ hoặc lần cuối biết"), 12),
            Column(_("Có giá trị đến hết"), 14),
            Column(_("Lý do"), 50),
            Column(_("Xác nhận gần nhất"), 14),
            Column(_("Quyết định"), 22),
            Column(_("Độ tin cậy của dòng"), 22),
            Column(_("Nguồn của dòng"), 40),
            Column(_("Ngày đọc nguồn"), 14),
            Column(_("Trang sản phẩm"), 34),
        ),
    )


def register_rows(lines: Iterable[RegisterLine], on: date) -> Iterator[list[Cell]]:
    """One row a product, in the columns of `register_sheet`."""
    sets = set_names()
    for line in lines:
        yield [
            line.code,
            line.name,
            line.producer,
            line.commune,
            ", ".join(filter(None, (line.unit, line.unit_parent))),
            sets.get(line.set_no or 0, ""),
            group_name(line.group),
            standing_label(line.state),
            line.stars,
            line.until - timedelta(days=1) if line.until else None,
            reason_sentence(line.standing, on),
            line.confirmed_on,
            line.decision_no or (_("Chưa tìm thấy quyết định") if line.recognition else ""),
            str(CONFIDENCES.get(line.confidence, "")),
            line.source_url or line.source_name,
            line.as_of,
            f"{settings.SITE_URL}{product_address(line.code)}",
        ]
