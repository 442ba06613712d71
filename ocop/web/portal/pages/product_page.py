"""A product's page as its template shows it: words, addresses and figures ready, so that the template only lays out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ocop.market.enums import ChannelKind
from ocop.market.queries import ChannelLine
from ocop.register.enums import CodeKind, PriceKind, StandingKind
from ocop.register.queries.portal_parts import Maker, ProductFacts, ProductPage, RecognitionLine, SmallParts, VariantLine
from ocop.web.kit.templatetags.kit_text import day_words, dong, dong_range, partial
from ocop.web.kit.words import KEY_GROUPS
from ocop.web.portal.pages.goods import group_name
from ocop.web.portal.pages.history import Entry, timeline
from ocop.web.portal.pages.product import (
    Fact,
    Picture,
    ProductTile,
    form_on,
    label_address,
    link_labels,
    locator_address,
    maker_address,
    pictures,
    product_address,
    report_address,
    tile,
)
from ocop.web.portal.pages.star import (
    OWN_LANGUAGE,
    VIETNAMESE,
    Answer,
    ByName,
    Source,
    Written,
    answer,
    authority_words,
    confidence_words,
    decision_words,
    links,
    place_words,
    recognised_words,
    source_line,
    source_of,
    written,
)

THUMBS_SHOWN = 6
CERTIFIED_SHOWN, OTHERS_SHOWN = 12, 6  # products of the same maker; the maker's page has them all


@dataclass(frozen=True, slots=True)
class PackPrice(ByName):
    """One pack with what it costs today."""

    name: str
    gtin: str
    retail: str
    wholesale: str
    since: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ChannelView(ByName):
    """One way in which the product was reported sold."""

    icon: str
    title: str
    detail: str
    when: str
    source: SafeString
    is_demo: bool


@dataclass(frozen=True, slots=True)
class ProductView:
    """Everything the template of a product's page needs; the names of the fields are the names in the template."""

    page: ProductPage
    product: ProductFacts
    maker: Maker | None
    parts: SmallParts
    day: str
    address: str
    label_address: str
    report_address: str
    maker_address: str
    locator_address: str
    name: Written
    group: str
    place: str
    place_first: str  # as a sentence begins
    star: Answer
    star_facts: list[Fact]
    first: Picture
    thumbs: list[Picture]
    description: Written
    story: Written
    facts: list[Fact]
    packs: list[PackPrice]
    channels: list[ChannelView]
    certified: list[ProductTile]
    others: list[ProductTile]
    tiles_left: int
    history: list[Entry]
    source: SafeString
    recognition_source: SafeString | None
    form: str  # the maker's legal form today
    links: list[tuple[str, str]]


def product_view(page: ProductPage, channels: Iterable[ChannelLine], on: date) -> ProductView:
    """The whole page in words."""
    product, parts = page.product, page.parts
    governing, place = governing_recognition(page), place_words(page.place)
    first, *thumbs = pictures(parts.photos, product.art, product.public_id)
    shown = [line for line in page.siblings if product.is_demo or not line.is_demo]
    tiles = [tile(line, on, this=product.public_id) for line in shown]
    certified = [each for each in tiles if each.star.is_usable]
    others = [each for each in tiles if not each.star.is_usable and not each.is_this]
    return ProductView(
        page=page,
        product=product,
        maker=page.maker,
        parts=parts,
        day=day_words(on),
        address=product_address(product.public_id),
        label_address=label_address(product.public_id),
        report_address=report_address(product.public_id),
        maker_address=maker_address(page.maker.code) if page.maker else "",
        locator_address=locator_address(page.place.commune_code) if page.place.commune_code else "",
        name=written(product.name, product.name_en),
        group=group_name(product.source_group),
        place=place,
        place_first=place[:1].upper() + place[1:],
        star=answer(page.standing, on),
        star_facts=star_facts(page, governing),
        first=first,
        thumbs=thumbs[:THUMBS_SHOWN],
        description=written(product.description_vi, product.description_en),
        story=written(product.story_vi, product.story_en),
        facts=_facts(page),
        packs=[_pack(variant) for variant in parts.variants],
        channels=_channels(channels),
        certified=certified[:CERTIFIED_SHOWN],
        others=others[:OTHERS_SHOWN],
        tiles_left=max(0, len(certified) - CERTIFIED_SHOWN) + max(0, len(others) - OTHERS_SHOWN),
        history=timeline(page.history, page.standing, on),
        source=source_of(product),
        recognition_source=source_of(governing) if governing else None,
        form=form_on(parts.legal_forms, on),
        links=link_labels(parts),
    )


def as_context(view: ProductView) -> dict[str, Any]:
    """The fields by name: the template finds each at once instead of through the view."""
    return {name: getattr(view, name) for name in ProductView.__slots__}


def governing_recognition(page: ProductPage) -> RecognitionLine | None:
    """The recognition that today's answer rests on."""
    return next((line for line in page.history if line.code == page.standing.recognition_code), None)


def star_facts(page: ProductPage, line: RecognitionLine | None) -> list[Fact]:
    """Decision, day, authority, and when somebody last confirmed it: what a careful reader asks of a star."""
    confirmed = page.standing.confirmed_on
    last_word = Fact(_("Xác nhận gần nhất"), day_words(confirmed) if confirmed else _("Chưa có ai xác nhận"))
    if line is None:
        return [] if page.standing.kind == StandingKind.NONE else [last_word]
    facts = [
        Fact(_("Căn cứ"), decision_words(line)),
        Fact(_("Công nhận"), recognised_words(line)),
        Fact(_("Cấp bởi"), authority_words(line), VIETNAMESE if line.signatory else OWN_LANGUAGE),
    ]
    if page.standing.kind == StandingKind.WITHDRAWN:
        facts += [
            Fact(_("Quyết định thu hồi"), line.withdrawal_decision_no, VIETNAMESE),
            Fact(_("Lý do thu hồi"), line.withdrawal_reason, VIETNAMESE),
        ]
    return [fact for fact in [*facts, last_word] if fact.text]


_CHANNEL_ICONS = {ChannelKind.EXPORT: "plane", ChannelKind.SUPERMARKET: "building", ChannelKind.ECOMMERCE: "cart"}


def _channels(lines: Iterable[ChannelLine]) -> list[ChannelView]:
    """The reported channels, each with its day and its source."""
    return [
        ChannelView(
            icon=_CHANNEL_ICONS.get(ChannelKind(line.kind), "store"),
            title=line.name,
            detail=", ".join(filter(None, [line.place, line.partners])),
            when=partial(line.start),
            source=source_line(Source(links(line.source_url), "", confidence_words(line.confidence))),
            is_demo=line.is_demo,
        )
        for line in lines
    ]


def _facts(page: ProductPage) -> list[Fact]:
    product, parts = page.product, page.parts
    codes = ", ".join(code for code, kind in parts.codes if kind == CodeKind.OFFICIAL)
    old_codes = ", ".join(code for code, kind in parts.codes if kind == CodeKind.OLD)
    facts = [
        Fact(_("Mã trong sổ"), product.public_id),
        Fact(_("Mã chính thức"), codes),
        Fact(_("Mã cũ"), old_codes),
        Fact(_("Nhóm hàng"), str(KEY_GROUPS.get(product.key_group, ""))),
        Fact(_("Thành phần"), product.ingredients, VIETNAMESE),
        Fact(_("Quy cách"), "" if parts.variants else product.pack_text, VIETNAMESE),
        Fact(_("Bảo quản"), product.storage, VIETNAMESE),
        Fact(_("Hạn dùng"), product.shelf_life, VIETNAMESE),
        Fact(_("Giá"), *_price_range(page)),
    ]
    return [fact for fact in facts if fact.text]


def _price_range(page: ProductPage) -> tuple[str, SafeString]:
    """Today's retail prices from–to; else what a source printed; else the way to learn it. With the language it is in."""
    amounts = [price.amount for variant in page.parts.variants for price in variant.prices if price.kind == PriceKind.RETAIL]
    if amounts:
        return dong_range(min(amounts), max(amounts)), OWN_LANGUAGE
    if page.product.price_text:
        return _("%(price)s (nguồn đọc ngày %(day)s)") % {
            "price": page.product.price_text,
            "day": day_words(page.product.as_of),
        }, VIETNAMESE
    return _("Hỏi chủ thể"), OWN_LANGUAGE


def _pack(variant: VariantLine) -> PackPrice:
    prices = {price.kind: price for price in variant.prices}
    retail, wholesale = prices.get(PriceKind.RETAIL), prices.get(PriceKind.WHOLESALE)
    since = max((price.since for price in variant.prices), default=None)
    return PackPrice(
        name=variant.name,
        gtin=variant.gtin,
        retail=dong(retail.amount) if retail else "",
        wholesale=dong(wholesale.amount) if wholesale else "",
        since=day_words(since) if since else "",
        is_demo=any(price.is_demo for price in variant.prices),
    )
