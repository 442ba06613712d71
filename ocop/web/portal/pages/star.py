"""What is known of a star today, in the words and the look every public page gives it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ocop.register.enums import Confidence, DatePrecision, StandingKind
from ocop.register.queries.portal_parts import Place, StarGround
from ocop.register.rules import Standing, reason_sentence
from ocop.web.kit.templatetags.kit_parts import icon, stars
from ocop.web.kit.templatetags.kit_text import day_words, partial
from ocop.web.kit.words import RECOGNITION_LEVELS, UNIT_KINDS, unit_words

# The attribute of an element whose text may not be in the page's language.
OWN_LANGUAGE, VIETNAMESE, ENGLISH = SafeString(""), SafeString(' lang="vi"'), SafeString(' lang="en"')

_ONE_DAY = timedelta(days=1)


class ByName:
    """Fields found by name: a template asks `value["name"]` first, and being refused costs it more than the answer."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True, slots=True)
class Answer(ByName):
    """One star in words. `tone` is the class of the verdict's band; `stars` are drawn filled only while they may be used."""

    kind: str
    tone: str
    icon: SafeString
    title: str
    lead: str
    reason: str
    advice: str
    count: int
    stars: SafeString
    is_usable: bool


@dataclass(frozen=True, slots=True)
class Written(ByName):
    """A text people wrote. `lang` is the attribute and `note` the word that say so when it is not in the page's language."""

    text: str
    lang: SafeString = OWN_LANGUAGE
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: addresses with their hosts, how sure, and when it was read."""

    links: tuple[tuple[str, str], ...]  # (address, host)
    name: str
    confidence: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Look:
    tone: str
    icon: str
    stars_state: str


_LOOKS = {
    StandingKind.VALID: Look("v-ok", "shield-check", ""),
    "due": Look("v-due", "clock-alert", ""),
    StandingKind.EXTENDED: Look("v-ok", "calendar-clock", ""),
    StandingKind.EXPIRED: Look("v-past", "history", "past"),
    StandingKind.WITHDRAWN: Look("v-stop", "ban", "past"),
    StandingKind.UNVERIFIED: Look("v-unknown", "circle-help", "unknown"),
    StandingKind.NONE: Look("v-unknown", "circle-dashed", ""),
}


def answer(standing: Standing, on: date) -> Answer:
    """The standing in words, for the day it is looked at."""
    return _answer(standing, on, get_language() or "vi")


@lru_cache(maxsize=2048)
def _answer(standing: Standing, on: date, _language: str) -> Answer:
    look = _LOOKS["due" if standing.is_due else standing.kind]
    title, lead, advice = _WORDS[StandingKind(standing.kind)](standing, on)
    return Answer(
        kind=standing.kind,
        tone=look.tone,
        icon=icon(look.icon),
        title=title,
        lead=lead,
        reason=reason_sentence(standing, on, _),
        advice=advice,
        count=standing.stars or 0,
        stars=stars(0 if standing.kind == StandingKind.NONE else standing.stars or 0, look.stars_state),
        is_usable=standing.kind in (StandingKind.VALID, StandingKind.EXTENDED),
    )


Words = tuple[str, str, str]  # title, lead, advice


def _valid(standing: Standing, on: date) -> Words:
    lead = _("Cán bộ xác nhận ngày %(day)s") % {"day": day_words(standing.confirmed_on)}
    if standing.until:
        lead = _("Hợp lệ đến hết %(day)s") % {"day": day_words(standing.until - _ONE_DAY)}
    return _("Còn hạn, %(stars)s") % {"stars": star_words(standing)}, lead, ""


def _extended(standing: Standing, on: date) -> Words:
    lead = _("Kéo dài hiệu lực đến hết %(day)s") % {"day": day_words(standing.until and standing.until - _ONE_DAY)}
    return _("Còn hiệu lực, %(stars)s") % {"stars": star_words(standing)}, lead, _("Đang chờ kết quả đánh giá lại.")


def _expired(standing: Standing, on: date) -> Words:
    words = {"stars": star_words(standing), "day": day_words(standing.until and standing.until - _ONE_DAY)}
    lead = _("Từng đạt %(stars)s, hết hạn %(day)s") % words if standing.until else _("Từng đạt %(stars)s") % words
    return _("Đã hết hạn"), lead, _("Sản phẩm vẫn được bán. Chỉ nhãn OCOP là không còn hiệu lực.")


def _withdrawn(standing: Standing, on: date) -> Words:
    lead = _("Giấy chứng nhận bị thu hồi từ ngày %(day)s") % {"day": day_words(standing.until)}
    return _("Đã thu hồi"), lead, _("Bạn đang cầm sản phẩm có nhãn OCOP này? Hãy báo cho cán bộ.")


def _unverified(standing: Standing, on: date) -> Words:
    lead = _("Lần cuối được biết: %(stars)s. Chưa ai xác nhận hôm nay còn hiệu lực") % {"stars": star_words(standing)}
    return _("Chờ xác minh"), lead, _("Sản phẩm vẫn được bán. Cán bộ có quyết định mới thì câu trả lời đổi ngay trong ngày.")


def _none(standing: Standing, on: date) -> Words:
    lead = _("Có trong sổ, nhưng chưa thấy quyết định công nhận nào")
    return _("Chưa có sao OCOP"), lead, _("Thấy nhãn OCOP trên sản phẩm này? Hãy báo cho cán bộ.")


_WORDS: dict[StandingKind, Callable[[Standing, date], Words]] = {
    StandingKind.VALID: _valid,
    StandingKind.EXTENDED: _extended,
    StandingKind.EXPIRED: _expired,
    StandingKind.WITHDRAWN: _withdrawn,
    StandingKind.UNVERIFIED: _unverified,
    StandingKind.NONE: _none,
}


def star_words(standing: Standing) -> str:
    """ "3 sao", or "chưa rõ số sao" where a certificate was re-issued without printing the star."""
    return _("%(stars)s sao") % {"stars": standing.stars} if standing.stars else _("chưa rõ số sao")


# --- Recognitions ---


def recognised_words(line: StarGround) -> str:
    """When: "30/6/2021", "năm 2018", "trước 4/2025 (ngày chưa rõ)"."""
    if line.recognised_on is None or line.recognised_precision == DatePrecision.UNKNOWN:
        if line.known_as_of:
            return _("chưa rõ ngày, nguồn năm %(when)s đã nhắc tới") % {"when": "/".join(reversed(line.known_as_of.split("-")))}
        return _("chưa rõ ngày")
    return partial(line.recognised_on, line.recognised_precision)


def decision_words(line: StarGround) -> str:
    """The decision, or that it was not found: every page says so."""
    return _("Quyết định %(number)s") % {"number": line.decision_no} if line.decision_no else _("Chưa tìm thấy quyết định")


def authority_words(line: StarGround) -> str:
    """Who gave the star: the signatory where known, else the level."""
    return line.signatory or str(RECOGNITION_LEVELS.get(line.level, ""))


# --- Places ---


def place_words(place: Place) -> str:
    """Today's commune, the old one in brackets: "xã Côn Minh (Côn Minh, Na Rì cũ)"."""
    return _place_words(place, get_language() or "vi")


@lru_cache(maxsize=1024)
def _place_words(place: Place, _language: str) -> str:
    old = ", ".join(filter(None, [_bare(place.unit), _bare(place.unit_parent)])) if place.unit_ended_on else ""
    if not place.commune:
        return _("%(old)s cũ") % {"old": old} if old else unit_words(place.unit)
    now = unit_words(place.commune)
    return _("%(now)s (%(old)s cũ)") % {"now": now, "old": old} if old else now


def _bare(name: str) -> str:
    return next((name.removeprefix(f"{kind} ") for kind in UNIT_KINDS if name.startswith(f"{kind} ")), name)


# --- Texts and sources ---


def written(vietnamese: str, english: str = "") -> Written:
    """The text for this page's language; the other language's, and marked so, where nobody has written it yet."""
    if get_language() == "en":
        return Written(english) if english or not vietnamese else Written(vietnamese, VIETNAMESE, _("(bằng tiếng Việt)"))
    return Written(vietnamese) if vietnamese or not english else Written(english, ENGLISH, _("(bằng tiếng Anh)"))


_CONFIDENCE: dict[str, Promise] = {
    Confidence.HIGH: gettext_lazy("tin cậy cao"),
    Confidence.MEDIUM: gettext_lazy("tin cậy vừa"),
    Confidence.LOW: gettext_lazy("tin cậy thấp"),
}


def source(row: Any) -> Source:
    """The source of anything that has `source_url`, `source_name`, `confidence` and `as_of`."""
    return Source(links(row.source_url), row.source_name, confidence_words(row.confidence), row.as_of)


def confidence_words(confidence: str) -> str:
    """How sure, short enough to stand behind an address."""
    return str(_CONFIDENCE.get(confidence, ""))


def source_of(row: Any) -> SafeString:
    """The same as the line that stands under the fact."""
    return source_line(source(row))


def source_line(known: Source) -> SafeString:
    """Where a fact comes from, how sure it is and when it was read, in one line."""
    return _source_line(known, get_language() or "vi")


@lru_cache(maxsize=4096)
def _source_line(known: Source, _language: str) -> SafeString:
    hosts = format_html_join(", ", '<a href="{}" rel="nofollow noopener">{}</a>', known.links)
    name = format_html("<span{}>{}</span>", VIETNAMESE, known.name) if known.name and get_language() == "en" else known.name
    words = [_("Nguồn:"), " ", hosts or name or _("chưa rõ")]
    if known.confidence:
        words += [" · ", known.confidence]
    if known.as_of:
        words += [" · ", _("đọc ngày %(day)s") % {"day": day_words(known.as_of)}]
    return format_html_join("", "{}", ((word,) for word in words))


@lru_cache(maxsize=2048)
def links(addresses: str) -> tuple[tuple[str, str], ...]:
    """The addresses of a source column (joined by " ; ") with the hosts to show; anything but http and https is left out."""
    return tuple(_with_hosts(addresses.split(" ; ")))


def _with_hosts(addresses: Iterable[str]) -> Iterable[tuple[str, str]]:
    for address in addresses:
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            yield address.strip(), parts.hostname.removeprefix("www.")
