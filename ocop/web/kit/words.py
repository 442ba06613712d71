"""Words that repeat on screens, in one place: roles, offices, standings, the register's choices.

Codes come from the rooms' enums; labels live here because a screen, not a rule, needs them.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ocop.people.enums import OfficeKind, Role
from ocop.register.enums import (
    Confidence,
    KeyGroup,
    LegalForm,
    LinkKind,
    PriceKind,
    RecognitionKind,
    RecognitionLevel,
    ReportKind,
    ReportState,
    StandingKind,
    Unit,
)

ROLES: dict[str, Promise] = {
    Role.PRODUCER: _("Chủ thể"),
    Role.COMMUNE_OFFICER: _("Cán bộ xã, phường"),
    Role.OCOP_OFFICER: _("Cán bộ OCOP tỉnh"),
    Role.ADVISORY_MEMBER: _("Thành viên Tổ tư vấn"),
    Role.COUNCIL_MEMBER: _("Thành viên Hội đồng"),
    Role.CHAIR: _("Chủ tịch Hội đồng"),
    Role.SECRETARY: _("Thư ký Hội đồng"),
    Role.LEADER: _("Lãnh đạo UBND"),
    Role.PROMOTION_OFFICER: _("Cán bộ xúc tiến thương mại"),
    Role.KEEPER: _("Phụ trách điểm bán"),
    Role.BUYER: _("Bên mua"),
    Role.INSPECTOR: _("Thanh tra"),
    Role.ADMINISTRATOR: _("Quản trị hệ thống"),
}

OFFICE_KINDS: dict[str, Promise] = {
    OfficeKind.COMMUNE_COMMITTEE: _("UBND xã, phường"),
    OfficeKind.PROVINCE_COMMITTEE: _("UBND tỉnh"),
    OfficeKind.DEPARTMENT: _("Sở, ban, ngành"),
    OfficeKind.OCOP_OFFICE: _("Cơ quan quản lý OCOP tỉnh"),
    OfficeKind.PROMOTION_CENTRE: _("Trung tâm xúc tiến thương mại"),
    OfficeKind.COUNCIL: _("Hội đồng đánh giá, phân hạng"),
    OfficeKind.ADVISORY_TEAM: _("Tổ tư vấn"),
    OfficeKind.INSPECTORATE: _("Thanh tra"),
}

STANDINGS: dict[str, Promise] = {
    StandingKind.VALID: _("Còn hạn"),
    StandingKind.EXTENDED: _("Được kéo dài hiệu lực"),
    StandingKind.EXPIRED: _("Hết hạn"),
    StandingKind.WITHDRAWN: _("Đã thu hồi"),
    StandingKind.UNVERIFIED: _("Chờ xác minh"),
    StandingKind.NONE: _("Chưa có sao"),
}

LEGAL_FORMS: dict[str, Promise] = {
    LegalForm.COOPERATIVE: _("Hợp tác xã"),
    LegalForm.COOPERATIVE_GROUP: _("Tổ hợp tác"),
    LegalForm.ENTERPRISE: _("Doanh nghiệp nhỏ và vừa"),
    LegalForm.FARM: _("Trang trại"),
    LegalForm.REGISTERED_PRODUCTION_HOUSEHOLD: _("Hộ sản xuất có đăng ký kinh doanh"),
    LegalForm.REGISTERED_FAMILY_HOUSEHOLD: _("Hộ gia đình có đăng ký kinh doanh"),
    LegalForm.SOCIETY: _("Hội"),
    LegalForm.ASSOCIATION: _("Hiệp hội"),
    LegalForm.MANAGING_CENTRE: _("Trung tâm điều hành"),
    LegalForm.EQUIVALENT_BODY: _("Tổ chức tương đương"),
}

KEY_GROUPS: dict[str, Promise] = {
    KeyGroup.TEA: _("Chè"),
    KeyGroup.HERBS: _("Dược liệu"),
    KeyGroup.RICE: _("Gạo"),
    KeyGroup.FRUIT_VEGETABLE_ROOT: _("Rau, củ, quả"),
    KeyGroup.TOURISM: _("Du lịch"),
}

UNITS: dict[str, Promise] = {
    Unit.GRAM: _("g"),
    Unit.KILOGRAM: _("kg"),
    Unit.TONNE: _("tấn"),
    Unit.MILLILITRE: _("ml"),
    Unit.LITRE: _("lít"),
    Unit.PIECE: _("cái"),
    Unit.BOX: _("hộp"),
    Unit.BOTTLE: _("chai"),
    Unit.BAG: _("túi"),
    Unit.BUNDLE: _("bó"),
    Unit.NIGHT: _("đêm"),
    Unit.VISIT: _("lượt khách"),
}

PRICE_KINDS: dict[str, Promise] = {PriceKind.RETAIL: _("Giá bán lẻ"), PriceKind.WHOLESALE: _("Giá bán buôn")}

CONFIDENCES: dict[str, Promise] = {
    Confidence.HIGH: _("Tin cậy cao: quyết định hoặc trang cơ quan có ngày"),
    Confidence.MEDIUM: _("Tin cậy vừa: báo chí hoặc cơ quan"),
    Confidence.LOW: _("Tin cậy thấp: nguồn yếu hoặc có phần suy ra"),
}

RECOGNITION_KINDS: dict[str, Promise] = {
    RecognitionKind.FIRST: _("Lần đầu"),
    RecognitionKind.UPGRADE: _("Nâng hạng"),
    RecognitionKind.RE_EVALUATION: _("Đánh giá lại"),
    RecognitionKind.REISSUE: _("Cấp lại"),
    RecognitionKind.UNKNOWN: _("Chưa rõ"),
}

RECOGNITION_LEVELS: dict[str, Promise] = {
    RecognitionLevel.PROVINCE: _("Cấp tỉnh"),
    RecognitionLevel.CENTRE: _("Cấp trung ương"),
    RecognitionLevel.DISTRICT: _("Cấp huyện"),
    RecognitionLevel.UNKNOWN: _("Chưa rõ cấp"),
}

LINK_KINDS: dict[str, Promise | str] = {
    LinkKind.WEBSITE: _("Trang web"),
    LinkKind.FACEBOOK: "Facebook",
    LinkKind.TIKTOK: "TikTok",
    LinkKind.SHOPEE: "Shopee",
    LinkKind.LAZADA: "Lazada",
    LinkKind.POSTMART: "Postmart",
    LinkKind.VOSO: "Voso",
    LinkKind.OTHER: _("Liên kết khác"),
}

REPORT_KINDS: dict[str, Promise] = {ReportKind.MISUSE: _("Dùng sai nhãn OCOP"), ReportKind.ERROR: _("Thông tin sai")}

# Each with the look of its status: class and icon.
REPORT_STATES: dict[str, tuple[Promise, str, str]] = {
    ReportState.NEW: (_("Mới nhận"), "due", "inbox"),
    ReportState.IN_HAND: (_("Đang xử lý"), "act", "pencil"),
    ReportState.CLOSED_UPHELD: (_("Đã xử lý, đúng như báo"), "ok", "badge-check"),
    ReportState.CLOSED_UNFOUNDED: (_("Đã xem, không có sai phạm"), "past", "circle-slash"),
}

# The kind of an administrative unit with its name, as inside a sentence: "xã Côn Minh", in English "Côn Minh commune".
UNIT_KINDS: dict[str, Promise] = {
    "Xã": _("xã %(name)s"),
    "Phường": _("phường %(name)s"),
    "Thị trấn": _("thị trấn %(name)s"),
    "Huyện": _("huyện %(name)s"),
    "Thành phố": _("thành phố %(name)s"),
    "Tỉnh": _("tỉnh %(name)s"),
}


def role_name(code: str) -> str:
    """The Vietnamese (or English) name of a role code; the code itself for one nobody named."""
    return str(ROLES.get(code, code))


def unit_words(name: str) -> str:
    """A unit inside a sentence: "Xã Côn Minh" is "xã Côn Minh", in English "Côn Minh commune"."""
    for kind, words in UNIT_KINDS.items():
        if name.startswith(f"{kind} "):
            return str(words) % {"name": name.removeprefix(f"{kind} ")}
    return name
