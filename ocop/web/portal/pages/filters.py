"""The catalogue's filters in words: boxes with their counts, the conditions in force, and which to drop when nothing matches."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ocop.register.queries.catalogue import FACETS, PlaceIndex, Selection
from ocop.web.kit.templatetags.kit_text import number, unit_name
from ocop.web.kit.words import KEY_GROUPS, LEGAL_FORMS, STANDINGS
from ocop.web.portal.forms.catalogue import NAMES, SORT_VALUES, STANDING_VALUES, CatalogueForm
from ocop.web.portal.pages.goods import set_names

LEGENDS: Final = {
    "standing": gettext_lazy("Tình trạng sao hôm nay"),
    "stars": gettext_lazy("Hạng sao đang giữ hoặc từng đạt"),
    "key_group": gettext_lazy("Nhóm hàng chủ lực"),
    "set_no": gettext_lazy("Bộ sản phẩm"),
    "commune": gettext_lazy("Xã, phường"),
    "legal_form": gettext_lazy("Loại hình chủ thể"),
    "district": gettext_lazy("Huyện, thành phố cũ"),
}
_OPEN_FOLDS: Final = ("standing", "stars", "key_group")  # the others open when something in them is chosen

SORT_LABELS: Final = {
    "phu-hop": gettext_lazy("Khớp nhất trước"),
    "hieu-luc": gettext_lazy("Sao còn hạn trước"),
    "nhieu-sao": gettext_lazy("Nhiều sao trước"),
    "moi": gettext_lazy("Mới công nhận trước"),
    "ten": gettext_lazy("Tên theo bảng chữ cái"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick."""

    value: str
    label: str
    count: int
    is_checked: bool


@lru_cache(maxsize=4096)
def box(name: str, value: str, label: str, count: int, is_checked: bool) -> SafeString:
    """One box to tick with its label and count; most of a page's hundred are the same on the next page."""
    return format_html(
        '<label class="check"><input type="checkbox" name="{}" value="{}"{}>{}<small>{}</small></label>',
        name,
        value,
        SafeString(" checked") if is_checked else "",
        label,
        number(count),
    )


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes."""

    legend: str
    boxes: SafeString
    checked: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the address without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A condition to drop when nothing was found, and how many products that would give."""

    label: str
    address: str
    count: int


def facets(form: CatalogueForm, selection: Selection, places: PlaceIndex) -> list[Facet]:
    """The filters with their counts. A value without products shows only while it is chosen."""
    labels, chosen = _labels(places), frozenset(form.pairs)
    found = []
    for facet in FACETS:
        name, counts = NAMES[facet], selection.counts[facet]
        boxes, checked = [], 0
        for value, key, label in labels[facet]:
            count, is_checked = counts.get(key, 0), (name, value) in chosen
            if count or is_checked:
                boxes.append(box(name, value, label, count, is_checked))
                checked += is_checked
        if boxes:
            found.append(Facet(str(LEGENDS[facet]), SafeString("".join(boxes)), checked, bool(checked) or facet in _OPEN_FOLDS))
    return found


def chips(form: CatalogueForm, places: PlaceIndex) -> list[Chip]:
    """The conditions in force, each with the address that drops it."""
    words = {(NAMES[facet], value): label for facet, rows in _labels(places).items() for value, _key, label in rows}
    found = []
    for pair in form.pairs:
        name, value = pair
        if name == "q":
            found.append(Chip(_("Tìm: %(text)s") % {"text": value}, form.address(without=pair)))
        elif pair in words:
            found.append(Chip(words[pair], form.address(without=pair)))
    return found


def suggestions(form: CatalogueForm, selection: Selection) -> list[Suggestion]:
    """When nothing matches: which single group of conditions to drop, the most fruitful first."""
    found = [
        Suggestion(
            _("Bỏ điều kiện “%(legend)s”") % {"legend": LEGENDS[facet]},
            form.address(**{NAMES[facet]: ""}),
            count,
        )
        for facet, count in selection.lost_by.items()
        if count
    ]
    return sorted(found, key=lambda suggestion: -suggestion.count)


def sort_options(form: CatalogueForm) -> list[Option]:
    """The orders one may choose; "closest first" only where something is searched for."""
    return [
        Option(value, str(SORT_LABELS[value]), 0, SORT_VALUES[value] == form.sort)
        for value in SORT_LABELS
        if form.text or value != "phu-hop"
    ]


Labels = Mapping[str, Sequence[tuple[str, Hashable, str]]]


def _labels(places: PlaceIndex) -> Labels:
    """For every facet its values in order: as in the address, as the rows hold them, in words."""
    return {
        **_fixed_labels(get_language() or "vi"),
        "commune": [(place.code, place.code, unit_name(place.name)) for place in places.communes.values()],
        "district": [(place.code, place.code, unit_name(place.name)) for place in places.districts.values()],
    }


@lru_cache(maxsize=8)
def _fixed_labels(_language: str) -> Labels:
    """Those that are the same on every day; translated once a process."""
    return {
        "standing": [(value, state, standing_label(state)) for value, state in STANDING_VALUES.items()],
        "stars": [(str(stars), stars, _("%(stars)s sao") % {"stars": stars}) for stars in (5, 4, 3)],
        "key_group": [(code, code, str(label)) for code, label in KEY_GROUPS.items()],
        "set_no": [(str(each), each, name) for each, name in set_names().items()],
        "legal_form": [(code, code, str(label)) for code, label in LEGAL_FORMS.items()],
    }


def standing_label(state: str) -> str:
    """The word for one of rows.STATES."""
    return _("Sắp hết hạn") if state == "due" else str(STANDINGS[state])
