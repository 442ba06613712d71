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


class RenewalStage(models.TextChoices):
    """Where the renewal of a star stands on a day; `rules.renewal_stage` says which (Decision 26/2026 Art. 7.6 and 12.3)."""

    EARLY = "early"  # more than 240 days left
    PREPARE = "prepare"  # 240: order the laboratory tests
    OPEN = "open"  # 180: dossiers are taken
    REMIND = "remind"  # 150
    LAST_CALL = "last_call"  # 130, to the last day of handing in
    FILED = "filed"  # handed in within the window; the result is awaited
    LATE = "late"  # "lỡ hạn": nothing handed in by day 120, the OCOP office decides
    LETTING = "letting"  # the OCOP office lets it run out
    EXTENDED = "extended"  # Art. 12.3, to the result or day 180
    PAST = "past"  # the end has passed within the last 180 days, nothing decided
    LAPSED = "lapsed"  # no renewal is possible any more


class FilingResult(models.TextChoices):
    """What came of a dossier that was handed in; empty while it is awaited."""

    AWAITED = ""
    RECOGNISED = "recognised"
    REFUSED = "refused"


class LateChoice(models.TextChoices):
    """What the OCOP office decides where the window was missed."""

    LET_LAPSE = "let_lapse"
    EXTEND = "extend"  # Art. 12.3


class LetterKind(models.TextChoices):
    PRODUCER = "producer"
    COMMUNE = "commune"


class AnswerKind(models.TextChoices):
    """What an officer answers about a star that waits to be verified, each with a paper seen."""

    HOLDS = "holds"
    RENEWED = "renewed"
    ENDED = "ended"


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


class DuplicateSign(models.TextChoices):
    """What speaks for two rows being one and the same, or against it."""

    TAX_CODE = "tax_code"
    NAME = "name"  # the same words; legal form, tone position and i/y do not matter
    WORDS = "words"  # the same words in another order
    UNACCENTED = "unaccented"  # the same name once accents are taken off
    PART = "part"  # one name lies within the other
    PHONE = "phone"
    PLACE = "place"  # the same commune of today
    SOURCE = "source"  # a source says that the two may be one
    MAKER = "maker"
    OTHER_TAX_CODE = "other_tax_code"
    OTHER_PLACE = "other_place"
    OTHER_SET = "other_set"


class DuplicateGrade(models.IntegerChoices):
    """How much speaks for it; the order of the list."""

    STRONG = 1
    LIKELY = 2
    POSSIBLE = 3


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
