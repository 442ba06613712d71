"""The register in the provinces' own layout of 22 columns (INTAKE.md): what is written so is taken in again as "same"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ocop.core.dates import DAY, MONTH, YEAR, PartialDate
from ocop.core.phones import phone_in_words
from ocop.papers.sheets import Cell, Column, Sheet
from ocop.places.enums import COMMUNE_KINDS, UnitKind
from ocop.places.models import Unit
from ocop.places.rules import in_sentence
from ocop.register.enums import STATED_ENDS, RecordType
from ocop.register.models import LegalFormSpan, ProducerPerson, Product, Recognition, StandingSpan
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
    """Every real product, maker by maker; without `with_persons` the personal columns stay empty."""
    people = {row.producer_id: row for row in ProducerPerson.objects.all()} if with_persons else {}
    forms = {pk: words_of_form(form, kind) for pk, form, kind in _open_forms()}
    recognitions, holding = _recognitions(), _holding(today)
    products = Product.objects.filter(is_demo=False).select_related("producer__unit__parent", "producer__commune_now", "unit__parent")
    products = products.defer("producer__unit__boundary", "producer__commune_now__boundary", "unit__boundary", "search_text")
    number = 0
    for product in products.order_by("producer__sort_key", "producer", "sort_key", "pk"):
        history = recognitions.get(product.pk, [])
        pairs = [history[start : start + _PAIR] for start in range(0, len(history), _PAIR)] or [[]]
        for pair in pairs:
            number += 1
            star = pair[-1].stars if pair and pair is pairs[-1] and product.pk in holding else None
            yield (
                number,
                *_about(product, forms, people),
                f"{star} sao" if star else None,
                _stated_end(pair),
                *(_event(pair[0]) if pair else _EMPTY_BLOCK),
                *(_event(pair[1]) if len(pair) == _PAIR else _EMPTY_BLOCK),
                product.note,
            )


def _open_forms() -> Sequence[tuple[int, str, str]]:
    return list(LegalFormSpan.objects.filter(valid_to__isnull=True).values_list("producer_id", "form", "subtype"))


def _recognitions() -> Mapping[int, list[Recognition]]:
    """Of every product in the order of their dates; what has no date comes first."""
    found: dict[int, list[Recognition]] = defaultdict(list)
    for row in Recognition.objects.filter(record_type=RecordType.RECOGNITION, product__is_demo=False).order_by("pk"):
        found[row.product_id].append(row)
    return {pk: sorted(rows, key=lambda row: (row.recognised_on or date.min, len(row.code), row.code)) for pk, rows in found.items()}


def _holding(today: date) -> set[int]:
    """The products whose star holds on the day: only these have a current one."""
    return set(StandingSpan.objects.filter(span_covers(today), kind__in=HOLDING).values_list("product_id", flat=True))


def _about(product: Product, forms: Mapping[int, str], people: Mapping[int, ProducerPerson]) -> Sequence[Cell]:
    maker = product.producer
    if maker is None:
        return (product.name, product.source_group, None, UNKNOWN_MAKER, _place(product.unit), None, None, None)
    person = people.get(maker.pk)
    return (
        product.name,
        product.source_group,
        forms.get(maker.pk),
        maker.name,
        _place(maker.unit or maker.commune_now),
        maker.address or (person.home_address if person else ""),
        person.representative if person else None,
        phone_in_words(person.phone) if person and person.phone else None,
    )


def _place(unit: Unit | None) -> str:
    """ "Xã Bằng Phúc, huyện Chợ Đồn": the district tells units of one name apart."""
    if unit is None:
        return ""
    above = unit.parent
    is_within = above is not None and unit.kind in COMMUNE_KINDS and above.kind in (UnitKind.DISTRICT, UnitKind.CITY)
    return f"{unit.name}, {in_sentence(above.name)}" if is_within and above else unit.name


def _stated_end(pair: Sequence[Recognition]) -> date | None:
    """The last valid day, where a paper states one; a computed end is nobody's word."""
    last = pair[-1] if pair else None
    return last.valid_to - _ONE_DAY if last and last.valid_to and last.end_basis in STATED_ENDS else None


def _event(row: Recognition) -> tuple[Cell, ...]:
    on = PartialDate(row.recognised_on, row.recognised_precision)
    day: Cell = on.first if on.precision == DAY else f"{on.first.month}/{on.first.year}" if on.precision == MONTH and on.first else None
    year = on.first.year if on.first and on.precision in (DAY, MONTH, YEAR) else None
    return (f"{row.stars} sao" if row.stars else None, day, year, row.decision_no, row.signatory)
