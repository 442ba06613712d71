"""Why something is missing from a plan, the nearest miss first, each in a sentence that says what would close it.

A reason is named only where it is the one thing in the way: without it the supply would deliver at once. Where every supply lacks
two things or more, those that lack fewest are named with each of them. Nearest (product decision): what needs no more goods comes
first, and what closes the whole gap before what closes a part; then what is easier to change, as `_EASE` has it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from ocop.core.money import number
from ocop.market.rules.matching.case import EXACT, NOUGHT, Case, Demand, Key, Share, Supply, by_key
from ocop.market.rules.matching.fit import Obstacle, is_asked_for, misfits, missing_papers
from ocop.market.rules.matching.ledger import Ledger, Room

_EASE: Final = (
    Obstacle.PINNED,
    Obstacle.FORBIDDEN,
    Obstacle.LOT,
    Obstacle.MIN_ORDER,
    Obstacle.MAX_MAKERS,
    Obstacle.MAX_SHARE,
    Obstacle.PRICE,
    Obstacle.PAPER,
    Obstacle.STAR,
    Obstacle.UNIT,
    Obstacle.SEASON_TOTAL,
    Obstacle.NO_CAPACITY,
)
_LIMITS: Final = (
    Obstacle.PINNED,
    Obstacle.LOT,
    Obstacle.MIN_ORDER,
    Obstacle.MAX_MAKERS,
    Obstacle.MAX_SHARE,
    Obstacle.SEASON_TOTAL,
    Obstacle.NO_CAPACITY,
)
_NEEDS_GOODS: Final = (Obstacle.SEASON_TOTAL, Obstacle.NO_CAPACITY)
_WORDS: Final = {
    Obstacle.PINNED: "phần đã ghim",
    Obstacle.FORBIDDEN: "lựa chọn của cán bộ",
    Obstacle.LOT: "cỡ lô",
    Obstacle.MIN_ORDER: "đơn tối thiểu",
    Obstacle.MAX_MAKERS: "số cơ sở tối đa",
    Obstacle.MAX_SHARE: "tỷ lệ tối đa của một cơ sở",
    Obstacle.PRICE: "giá",
    Obstacle.PAPER: "giấy tờ",
    Obstacle.STAR: "hạng sao",
    Obstacle.UNIT: "đơn vị tính",
    Obstacle.SEASON_TOTAL: "sản lượng cả vụ",
    Obstacle.NO_CAPACITY: "sản lượng trong tháng",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in the way; `supply` is None where there is no supply to name."""

    code: Obstacle
    supply: Key | None
    detail: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """So much of a demand nobody delivers in a month, and why."""

    demand: Key
    month: Key
    quantity: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Miss:
    """A supply that does not deliver, the obstacle looked at, the others that stand beside it, and what it would bring."""

    room: Room
    code: Obstacle
    others: tuple[Obstacle, ...]
    gain: Decimal
    degree: Decimal

    @property
    def distance(self) -> tuple[object, ...]:
        needs_goods = self.code in _NEEDS_GOODS or any(code in _NEEDS_GOODS for code in self.others)
        is_partial = self.gain < self.room.missing
        supply = by_key(self.room.supply.id)
        return len(self.others), needs_goods, is_partial, _EASE.index(self.code), self.degree, -self.gain, supply


def shortfalls(case: Case, shares: tuple[Share, ...]) -> list[Shortfall]:
    """Every missing quantity of a plan with at least one reason, by demand and month."""
    with localcontext(EXACT):
        case = case.in_order()
        ledger = Ledger(case, shares)
        return [
            Shortfall(demand.id, month, missing, tuple(_reasons(ledger, demand, month)))
            for demand in case.demands
            for month in case.months
            if (missing := ledger.missing(demand, month)) > 0
        ]


def _reasons(ledger: Ledger, demand: Demand, month: Key) -> Iterator[Reason]:
    asked_for = [supply for supply in ledger.case.supplies if is_asked_for(supply, demand)]
    if not asked_for:
        yield Reason(Obstacle.PRODUCT, None, f"Chưa có cơ sở nào cung ứng {_wanted(demand)}.")
        return
    misses = [miss for supply in asked_for for miss in _misses(ledger, demand, supply, month)]
    nearest = min(len(miss.others) for miss in misses)
    for miss in sorted((miss for miss in misses if len(miss.others) == nearest), key=lambda miss: miss.distance):
        yield Reason(miss.code, miss.room.supply.id, _sentence(miss, demand, month))


def _misses(ledger: Ledger, demand: Demand, supply: Supply, month: Key) -> Iterator[_Miss]:
    """What keeps this supply away: single obstacles where one is enough, all of them otherwise."""
    room = ledger.room(demand, supply, month)
    lacking = tuple(misfits(ledger.case, supply, demand, month))
    if not lacking:
        alone = [(code, gain) for code in _LIMITS if (gain := room.addition(without=code)) > 0]
    else:
        alone = [(lacking[0], gain)] if len(lacking) == 1 and (gain := room.addition()) > 0 else []
    for code, gain in alone:
        yield _Miss(room, code, (), gain, _degree(code, room, demand, month))
    if not alone:
        obstacles = (*lacking, *room.obstacles())
        for code in obstacles:
            others = tuple(other for other in obstacles if other != code)
            yield _Miss(room, code, others, NOUGHT, _degree(code, room, demand, month))


def _degree(code: Obstacle, room: Room, demand: Demand, month: Key) -> Decimal:
    """How far off, to tell equal obstacles apart; nothing where only the quantity can."""
    supply = room.supply
    if code == Obstacle.PRICE and demand.max_price:
        return supply.price / demand.max_price
    if code == Obstacle.PAPER:
        return Decimal(len(missing_papers(supply, demand, month)))
    if code == Obstacle.STAR:
        return Decimal(demand.min_stars - supply.stars.get(month, 0))
    if code == Obstacle.MIN_ORDER:
        return supply.min_order - room.goods()
    return supply.lot - room.goods() if code == Obstacle.LOT else NOUGHT


def _sentence(miss: _Miss, demand: Demand, month: Key) -> str:
    sentence = f"{miss.room.supply.producer} {_SENTENCES[miss.code](miss, demand, month)}"
    if miss.gain and miss.code != Obstacle.UNIT:
        sentence += f" Khi đó giao thêm được {_quantity(miss.gain, demand.unit)}."
    if miss.others:
        sentence += f" Còn vướng: {', '.join(_WORDS[code] for code in miss.others)}."
    return sentence


def _quantity(quantity: Decimal, unit: str) -> str:
    return f"{number(quantity)} {unit}"


def _month(month: Key) -> str:
    """ "2026-12" as people say it; whatever else a case calls its months as it stands."""
    is_dated = isinstance(month, str) and re.fullmatch(r"\d{4}-\d{2}", month)
    return f"{int(str(month)[5:])}/{str(month)[:4]}" if is_dated else str(month)


def _wanted(demand: Demand) -> str:
    product = f"sản phẩm {demand.product}" if demand.product is not None else ""
    parts = [product, f"bộ sản phẩm {demand.set_no}" if demand.set_no is not None else ""]
    return " thuộc ".join(part for part in parts if part)


def _star(miss: _Miss, demand: Demand, month: Key) -> str:
    stars = miss.room.supply.stars.get(month, 0)
    has = f"trong tháng chỉ chắc chắn {stars} sao" if stars else "trong tháng chưa chắc có sao nào còn hiệu lực"
    return f"sẽ phù hợp nếu có {demand.min_stars} sao suốt tháng {_month(month)}; {has}."


def _price(miss: _Miss, demand: Demand, month: Key) -> str:
    asked, offered = number(demand.max_price or NOUGHT), number(miss.room.supply.price)
    return f"sẽ phù hợp nếu giá từ {offered} đ xuống {asked} đ một {demand.unit}, hoặc bên mua chấp nhận giá này."


def _capacity(miss: _Miss, demand: Demand, month: Key) -> str:
    left = f"chỉ còn {_quantity(miss.room.capacity, miss.room.supply.unit)}" if miss.room.capacity else "đã hết sản lượng"
    return f"{left} trong tháng {_month(month)}; cần thêm sản lượng."


def _season(miss: _Miss, demand: Demand, month: Key) -> str:
    unit = miss.room.supply.unit
    left = f"chỉ còn {_quantity(miss.room.season, unit)} trong" if miss.room.season else "đã hết"
    return f"{left} {_quantity(miss.room.supply.total or NOUGHT, unit)} của cả vụ; cần thêm sản lượng của vụ."


def _share(miss: _Miss, demand: Demand, month: Key) -> str:
    percent = number((demand.max_share or NOUGHT) * 100)
    return f"đã gần hoặc đủ phần tối đa {percent}% của một cơ sở; cần nâng tỷ lệ này."


def _lot(miss: _Miss, demand: Demand, month: Key) -> str:
    return f"giao theo lô {_quantity(miss.room.supply.lot, miss.room.supply.unit)}, chỗ còn lại không đủ một lô; cần chia lô nhỏ hơn."


def _min_order(miss: _Miss, demand: Demand, month: Key) -> str:
    least = _quantity(miss.room.supply.min_order, miss.room.supply.unit)
    return f"nhận đơn từ {least} mỗi tháng, chỗ còn lại ít hơn; cần nhận đơn nhỏ hơn."


_SENTENCES: Final[dict[Obstacle, Callable[[_Miss, Demand, Key], str]]] = {
    Obstacle.PINNED: lambda miss, demand, month: "đã được ghim phần của tháng; cần bỏ ghim.",
    Obstacle.FORBIDDEN: lambda miss, demand, month: "không nằm trong các cơ sở cán bộ chọn cho nhu cầu này; cần cho tham gia.",
    Obstacle.LOT: _lot,
    Obstacle.MIN_ORDER: _min_order,
    Obstacle.MAX_MAKERS: lambda miss, demand, month: f"chưa tham gia vì đã đủ {demand.max_makers} cơ sở; cần nhận thêm một cơ sở.",
    Obstacle.MAX_SHARE: _share,
    Obstacle.PRICE: _price,
    Obstacle.PAPER: lambda miss, demand, month: (
        f"sẽ phù hợp nếu có {', '.join(missing_papers(miss.room.supply, demand, month))} còn hiệu lực suốt tháng {_month(month)}."
    ),
    Obstacle.STAR: _star,
    Obstacle.UNIT: lambda miss, demand, month: (
        f"bán theo {miss.room.supply.unit}, bên mua cần theo {demand.unit}; cần báo giá theo {demand.unit}."
    ),
    Obstacle.SEASON_TOTAL: _season,
    Obstacle.NO_CAPACITY: _capacity,
}
