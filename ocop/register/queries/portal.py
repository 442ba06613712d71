"""The public pages of a product, a star and a maker: a fixed, small number of questions, whatever the register holds.

Each question is compiled once per process (`Prepared`). None of them reads `ProducerPerson`, `ReporterContact` or an account.
"""

from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from ocop.records.models import Rendition
from ocop.register.enums import CodeKind, StandingKind
from ocop.register.models import Producer, Product, ProductCode, Recognition
from ocop.register.queries.portal_parts import (
    Maker,
    MakerFacts,
    Place,
    ProducerPage,
    ProductFacts,
    ProductLine,
    ProductPage,
    RecognitionLine,
    StarGround,
    VerifyAnswer,
)
from ocop.register.queries.portal_small import small_parts_of_producer, small_parts_of_product
from ocop.register.queries.prepared import Prepared, Row
from ocop.register.rules import Standing, StandingReason, is_due
from ocop.register.rules.typed_code import TypedCode

LISTED_PRODUCTS = 200  # of one maker; the largest has eleven
_TILE_WIDTH = 320  # pixels


def product_page(public_id: str, on: date) -> ProductPage | None:
    """Everything a product's page shows on a day, by its public id; None if no such product is published. Four questions."""
    row = _PRODUCT_ROW.row(public_id=public_id, on=on)
    if row is None:
        return None
    product_id, producer_id = row[:2]
    facts, place, maker, span = _split(row[2:], len(_PRODUCT), len(_PLACE), len(_MAKER), len(_SPAN))
    return ProductPage(
        product=ProductFacts(*facts),
        place=_place(place),
        maker=Maker(*maker) if producer_id else None,
        standing=_standing(span, on),
        history=tuple(RecognitionLine(*line) for line in _HISTORY.rows(product=product_id)),
        siblings=_lines(producer_id, on) if producer_id else (),
        parts=small_parts_of_product(product_id, producer_id, on),
    )


def verify_answer(code: TypedCode, on: date) -> VerifyAnswer | None:
    """What is known on a day of the star of the product a code names, or of the one it was merged into. One question."""
    if code.public_id:
        return _answer(_ANSWER_BY_ID.row(public_id=code.public_id, on=on), on)
    if not code.official:
        return None
    return _answer(_ANSWER_BY_CODE.row(code=code.official, capitals=code.official.upper(), on=on), on)


def public_id_of(code: TypedCode) -> str | None:
    """The permanent id behind a code, after any merge; None where no published product bears it. At most one question."""
    if code.public_id:
        row = _ID_BY_ID.row(public_id=code.public_id)
    else:
        row = _ID_BY_CODE.row(code=code.official, capitals=code.official.upper()) if code.official else None
    return row[0] if row else None


def producer_page(code: str, on: date) -> ProducerPage | None:
    """Everything a maker's page shows on a day. Three questions."""
    row = _PRODUCER_ROW.row(code=code)
    if row is None:
        return None
    facts, place = _split(row[1:], len(_MAKER_FACTS), len(_PLACE))
    return ProducerPage(MakerFacts(*facts), _place(place), _lines(row[0], on), small_parts_of_producer(row[0]))


def maker_code_now(code: str) -> str | None:
    """The code of the maker that the one with this code was merged into; None where that never happened. One question."""
    row = _MAKER_NOW.row(code=code)
    return row[0] if row else None


# --- From rows to values ---


def _split(row: Row, *widths: int) -> list[Row]:
    pieces, start = [], 0
    for width in widths:
        pieces.append(row[start : start + width])
        start += width
    return pieces


def _place(row: Row) -> Place:
    commune, commune_code, unit, parent, ended_on = row
    return Place(commune or "", commune_code or "", unit or "", parent or "", ended_on)


def _standing(row: Row, on: date) -> Standing:
    """The standing a span row says; a product that nobody wrote spans for has none."""
    kind, stars, until, reason, confirmed_on, is_disputed, recognition_code = row
    if kind is None:
        return Standing(StandingKind.NONE, None, None, StandingReason.NO_RECOGNITION, None, "", False)
    due = is_due(kind, until, on)
    return Standing(kind, stars, until, reason, confirmed_on, recognition_code or "", due, is_disputed)


def _lines(producer_id: int, on: date) -> tuple[ProductLine, ...]:
    pieces = (_split(row, len(_LINE), len(_SPAN)) for row in _LINES.rows(producer=producer_id, on=on))
    return tuple(ProductLine(_standing(span, on), *line) for line, span in pieces)


def _answer(row: Row | None, on: date) -> VerifyAnswer | None:
    if row is None:
        return None
    own, place, span, ground = _split(row, len(_ANSWER), len(_PLACE), len(_SPAN), len(_GROUND))
    public_id, name, name_en, art, is_demo, maker_code, maker_name, photo, official_code = own
    return VerifyAnswer(
        public_id=public_id,
        name=name,
        name_en=name_en,
        art=art,
        photo=photo,
        is_demo=is_demo,
        place=_place(place),
        maker_code=maker_code or "",
        maker_name=maker_name or "",
        official_code=official_code or "",
        standing=_standing(span, on),
        ground=StarGround(*ground) if ground[0] else None,
    )


# --- The questions. Dataclass fields in their order, as paths from the row they are read from. ---


def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


_PRODUCT = _names(ProductFacts)
_PLACE = ("commune_now__name", "commune_now__code", "unit__name", "unit__parent__name", "unit__valid_to")
_MAKER = (*(f"producer__{name}" for name in _names(Maker)[:5]), "open_phone", "open_zalo", "producer__is_demo")
_SPAN = (
    *("span__kind", "span__stars", "span__until", "span__reason", "span__confirmed_on", "span__is_disputed"),
    "span__recognition__code",
)
_GROUND = _names(StarGround)
_RECOGNITION = _names(RecognitionLine)
_LINE = ("public_id", "name", "name_en", "art", "source_group", "photo", "is_demo")
_ANSWER = ("public_id", "name", "name_en", "art", "is_demo", "producer__code", "producer__name", "photo", "official_code")
_MAKER_FACTS = tuple(
    {"phone": "open_phone", "zalo": "open_zalo", "twin_code": "possible_same_as__code", "twin_name": "possible_same_as__name"}.get(
        name, name
    )
    for name in _names(MakerFacts)
)


def _published(on: date) -> QuerySet[Product]:
    """Published products, each with its span of the day as `span`."""
    begun = Q(standing_spans__starts_on=None) | Q(standing_spans__starts_on__lte=on)
    running = Q(standing_spans__ends_on=None) | Q(standing_spans__ends_on__gt=on)
    span = FilteredRelation("standing_spans", condition=begun & running)
    return Product.objects.filter(is_published=True).annotate(span=span)


def _open(column: str, consent: str) -> Case:
    """A business number, or nothing where nobody consented to its being shown."""
    return Case(When(**{f"{consent}__isnull": False}, then=F(column)), default=Value(""), output_field=CharField())


def _first_photo() -> Coalesce:
    """ "<key>-<width in pixels>" of the first photo's widest WebP picture that a tile needs, empty without a photo."""
    fit = Rendition.objects.filter(file__photo__product_id=OuterRef("pk"), file__removed_at=None, format="webp", width__lte=_TILE_WIDTH)
    name = Concat("file__key", Value("-"), Cast("width", CharField()), output_field=CharField())
    names = fit.order_by("file__photo__position", "file__photo__id", "-width").annotate(name=name).values("name")
    return Coalesce(Subquery(names[:1]), Value(""))


def _product_row(public_id: str, on: date) -> QuerySet[Any, Any]:
    numbers = {
        "open_phone": _open("producer__business_phone", "producer__contact_consent_at"),
        "open_zalo": _open("producer__business_zalo", "producer__contact_consent_at"),
    }
    rows = _published(on).filter(public_id=public_id).annotate(**numbers)
    return rows.values_list("id", "producer_id", *_PRODUCT, *_PLACE, *_MAKER, *_SPAN)


def _history(product: int) -> QuerySet[Any, Any]:
    dated = F("recognised_on").asc(nulls_last=True)
    return Recognition.objects.filter(product_id=product).order_by(dated, "code").values_list(*_RECOGNITION)


def _maker_lines(producer: int, on: date) -> QuerySet[Any, Any]:
    """Products whose star may be used on the day first, then by name."""
    usable = When(span__kind__in=(StandingKind.VALID, StandingKind.EXTENDED), then=Value(0))
    rows = _published(on).filter(producer_id=producer).annotate(photo=_first_photo(), place_in_list=Case(usable, default=Value(1)))
    return rows.order_by("place_in_list", "sort_key", "id").values_list(*_LINE, *_SPAN)[:LISTED_PRODUCTS]


def _answers(on: date) -> QuerySet[Product]:
    codes = ProductCode.objects.filter(product_id=OuterRef("pk"), kind=CodeKind.OFFICIAL).order_by(
        F("issued_year").desc(nulls_last=True), "-id"
    )
    return _published(on).annotate(photo=_first_photo(), official_code=Subquery(codes.values("code")[:1]))


def _as_answers(rows: QuerySet[Product]) -> QuerySet[Any, Any]:
    return rows.values_list(*_ANSWER, *_PLACE, *_SPAN, *(f"span__recognition__{name}" for name in _GROUND))


def _answer_by_id(public_id: str, on: date) -> QuerySet[Any, Any]:
    product = Product.with_merged.filter(public_id=public_id).values(now=Coalesce("merged_into_id", "pk"))
    return _as_answers(_answers(on).filter(pk__in=product))


def _answer_by_code(code: str, capitals: str, on: date) -> QuerySet[Any, Any]:
    product = ProductCode.objects.filter(code__in=[code, capitals]).values("product_id")
    return _as_answers(_answers(on).filter(pk__in=product))


def _id_by_code(code: str, capitals: str) -> QuerySet[Any, Any]:
    codes = ProductCode.objects.filter(code__in=[code, capitals], product__is_published=True)
    return codes.order_by("id").values_list("product__public_id")


def _id_by_id(public_id: str) -> QuerySet[Any, Any]:
    shown = Q(is_published=True) | Q(merged_into__is_published=True)
    return Product.with_merged.filter(shown, public_id=public_id).values_list(Coalesce("merged_into__public_id", "public_id"))


def _maker_now(code: str) -> QuerySet[Any, Any]:
    return Producer.with_merged.filter(code=code, merged_into__isnull=False).values_list("merged_into__code")


def _producer_row(code: str) -> QuerySet[Any, Any]:
    numbers = {
        "open_phone": _open("business_phone", "contact_consent_at"),
        "open_zalo": _open("business_zalo", "contact_consent_at"),
    }
    return Producer.objects.filter(code=code).annotate(**numbers).values_list("id", *_MAKER_FACTS, *_PLACE)


_PRODUCT_ROW = Prepared(_product_row, public_id=str, on=date)
_HISTORY = Prepared(_history, product=int)
_LINES = Prepared(_maker_lines, producer=int, on=date)
_ANSWER_BY_ID = Prepared(_answer_by_id, public_id=str, on=date)
_ANSWER_BY_CODE = Prepared(_answer_by_code, code=str, capitals=str, on=date)
_ID_BY_ID = Prepared(_id_by_id, public_id=str)
_ID_BY_CODE = Prepared(_id_by_code, code=str, capitals=str)
_PRODUCER_ROW = Prepared(_producer_row, code=str)
_MAKER_NOW = Prepared(_maker_now, code=str)
