"""Each row held against the register and the rows before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ocop.papers.tables import Value
from ocop.register.queries.intake.plan import Fill, Good, Maker, PlannedRow, Work
from ocop.register.queries.intake.stored import Places
from ocop.register.rules.intake import Caution, Field, Layout, Outcome, Refusal, Remark
from ocop.register.rules.intake.cells import words_of
from ocop.register.rules.intake.facts import RowFacts, Said
from ocop.register.rules.intake.matching import Held, cannot_be_placed, contradictions, filled_by, held_of, same_as
from ocop.register.rules.intake.names import compare_key, loose_key, names_no_maker
from ocop.register.rules.intake.places import Placed
from ocop.register.rules.intake.sentences import sentence
from ocop.register.rules.intake.texts import readable

_DIFFERS_IN = {"stars": Field.FIRST_STARS, "date": Field.FIRST_DATE, "decision": Field.FIRST_DECISION, "end": Field.EXPIRY}
_IN_SECOND = {"stars": Field.SECOND_STARS, "date": Field.SECOND_DATE, "decision": Field.SECOND_DECISION, "end": Field.EXPIRY}
_FIELD_WORDS = {
    "unit_id": "xã, phường",
    "address": "địa chỉ",
    "home_address": "địa chỉ",
    "representative": "người đại diện",
    "phone": "số điện thoại",
    "source_group": "nhóm sản phẩm",
    "decision_no": "số quyết định",
    "signatory": "cơ quan công nhận",
    "stars": "số sao",
    "recognised_on": "ngày công nhận",
    "valid_to": "ngày hết hạn",
}


class Judge:
    """Judges the rows of one sheet in their order."""

    def __init__(self, layout: Layout, places: Places, makers: Iterable[Maker], goods: Iterable[Good], nobody: Maker) -> None:
        self.layout, self.places, self.work = layout, places, Work()
        self._nobody = nobody  # whose products have no known producer
        self._makers: dict[str, list[Maker]] = defaultdict(list)
        self._loose: dict[str, list[Maker]] = defaultdict(list)
        self._goods: dict[tuple[int, str], Good] = {}
        self._placed_makers: dict[int, Placed] = {}  # by the row where a merged producer begins
        for maker in makers:
            self._keep_maker(maker)
        for good in goods:
            self._goods.setdefault((id(good.maker), compare_key(good.name)), good)

    def judge(self, facts: RowFacts, values: Mapping[Field, Value], district: str) -> PlannedRow:
        """The row's outcome; what it brings is noted in `work`."""
        placed = self._place(facts, district)
        is_nobodys = names_no_maker(facts.texts.get(Field.PRODUCER, ""))
        if is_nobodys and (id(self._nobody), facts.name_key) not in self._goods:
            self._remark(facts, Field.PRODUCER, Refusal.SUBJECT_MISSING)
        if facts.is_refused:
            return self._planned(facts, values, Outcome.REFUSED)
        maker, adds = (self._nobody, []) if is_nobodys else self._maker(facts, placed)
        good = self._goods.get((id(maker), facts.name_key))
        if good is None:
            good = self._new_good(facts, placed, maker)
            return self._planned(facts, values, Outcome.NEW, adds=(*adds, *self._recognitions(facts, good)))
        return self._of_known(facts, values, placed, good, adds)

    def _of_known(self, facts: RowFacts, values: Mapping[Field, Value], placed: Placed, good: Good, adds: list[str]) -> PlannedRow:
        """A product that the register has, or that an earlier row brings."""
        if _is_spelled_otherwise(facts.texts[Field.NAME], good.name):
            self._remark(facts, Field.NAME, Caution.SPELLING_MERGED, facts.texts[Field.NAME], good.name)
        first_row = good.row if good.row != facts.row else 0
        if first_row and self._repeats(facts, good):
            self._remark(facts, Field.NAME, Caution.DUPLICATE, first_row)
            return self._planned(facts, values, Outcome.DUPLICATE, first_row=first_row, public_id=good.public_id)
        good.row = good.row or facts.row
        good.bare_decisions |= facts.bare_decisions
        adds += self._fill_good(facts, placed, good)
        adds += self._recognitions(facts, good)
        outcome = Outcome.CHANGED if adds else Outcome.SAME
        return self._planned(facts, values, outcome, public_id=good.public_id, adds=tuple(adds))

    def _repeats(self, facts: RowFacts, good: Good) -> bool:
        """Everything the row says was said by an earlier row of the sheet."""
        said_before = [held for held in good.held if held.row]
        taken: list[Held] = []
        for said in facts.recognitions:
            held = same_as(said, said_before, taken)
            if held is None and not (said_before and cannot_be_placed(said)):
                return False
            taken += [held] if held else []
        return facts.bare_decisions <= good.bare_decisions

    # --- Places ---

    def _place(self, facts: RowFacts, district: str) -> Placed:
        """Where the row lies; under a merged producer an empty commune is the producer's."""
        text = facts.texts.get(Field.COMMUNE, "")
        placed = self.places.gazetteer.place(text, district, facts.last_known)
        if placed.code and not any(remark.field == Field.COMMUNE and remark.is_refusal for remark in facts.remarks):
            self._remark(facts, Field.COMMUNE, placed.code, placed.said, placed.other)
        if placed.district_differs:
            self._remark(facts, Field.COMMUNE, Caution.DISTRICT_DIFFERS, text, facts.section or facts.texts.get(Field.DISTRICT, ""))
        if facts.maker_row == facts.row:
            self._placed_makers[facts.row] = placed
        elif placed.code == Caution.COMMUNE_EMPTY:
            return self._placed_makers.get(facts.maker_row, placed)
        return placed

    # --- Producers ---

    def _maker(self, facts: RowFacts, placed: Placed) -> tuple[Maker, list[str]]:
        """The producer of that name in that district, the register's or an earlier row's, else a new one; and what is new about it."""
        found = next((each for each in self._makers[facts.producer_key] if _in_one_district(each.districts, placed.districts)), None)
        if found is None:
            return self._new_maker(facts, placed), ["chủ thể mới"]
        if _is_spelled_otherwise(facts.texts[Field.PRODUCER], found.name):
            self._remark(facts, Field.PRODUCER, Caution.SPELLING_MERGED, facts.texts[Field.PRODUCER], found.name)
        return found, self._fill_maker(facts, placed, found)

    def _new_maker(self, facts: RowFacts, placed: Placed) -> Maker:
        name = facts.texts[Field.PRODUCER]
        address, person = _addresses(facts)
        maker = Maker(
            name=name,
            key=facts.producer_key,
            districts=placed.districts,
            row=facts.row,
            form=facts.form,
            has_form=facts.form is not None,
            values={"unit_id": placed.unit, "commune_now_id": placed.now, "address": address},
            person=person,
        )
        twin = next((each for each in self._loose[loose_key(name)] if _maybe_in_one_district(each, maker)), None)
        if twin is not None:
            maker.maybe_same_as = twin
            self._remark(facts, Field.PRODUCER, Caution.PRODUCER_MAYBE_SAME, twin.name)
        self._keep_maker(maker)
        self.work.makers.append(maker)
        return maker

    def _keep_maker(self, maker: Maker) -> None:
        self._makers[maker.key].append(maker)
        self._loose[loose_key(maker.name)].append(maker)

    def _fill_maker(self, facts: RowFacts, placed: Placed, maker: Maker) -> list[str]:
        """What a known producer lacks and this row says. A new producer takes it up; a stored one gets it filled."""
        address, person = _addresses(facts)
        fills: dict[str, Any] = {"address": address} if address and not maker.values["address"] else {}
        if maker.values["unit_id"] is None and maker.values["commune_now_id"] is None and placed.unit:
            fills |= {"unit_id": placed.unit, "commune_now_id": placed.now}
        personal = {name: value for name, value in person.items() if value and not maker.person.get(name)}
        if personal.get("home_address") in (maker.values["address"] or None,):
            personal.pop("home_address", None)  # an officer has shown it to be a place of business
        for name, field in (("representative", Field.REPRESENTATIVE), ("phone", Field.PHONE)):
            if not maker.is_new and person[name] and maker.person.get(name, "") not in ("", person[name]):
                self._remark(facts, field, Caution.KEPT_AS_IN_REGISTER, "như đã ghi")
        maker.values.update(fills)
        maker.person.update(personal)
        adds = self._note_fill(facts, maker, "producer", fills) + self._note_fill(facts, maker, "person", personal)
        if facts.form and not maker.has_form:
            maker.form, maker.has_form = facts.form, True
            if not maker.is_new:
                self.work.forms.append((maker, facts.form, facts.row))
                adds.append("loại hình")
        return adds

    def _note_fill(self, facts: RowFacts, maker: Maker, kind: str, fills: dict[str, Any]) -> list[str]:
        if maker.is_new or not fills:
            return []
        self.work.fills.append(Fill(kind, str(maker.pk), facts.row, dict(fills)))
        return _in_words(fills)

    # --- Products ---

    def _new_good(self, facts: RowFacts, placed: Placed, maker: Maker) -> Good:
        good = Good(
            name=facts.texts[Field.NAME],
            maker=maker,
            row=facts.row,
            bare_decisions=set(facts.bare_decisions),
            values={
                "unit_id": placed.unit,
                "commune_now_id": placed.now,
                "source_group": facts.texts.get(Field.GROUP, ""),
                "note": facts.texts.get(Field.NOTE, ""),
            },
        )
        self._goods[id(maker), facts.name_key] = good
        self.work.goods.append(good)
        return good

    def _fill_good(self, facts: RowFacts, placed: Placed, good: Good) -> list[str]:
        """What a stored product lacks and this row says."""
        if good.is_new:
            return []
        fills: dict[str, Any] = {}
        if group := facts.texts.get(Field.GROUP) if not good.values["source_group"] else "":
            fills["source_group"] = group
        if good.values["unit_id"] is None and good.values["commune_now_id"] is None:
            if placed.unit not in (None, good.maker.values["unit_id"]):  # a product lies where its producer does
                fills |= {"unit_id": placed.unit, "commune_now_id": placed.now}
        elif placed.now and good.values["commune_now_id"] not in (None, placed.now):
            kept = self.places.names.get(good.values["commune_now_id"], "")
            self._remark(facts, Field.COMMUNE, Caution.KEPT_AS_IN_REGISTER, kept)
        good.values.update(fills)
        if fills:
            self.work.fills.append(Fill("product", str(good.pk), facts.row, fills))
        return _in_words(fills)

    def _recognitions(self, facts: RowFacts, good: Good) -> list[str]:
        """The row's recognitions that are not there yet, and what is filled in those that are."""
        adds: list[str] = []
        taken: list[Held] = []
        for said in facts.recognitions:
            held = same_as(said, good.held, taken)
            if held is not None:
                taken.append(held)
                adds += self._of_held(facts, good, said, held)
            elif good.held and cannot_be_placed(said):
                self._remark(facts, Field.STARS, Caution.KEPT_AS_IN_REGISTER, f"{good.held[-1].stars or 'chưa rõ số'} sao")
            else:
                planned = held_of(said, facts.row)
                good.held.append(planned)
                taken.append(planned)
                self.work.recognitions.append((good, said, facts.row))
                adds.append(said.words())
        return adds

    def _of_held(self, facts: RowFacts, good: Good, said: Said, held: Held) -> list[str]:
        """A recognition that is there: note that this sheet spoke of it, fill what it lacks, say what differs."""
        for what, kept in contradictions(said, held):
            self._remark(facts, (_IN_SECOND if said.is_second else _DIFFERS_IN)[what], Caution.KEPT_AS_IN_REGISTER, kept)
        good.held[good.held.index(held)] = replace(held, row=held.row or facts.row)
        fills = filled_by(said, held) if held.code else {}
        if not fills:
            return []
        self.work.fills.append(Fill("recognition", held.code, facts.row, fills))
        return _in_words(fills)

    # --- Rows ---

    def _remark(self, facts: RowFacts, field: Field, code: str, said: object = "", other: object = "") -> None:
        facts.remarks.append(Remark(facts.row, self.layout.header(field), code, sentence(code, said, other), field))

    def _planned(self, facts: RowFacts, values: Mapping[Field, Value], outcome: Outcome, **more: Any) -> PlannedRow:
        cells = {field: _said(value) for field, value in values.items() if value not in (None, "")}
        remarks = tuple(facts.remarks)
        if outcome == Outcome.REFUSED:
            remarks = tuple(remark for remark in remarks if remark.is_refusal)
        return PlannedRow(facts.row, outcome, remarks, cells, **more)


def _in_one_district(one: frozenset[str], other: frozenset[str]) -> bool:
    """A producer whose district nobody knows is the same only as another such one: unknown is not equal."""
    return bool(one & other) or not (one or other)


def _maybe_in_one_district(one: Maker, other: Maker) -> bool:
    return bool(one.districts & other.districts) or not one.districts or not other.districts


def _is_spelled_otherwise(said: str, name: str) -> bool:
    return said.casefold() != name.casefold()


def _addresses(facts: RowFacts) -> tuple[str, dict[str, str]]:
    """The public address, if it is a place of business, and what is personal."""
    address = facts.texts.get(Field.ADDRESS, "")
    is_business = facts.form is not None and facts.form.has_business_address
    person = {
        "representative": facts.texts.get(Field.REPRESENTATIVE, ""),
        "phone": facts.phone,
        "home_address": "" if is_business else address,
    }
    return address if is_business else "", person


def _in_words(fills: Mapping[str, Any]) -> list[str]:
    return [words for name, words in _FIELD_WORDS.items() if fills.get(name)]


def _said(value: Value) -> str:
    return readable(value) if isinstance(value, str) else words_of(value)
