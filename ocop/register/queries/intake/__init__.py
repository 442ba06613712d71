"""What would happen if a sheet were taken in: each row judged against the register. Writes nothing."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date

from ocop.register.queries.intake.judging import Judge
from ocop.register.queries.intake.plan import Fill, Good, IntakePlan, Maker, PlannedRow, Work
from ocop.register.queries.intake.stored import places_on, stored_goods, stored_makers
from ocop.register.rules.intake import Field, RegisterSheet
from ocop.register.rules.intake.cells import Calendar
from ocop.register.rules.intake.decisions import recognitions_of
from ocop.register.rules.intake.facts import RowFacts
from ocop.register.rules.intake.names import UNKNOWN_MAKER, compare_key
from ocop.register.rules.intake.reading import Reading
from ocop.register.rules.intake.rows import Mends, RawRow, data_rows

__all__ = ["Fill", "Good", "IntakePlan", "Maker", "Mends", "PlannedRow", "Work", "plan_intake"]


def plan_intake(sheet: RegisterSheet, *, today: date, mends: Mends | None = None) -> IntakePlan:
    """Judge every row of the sheet against the register as it is now."""
    places = places_on(today)
    makers, nobody = stored_makers(places), Maker(name=UNKNOWN_MAKER, key="", districts=frozenset(), pk=0, values={"unit_id": None})
    judge = Judge(sheet.layout, places, makers.values(), stored_goods(makers, nobody), nobody)
    calendar, district = Calendar(sheet.counts_from_1904), ""
    rows: list[PlannedRow] = []
    for raw in data_rows(sheet, mends or {}):
        district = places.gazetteer.district_of_section(raw.section, district)
        facts = facts_of(Reading(raw, sheet.layout, calendar, today))
        named = places.gazetteer.district_of_section(facts.texts.get(Field.DISTRICT, ""), "")
        rows.append(judge.judge(facts, raw.values, named or district))
    return IntakePlan(tuple(rows), judge.work, _digest(rows, judge.work), today, sheet.remarks)


def facts_of(reading: Reading) -> RowFacts:
    """Everything the row alone can tell."""
    raw: RawRow = reading.raw
    recognitions = recognitions_of(reading)
    facts = RowFacts(
        row=raw.row,
        section=raw.section,
        texts=reading.texts,
        form=reading.legal_form(),
        phone=reading.phone(),
        recognitions=recognitions,
        bare_decisions=frozenset(reading.bare_decisions),
        maker_row=raw.maker_row,
        name_key=compare_key(reading.texts.get(Field.NAME, "")),
        producer_key=compare_key(reading.texts.get(Field.PRODUCER, "")),
    )
    facts.remarks = list(reading.remarks.values())
    return facts


def _digest(rows: Iterable[PlannedRow], work: Work) -> str:
    """SHA-256 over what becomes of every row and what is written for it; of personal values only that there is one."""
    digest = hashlib.sha256()
    for line in _log(rows, work):
        digest.update(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")
    return digest.hexdigest()


def _log(rows: Iterable[PlannedRow], work: Work) -> Iterator[list[object]]:
    for row in rows:
        yield ["row", row.row, row.outcome, row.first_row, row.public_id, sorted({remark.code for remark in row.remarks})]
    for maker in work.makers:
        yield ["producer", maker.row, maker.name, maker.values["unit_id"], maker.form.form if maker.form else "", sorted(maker.person)]
    for good in work.goods:
        yield ["product", good.row, good.name, good.values["unit_id"], good.values["source_group"]]
    for good, said, at in work.recognitions:
        yield ["recognition", at, good.name, said.stars, said.on.first, said.on.precision, said.decision, said.last_day]
    for fill in work.fills:
        yield ["fill", fill.row, fill.kind, fill.key, sorted(fill.values)]
