"""When a recognition that a sheet says is one that the register, or an earlier row, holds already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ocop.core.dates import DAY, UNKNOWN, PartialDate
from ocop.register.enums import STATED_ENDS, Confidence, DatePrecision, EndBasis
from ocop.register.rules.intake.facts import Said
from ocop.register.rules.law import certificate_end

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A recognition that is there. `code` is empty while it is only planned. `is_settled`: officers or contradictions fixed it."""

    code: str
    stars: int | None
    on: PartialDate
    decision: str
    signatory: str
    level: str
    valid_to: date | None  # exclusive
    end_basis: str
    is_settled: bool = False
    row: int = 0  # of the sheet that said it; 0 for the register's own

    @property
    def decision_key(self) -> str:
        return "".join(self.decision.split()).casefold()


def held_of(said: Said, row: int) -> Held:
    """What a sheet's row is going to write."""
    end = end_of(said)
    return Held("", said.stars, said.on, said.decision, said.issuer, said.level, end["valid_to"], end["end_basis"], row=row)


def same_as(said: Said, held: Iterable[Held], taken: Sequence[Held] = ()) -> Held | None:
    """The one that this is: by decision, by day and star, by day, by star where the dates allow it. None: the register lacks it."""
    left = [each for each in held if not any(each is other for other in taken)]
    tests = (_is_one_decision, _is_one_day_and_star, _is_one_day, _may_be_one)
    return next((each for test in tests for each in left if test(said, each)), None)


def _is_one_decision(said: Said, held: Held) -> bool:
    return bool(said.decision) and said.decision_key == held.decision_key


def _is_one_day_and_star(said: Said, held: Held) -> bool:
    return _is_day(said.on, held.on) and said.stars == held.stars


def _is_one_day(said: Said, held: Held) -> bool:
    return _is_day(said.on, held.on) and not (said.decision and held.decision)


def _may_be_one(said: Said, held: Held) -> bool:
    """Nothing contradicts: the same star, at most one of the decisions known, and dates that may be one."""
    if said.decision and held.decision:
        return False
    return said.stars == held.stars and _overlap(said.on, held.on)


def _is_day(one: PartialDate, other: PartialDate) -> bool:
    return one.precision == DAY and one == other


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return True
    return one.first <= other.last and other.first <= one.last


def cannot_be_placed(said: Said) -> bool:
    """Neither date nor decision: beside another star nobody could say which came first."""
    return said.on.first is None and not said.decision


def end_of(said: Said) -> dict[str, Any]:
    """The columns of a recognition that tell from when to when it holds. Every end is exclusive."""
    first, last = said.on.first, said.on.last
    starts = {"valid_from": first if said.on.precision == DAY else None, "valid_to_min": None, "valid_to_max": None}
    if said.last_day is not None:
        return {**starts, "valid_to": said.last_day + _ONE_DAY, "end_basis": EndBasis.STATED}
    if first is None or last is None:
        return {**starts, "valid_to": None, "end_basis": EndBasis.UNKNOWN}
    if said.on.precision == DAY:
        return {**starts, "valid_to": certificate_end(first), "end_basis": EndBasis.COMPUTED}
    span = {"valid_to_min": certificate_end(first), "valid_to_max": certificate_end(last)}
    return {**starts, **span, "valid_to": span["valid_to_min"], "end_basis": EndBasis.COMPUTED_RANGE}


def date_of(said: Said) -> dict[str, Any]:
    """The columns of a recognition that tell when it was signed."""
    return {"recognised_on": said.on.first, "recognised_precision": DatePrecision(said.on.precision)}


def confidence_of(said: Said) -> str:
    """A decision with its day is certain; a star alone is a clerk's memory."""
    if said.decision and said.on.precision == DAY:
        return Confidence.HIGH
    return Confidence.MEDIUM if said.decision or said.on.first else Confidence.LOW


def filled_by(said: Said, held: Held) -> dict[str, Any]:
    """What the register lacks of this recognition and the sheet says. Nothing that is there is changed; a computed end is none."""
    if held.is_settled:
        return {}
    fills: dict[str, Any] = {}
    if said.decision and not held.decision:
        fills["decision_no"] = said.decision
    if said.issuer and not held.signatory:
        fills["signatory"] = said.issuer
    if said.level and not held.level:
        fills["level"] = said.level
    if held.stars is None:
        fills["stars"] = said.stars
    if _is_more_exact(said.on, held.on):
        fills |= date_of(said)
        if held.end_basis not in STATED_ENDS:
            fills |= end_of(said)
        elif said.on.precision == DAY:
            fills["valid_from"] = said.on.first
    elif said.last_day is not None and held.end_basis not in STATED_ENDS:
        fills |= {key: value for key, value in end_of(said).items() if key != "valid_from"}
    return fills


def _is_more_exact(one: PartialDate, other: PartialDate) -> bool:
    order = (UNKNOWN, "year", "month", DAY)
    return order.index(one.precision) > order.index(other.precision) and _overlap(one, other)


def contradictions(said: Said, held: Held) -> list[tuple[str, str]]:
    """Where the register holds something else, which stays: (what: "stars", "date", "decision", "end"; what is kept, in words)."""
    found = []
    if held.stars is not None and held.stars != said.stars:
        found.append(("stars", f"{held.stars} sao"))
    if not _overlap(said.on, held.on):
        found.append(("date", f"ngày công nhận {held.on.words()}"))
    if said.decision and held.decision and said.decision_key != held.decision_key:
        found.append(("decision", f"số quyết định {held.decision}"))
    if said.last_day and held.valid_to and held.end_basis in STATED_ENDS and said.last_day + _ONE_DAY != held.valid_to:
        last_day = held.valid_to - _ONE_DAY
        found.append(("end", f"ngày hết hạn {last_day.day}/{last_day.month}/{last_day.year}"))
    return found
