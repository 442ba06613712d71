"""What a public page of a product, a star or a maker is made of: plain values, nothing personal among them."""

from dataclasses import dataclass
from datetime import date

from ocop.register.rules import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is made: today's commune, and the unit the source named, which may have ended."""

    commune: str = ""  # "Xã Côn Minh"; empty when the source leaves more than one commune possible
    commune_code: str = ""
    unit: str = ""  # "Xã Côn Minh", "Huyện Na Rì"
    unit_parent: str = ""  # "Huyện Na Rì"
    unit_ended_on: date | None = None  # exclusive


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer as its products' pages show it. Phone and Zalo are empty without consent."""

    code: str
    name: str
    name_en: str
    founded_year: int | None
    opening_hours: str
    phone: str
    zalo: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the register holds of one product itself."""

    public_id: str
    slug: str
    name: str
    name_en: str
    art: str
    rubric_id: str
    set_no: int | None
    set_alternatives: str
    source_group: str
    key_group: str
    description_vi: str
    description_en: str
    story_vi: str
    story_en: str
    ingredients: str
    storage: str
    shelf_life: str
    price_text: str
    pack_text: str
    channels_text: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date
    is_demo: bool


@dataclass(frozen=True, slots=True)
class StarGround:
    """What one answer about a star rests on: the recognition with its decision and source."""

    code: str
    stars: int | None
    level: str
    decision_no: str
    signatory: str
    recognised_on: date | None
    recognised_precision: str
    known_as_of: str
    withdrawal_decision_no: str
    withdrawal_signatory: str
    withdrawal_reason: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date


@dataclass(frozen=True, slots=True)
class RecognitionLine(StarGround):
    """One event in a product's history of stars. Ends are exclusive."""

    record_type: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    valid_to_min: date | None
    valid_to_max: date | None
    end_basis: str
    status_text: str
    conflict_group: str
    confirmed_on: date | None
    ended_on: date | None
    ended_reason: str
    extended_until: date | None
    extension_ground: str
    withdrawn_on: date | None
    note: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product in a list of its maker's, with its standing on the day asked."""

    standing: Standing
    public_id: str
    name: str
    name_en: str
    art: str
    source_group: str
    photo: str  # "<key>-<width in pixels>" of a WebP picture, empty without a photo
    is_demo: bool


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One photo and the sizes it has: (format, width, height in pixels), narrowest first."""

    key: str
    caption_vi: str
    caption_en: str
    sizes: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What a pack costs on the day asked, in đồng, and since when."""

    kind: str
    amount: int
    since: date
    is_demo: bool


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One pack and its prices on the day asked."""

    name: str
    gtin: str
    prices: tuple[PriceLine, ...]


@dataclass(frozen=True, slots=True)
class AwardLine:
    """A prize that is not OCOP."""

    name: str
    level: str
    year: int
    source_url: str


@dataclass(frozen=True, slots=True)
class LegalFormLine:
    """Under which form a maker worked, from–to."""

    form: str
    subtype: str
    valid_from: date | None
    valid_to: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class SmallParts:
    """The short lists that belong to a product or a maker."""

    photos: tuple[PhotoLine, ...] = ()
    variants: tuple[VariantLine, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # (code, kind)
    awards: tuple[AwardLine, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (kind, address)
    legal_forms: tuple[LegalFormLine, ...] = ()
    sites: tuple[tuple[str, str], ...] = ()  # (key, name) of tourism sites


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything `/sp/<code>` shows."""

    product: ProductFacts
    place: Place
    maker: Maker | None
    standing: Standing
    history: tuple[RecognitionLine, ...]  # oldest first; those without any date at the end
    siblings: tuple[ProductLine, ...]  # all products of this maker, this one too; those whose star may be used today first
    parts: SmallParts


@dataclass(frozen=True, slots=True)
class VerifyAnswer:
    """What is known of one star today."""

    public_id: str
    name: str
    name_en: str
    art: str
    photo: str  # as of ProductLine
    is_demo: bool
    place: Place
    maker_code: str
    maker_name: str
    official_code: str
    standing: Standing
    ground: StarGround | None


@dataclass(frozen=True, slots=True)
class MakerFacts:
    """What the register holds of one producer itself, personal data excepted."""

    code: str
    name: str
    name_en: str
    address: str
    founded_year: int | None
    members_text: str
    facts: str
    story_vi: str
    story_en: str
    opening_hours: str
    phone: str
    zalo: str
    twin_code: str  # perhaps the same producer under another name; nobody has decided
    twin_name: str
    source_url: str
    source_name: str
    confidence: str
    as_of: date
    note: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ProducerPage:
    """Everything `/chu-the/<code>/` shows."""

    maker: MakerFacts
    place: Place
    products: tuple[ProductLine, ...]
    parts: SmallParts
