"""Units on a date, what became of them, and where they lie on the map.

A code alone says nothing: since 1/7/2025 new communes reuse old codes. Every look-up by code takes a date as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ocop.core.text import search_key, slug, sort_key
from ocop.places import rules
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Succession, Unit

FOUND_AT_MOST = 12


class AmbiguousUnit(LookupError):
    """More than one unit bears this code on this date; the caller must choose. `units` holds them."""

    def __init__(self, code: str, on: date, units: Sequence[Unit]) -> None:
        self.units = units
        super().__init__(f"{code} on {on.isoformat()} is {' and '.join(unit.key for unit in units)}")


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """One answer to a name: the unit found, which may have ended, and the units of the day asked that hold it now.

    `unit` is today's unit when there is exactly one, and None when the old one was divided or was a district.
    `sentence` tells of the change ("xã Bằng Phúc (Chợ Đồn cũ) nay là xã Đồng Phúc"), empty when there was none.
    """

    found: Unit
    now: tuple[Unit, ...]
    sentence: str
    rank: int

    @property
    def unit(self) -> Unit | None:
        return self.now[0] if len(self.now) == 1 else None


@dataclass(frozen=True, slots=True)
class UnitShape:
    """One commune as the map draws it."""

    id: int
    key: str
    code: str
    name: str
    bare_name: str
    slug: str
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class MapShapes:
    """All communes of the day that have an outline, in the order of the alphabet; `projection` places other points among them."""

    projection: rules.Projection
    units: tuple[UnitShape, ...]

    @property
    def viewbox(self) -> str:
        return self.projection.viewbox


def valid_on(on: date) -> Q:
    """The condition that a unit existed on a date. A beginning that nobody found does not speak against it."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def existed_on(unit: Unit, on: date) -> bool:
    """The same as `valid_on`, of a unit already read."""
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or unit.valid_to > on)


def unit_on(code: str, on: date) -> Unit | None:
    """The unit that bore `code` on `on`. Raises `AmbiguousUnit` when there are several, as no code is trusted without its date."""
    found = list(Unit.objects.filter(valid_on(on), code=code).select_related("parent__parent").order_by("key")[:3])
    if len(found) > 1:
        raise AmbiguousUnit(code, on, found)
    return found[0] if found else None


def units_coded(code: str) -> list[Unit]:
    """Every unit that ever bore `code`, the latest first: what to show when somebody gives a code and no date."""
    found = Unit.objects.filter(code=code).select_related("parent__parent")
    return sorted(found, key=lambda unit: (unit.valid_to is None, unit.valid_to or date.max), reverse=True)


def communes_on(on: date) -> list[Unit]:
    """The communes, wards and townships of the home area on a date, in the order of the alphabet."""
    found = Unit.objects.filter(valid_on(on), is_home=True, kind__in=COMMUNE_KINDS).select_related("parent").defer("boundary")
    return in_alphabet(found)


def communes_with_outline(on: date) -> list[Unit]:
    """As `communes_on`, with the outlines, and only those that have one."""
    return in_alphabet(Unit.objects.filter(valid_on(on), is_home=True, kind__in=COMMUNE_KINDS, boundary__isnull=False))


def in_alphabet(units: Iterable[Unit]) -> list[Unit]:
    """Units by their names without the kind, Vietnamese alphabet."""
    return sorted(units, key=lambda unit: (sort_key(rules.split_kind(unit.name)[1]), unit.key))


def successors(unit: Unit, on: date) -> list[Unit]:
    """The units of `on` that hold what `unit` was: itself while it exists, then its heirs; for a district, the heirs of its communes."""
    return _History(on).heirs(unit.pk)


def commune_now(unit: Unit, on: date) -> Unit | None:
    """The one commune of `on` that holds `unit`; None when there are several, as for an old district."""
    heirs = successors(unit, on)
    return heirs[0] if len(heirs) == 1 and heirs[0].kind in COMMUNE_KINDS else None


def predecessors(unit: Unit) -> list[Unit]:
    """The units that went straight into this one, in the order of the alphabet."""
    found = Unit.objects.filter(successions__successor=unit).select_related("parent").defer("boundary")
    return in_alphabet(found)


def precessions_of(unit: Unit) -> list[Succession]:
    """How this unit came to be: each old unit with the day and the legal basis, in the order of the alphabet."""
    found = Succession.objects.filter(successor=unit).select_related("predecessor__parent").defer("predecessor__boundary")
    return sorted(found, key=lambda row: (sort_key(rules.split_kind(row.predecessor.name)[1]), row.pk))


def old_names(on: date) -> dict[int, list[str]]:
    """For every unit of a date, by primary key, the names of the units that went into it, in the order of the alphabet; one question."""
    rows = Succession.objects.filter(effective_on__lte=on).values_list("successor_id", "predecessor__name")
    names: dict[int, list[str]] = defaultdict(list)
    for successor, old in sorted(rows, key=lambda row: sort_key(rules.split_kind(row[1])[1])):
        names[successor].append(old)
    return names


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit of any time, the units of the day asked that hold it now, and the units that went straight into it."""

    unit: Unit
    now: tuple[Unit, ...]
    made_of: tuple[Unit, ...]


def units_through_time(on: date) -> list[UnitThen]:
    """Every unit there ever was, from each to its heirs of a date and to what it was made of; two questions."""
    past = _History(on)
    return [UnitThen(unit, tuple(past.heirs(pk)), tuple(past.made_of(pk))) for pk, unit in past.units.items()]


def units_by_id(ids: Iterable[int]) -> dict[int, Unit]:
    """Units with their parents, by primary key; one question."""
    return Unit.objects.select_related("parent").defer("boundary", "parent__boundary").in_bulk(list(ids))


def subtree(unit: Unit, on: date) -> QuerySet[Unit]:
    """The unit itself and every unit below it on a date."""
    below = Q(pk=unit.pk) | Q(parent=unit) | Q(parent__parent=unit)
    return Unit.objects.filter(below).filter(Q(pk=unit.pk) | valid_on(on))


def find_units(text: str, on: date) -> list[UnitMatch]:
    """Units by name, with or without accents, kinds and districts; old names lead to the units of `on`. Best first, at most twelve.

    "Bằng Phúc, Chợ Đồn", "bang phuc cho don" and "Bang Phuc" all lead to xã Đồng Phúc after 1/7/2025.
    """
    asked = rules.asked_name(text)
    if not asked.readings:
        return []
    history = _History(on)
    matches = [
        UnitMatch(unit, tuple(history.heirs(unit.pk)), "", rank)
        for unit in history.units.values()
        if any(history.key(unit).startswith(name) for name, _rest in asked.readings)
        and (rank := rules.rank_of_match(asked, history.key(unit), history.contexts(unit))) is not None
    ]
    return _best_first(matches, on)


def _best_first(matches: Iterable[UnitMatch], on: date) -> list[UnitMatch]:
    """A unit of the day before the old ones it holds, the home area first, and no old unit that bears its heir's own name."""
    ordered = sorted(matches, key=lambda match: (match.rank, not match.found.is_home, match.now != (match.found,), match.found.key))
    seen: set[tuple[int, ...]] = set()
    best: list[UnitMatch] = []
    for match in ordered:
        heirs = tuple(unit.pk for unit in match.now)
        if match.now and (heirs not in seen or match.rank == 0) and not _is_shown(match, best):
            seen.add(heirs)
            best.append(UnitMatch(match.found, match.now, _sentence(match), match.rank))
    return best[:FOUND_AT_MOST]


def _is_shown(match: UnitMatch, best: Sequence[UnitMatch]) -> bool:
    return any(other.now == match.now and other.found.name == match.found.name for other in best)


def _sentence(match: UnitMatch) -> str:
    old, now = match.found, match.now
    if now == (old,) or (len(now) == 1 and now[0].name == old.name):
        return ""
    names = {"old": _in_sentence(old), "new": ", ".join(_in_sentence(unit) for unit in now)}
    if len(now) > 1:
        return _("%(old)s cũ nay chia vào %(new)s") % names
    if old.parent and old.parent.kind != UnitKind.PROVINCE:
        return _("%(old)s (%(district)s cũ) nay là %(new)s") % {**names, "district": rules.split_kind(old.parent.name)[1]}
    return _("%(old)s cũ nay là %(new)s") % names


def _in_sentence(unit: Unit) -> str:
    """ "xã Côn Minh"; in another language as its catalogue turns the kind and the name round: "Côn Minh commune"."""
    bare = rules.split_kind(unit.name)[1]
    pattern = rules.in_sentence(unit.name).removesuffix(bare) + "%(name)s"  # the screens' words mark these for the catalogue
    return _(pattern) % {"name": bare}


class _History:
    """All units and successions at once (some two hundred rows, two questions), to walk through time without asking again."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.units = {unit.pk: unit for unit in Unit.objects.defer("boundary")}
        self._next: dict[int, list[int]] = defaultdict(list)
        self._below: dict[int, list[int]] = defaultdict(list)
        for old, new in Succession.objects.filter(effective_on__lte=on).values_list("predecessor_id", "successor_id"):
            self._next[old].append(new)
        for unit in self.units.values():
            if unit.parent_id:
                unit.parent = self.units[unit.parent_id]
                self._below[unit.parent_id].append(unit.pk)

    def heirs(self, pk: int) -> list[Unit]:
        """The units of the day that hold this one, in the order of the alphabet."""
        found: dict[int, Unit] = {}
        waiting, seen = [pk], set()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            if existed_on(self.units[current], self.on):
                found[current] = self.units[current]
            else:
                waiting += self._next[current] or self._below[current]
        return in_alphabet(found.values())

    def made_of(self, pk: int) -> list[Unit]:
        return [self.units[old] for old, into in self._next.items() if pk in into]

    def key(self, unit: Unit) -> str:
        return search_key(unit.folded)

    def contexts(self, unit: Unit) -> set[str]:
        """Names of what the unit lies in and what its heirs lie in."""
        above: set[str] = set()
        for start in (unit, *self.heirs(unit.pk)):
            parent = start.parent
            while parent:
                above.add(self.key(parent))
                parent = parent.parent
        return above


def map_shapes(on: date, *, is_large: bool = False) -> MapShapes | None:
    """The home communes of a date as SVG, coarse for a small map or fine for a large one; None when no outlines are known.

    Drawn once a process for the units of a date; one question tells which units these are.
    """
    keys = tuple(
        Unit.objects.filter(valid_on(on), is_home=True, boundary__isnull=False, kind__in=COMMUNE_KINDS)
        .order_by("key")
        .values_list("key", flat=True)
    )
    return _drawn(keys, is_large) if keys else None


@lru_cache(maxsize=8)
def _drawn(keys: tuple[str, ...], is_large: bool) -> MapShapes:
    """Outlines of one set of units. A unit's outline never changes under its key: a new outline is a new unit."""
    units = in_alphabet(Unit.objects.filter(key__in=keys))
    projection = rules.projection_for(ring for unit in units for ring in rules.outer_and_inner_rings(unit.boundary or {}))
    tolerance, decimals = (rules.LARGE_TOLERANCE, 1) if is_large else (rules.SMALL_TOLERANCE, 0)
    return MapShapes(projection, tuple(_shape(unit, projection, tolerance, decimals) for unit in units))


def _shape(unit: Unit, projection: rules.Projection, tolerance: float, decimals: int) -> UnitShape:
    drawn = rules.outline(unit.boundary or {}, projection, tolerance, decimals)
    bare_name = rules.split_kind(unit.name)[1]
    return UnitShape(unit.pk, unit.key, unit.code, unit.name, bare_name, slug(bare_name), drawn.path, drawn.label_x, drawn.label_y)
