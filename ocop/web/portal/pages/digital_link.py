"""Where a GS1 Digital Link address leads: its links by type and language, as a Link header and as a link set (RFC 9264)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ocop.core.digital_link import LOT, SERIAL, THIRD_PARTY_SERIAL, VARIANT, DigitalLink
from ocop.register.queries.open_data import PackOwner
from ocop.web.kit.templatetags.kit_text import day_words, number

LANGUAGES: Final = ("vi", "en")
LINKSET_TYPE: Final = "application/linkset+json"
VOCABULARY: Final = "https://ref.gs1.org/voc/"
_PREFIXES: Final = (VOCABULARY, "https://gs1.org/voc/", "http://gs1.org/voc/", "gs1:")
_SAFE: Final = "!'()*,-._:;=@&+$~"  # what RFC 3986 lets stand in a segment of a path, unreserved and otherwise


@dataclass(frozen=True, slots=True)
class Link:
    """One target. `relation` is a word of the GS1 web vocabulary, `path` an address of this site."""

    relation: str
    path: str
    title: str
    media_type: str = "text/html"
    language: str = ""

    @property
    def href(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the label says of itself, in words."""

    label: str
    text: str


# --- Links ---


def links_of(link: DigitalLink, owner: PackOwner, *, is_sold: bool) -> list[Link]:
    """Every target, the default first: the product's page, or what the label says where the address says more than the number."""
    says_more = bool(link.qualifiers or link.attributes)
    defaults = [_default(link, owner, language, says_more=says_more) for language in LANGUAGES]
    product = (each for language in LANGUAGES for each in _of_product(owner, language, is_sold=is_sold))
    answer = Link("certificationInfo", f"/kiem-tra.json?{urlencode({'ma': owner.public_id})}", owner.name, "application/json")
    return [*defaults, *product, answer]


def _default(link: DigitalLink, owner: PackOwner, language: str, *, says_more: bool) -> Link:
    with override(language):
        path = reverse("portal:on_label" if says_more else "portal:product", args=[owner.public_id])
    query = f"?{urlencode(link.qualifiers)}" if link.qualifiers else ""
    return Link("defaultLink", f"{path}{query}", _name(owner, language), language=language)


def _of_product(owner: PackOwner, language: str, *, is_sold: bool) -> Iterator[Link]:
    with override(language):
        page = reverse("portal:product", args=[owner.public_id])
        yield Link("pip", page, _name(owner, language), language=language)
        if is_sold:
            yield Link("hasRetailers", f"{page}#mua-o-dau", _("Mua ở đâu"), language=language)
        address = f"{reverse('portal:verify')}?{urlencode({'ma': owner.public_id})}"
        title = _("%(name)s: sao OCOP hôm nay") % {"name": _name(owner, language)}
        yield Link("certificationInfo", address, title, language=language)


def _name(owner: PackOwner, language: str) -> str:
    return owner.name_en if language == "en" and owner.name_en else owner.name


def chosen(links: Sequence[Link], asked: str, language: str, *, as_json: bool = False) -> Link:
    """The link of the type asked that fits the reader best; the default where no link has that type."""
    relation = next((asked.removeprefix(prefix) for prefix in _PREFIXES if asked.startswith(prefix)), asked)
    found = [link for link in links if link.relation == relation] or [link for link in links if link.relation == "defaultLink"]
    return max(found, key=lambda link: ((link.media_type == "application/json") == as_json, link.language == language))


def with_query(link: Link, query: str) -> str:
    """The link's address with the query of the request passed on."""
    path, mark, fragment = link.path.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{query}{mark}{fragment}" if query else link.path


def link_header(links: Sequence[Link], address: str) -> str:
    """Every link and the address of the link set, as RFC 8288 writes them; titles by RFC 8187."""
    whole = f'<{address}?linkType=linkset>; rel="linkset"; type="{LINKSET_TYPE}"'
    return ", ".join([whole, *map(_header_of, links)])


def _header_of(link: Link) -> str:
    language = f'; hreflang="{link.language}"' if link.language else ""
    title = quote(link.title, safe="")
    return f'<{link.href}>; rel="{VOCABULARY}{link.relation}"; type="{link.media_type}"{language}; title*=UTF-8\'\'{title}'


def address_of(link: DigitalLink) -> str:
    """The address itself as this site writes it, without its attributes."""
    return f"{settings.SITE_URL}/{'/'.join(quote(segment, safe=_SAFE) for segment in link.segments)}"


def linkset(link: DigitalLink, owner: PackOwner, *, is_sold: bool) -> dict[str, Any]:
    """All links of the number, and of the lot or serial number where the address names one (every level up is told)."""
    plain = DigitalLink(link.gtin, (), ())
    levels = [_context(plain, links_of(plain, owner, is_sold=is_sold), owner)]
    if link.qualifiers:
        defaults = [each for each in links_of(link, owner, is_sold=is_sold) if each.relation == "defaultLink"]
        levels.append(_context(link, defaults, owner))
    return {"linkset": levels}


def _context(link: DigitalLink, links: Sequence[Link], owner: PackOwner) -> dict[str, Any]:
    context: dict[str, Any] = {"anchor": address_of(link), "itemDescription": f"{owner.name}, {owner.pack}"}
    for each in links:
        context.setdefault(f"{VOCABULARY}{each.relation}", []).append(_target(each))
    return context


def _target(link: Link) -> dict[str, Any]:
    target: dict[str, Any] = {"href": link.href, "title": link.title, "type": link.media_type}
    return target | {"hreflang": [link.language]} if link.language else target


def resolver_description() -> dict[str, Any]:
    """What /.well-known/gs1resolver says: which keys are answered here, and whom to tell of errors."""
    return {
        "name": "OCOP Bắc Kạn",
        "resolverRoot": settings.SITE_URL,
        "supportedPrimaryKeys": ["01"],
        "supportedLinkType": [{"namespace": VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "contact": {"fn": "OCOP Bắc Kạn", "hasURL": f"{settings.SITE_URL}/bao-sai/"},
    }


# --- What the label says ---

_CLAIMS: Final[Mapping[str, Promise]] = {
    LOT: gettext_lazy("Lô"),
    SERIAL: gettext_lazy("Số sê-ri"),
    VARIANT: gettext_lazy("Biến thể"),
    THIRD_PARTY_SERIAL: gettext_lazy("Số sê-ri do bên khác cấp"),
    "11": gettext_lazy("Ngày sản xuất"),
    "13": gettext_lazy("Ngày đóng gói"),
    "15": gettext_lazy("Dùng tốt nhất trước"),
    "16": gettext_lazy("Bán trước"),
    "17": gettext_lazy("Hạn dùng"),
    "30": gettext_lazy("Số lượng trong gói"),
}
_DATES: Final = ("11", "13", "15", "16", "17")


def claims(pairs: Sequence[tuple[str, str]]) -> list[Claim]:
    """What the address on a label says beside the number, in words; what has none by its key."""
    return [Claim(_label(key), _text(key, value)) for key, value in pairs]


def _label(key: str) -> str:
    if key.startswith("310"):
        return _("Khối lượng tịnh")
    return str(_CLAIMS[key]) if key in _CLAIMS else _("Khóa GS1 %(key)s") % {"key": key}


def _text(key: str, value: str) -> str:
    if key in _DATES:
        year, month, day = 2000 + int(value[:2]), int(value[2:4]), int(value[4:])
        return day_words(date(year, month, day)) if day else f"{month}/{year}"
    if key.startswith("310"):
        return _("%(weight)s kg") % {"weight": number(Decimal(value).scaleb(-int(key[3])))}
    return value
