"""What the API answers. `null` means that nobody knows or nobody said; a day named `last_…` is the last on which the thing holds."""

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ocop.places.enums import SuccessionRelation, UnitKind
from ocop.programme.enums import AreaLevel, FigureKind, PeriodPrecision
from ocop.register.enums import CodeKind, Confidence, DatePrecision, EndBasis, KeyGroup, LegalForm, LinkKind, PriceKind, RecordType
from ocop.register.rules import StandingReason

T = TypeVar("T")


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    code: str
    name: str


class Source(Answer):
    """Where a fact comes from, how sure it is, and when that was read."""

    urls: list[str]
    name: str | None = Field(description="When there is no address.")
    confidence: Confidence
    as_of: date


class Place(Answer):
    """Where something is made: the commune of today, where that is certain, and the unit as the source named it."""

    commune: Named | None
    in_source: str | None = Field(description="With what it lay in: “Xã Côn Minh, Huyện Na Rì”.")


class Standing(Answer):
    """What is known of a product's star on a day."""

    on: date
    state: Literal["valid", "extended", "unverified", "expired", "withdrawn", "none"]
    stars: int | None = Field(description="Held on that day, or last known.")
    last_day: date | None = Field(description="The last day of what holds; of what lapsed, when it lapsed.")
    is_due: bool = Field(description="Valid, with 240 days or fewer left.")
    is_disputed: bool = Field(description="Sources contradict each other.")
    reason: StandingReason
    confirmed_on: date | None = Field(description="When an officer last confirmed it.")
    recognition: str | None
    decision_no: str | None = Field(description="Null where the decision was not found.")


class Product(Answer):
    code: str
    name: str
    name_en: str | None
    page: str = Field(description="The page for people, as printed in QR codes.")
    producer: Named | None
    place: Place
    rubric: str | None
    product_set: int | None
    key_group: KeyGroup | None
    group_in_source: str | None
    standing: Standing
    source: Source


class Star(Answer):
    """One product's star on a day."""

    product: Named
    producer: str | None
    standing: Standing
    source: Source


class Withdrawal(Answer):
    on: date
    decision_no: str
    signatory: str
    reason: str


class Recognition(Answer):
    """A star that a decision gave. The software writes signed decisions down; it never takes them."""

    code: str
    product: Named
    record_type: RecordType = Field(description="A rating by a district before 2025 is no recognition.")
    kind: str | None
    stars: int | None
    level: str | None
    rubric: str | None
    decision_no: str | None
    signatory: str | None = Field(description="The office of who signed.")
    recognised_on: date | None = Field(description="The first day its precision allows.")
    precision: DatePrecision
    first_day: date | None
    last_day: date | None
    last_day_earliest: date | None = Field(description="Where only the year of the decision is known, the end is a range.")
    last_day_latest: date | None
    end_basis: EndBasis
    extended_to: date | None = Field(description="The last day of an extension (Decision 26/2026, Art. 12.3).")
    confirmed_on: date | None
    ended_on: date | None = Field(description="An officer's word that it ended: the first day without the star.")
    ended_reason: str | None
    withdrawal: Withdrawal | None
    is_disputed: bool
    source: Source


class Price(Answer):
    kind: PriceKind
    amount: int = Field(description="đồng")
    first_day: date


class Pack(Answer):
    name: str
    gtin: str | None
    prices: list[Price]


class OfficialCode(Answer):
    code: str
    kind: CodeKind


class Award(Answer):
    name: str
    level: str
    year: int
    source: str | None


class Photo(Answer):
    url: str = Field(description="The widest WebP picture.")
    caption: str | None


class Span(Answer):
    """A product's standing from one day to another; null is without bound."""

    first_day: date | None
    last_day: date | None
    state: Literal["valid", "extended", "unverified", "expired", "withdrawn", "none"]
    stars: int | None
    reason: StandingReason
    recognition: str | None


class ProductWhole(Product):
    description: str | None
    description_en: str | None
    story: str | None
    story_en: str | None
    ingredients: str | None
    storage: str | None
    shelf_life: str | None
    price_in_source: str | None
    pack_in_source: str | None
    packs: list[Pack] = Field(description="With the prices of the day asked.")
    codes: list[OfficialCode]
    awards: list[Award]
    photos: list[Photo]
    recognitions: list[Recognition]
    standing_over_time: list[Span]


class Producer(Answer):
    code: str
    name: str
    name_en: str | None
    page: str
    place: Place
    legal_form: LegalForm | None
    founded_year: int | None
    products: int = Field(description="How many published products it makes.")
    source: Source


class LegalFormSpan(Answer):
    form: LegalForm
    subtype: str | None
    first_day: date | None
    last_day: date | None
    basis: str | None


class Link(Answer):
    kind: LinkKind
    url: str


class ProducerProduct(Answer):
    code: str
    name: str
    standing: Standing


class ProducerWhole(Answer):
    code: str
    name: str
    name_en: str | None
    page: str
    place: Place
    founded_year: int | None
    members: str | None
    facts: str | None
    story: str | None
    story_en: str | None
    opening_hours: str | None
    links: list[Link]
    legal_forms: list[LegalFormSpan]
    products: list[ProducerProduct]
    source: Source


class Unit(Answer):
    """One administrative unit during one span of time."""

    key: str
    code: str
    name: str
    kind: UnitKind
    parent: str | None = Field(description="Key of the unit it lies in.")
    first_day: date | None = Field(description="Null where no source tells.")
    last_day: date | None
    lat: float | None
    lon: float | None


class Succession(Answer):
    key: str
    name: str
    on: date
    relation: SuccessionRelation
    legal_basis: str | None


class UnitWhole(Unit):
    legal_basis: str | None
    predecessors: list[Succession]
    successors: list[Succession]
    now: list[str] = Field(description="Keys of the units of today that hold what this one was.")


class Site(Answer):
    key: str
    name: str
    name_en: str | None
    kind: str
    village: str | None
    page: str
    place: Place
    product: str | None = Field(description="Code of the OCOP product it is.")
    lat: float | None
    lon: float | None
    point_is: str | None = Field(description="“old_commune_centre”: the point of its old commune stands in for its own.")
    source: Source


class Indicator(Answer):
    code: str
    name: str
    figures: int


class Figure(Answer):
    """One number that one source reports for one area and one time."""

    code: str
    indicator: Named
    kind: FigureKind
    value: str = Field(description="As printed.")
    value_low: float
    value_high: float
    qualifier: str | None = Field(description="about, over, at_least")
    unit: str
    first_day: date = Field(description="The time the number speaks of, both ends included.")
    last_day: date
    precision: PeriodPrecision
    area: str
    area_level: AreaLevel
    area_unit: str | None
    contradicts: str | None = Field(description="Figures of one name here contradict each other.")
    source: Source


class ProductSet(Answer):
    number: int
    name: str
    sector: str
    group: str


class Verified(Answer):
    """Is this star good: the answer to a code, as the page /kiem-tra/ gives it."""

    code: str = Field(description="As it was asked.")
    product: Named
    page: str
    producer: Named | None
    place: Place
    official_code: str | None
    standing: Standing
    reason_text: str = Field(description="The reason in a Vietnamese sentence.")


class List(Answer, Generic[T]):
    """One page. `next` is the whole address of the next one, null on the last."""

    items: list[T]
    next: str | None


class ListOn(List[T], Generic[T]):
    on: date = Field(description="The day the standings are of.")


class Index(Answer):
    """Where to begin."""

    name: str
    docs: str
    description: str
    lists: dict[str, str]


class TokenFacts(Answer):
    name: str
    scope: Literal["read", "write"]
    expires_on: date


class Me(Answer):
    """Whom this token acts for."""

    name: str
    role: str
    office: str | None
    acts_for: str | None = Field(description="Whom a mandate without an office speaks for: “producer:htx-tai-hoan”.")
    token: TokenFacts


class OwnProduct(Answer):
    code: str
    name: str
    is_published: bool
    version: int = Field(description="Send it back with a change.")
    standing: Standing


class OwnPack(Answer):
    number: int = Field(description="Its place in the product's list, for setting a price.")
    name: str
    quantity: float
    unit: str
    gtin: str | None
    is_active: bool
    prices: list[Price]


class OwnProductWhole(OwnProduct):
    fields: dict[str, str] = Field(description="What this mandate may change, as stored now.")
    packs: list[OwnPack]
    recognitions: list[str]


class Waiting(Answer):
    title: str
    detail: str
    url: str
    due_on: date | None


class WaitingList(Answer):
    items: list[Waiting]


class PriceSet(Answer):
    product: str
    pack: int
    kind: PriceKind
    amount: int
    first_day: date
    last_day: date | None
