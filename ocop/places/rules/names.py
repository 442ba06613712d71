"""Names of units and what people type when they look for one: pure text, no database, no clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ocop.core.text import clean_line, fold, search_key
from ocop.places.enums import UnitKind

# Taken off while the accents are still there: "Phường" is a kind, "Phương" begins a name.
KIND_NAMES: dict[str, UnitKind] = {
    "Tỉnh": UnitKind.PROVINCE,
    "Huyện": UnitKind.DISTRICT,
    "Thành phố": UnitKind.CITY,
    "TP": UnitKind.CITY,
    "Thị trấn": UnitKind.TOWNSHIP,
    "Phường": UnitKind.WARD,
    "Xã": UnitKind.COMMUNE,
}
_KIND = re.compile(rf"({'|'.join(re.escape(name) for name in KIND_NAMES)})\.?\s+(?=\S)", re.IGNORECASE)
_KIND_WORDS = sorted((search_key(name) for name in KIND_NAMES), key=len, reverse=True)


def split_kind(name: str) -> tuple[UnitKind | None, str]:
    """The kind a name begins with, and the rest: "Xã Côn Minh" → (COMMUNE, "Côn Minh"), "Phương Linh" → (None, "Phương Linh")."""
    cleaned = clean_line(name)
    found = _KIND.match(cleaned)
    if not found:
        return None, cleaned
    kinds = {fold_case(written): kind for written, kind in KIND_NAMES.items()}
    return kinds[fold_case(found.group(1))], cleaned[found.end() :]


def fold_case(text: str) -> str:
    """Lower case with single spaces; accents stay."""
    return " ".join(text.lower().split())


def folded_name(name: str) -> str:
    """What `Unit.folded` holds: the name without its kind and accents, "Xã Đồng Phúc" → "dong phuc"."""
    return fold(split_kind(name)[1])


def in_sentence(name: str) -> str:
    """A unit's name inside a sentence: the kind in lower case, "Xã Côn Minh" → "xã Côn Minh"."""
    kind, bare = split_kind(name)
    return f"{name[: len(clean_line(name)) - len(bare)].lower()}{bare}" if kind else name


# --- Searching by name ---


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, in the readings worth trying: each is (name, the rest), as search keys. The most literal reading comes first."""

    readings: tuple[tuple[str, str], ...]


def asked_name(text: str) -> Asked:
    """Reads "xã Bằng Phúc, Chợ Đồn", "bang phuc cho don", "Phường Đức Xuân (TP Bắc Kạn)" as a name and where it lies."""
    parts = [part for part in re.split(r"[,;()–]| - ", clean_line(text)[:200]) if search_key(part)]
    if not parts:
        return Asked(())
    rest = " ".join(search_key(split_kind(part)[1]) for part in parts[1:])
    first = [search_key(parts[0]), search_key(split_kind(parts[0])[1])]
    readings = [(name, rest) for name in dict.fromkeys([*first, *map(_without_kind_word, first)]) if name]
    if not rest:
        readings += [pair for name, _rest in list(readings) for pair in _cuts(name)]
    return Asked(tuple(dict.fromkeys(readings)))


def rank_of_match(asked: Asked, name: str, contexts: Iterable[str]) -> int | None:
    """How well a unit answers: 0 name and place, 1 the whole name, 2 the beginning of the name; None not at all.

    `name` and `contexts` (names of the units it lies or lay in) are search keys without their kinds.
    """
    places = set(contexts)
    best: int | None = None
    for wanted, rest in asked.readings:
        rank = _rank(wanted, rest, name, places)
        if rank is not None and (best is None or rank < best):
            best = rank
    return best


def _rank(wanted: str, rest: str, name: str, places: set[str]) -> int | None:
    if rest:
        lies_there = _without_kind_word(rest) in places or any(f" {place} " in f" {rest} " for place in places)
        return 0 if wanted == name and lies_there else None
    if wanted == name:
        return 1
    begins = f"{name} ".startswith(f"{wanted} ") or (len(wanted) >= 3 and name.startswith(wanted))
    return 2 if begins else None


def _without_kind_word(key: str) -> str:
    for word in _KIND_WORDS:
        if key.startswith(f"{word} "):
            return key[len(word) + 1 :]
    return key


def _cuts(key: str) -> list[tuple[str, str]]:
    """Every way to read words without a comma as a name and a place: "bang phuc cho don" → ("bang phuc", "cho don") among others."""
    words = key.split()[:12]
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
