"""Choices and states of the register."""

from django.db import models


class LegalForm(models.TextChoices):
    """Applicant types of Decision 26/2026, Art. 2.3 (codes of data/workflow/qd-26-2026.json)."""

    COOPERATIVE = "hop_tac_xa"
    COOPERATIVE_GROUP = "to_hop_tac"
    ENTERPRISE = "doanh_nghiep_nho_va_vua"
    FARM = "trang_trai"
    REGISTERED_PRODUCTION_HOUSEHOLD = "ho_san_xuat_dkkd"
    REGISTERED_FAMILY_HOUSEHOLD = "ho_gia_dinh_dkkd"
    SOCIETY = "hoi"
    ASSOCIATION = "hiep_hoi"
    MANAGING_CENTRE = "trung_tam_dieu_hanh"
    EQUIVALENT_BODY = "to_chuc_tuong_duong"


class KeyGroup(models.TextChoices):
    """The five key groups of the province's plan 2021–2025."""

    TEA = "che"
    HERBS = "duoc_lieu"
    RICE = "gao"
    FRUIT_VEGETABLE_ROOT = "rau_cu_qua"
    TOURISM = "du_lich"


class Unit(models.TextChoices):
    """Units of a variant's quantity; the one closed list."""

    GRAM = "g"
    KILOGRAM = "kg"
    TONNE = "t"
    MILLILITRE = "ml"
    LITRE = "l"
    PIECE = "cai"
    BOX = "hop"
    BOTTLE = "chai"
    BAG = "tui"
    BUNDLE = "bo"
    NIGHT = "dem"  # homestay: one guest, one night
    VISIT = "luot"  # tourism: one guest, one visit


class PriceKind(models.TextChoices):
    RETAIL = "retail"
    WHOLESALE = "wholesale"


class Confidence(models.TextChoices):
    """How sure a fact is: `high` decision or agency page with the date; `medium` press or agency; `low` weak or partly inferred."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class DatePrecision(models.TextChoices):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class RecordType(models.TextChoices):
    RECOGNITION = "recognition"
    DISTRICT_RATING = "district_rating"  # a rating by a district before 2025; no recognition, gives no standing


class RecognitionKind(models.TextChoices):
    FIRST = "lan_dau"
    UPGRADE = "nang_hang"
    RE_EVALUATION = "danh_gia_lai"
    REISSUE = "cap_lai"
    UNKNOWN = ""


class RecognitionLevel(models.TextChoices):
    PROVINCE = "province"
    CENTRE = "centre"
    DISTRICT = "district"
    UNKNOWN = ""


class EndBasis(models.TextChoices):
    """Where the end of a recognition comes from. Only a stated end can make a star `expired`."""

    STATED = "stated"
    STATED_COMMON_2018 = "stated_common_end_2018_round"  # certificates of 2018 re-issued with one end, 12/12/2021
    COMPUTED = "computed_36_months"
    COMPUTED_RANGE = "computed_36_months_range"  # only the year is known: valid_to_min, valid_to_max
    UNKNOWN = "unknown"


STATED_ENDS = (EndBasis.STATED, EndBasis.STATED_COMMON_2018)


class WithdrawalAuthority(models.TextChoices):
    """Decision 26/2026 Art. 8.2: the Chairman for three and four stars, the Minister for five."""

    PROVINCE_CHAIRMAN = "province_chairman"
    MINISTER = "minister"


class StandingKind(models.TextChoices):
    """What is known of a product's star on a date. "due" is VALID with 240 days or fewer left."""

    NONE = "none"
    VALID = "valid"
    EXTENDED = "extended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNVERIFIED = "unverified"


class CodeKind(models.TextChoices):
    OFFICIAL = "official"  # (T)-(X)-(STT)-(năm), Decision 26/2026
    OLD = "old"  # four-part codes of earlier decisions, kept as printed


class LinkKind(models.TextChoices):
    WEBSITE = "website"
    FACEBOOK = "facebook"
    TIKTOK = "tiktok"
    SHOPEE = "shopee"
    LAZADA = "lazada"
    POSTMART = "postmart"
    VOSO = "voso"
    OTHER = "other"


class ReportKind(models.TextChoices):
    MISUSE = "misuse"
    ERROR = "error"


class ReportState(models.TextChoices):
    NEW = "new"
    IN_HAND = "in_hand"
    CLOSED_UPHELD = "closed_upheld"
    CLOSED_UNFOUNDED = "closed_unfounded"


REPORT_MOVES: dict[str, tuple[str, ...]] = {
    ReportState.IN_HAND: (ReportState.NEW,),
    ReportState.CLOSED_UPHELD: (ReportState.IN_HAND,),
    ReportState.CLOSED_UNFOUNDED: (ReportState.NEW, ReportState.IN_HAND),
}


class ClaimState(models.TextChoices):
    """A person asks to keep a producer's pages."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


CLAIM_MOVES: dict[str, tuple[str, ...]] = {
    ClaimState.APPROVED: (ClaimState.REQUESTED,),
    ClaimState.REFUSED: (ClaimState.REQUESTED,),
}


class IntakeState(models.TextChoices):
    """How far one register, sent as a spreadsheet, has been taken in."""

    UPLOADED = "uploaded"  # waits for the reader
    READING = "reading"
    UNREADABLE = "unreadable"  # with the sentence that says why
    UNMAPPED = "unmapped"  # read, but which column holds what is not known yet
    READY = "ready"  # shown row by row, to be mended and confirmed
    CONFIRMED = "confirmed"
    UNDONE = "undone"
    DISCARDED = "discarded"


INTAKE_MOVES: dict[str, tuple[str, ...]] = {
    IntakeState.READING: (IntakeState.UPLOADED, IntakeState.UNMAPPED, IntakeState.READY, IntakeState.UNDONE),
    IntakeState.UNREADABLE: (IntakeState.READING,),
    IntakeState.UNMAPPED: (IntakeState.READING,),
    IntakeState.READY: (IntakeState.READING,),
    IntakeState.CONFIRMED: (IntakeState.READY,),
    IntakeState.UNDONE: (IntakeState.CONFIRMED,),
    IntakeState.DISCARDED: (
        IntakeState.UPLOADED,
        IntakeState.READING,
        IntakeState.UNREADABLE,
        IntakeState.UNMAPPED,
        IntakeState.READY,
        IntakeState.UNDONE,
    ),
}
