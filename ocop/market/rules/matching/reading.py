"""Reading a case from JSON: every fault with its path ("$.supplies[3].lot"), all of them at once.

Numbers are read as decimals, so that 0.1 is a tenth. Names that mean nothing in a case are ignored, and said to be: a slip in the name
of a limit would otherwise pass unseen.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, localcontext
from typing import Any, Final

from ocop.market.rules.matching.case import EXACT, Case, Demand, Key, Share, Supply

_LARGEST: Final = 10**12
_MOST_DECIMALS: Final = 18
_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a case is wrong, and what is."""

    path: str
    detail: str

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"


class BadCase(ValueError):
    """The case cannot be read; `faults` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Node:
    """A value of the case with its path. Whatever is wrong is written down, and reading goes on with a harmless value."""

    value: Any
    path: str
    faults: list[Fault]

    def fault(self, detail: str) -> None:
        self.faults.append(Fault(self.path, detail))

    def at(self, name: str) -> "_Node":
        """A member of an object; its value is `_MISSING` where it has none."""
        value = self.value.get(name, _MISSING) if isinstance(self.value, dict) else _MISSING
        return _Node(value, _member(self.path, name), self.faults)

    @property
    def is_absent(self) -> bool:
        return self.value is _MISSING or self.value is None

    def rows(self) -> "list[_Node]":
        """The objects of a list."""
        nodes = self.items()
        for node in nodes:
            if not isinstance(node.value, dict):
                node.fault("must be an object")
        return [node for node in nodes if isinstance(node.value, dict)]

    def items(self) -> "list[_Node]":
        if not isinstance(self.value, list):
            self.fault(_expected("a list", self.value))
            return []
        return [_Node(value, f"{self.path}[{n}]", self.faults) for n, value in enumerate(self.value)]

    def key(self) -> Key:
        """A text that is not empty, or a whole number."""
        if isinstance(self.value, str) and self.value:
            return self.value
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        self.fault(_expected("a text or a whole number", self.value))
        return ""

    def text(self) -> str:
        if isinstance(self.value, str) and self.value:
            return self.value
        self.fault(_expected("a text", self.value))
        return ""

    def texts(self) -> frozenset[str]:
        return frozenset(node.text() for node in self.items())

    def number(self, least: int = 0) -> Decimal:
        """A number of at least `least`."""
        if not isinstance(self.value, int | Decimal) or isinstance(self.value, bool):
            self.fault(_expected("a number", self.value))
            return Decimal(least)
        number = Decimal(self.value)
        if number < least:
            self.fault(f"must be at least {least}, not {number}")
        elif number > _LARGEST or number != round(number, _MOST_DECIMALS):
            self.fault(f"must be at most {_LARGEST} and have at most {_MOST_DECIMALS} decimals")
        else:
            return number
        return Decimal(least)

    def positive(self) -> Decimal:
        """A number above nothing."""
        faults = len(self.faults)
        number = self.number()
        if number == 0 and len(self.faults) == faults:
            self.fault("must be more than 0")
        return number or Decimal(1)

    def whole(self, least: int = 0, most: int = _LARGEST) -> int:
        number = self.number(least)
        if number != number.to_integral_value() or number > most:
            self.fault(f"must be a whole number from {least} to {most}, not {number}")
            return least
        return int(number)


def _member(path: str, name: str) -> str:
    return f"{path}.{name}" if name.isidentifier() else f"{path}[{json.dumps(name, ensure_ascii=False)}]"


def _expected(what: str, value: Any) -> str:
    return f"is missing; it must be {what}" if value is _MISSING else f"must be {what}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A case, and the paths of the names in it that mean nothing."""

    case: Case
    ignored: tuple[str, ...]


def read_case(text: str) -> Reading:
    """A case from its JSON text. Raises `BadCase`."""
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        raise BadCase([Fault("$", f"is no JSON: {error}")]) from error
    if not isinstance(value, dict):
        raise BadCase([Fault("$", "must be an object")])
    root = _Node(value, "$", [])
    with localcontext(EXACT):
        case = _case(root)
    if root.faults:
        raise BadCase(root.faults)
    return Reading(case, tuple(_ignored(value)))


def _ignored(value: dict[str, Any]) -> Iterator[str]:
    """Names that are neither of a case nor of its supplies, demands and switches."""
    yield from (_member("$", name) for name in value if name not in _names(Case))
    for part, row_kind in (("supplies", Supply), ("demands", Demand), ("pinned", Share)):
        for number, row in enumerate(value.get(part) or ()):
            yield from (_member(f"$.{part}[{number}]", name) for name in row if name not in _names(row_kind))


def _names(kind: type) -> set[str]:
    """A case names its members as the code does."""
    return {field.name for field in fields(kind)}


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one object")
    return found


def _case(root: _Node) -> Case:
    months = tuple(_distinct(root.at("months").items()))
    supply_rows, demand_rows = root.at("supplies").rows(), root.at("demands").rows()
    supply_ids = set(_distinct([row.at("id") for row in supply_rows]))
    demand_ids = set(_distinct([row.at("id") for row in demand_rows]))
    rotation = root.at("rotation")
    return Case(
        months,
        root.at("transport_per_unit_km").number(),
        tuple(_supply(row, months) for row in supply_rows),
        tuple(_demand(row, months, supply_ids) for row in demand_rows),
        _pinned(root.at("pinned"), demand_ids, supply_ids, months),
        _forbidden(root.at("forbidden"), demand_ids, supply_ids),
        frozenset(() if rotation.is_absent else (item.key() for item in rotation.items())),
    )


def _distinct(nodes: list[_Node]) -> list[Key]:
    """Keys of which no two read alike."""
    keys = [node.key() for node in nodes]
    texts = [str(key) for key in keys]
    for number, node in enumerate(nodes):
        if texts[number] and texts[number] in texts[:number]:
            node.fault(f"{keys[number]!r} stands there already")
    return keys


def _supply(node: _Node, months: tuple[Key, ...]) -> Supply:
    stars, papers = node.at("stars"), node.at("papers").texts()
    if isinstance(stars.value, dict):
        by_month = _by_month(stars, months, lambda star: star.whole(most=5))
    else:
        by_month = dict.fromkeys(months, 0 if stars.value is None else stars.whole(most=5))
    total = node.at("total")
    return Supply(
        id=node.at("id").value,
        producer=node.at("producer").key(),
        product=None if node.at("product").value is None else node.at("product").key(),
        set_no=None if node.at("set_no").value is None else node.at("set_no").key(),
        unit=node.at("unit").text(),
        lot=node.at("lot").positive(),
        min_order=node.at("min_order").number(),
        price=node.at("price").number(),
        distance_km=node.at("distance_km").number(),
        poor_households=node.at("poor_households").whole(),
        stars=by_month,
        papers=dict.fromkeys(months, papers),
        capacity=_by_month(node.at("capacity"), months, _Node.number),
        total=None if total.is_absent else total.number(),
    )


def _demand(node: _Node, months: tuple[Key, ...], supply_ids: set[Key]) -> Demand:
    product, set_no, price, makers, share = (node.at(name) for name in ("product", "set_no", "max_price", "max_makers", "max_share"))
    if product.is_absent and set_no.is_absent:
        node.fault("must name a product or a set_no")
    if price.value is _MISSING:
        price.fault(_expected("a number or null", _MISSING))
    chosen = node.at("chosen")
    return Demand(
        id=node.at("id").value,
        priority=node.at("priority").positive(),
        product=None if product.is_absent else product.key(),
        set_no=None if set_no.is_absent else set_no.key(),
        unit=node.at("unit").text(),
        min_stars=node.at("min_stars").whole(most=5),
        papers=node.at("papers").texts(),
        max_price=None if price.is_absent else price.number(),
        max_makers=None if makers.value is None else makers.whole(least=1),
        max_share=None if share.is_absent else _part(share),
        quantity=_by_month(node.at("quantity"), months, _Node.number),
        chosen=None if chosen.is_absent else frozenset(_known(item, supply_ids, "supply") for item in chosen.items()),
    )


def _part(node: _Node) -> Decimal:
    share = node.positive()
    if share > 1:
        node.fault(f"must be a part of 1, not {share}")
    return share


def _by_month(node: _Node, months: tuple[Key, ...], read: Callable[[_Node], Any]) -> Mapping[Key, Any]:
    """An object with months as names; a month it leaves out has nothing."""
    if not isinstance(node.value, dict):
        node.fault(_expected("an object with months as names", node.value))
        return {}
    names = {str(month): month for month in months}
    for name in node.value:
        if name not in names:
            node.at(name).fault("is none of the months")
    return {names[name]: read(node.at(name)) for name in node.value if name in names}


def _known(node: _Node, among: set[Key], what: str) -> Key:
    key = node.key()
    if key not in among:
        node.fault(f"there is no {what} {key!r}")
    return key


def _pinned(node: _Node, demands: set[Key], supplies: set[Key], months: tuple[Key, ...]) -> tuple[Share, ...]:
    if node.is_absent:
        return ()
    pinned: dict[tuple[Key, Key, Key], Share] = {}
    for row in node.rows():
        demand, supply = _known(row.at("demand"), demands, "demand"), _known(row.at("supply"), supplies, "supply")
        month = _known(row.at("month"), set(months), "month")
        if (demand, supply, month) in pinned:
            row.fault("is pinned already")
        pinned[demand, supply, month] = Share(demand, supply, month, row.at("quantity").number())
    return tuple(pinned.values())


def _forbidden(node: _Node, demands: set[Key], supplies: set[Key]) -> frozenset[tuple[Key, Key]]:
    rows = [] if node.is_absent else node.rows()
    return frozenset((_known(row.at("demand"), demands, "demand"), _known(row.at("supply"), supplies, "supply")) for row in rows)
