"""The parts that pages of products and of their makers share: pictures, facts, tiles, addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ocop.register.queries.portal_parts import LegalFormLine, PhotoLine, ProductLine, SmallParts
from ocop.web.kit.templatetags.kit_parts import art
from ocop.web.kit.words import LEGAL_FORMS, LINK_KINDS
from ocop.web.portal.pages.star import OWN_LANGUAGE, Answer, ByName, Written, answer, written

_LETTERS = "abc"


@dataclass(frozen=True, slots=True)
class Picture(ByName):
    """One photo in the sizes it has, or the drawing that stands in for it."""

    src: str
    webp: str = ""  # srcset
    avif: str = ""
    caption: Written | None = None
    is_drawing: bool = False


@dataclass(frozen=True, slots=True)
class Fact(ByName):
    """One line of a list of facts."""

    label: str
    text: str
    lang: SafeString = OWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class ProductTile(ByName):
    """One product of the maker in a short list."""

    address: str
    name: Written
    picture: str
    star: Answer
    until: date | None
    is_this: bool
    is_demo: bool


def pictures(photos: Iterable[PhotoLine], art_name: str, public_id: str) -> list[Picture]:
    """The photos, or the drawing where nobody has sent one."""
    return [_photo(photo) for photo in photos if photo.sizes] or [Picture(drawing(art_name, public_id), is_drawing=True)]


def drawing(art_name: str, public_id: str) -> str:
    """The address of the drawing: the letter follows from the product's number, so that a product keeps its picture."""
    digits = "".join(character for character in public_id if character.isdecimal())
    return art(f"products/{art_name}-{_LETTERS[(int(digits or 0) - 1) % 3]}")


def product_address(public_id: str) -> str:
    """The address of a product's page in the reader's language."""
    return _root("product", get_language() or "vi").replace(_ANY, public_id)


def maker_address(code: str) -> str:
    """The address of a maker's page."""
    return _root("producer", get_language() or "vi").replace(_ANY, code)


def locator_address(commune_code: str) -> str:
    """The small map with one commune marked."""
    return _root("locator", get_language() or "vi").replace(_ANY, commune_code)


def report_address(public_id: str) -> str:
    """Where to report something about this product."""
    return f"{reverse_of('report')}?sp={public_id}"


def reverse_of(name: str) -> str:
    """An address of the portal that has no parts of its own, in the reader's language."""
    return _root(name, get_language() or "vi")


_ANY = "BK000"  # stands for any code in an address made once


@lru_cache(maxsize=64)
def _root(name: str, _language: str) -> str:
    """Reversing an address costs as much as a question to the database; a page has dozens."""
    return reverse(f"portal:{name}", args=[_ANY] if name in ("product", "producer", "locator") else [])


def label_address(public_id: str) -> str:
    """The address a label carries, the same in every language."""
    return f"{settings.SITE_URL}/sp/{public_id}"


def photo_address(key: str, width: int | str, file_format: str = "webp") -> str:
    """The address of one size of a photo."""
    return f"/anh/{key}-{width}.{file_format}"


def tile_picture(photo: str, art_name: str, public_id: str) -> str:
    """The picture of a product in a list; `photo` is "<key>-<width>", empty without one."""
    return f"/anh/{photo}.webp" if photo else drawing(art_name, public_id)


def _photo(photo: PhotoLine) -> Picture:
    sets = {
        wanted: ", ".join(f"{photo_address(photo.key, width, wanted)} {width}w" for form, width, _height in photo.sizes if form == wanted)
        for wanted in ("webp", "avif")
    }
    widths = [width for form, width, _height in photo.sizes if form == "webp" and width <= 640] or [photo.sizes[0][1]]
    return Picture(photo_address(photo.key, max(widths)), sets["webp"], sets["avif"], written(photo.caption_vi, photo.caption_en))


def tile(line: ProductLine, on: date, *, this: str = "") -> ProductTile:
    """One product of a maker in a short list, with its star today."""
    return ProductTile(
        address=product_address(line.public_id),
        name=written(line.name, line.name_en),
        picture=tile_picture(line.photo, line.art, line.public_id),
        star=answer(line.standing, on),
        until=line.standing.until,
        is_this=line.public_id == this,
        is_demo=line.is_demo,
    )


def form_on(lines: Iterable[LegalFormLine], on: date) -> str:
    """The legal form of a day, in words; empty where it is not known."""
    return next((form_words(line) for line in lines if _holds(line, on)), "")


def form_words(line: LegalFormLine) -> str:
    """ "Doanh nghiệp nhỏ và vừa (Cổ phần)"."""
    words = str(LEGAL_FORMS.get(line.form, line.form))
    if not line.subtype:
        return words
    return format_html('{} (<span lang="vi">{}</span>)', words, line.subtype) if get_language() == "en" else f"{words} ({line.subtype})"


def _holds(line: LegalFormLine, on: date) -> bool:
    return (line.valid_from is None or line.valid_from <= on) and (line.valid_to is None or on < line.valid_to)


def link_labels(parts: SmallParts) -> list[tuple[str, str]]:
    """(address, label) of the maker's own pages elsewhere."""
    return [(url, str(LINK_KINDS.get(kind, url))) for kind, url in parts.links]
