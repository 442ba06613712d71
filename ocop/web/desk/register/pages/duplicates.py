"""What may be written down twice, as the OCOP office sees it: pairs side by side, what a merge would do, what was merged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import Actor
from ocop.register.actions import NotFitting
from ocop.register.enums import DuplicateGrade, DuplicateSign
from ocop.register.models import DistinctPair, LegalFormSpan, Merge, Producer, Product
from ocop.register.queries import (
    people_of,
    producer_with_code,
    producers_alike,
    product_by_any_code,
    products_alike,
    set_name,
    standings_on,
)
from ocop.register.queries.merging import rows_to_move
from ocop.register.rules import Pair
from ocop.web.desk.register.pages.producers import producer_typed
from ocop.web.kit.words import LEGAL_FORMS

PRODUCERS, PRODUCTS = "chu-the", "san-pham"
KINDS: dict[str, str | Promise] = {PRODUCERS: gettext_lazy("Chủ thể"), PRODUCTS: gettext_lazy("Sản phẩm")}

GRADES: dict[DuplicateGrade, str | Promise] = {
    DuplicateGrade.STRONG: gettext_lazy("Rất giống"),
    DuplicateGrade.LIKELY: gettext_lazy("Khá giống"),
    DuplicateGrade.POSSIBLE: gettext_lazy("Cần xem"),
}
FOR: dict[DuplicateSign, str | Promise] = {
    DuplicateSign.TAX_CODE: gettext_lazy("Cùng mã số thuế"),
    DuplicateSign.NAME: gettext_lazy("Cùng tên"),
    DuplicateSign.WORDS: gettext_lazy("Cùng các từ, khác thứ tự"),
    DuplicateSign.UNACCENTED: gettext_lazy("Cùng tên khi bỏ dấu"),
    DuplicateSign.PART: gettext_lazy("Tên này nằm trong tên kia"),
    DuplicateSign.PHONE: gettext_lazy("Cùng số điện thoại"),
    DuplicateSign.PLACE: gettext_lazy("Cùng xã, phường hiện nay"),
    DuplicateSign.SOURCE: gettext_lazy("Nguồn ghi có thể là một"),
    DuplicateSign.MAKER: gettext_lazy("Cùng chủ thể"),
}
AGAINST: dict[DuplicateSign, str | Promise] = {
    DuplicateSign.OTHER_TAX_CODE: gettext_lazy("Khác mã số thuế"),
    DuplicateSign.OTHER_PLACE: gettext_lazy("Khác nơi"),
    DuplicateSign.OTHER_SET: gettext_lazy("Khác bộ sản phẩm"),
}
# What a merge moves, by the foreign key it moves; what is not here is another room's.
_TABLES: dict[str, str | Promise] = {
    "register.product.producer": gettext_lazy("sản phẩm"),
    "register.recognition.product": gettext_lazy("lần công nhận"),
    "register.productcode.product": gettext_lazy("mã chính thức"),
    "register.variant.product": gettext_lazy("quy cách và giá"),
    "register.photo.producer": gettext_lazy("ảnh"),
    "register.photo.product": gettext_lazy("ảnh"),
    "register.producerlink.producer": gettext_lazy("đường dẫn"),
    "register.producerclaim.producer": gettext_lazy("yêu cầu giữ trang"),
    "register.producerperson.producer": gettext_lazy("hồ sơ người đại diện"),
    "register.legalformspan.producer": gettext_lazy("loại hình tổ chức"),
    "register.award.product": gettext_lazy("giải thưởng"),
    "register.tourismsite.product": gettext_lazy("điểm du lịch"),
    "register.report.product": gettext_lazy("báo cáo của dân"),
    "register.producer.merged_into": gettext_lazy("mã đã gộp trước đây"),
    "register.product.merged_into": gettext_lazy("mã đã gộp trước đây"),
    "market.channel_products.product": gettext_lazy("kênh bán"),
}
_MOST_NAMED = 4  # products of a producer
_HINT = "register.producer.possible_same_as"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two, with the few facts that tell them apart."""

    code: str
    name: str
    public: str
    facts: Sequence[tuple[str, str]]  # (what, value); the same for both sides, so that they stand beside each other
    is_demo: bool
    weight: int  # of two the heavier is kept, unless the officer turns them round


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two that may be one; `kept` is what would stay."""

    kept: Side
    merged: Side
    grade: DuplicateGrade
    signs: tuple[DuplicateSign, ...]

    @property
    def grade_words(self) -> str | Promise:
        return GRADES[self.grade]

    @property
    def tone(self) -> str:
        return {DuplicateGrade.STRONG: "stop", DuplicateGrade.LIKELY: "due"}.get(self.grade, "info")

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """(what, of the kept one, of the other), without what is known of neither."""
        return told_apart(self.kept, self.merged)

    @property
    def speaks_for(self) -> list[str | Promise]:
        return [FOR[sign] for sign in self.signs if sign in FOR]

    @property
    def speaks_against(self) -> list[str | Promise]:
        return [AGAINST[sign] for sign in self.signs if sign in AGAINST]


def told_apart(kept: Side, merged: Side) -> list[tuple[str, str, str]]:
    """The facts of both beside each other, without what is known of neither."""
    beside = ((what, ours, theirs) for (what, ours), (_what, theirs) in zip(kept.facts, merged.facts, strict=True))
    return [row for row in beside if row[1] or row[2]]


def pairs_alike(kind: str) -> list[Pair]:
    """The pairs of one kind, the strongest first."""
    return producers_alike() if kind == PRODUCERS else products_alike()


def pair_rows(kind: str, pairs: Iterable[Pair], *, on: date) -> list[PairRow]:
    """The pairs of one page with what is shown of each."""
    listed = list(pairs)
    ids = {pk for pair in listed for pk in (pair.first, pair.second)}
    sides = producer_sides(ids) if kind == PRODUCERS else product_sides(ids, on=on)
    rows = []
    for pair in listed:
        kept, merged = sorted((sides[pair.first], sides[pair.second]), key=lambda side: -side.weight)
        rows.append(PairRow(kept, merged, pair.grade, pair.signs))
    return rows


def producer_sides(ids: Iterable[int]) -> dict[int, Side]:
    """Producers by primary key; three questions."""
    wanted = list(ids)
    producers = Producer.objects.select_related("unit__parent", "commune_now").filter(pk__in=wanted)
    forms = dict(LegalFormSpan.objects.filter(producer__in=wanted, valid_to__isnull=True).values_list("producer", "form"))
    made: dict[int, list[str]] = {}
    for producer, name in Product.objects.filter(producer__in=wanted).order_by("sort_key").values_list("producer", "name"):
        made.setdefault(producer, []).append(name)
    return {producer.pk: _producer_side(producer, forms.get(producer.pk, ""), made.get(producer.pk, [])) for producer in producers}


def _producer_side(producer: Producer, form: str, made: Sequence[str]) -> Side:
    more = max(0, len(made) - _MOST_NAMED)
    facts = (
        (_("Mã"), producer.code),
        (_("Nơi"), _place(producer)),
        (_("Loại hình"), _legal_form(form)),
        (_("Sản phẩm"), ", ".join(made[:_MOST_NAMED]) + (_(" và %(n)s sản phẩm khác") % {"n": more} if more else "")),
        (_("Mã số thuế"), producer.tax_code),
        (_("Năm thành lập"), str(producer.founded_year or "")),
    )
    public = reverse("portal:producer", args=[producer.code])
    return Side(producer.code, producer.name, public, facts, producer.is_demo, len(made))


def product_sides(ids: Iterable[int], *, on: date) -> dict[int, Side]:
    """Products by primary key; two questions."""
    wanted = list(ids)
    products = Product.objects.select_related("producer", "unit__parent", "commune_now").annotate(n_stars=Count("recognitions"))
    standings = standings_on(wanted, on)
    return {product.pk: _product_side(product, standings[product.pk].stars) for product in products.filter(pk__in=wanted)}


def _product_side(product: Any, stars: int | None) -> Side:
    facts = (
        (_("Mã"), product.public_id),
        (_("Chủ thể"), product.producer.name if product.producer else ""),
        (_("Nơi"), _place(product)),
        (_("Bộ sản phẩm"), set_name(product.set_no)),
        (_("Sao gần nhất"), _("%(stars)s sao") % {"stars": stars} if stars else ""),
        (_("Lần công nhận"), str(product.n_stars)),
    )
    public = reverse("portal:product", args=[product.public_id])
    return Side(product.public_id, product.name, public, facts, product.is_demo, product.n_stars)


def _place(row: Producer | Product) -> str:
    """Today's commune, else what the source names."""
    if row.commune_now:
        return row.commune_now.name
    return ", ".join(filter(None, (row.unit.name, row.unit.parent.name if row.unit.parent else ""))) if row.unit else ""


def _legal_form(form: str) -> str:
    return str(LEGAL_FORMS.get(form, ""))


def two_of(actor: Actor, kind: str, first: str, second: str) -> tuple[Producer, Producer] | tuple[Product, Product] | None:
    """The two rows behind an address; None unless both stand."""
    if kind == PRODUCERS:
        producers = producer_with_code(first), producer_with_code(second)
        return (producers[0], producers[1]) if producers[0] and producers[1] else None
    if kind == PRODUCTS:
        products = product_by_any_code(first, actor), product_by_any_code(second, actor)
        return (products[0], products[1]) if products[0] and products[1] else None
    return None


def address_of_two(actor: Actor, first: str, second: str) -> str:
    """Where two codes that somebody typed are merged. Raises `NotFitting`, with the sentence for the form."""
    products = [product_by_any_code(code.rstrip("/").rsplit("/", 1)[-1], actor) for code in (first, second)]
    if products[0] and products[1]:
        kind, codes = PRODUCTS, [product.public_id for product in products if product]
    elif any(products):
        raise NotFitting(_("Một mã là của sản phẩm, mã kia thì không. Hãy ghi hai mã cùng loại."))
    else:
        kind, codes = PRODUCERS, [producer.code for code in (first, second) if (producer := producer_typed(code))]
    if len(set(codes)) != 2:
        raise NotFitting(_("Hai mã này dẫn tới cùng một nơi."))
    return reverse("desk:merge", args=[kind, *codes])


def merge_desk(kept: Producer | Product, merged: Producer | Product, *, on: date) -> dict[str, Any]:
    """Both sides, and what a merge would move and leave."""
    is_producer = isinstance(kept, Producer)
    ids = (kept.pk, merged.pk)
    sides = producer_sides(ids) if is_producer else product_sides(ids, on=on)
    tables = [rows for rows in rows_to_move(merged, kept) if rows.reference.label != _HINT]
    return {
        "kind": PRODUCERS if is_producer else PRODUCTS,
        "kept": sides[kept.pk],
        "merged": sides[merged.pk],
        "facts": told_apart(sides[kept.pk], sides[merged.pk]),
        "moving": _counted((rows.reference.label, len(rows.free)) for rows in tables),
        "staying": _counted((rows.reference.label, len(rows.colliding)) for rows in tables),
        "people": people_of(merged, on).count() if isinstance(merged, Producer) else 0,
    }


def _counted(tables: Iterable[tuple[str, int]]) -> list[tuple[int, str]]:
    """(how many, of what), what is another room's in one line."""
    counts: dict[str, int] = {}
    for label, count in tables:
        word = str(_TABLES.get(label, _("dữ liệu ở phần khác")))
        counts[word] = counts.get(word, 0) + count
    return [(count, word) for word, count in counts.items() if count]


def merge_rows(merges: Iterable[Merge]) -> list[dict[str, Any]]:
    """Each merge with both names, where its parting is, and what it moved."""
    return [_merge_row(merge) for merge in merges]


def _merge_row(merge: Merge) -> dict[str, Any]:
    kept, merged = merge.kept_producer or merge.kept_product, merge.merged_producer or merge.merged_product
    kind, old = _named(merged)
    now = _named(kept)[1]
    moved: Mapping[str, Sequence[int]] = merge.moved["rows"]
    return {
        "merge": merge,
        "kept": kept,
        "merged": merged,
        "old_code": old,
        "kept_url": reverse(f"desk:{'producer' if kind == PRODUCERS else 'product'}", args=[now]),
        "part_url": reverse("desk:unmerge", args=[kind, old]),
        "moved": _counted((label, len(pks)) for label, pks in moved.items() if label != _HINT),
    }


def distinct_rows(pairs: Iterable[DistinctPair]) -> list[dict[str, Any]]:
    """Each pair that is not one, with both names and where it is taken up again."""
    rows = []
    for pair in pairs:
        first, second = pair.first_producer or pair.first_product, pair.second_producer or pair.second_product
        (kind, code), (_kind, other) = _named(first), _named(second)
        again = reverse("desk:reconsider", args=[kind, code, other])
        rows.append({"pair": pair, "first": first, "second": second, "codes": (code, other), "again_url": again})
    return rows


def _named(row: Producer | Product | None) -> tuple[str, str]:
    """Kind and code as addresses have them."""
    if isinstance(row, Producer):
        return PRODUCERS, row.code
    return PRODUCTS, row.public_id if row else ""
