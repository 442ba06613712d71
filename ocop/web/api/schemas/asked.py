"""What a program may ask: the parameters of every list, each with the values it takes.

A value that fits its description is always answered, if only with an empty list; anything else is refused with its name (422).
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja import P, PathEx
from pydantic import BaseModel, BeforeValidator, Field

from ocop.places.enums import UnitKind
from ocop.programme.enums import AreaLevel, FigureKind
from ocop.register.enums import KeyGroup, LegalForm
from ocop.register.queries.lists import AT_MOST

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)


def _as_day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("it must be a day, written 2026-11-24")


def _as_whole(value: Any) -> Any:
    """From an address as text, from JSON as a number; 5.0 is a whole number there, True is none."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    raise ValueError("it must be a whole number")


Day = Annotated[date, BeforeValidator(_as_day)]
Stars = Annotated[Literal[3, 4, 5], BeforeValidator(_as_whole)]
SetNumber = Annotated[int, Field(ge=1, le=26), BeforeValidator(_as_whole)]
State = Literal["valid", "due", "extended", "unverified", "expired", "withdrawn", "none"]

PRODUCT_CODE, PRODUCER_CODE, RECOGNITION_CODE = r"[A-Z]{2,4}[0-9]{3,6}", r"[a-z0-9-]{1,80}", r"[A-Z]{2,4}[0-9]{3,6}-[A-Z0-9]{1,8}"
COMMUNE_CODE, UNIT_KEY = r"[0-9]{5}", r"[0-9]{2,5}@(to-)?[0-9]{4}-[0-9]{2}-[0-9]{2}"
SLUG, FIGURE_CODE = r"[a-z0-9_-]{1,80}", r"[A-Z]{2,6}[0-9]{1,6}"

_KEY = "Code and day: a code alone is ambiguous, since communes that merged on 2025-07-01 took over old codes."

ProductCode = PathEx[str, P(pattern=f"^{PRODUCT_CODE}$", description="The product's permanent code.", example="BK001")]
ProducerCode = PathEx[str, P(pattern=f"^{PRODUCER_CODE}$", description="The producer's code.", example="htx-tai-hoan")]
RecognitionCode = PathEx[str, P(pattern=f"^{RECOGNITION_CODE}$", description="The recognition's code.", example="BK001-R2")]
UnitKey = PathEx[str, P(pattern=f"^{UNIT_KEY}$", description=_KEY, example="02185@2025-07-01")]
SiteKey = PathEx[str, P(pattern=f"^{SLUG}$", description="The site's key.", example="ho-ba-be")]
PackNumber = PathEx[
    Annotated[int, Field(ge=1, le=1000), BeforeValidator(_as_whole)],
    P(description="The pack's place in the product's list, as /me/products/{code} tells it.", example=1),
]
Version = Annotated[int, Field(ge=1, le=2_147_483_647, description="As read from /me/products/{code}."), BeforeValidator(_as_whole)]
Amount = Annotated[int, Field(ge=1, le=1_000_000_000, description="đồng"), BeforeValidator(_as_whole)]


def cursor(kind: str, code: str) -> Any:
    """Where a list goes on: `next` holds it. Every list has its own."""
    said = "Where to go on; taken from `next`, never made up."
    return Field(default=None, pattern=f"^{kind}~{code}$", max_length=120, description=said)


class Page(BaseModel):
    limit: Annotated[int, Field(ge=1, le=AT_MOST, description="Rows of one page."), BeforeValidator(_as_whole)] = 50


_ON = Field(default=None, description="The day the standings are asked for; today if left out.", examples=["2024-06-30"])
_COMMUNE = Field(default=None, pattern=f"^{COMMUNE_CODE}$", description="Code of a commune of today.", examples=["02185"])


class OnDay(BaseModel):
    on: Day = _ON


class ProductsAsked(Page):
    """The same choices as the catalogue's; several values of one are an "or"."""

    on: Day = _ON
    q: str = Field(default=None, max_length=300, description="Words, with or without accents; old commune names are known.")
    standing: list[State] = Field([], description="What is known of the star on that day; `valid` takes in `due`.")
    stars: list[Stars] = Field([], description="Stars held, or last known.")
    commune: list[Annotated[str, Field(pattern=f"^{COMMUNE_CODE}$")]] = Field([], description="Codes of communes of today.")
    product_set: list[SetNumber] = Field([], description="Scoring sheets of Decision 26/2026; see /product-sets.")
    key_group: list[KeyGroup] = Field([], description="Key groups of the province's plan 2021–2025.")
    legal_form: list[LegalForm] = Field([], description="Legal forms of the producer today.")
    cursor: str = cursor("product", PRODUCT_CODE)


class StandingsAsked(Page):
    on: Day = _ON
    standing: list[State] = Field([], description="Left out: the stars that hold on that day (valid, due, extended).")
    stars: list[Stars] = Field([], description="Stars held, or last known.")
    cursor: str = cursor("product", PRODUCT_CODE)


class ProducersAsked(Page):
    commune: str = _COMMUNE
    legal_form: LegalForm = Field(default=None, description="The legal form today.")
    cursor: str = cursor("producer", PRODUCER_CODE)


class RecognitionsAsked(Page):
    product: str = Field(default=None, pattern=f"^{PRODUCT_CODE}$", description="Of one product.", examples=["BK001"])
    stars: Stars = Field(default=None, description="With so many stars.")
    cursor: str = cursor("recognition", RECOGNITION_CODE)


class PlacesAsked(Page):
    on: Day = Field(default=None, description="Units that existed on this day; today if left out.", examples=["2025-06-30"])
    kind: UnitKind = Field(default=None, description="Units of one kind.")
    parent: str = Field(default=None, pattern=f"^{UNIT_KEY}$", description="Straight below this unit.")
    cursor: str = cursor("place", UNIT_KEY)


class SitesAsked(Page):
    commune: str = _COMMUNE
    cursor: str = cursor("site", SLUG)


class FiguresAsked(Page):
    indicator: str = Field(default=None, pattern=f"^{SLUG}$", description="Of one indicator; see /indicators.")
    area_level: AreaLevel = Field(default=None, description="What kind of area the figure speaks of.")
    kind: FigureKind = Field(default=None, description="What was reached, or what was aimed at.")
    cursor: str = cursor("figure", FIGURE_CODE)


class VerifyAsked(BaseModel):
    code: str = Field(min_length=1, max_length=80, description="As printed, typed or scanned, public or official.", examples=["BK001"])
    on: Day = _ON


class OwnProductsAsked(Page):
    cursor: str = cursor("product", PRODUCT_CODE)
