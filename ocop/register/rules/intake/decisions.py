"""The recognitions of a row: two blocks, the current star and the end, weighed against each other."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from ocop.core.dates import DAY, MONTH, UNKNOWN, YEAR, PartialDate
from ocop.papers.tables import Value
from ocop.register.rules.intake.cells import NoStar, NotReadable, star_of, words_of
from ocop.register.rules.intake.codes import Caution, Refusal
from ocop.register.rules.intake.facts import Said
from ocop.register.rules.intake.layout import Field
from ocop.register.rules.intake.reading import Reading
from ocop.register.rules.intake.words import level_of
from ocop.register.rules.law import certificate_end
from ocop.register.rules.standing import PROGRAMME_START

_UNDATED: Final = PartialDate(None, UNKNOWN)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Block:
    """The five columns of one recognition."""

    stars: Field
    date: Field
    year: Field
    decision: Field
    issuer: Field
    is_second: bool


_FIRST: Final = _Block(Field.FIRST_STARS, Field.FIRST_DATE, Field.FIRST_YEAR, Field.FIRST_DECISION, Field.FIRST_ISSUER, False)
_SECOND: Final = _Block(Field.SECOND_STARS, Field.SECOND_DATE, Field.SECOND_YEAR, Field.SECOND_DECISION, Field.SECOND_ISSUER, True)


@dataclass(frozen=True, slots=True)
class _Read:
    """One block read: a recognition, a decision without its star, or nothing at all."""

    block: _Block
    star: int | NoStar
    on: PartialDate | None
    decision: str
    issuer: str

    @property
    def lacks_star(self) -> bool:
        return self.star is NoStar.REISSUED or (isinstance(self.star, NoStar) and (self.on is not None or bool(self.decision)))

    def said(self, stars: int) -> Said:
        return Said(stars, self.on or _UNDATED, self.decision, self.issuer, level_of(self.issuer), None, self.block.is_second)


def recognitions_of(reading: Reading) -> tuple[Said, ...]:
    """In the order of their dates, the last with the stated end; every doubt as a remark."""
    current = _star(reading, Field.STARS)
    blocks = [_read(reading, block) for block in (_FIRST, _SECOND)]
    said = [each.said(each.star) for each in blocks if not isinstance(each.star, NoStar)]
    last = max(
        (each for each in blocks if each.lacks_star or not isinstance(each.star, NoStar)), key=lambda b: b.block.is_second, default=None
    )
    for each in (each for each in blocks if each.lacks_star):
        if each is last and not isinstance(current, NoStar):
            said.append(each.said(current))
            reading.remark(each.block.stars, Caution.STARS_FROM_CURRENT, current)
        else:
            reading.remark(each.block.stars, Caution.STARS_MISSING)
            reading.bare_decisions.add(f"{each.decision} {each.on}")
    if last is None:
        said = _by_current_star(reading, current)
    ordered = _in_order(reading, _without_copy(reading, said))
    if ordered and not isinstance(current, NoStar) and current != ordered[-1].stars:
        reading.remark(Field.STARS, Caution.STAR_CONFLICT, current, ordered[-1].stars)
    return _with_dates_judged(reading, ordered)


def _by_current_star(reading: Reading, current: int | NoStar) -> list[Said]:
    """No decision is in the row: a current star is a recognition of unknown date."""
    if not isinstance(current, NoStar):
        return [Said(current, _UNDATED, "", "", "", None, False)]
    if current is NoStar.REISSUED:
        reading.remark(Field.STARS, Caution.STARS_MISSING)
    elif not any(reading.is_refused(field) for field in _STAR_FIELDS):
        reading.remark(Field.STARS, Caution.NO_RECOGNITION)
    return []


_STAR_FIELDS: Final = (Field.STARS, Field.FIRST_STARS, Field.SECOND_STARS)


def _read(reading: Reading, block: _Block) -> _Read:
    star = _star(reading, block.stars)
    on = _on(reading, block)
    return _Read(block, star, on, reading.texts.get(block.decision, ""), reading.texts.get(block.issuer, ""))


def _star(reading: Reading, field: Field) -> int | NoStar:
    value = reading.value(field)
    try:
        return star_of(value)
    except NotReadable:
        reading.remark(field, Refusal.BAD_STAR, words_of(value))
        return NoStar.EMPTY


def _on(reading: Reading, block: _Block) -> PartialDate | None:
    """The day, else the year; the two must agree."""
    year = _when(reading, block.year, reading.value(block.year))
    number = year.first.year if year and year.first else None
    day = _when(reading, block.date, reading.value(block.date), number)
    if day is None or day.first is None:
        return PartialDate(date(number, 1, 1), YEAR) if number else None
    if number and day.first.year != number:
        reading.remark(block.date, Refusal.DATE_YEAR_CONFLICT, day, number)
    return day


def _when(reading: Reading, field: Field, value: Value, year: int | None = None) -> PartialDate | None:
    try:
        return reading.calendar.when(value, year)
    except NotReadable:
        reading.remark(field, Refusal.BAD_DATE, words_of(value))
        return None


def _without_copy(reading: Reading, said: list[Said]) -> list[Said]:
    """The second block may repeat the first, or name the same decision."""
    if len(said) < 2:
        return said
    one, two = said[0], said[1]
    is_one_decision = bool(one.decision_key) and one.decision_key == two.decision_key
    if is_one_decision or (
        one.on.first is not None and one.on == two.on and one.stars == two.stars and not (one.decision and two.decision)
    ):
        reading.remark(Field.SECOND_DECISION if is_one_decision else Field.SECOND_DATE, Caution.RECOGNITION_REPEATED)
        return [one]
    return said


def _in_order(reading: Reading, said: list[Said]) -> list[Said]:
    """By their dates where both are known; the second block is the later one otherwise."""
    ordered = sorted(said, key=lambda each: each.is_second)
    dates = [each.on.first for each in ordered if each.on.first is not None]
    if len(dates) == 2 and dates[0] > dates[1]:
        reading.remark(Field.SECOND_DATE, Caution.BLOCKS_OUT_OF_ORDER)
        ordered.reverse()
    return ordered


def _with_dates_judged(reading: Reading, said: list[Said]) -> tuple[Said, ...]:
    for each in said:
        _judge_date(reading, each)
    end = _when(reading, Field.EXPIRY, reading.value(Field.EXPIRY))
    if not said:
        return ()
    last_day = _last_day(reading, said[-1], end)
    return (*said[:-1], replace(said[-1], last_day=last_day))


def _judge_date(reading: Reading, said: Said) -> None:
    block = _SECOND if said.is_second else _FIRST
    on = said.on
    if any(reading.is_refused(field) for field in (block.date, block.year)):
        return
    field = block.date if reading.raw.values.get(block.date) not in (None, "") else block.year
    if on.first is None:
        reading.remark(block.date, Caution.DATE_MISSING)
    elif on.first > reading.today:
        reading.remark(field, Refusal.FUTURE_DATE, on)
    elif on.last and on.last < PROGRAMME_START:
        reading.remark(field, Caution.DATE_BEFORE_PROGRAMME, on)
    if on.precision == YEAR and on.first:
        reading.remark(field, Caution.DATE_YEAR_ONLY, on.first.year)
    elif on.precision == MONTH:
        reading.remark(field, Caution.DATE_MONTH_ONLY, on)


def _last_day(reading: Reading, said: Said, end: PartialDate | None) -> date | None:
    """The stated last valid day of the last decision; what is not stated to the day is computed, and said so."""
    if reading.is_refused(Field.EXPIRY):
        return None
    if end is None or end.first is None or end.precision != DAY:
        how = "không tính được vì chưa rõ ngày công nhận" if said.on.first is None else "tính 36 tháng từ ngày công nhận"
        reading.remark(Field.EXPIRY, Caution.EXPIRY_MISSING, f"chỉ ghi {end}, {how}" if end else how)
        return None
    if said.on.first is not None and end.first < said.on.first:
        reading.remark(Field.EXPIRY, Refusal.EXPIRY_BEFORE_RECOGNITION, end, said.on)
    elif said.on.precision == DAY and said.on.first is not None:
        computed = certificate_end(said.on.first)
        if end.first not in (computed, computed - _ONE_DAY):
            reading.remark(Field.EXPIRY, Caution.EXPIRY_NOT_36_MONTHS, end, said.on)
    return end.first
