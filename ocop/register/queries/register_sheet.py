"""The register in the provinces' own layout of 22 columns (INTAKE.md): what is written so is taken in again as "same"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ocop.core.dates import DAY, MONTH
from ocop.core.phones import phone_in_words
from ocop.papers.sheets import Cell, Column, Sheet
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Unit
from ocop.places.rules import in_sentence
from ocop.register.enums import STATED_ENDS, RecordType
from ocop.register.models import LegalFormSpan, Producer, ProducerPerson, Product, Recognition, StandingSpan
from ocop.register.queries.catalogue.rows import HOLDING
from ocop.register.queries.standing import span_covers
from ocop.register.rules.intake.names import UNKNOWN_MAKER
from ocop.register.rules.intake.words import words_of_form

_STARS = ("3 sao", "4 sao", "5 sao")
_ONE_DAY = timedelta(days=1)
_PAIR = 2  # recognitions a row has room for; a longer history goes on in a row of its own
_EMPTY_BLOCK: tuple[Cell, ...] = (None, None, None, None, None)


def register_sheet_columns() -> tuple[Column, ...]:
    """The 22 columns."""
    return (
        *(Column("TT", 5, "0"), Column("Tên sản phẩm", 32), Column("Nhóm sản phẩm", 20), Column("Loại hình", 18)),
        *(Column("Tên chủ thể", 32), Column("Xã/phường", 26), Column("Địa chỉ", 30), Column("Người đại diện", 20)),
        *(Column("Số điện thoại", 15), Column("Hạng sao hiện tại", 10, choices=_STARS), Column("Ngày hết hạn", 12)),
        *_block("Công nhận lần 1"),
        *_block("Công nhận lần 2/nâng hạng"),
        Column("Ghi chú", 30),
    )


def _block(group: str) -> tuple[Column, ...]:
    return (
        Column("Số sao", 8, group=group, choices=_STARS),
        Column("Ngày", 12, group=group),
        Column("Năm", 7, "0", group=group),
        Column("Số QĐ", 20, group=group),
        Column("Cơ quan", 20, group=group),
    )


def register_sheet(*, today: date, source: str) -> Sheet:
    """What the table says of itself."""
    return Sheet(
        name="Sổ OCOP",
        title="SỔ ĐĂNG KÝ SẢN PHẨM OCOP",
        as_of=f"Tính đến ngày {today.day}/{today.month}/{today.year}",
        source=source,
        columns=register_sheet_columns(),
    )


def register_rows(*, today: date, with_persons: bool) -> Iterator[Sequence[Cell]]:
    """Every real product, maker by maker; without `with_persons` the personal columns stay empty.

    Plain columns instead of model instances: a province has thousands of rows, and the table is written while they are read.
    """
    places = {unit.pk: _place(unit) for unit in Unit.objects.defer("boundary").select_related("parent").defer("parent__boundary")}
    makers, histories, holding = _makers(places, with_persons=with_persons), _histories(), _holding(today)
    products = Product.objects.filter(is_demo=False).order_by("producer__sort_key", "producer", "sort_key", "pk")
    number = 0
    for pk, name, group, maker, unit, note in products.values_list("pk", "name", "source_group", "producer", "unit", "note"):
        form, *about = makers[maker] if maker else (None, UNKNOWN_MAKER, places.get(unit), None, None, None)
        history = histories.get(pk, [])
        pairs = [history[start : start + _PAIR] for start in range(0, len(history), _PAIR)] or [[]]
        for pair in pairs:
            number += 1
            star = pair[-1].cells[0] if pair and pair is pairs[-1] and pk in holding else None
            end = pair[-1].last_day if pair else None
            blocks = [*(pair[0].cells if pair else _EMPTY_BLOCK), *(pair[1].cells if len(pair) == _PAIR else _EMPTY_BLOCK)]
            yield [number, name, group, form, *about, star, end, *blocks, note]


def _makers(places: Mapping[int, str], *, with_persons: bool) -> Mapping[int, tuple[Cell, ...]]:
    """Of every producer the columns from the legal form to the telephone."""
    forms = LegalFormSpan.objects.filter(valid_to__isnull=True).values_list("producer_id", "form", "subtype")
    words = {pk: words_of_form(form, subtype) for pk, form, subtype in forms}
    people: dict[int, tuple[str, str, str]] = {}
    if with_persons:
        rows = ProducerPerson.objects.values_list("producer_id", "representative", "phone", "home_address")
        people = {pk: (name, phone_in_words(phone) if phone else "", home) for pk, name, phone, home in rows}
    found: dict[int, tuple[Cell, ...]] = {}
    for pk, name, unit, now, address in Producer.objects.values_list("pk", "name", "unit_id", "commune_now_id", "address"):
        person, phone, home = people.get(pk, ("", "", ""))
        found[pk] = (words.get(pk), name, places.get(unit or now), address or home, person, phone)
    return found


@dataclass(frozen=True, slots=True)
class _Event:
    """One recognition: its five cells, and its last valid day where a paper states one; a computed end is nobody's word."""

    cells: tuple[Cell, ...]
    last_day: date | None


def _histories() -> Mapping[int, list[_Event]]:
    """Of every product the recognitions in the order of their dates; what has no date comes first."""
    fields = ("product_id", "code", "recognised_on", "recognised_precision", "stars", "decision_no", "signatory", "valid_to", "end_basis")
    rows = Recognition.objects.filter(record_type=RecordType.RECOGNITION, product__is_demo=False).order_by().values_list(*fields)
    found: dict[int, list[_Event]] = defaultdict(list)
    for product, _code, day, precision, stars, decision, signatory, end, basis in sorted(rows, key=_order):
        cells = (f"{stars} sao" if stars else None, *_when(day, precision), decision, signatory)
        found[product].append(_Event(cells, end - _ONE_DAY if end and basis in STATED_ENDS else None))
    return found


def _order(row: tuple[Any, ...]) -> tuple[date, int, str]:
    """By the day, then in the register's own order: "R10" after "R9"."""
    return row[2] or date.min, len(row[1]), row[1]


def _when(day: date | None, precision: str) -> tuple[Cell, Cell]:
    """The cells "Ngày" and "Năm"; a year alone never becomes a day."""
    if day is None:
        return None, None
    if precision == MONTH:
        return f"{day.month}/{day.year}", day.year
    return day if precision == DAY else None, day.year


def _holding(today: date) -> set[int]:
    """The products whose star holds on the day: only these have a current one."""
    return set(StandingSpan.objects.filter(span_covers(today), kind__in=HOLDING).values_list("product_id", flat=True))


def _place(unit: Unit) -> str:
    """ "Xã Bằng Phúc, huyện Chợ Đồn": the district tells units of one name apart."""
    above = unit.parent
    is_within = above is not None and unit.kind in COMMUNE_KINDS and above.kind in (UnitKind.DISTRICT, UnitKind.CITY)
    return f"{unit.name}, {in_sentence(above.name)}" if is_within and above else unit.name
