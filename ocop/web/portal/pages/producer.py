"""A maker's page as its template shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ocop.register.queries.portal_parts import LegalFormLine, ProducerPage
from ocop.web.kit.templatetags.kit_text import day_words
from ocop.web.portal.pages.product import Fact, Picture, ProductTile, form_on, form_words, link_labels, pictures, tile
from ocop.web.portal.pages.star import VIETNAMESE, Written, place_words, source_of, written


@dataclass(frozen=True, slots=True)
class ProducerView:
    """Everything the template of a maker's page needs."""

    page: ProducerPage
    on: date
    name: Written
    place: str
    form: str  # today's legal form
    forms: list[Fact]
    story: Written
    facts: list[Fact]
    pictures: list[Picture]
    certified: list[ProductTile]
    others: list[ProductTile]
    links: list[tuple[str, str]]
    source: SafeString


def producer_view(page: ProducerPage, on: date) -> ProducerView:
    """The whole page in words."""
    maker = page.maker
    tiles = [tile(line, on) for line in page.products]
    return ProducerView(
        page=page,
        on=on,
        name=written(maker.name, maker.name_en),
        place=place_words(page.place),
        form=form_on(page.parts.legal_forms, on),
        forms=[Fact(form_words(line), _span_words(line)) for line in page.parts.legal_forms],
        story=written(maker.story_vi, maker.story_en),
        facts=_facts(page),
        pictures=[picture for picture in pictures(page.parts.photos, "qua", "") if not picture.is_drawing],
        certified=[each for each in tiles if each.star.is_usable],
        others=[each for each in tiles if not each.star.is_usable],
        links=link_labels(page.parts),
        source=source_of(maker),
    )


def _facts(page: ProducerPage) -> list[Fact]:
    maker = page.maker
    facts = [
        Fact(_("Thành lập"), str(maker.founded_year or "")),
        Fact(_("Thành viên"), maker.members_text, VIETNAMESE),
        Fact(_("Địa chỉ"), maker.address, VIETNAMESE),
        Fact(_("Giờ mở cửa"), maker.opening_hours, VIETNAMESE),
    ]
    return [fact for fact in facts if fact.text]


def _span_words(line: LegalFormLine) -> str:
    """From–to as far as it is known; the stored end is exclusive, so a form ends on the day the next begins."""
    words = {"first": day_words(line.valid_from), "last": day_words(line.valid_to)}
    if line.valid_to is None:
        return _("từ %(first)s đến nay") % words if line.valid_from else _("hiện nay; chưa rõ từ ngày nào")
    return _("từ %(first)s đến %(last)s") % words if line.valid_from else _("đến %(last)s; chưa rõ từ ngày nào") % words
