"""Names of goods in the reader's language: the product sets of the rubric and the groups the sources use.

The names themselves are data (`data/rubrics`, `data/bac-kan`); here they are only marked, so that the catalogue of
translations holds them. A name nobody translated stays Vietnamese.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language, gettext, gettext_noop

from ocop.register.queries import product_sets


def set_names() -> Mapping[int, str]:
    """The product sets of the rubric in force, by number, in the reader's language."""
    return {each.no: gettext(each.name) for each in product_sets()}


def group_name(group: str) -> str:
    """A source's name of a group of goods in the reader's language."""
    return _group_name(group, get_language() or "vi") if group else ""


@lru_cache(maxsize=512)
def _group_name(group: str, _language: str) -> str:
    return gettext(group)


KNOWN_GROUPS: Final = (
    gettext_noop("Bánh kẹo"),
    gettext_noop("Chè và đồ uống"),
    gettext_noop("Du lịch nông thôn"),
    gettext_noop("Dược liệu"),
    gettext_noop("Gia vị"),
    gettext_noop("Gạo và chế biến từ gạo"),
    gettext_noop("Mật ong"),
    gettext_noop("Rau, củ, quả và chế biến"),
    gettext_noop("Rau, củ, quả và chế biến (miến)"),
    gettext_noop("Sinh vật cảnh"),
    gettext_noop("Thịt gia súc, gia cầm"),
    gettext_noop("Thủ công mỹ nghệ"),
    gettext_noop("Thủy sản chế biến"),
    gettext_noop("Đồ uống có cồn"),
)
KNOWN_SETS: Final = (
    gettext_noop("Rau, củ, quả, hạt tươi"),
    gettext_noop("Thịt, thủy sản, trứng, sữa tươi"),
    gettext_noop("Gạo, ngũ cốc, hạt sơ chế khác"),
    gettext_noop("Mật ong, mật khác và nông sản thực phẩm khác"),
    gettext_noop("Đồ ăn nhanh"),
    gettext_noop("Chế biến từ gạo, ngũ cốc"),
    gettext_noop("Chế biến từ rau, củ, quả, hạt"),
    gettext_noop("Chế biến từ thịt, thủy sản, trứng, sữa, các sản phẩm từ mật ong, mật khác và nông sản thực phẩm khác"),
    gettext_noop("Tương, nước mắm, gia vị dạng lỏng khác"),
    gettext_noop("Gia vị khác (muối, hành, tỏi, tiêu)"),
    gettext_noop("Chè tươi, chè chế biến"),
    gettext_noop("Sản phẩm trà từ thực vật khác"),
    gettext_noop("Cà phê, cacao"),
    gettext_noop("Rượu trắng"),
    gettext_noop("Đồ uống có cồn khác"),
    gettext_noop("Nước khoáng thiên nhiên, nước uống đóng chai"),
    gettext_noop("Đồ uống không cồn khác"),
    gettext_noop("Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền"),
    gettext_noop("Mỹ phẩm có thành phần từ dược liệu"),
    gettext_noop("Tinh dầu và dược liệu khác"),
    gettext_noop("Thủ công mỹ nghệ"),
    gettext_noop("Vải, may mặc"),
    gettext_noop("Hoa"),
    gettext_noop("Cây cảnh"),
    gettext_noop("Động vật cảnh"),
    gettext_noop("Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"),
)
