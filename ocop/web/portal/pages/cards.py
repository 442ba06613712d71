"""Product cards as the lists show them: address, picture and words ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.register.queries.catalogue import Card
from ocop.web.kit.templatetags.kit_parts import icon, starbadge
from ocop.web.kit.templatetags.kit_text import dong_range, unit_name
from ocop.web.portal.pages.goods import group_name
from ocop.web.portal.pages.product import drawing, photo_address

_ANY_CODE = "BK000"


def product_address(code: str) -> str:
    """A product's page in the language of this request; asking the resolver once a language, as lists have many of them."""
    return f"{_products_root(get_language() or 'vi')}{code}"


@lru_cache(maxsize=4)
def _products_root(_language: str) -> str:
    return reverse("portal:product", args=[_ANY_CODE]).removesuffix(_ANY_CODE)


@dataclass(frozen=True, slots=True)
class CardView:
    """One card; `standing` is what the star badge reads."""

    address: str
    picture: str
    kind: str
    name: str
    standing: Card
    producer: str
    place: str
    price: str
    is_demo: bool
    is_foreign: bool  # the name is Vietnamese on a page that is not
    is_maker_foreign: bool
    is_price_foreign: bool  # a price as the source put it

    @property
    def html(self) -> SafeString:
        """The same as `<c-card>`, in one piece: a page has 24 of them, and a template for each would cost five times as much.

        Everything that comes from a row goes through `escape`.
        """
        own = _LANG[self.is_foreign]
        maker = f'<p class="maker"{_LANG[self.is_maker_foreign]}>{escape(self.producer)}</p>' if self.producer else ""
        place = f"<span>{icon('map-pin')}{escape(self.place)}</span>" if self.place else ""
        price = f'<span class="price"{_LANG[self.is_price_foreign]}>{escape(self.price)}</span>' if self.price else ""
        demo = f'<span class="demo">{escape(_("Dữ liệu demo"))}</span>' if self.is_demo else ""
        return SafeString(
            f'<li class="card"><img class="art" src="{escape(self.picture)}" alt="" width="480" height="360" loading="lazy">'
            f'<div class="body"><span class="kind">{escape(self.kind)}</span>'
            f'<h3><a href="{escape(self.address)}"{own}>{escape(self.name)}</a></h3>{starbadge(self.standing)}'
            f'{maker}<div class="foot">{place}{price}</div>{demo}</div></li>'
        )


_LANG = {False: "", True: ' lang="vi"'}


def card_views(cards: Sequence[Card], language: str) -> list[CardView]:
    """The cards in the same order, in one language; names keep their Vietnamese where nobody wrote another."""
    english = language == "en"
    return [
        CardView(
            address=product_address(card.code),
            picture=photo_address(*_photo(card.photo)) if card.photo else drawing(card.art, card.code),
            kind=group_name(card.group),
            name=card.name_en if english and card.name_en else card.name,
            standing=card,
            producer=card.producer_en if english and card.producer_en else card.producer,
            place=_("%(old)s cũ") % {"old": unit_name(card.place)} if card.is_place_past else unit_name(card.place),
            price=dong_range(card.price_low, card.price_high) if card.price_low is not None else card.price_text,
            is_demo=card.is_demo,
            is_foreign=english and not card.name_en,
            is_maker_foreign=english and not card.producer_en,
            is_price_foreign=english and card.price_low is None,
        )
        for card in cards
    ]


def cards_html(views: Sequence[CardView]) -> SafeString:
    """All of them, each already escaped."""
    return SafeString("".join(view.html for view in views))


def _photo(name: str) -> tuple[str, int]:
    """ "<key>-<width>" as the two it is made of."""
    key, _dash, width = name.rpartition("-")
    return key, int(width)
