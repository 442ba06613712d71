"""Writing a plan down: producers, products, recognitions, standings, in bulk and in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.text import clean_line, search_key, slug, sort_key
from ocop.places.models import Unit
from ocop.places.queries import units_by_id
from ocop.records.actions import record
from ocop.register import policies, rules
from ocop.register.actions.derived import PlaceWords, rebuild_standings, refresh_search, searched_text_of
from ocop.register.actions.intake.effects import FILLED, IntakeEffects, plain
from ocop.register.actions.producers import free_code
from ocop.register.actions.products import free_ids
from ocop.register.actions.refusals import Moved, demand
from ocop.register.enums import Confidence, RecognitionKind
from ocop.register.models import LegalFormSpan, Producer, ProducerPerson, Product, Recognition
from ocop.register.queries.intake import Fill, Good, IntakePlan, Maker
from ocop.register.rules.intake.facts import Said
from ocop.register.rules.intake.matching import confidence_of, date_of, end_of
from ocop.register.rules.intake.words import FormSaid

_AT_ONCE = 500


class IntakeMoved(Moved):
    """Somebody wrote what this plan was going to write: plan again. Nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Sổ vừa có người sửa. Hãy xem lại bản xem trước rồi nhập."))


def commit_plan(*, actor: Actor, plan: IntakePlan, source_name: str, at: datetime) -> IntakeEffects:
    """Write every row that is not refused, in one transaction with one audit entry that holds the digest of the row log.

    `source_name` (the file's name) stands as the source of every fact. Raises `Refused`, `IntakeMoved`.
    """
    demand(policies.can_take_in(actor))
    try:
        with transaction.atomic():
            return _Taking(actor, plan, source_name, at).take_in()
    except IntegrityError as error:
        raise IntakeMoved from error


class _Taking:
    """One commit under way."""

    def __init__(self, actor: Actor, plan: IntakePlan, source_name: str, at: datetime) -> None:
        self.actor, self.plan, self.work, self.at = actor, plan, plan.work, at
        self.source = {"source_name": clean_line(source_name)[:200] or _("Bảng tính"), "as_of": localdate(at)}
        self.makers: dict[int, Producer] = {}  # by id() of the plan's maker
        self.goods: dict[int, Product] = {}
        self.opened_persons: list[int] = []

    def take_in(self) -> IntakeEffects:
        """Everything in the order of the foreign keys; the audit entry last."""
        self._add_makers()
        forms = self._add_forms([(maker, maker.form, maker.row) for maker in self.work.makers if maker.form] + self.work.forms)
        self._add_goods()
        recognitions = self._add_recognitions()
        filled = [each for kind in FILLED for each in self._fill(kind)]
        touched = {product.pk for product in self.goods.values()} | {row.product_id for row in recognitions}
        rebuild_standings(sorted(touched | self._products_of_filled()))
        refresh_search(Product.objects.filter(pk__in=[fill.key for fill in self.work.fills if fill.kind == "product"]))
        return self._effects(recognitions, forms, filled)

    # --- Producers ---

    def _add_makers(self) -> None:
        taken = set(Producer.objects.values_list("code", flat=True))
        rows = []
        for maker in self.work.makers:
            code = free_code(maker.name, taken)
            taken.add(code)
            rows.append(self._producer(maker, code))
        for maker, row in zip(self.work.makers, Producer.objects.bulk_create(rows), strict=True):
            self.makers[id(maker)] = row
        twins = [row for row in map(self._with_twin, self.work.makers) if row]
        Producer.objects.bulk_update(twins, ["possible_same_as"], batch_size=_AT_ONCE)
        ProducerPerson.objects.bulk_create(
            ProducerPerson(producer=self.makers[id(maker)], updated_at=self.at, **maker.person)
            for maker in self.work.makers
            if any(maker.person.values())
        )

    def _producer(self, maker: Maker, code: str) -> Producer:
        return Producer(
            code=code,
            name=maker.name,
            folded=search_key(maker.name)[:220],
            sort_key=sort_key(maker.name),
            confidence=Confidence.MEDIUM,
            updated_at=self.at,
            **maker.values,
            **self.source,
        )

    def _with_twin(self, maker: Maker) -> Producer | None:
        twin = maker.maybe_same_as
        if twin is None:
            return None
        row = self.makers[id(maker)]
        row.possible_same_as_id = twin.pk or self.makers[id(twin)].pk
        return row

    def _add_forms(self, forms: Iterable[tuple[Maker, FormSaid, int]]) -> dict[int, int]:
        """Legal forms; the row of each by its key, those of new producers left out."""
        said = list(forms)
        spans = LegalFormSpan.objects.bulk_create(
            LegalFormSpan(
                producer_id=maker.pk or self.makers[id(maker)].pk,
                form=form.form,
                subtype=form.subtype,
                basis=_("Theo sổ nhập"),
                confidence=Confidence.MEDIUM,
                **self.source,
            )
            for maker, form, _row in said
        )
        return {span.pk: row for span, (maker, _form, row) in zip(spans, said, strict=True) if not maker.is_new}

    # --- Products ---

    def _add_goods(self) -> None:
        units = units_by_id({pk for good in self.work.goods for pk in (good.values["unit_id"], good.values["commune_now_id"]) if pk})
        stored = Producer.objects.in_bulk([good.maker.pk for good in self.work.goods if good.maker.pk])
        places, ids = PlaceWords(), free_ids()
        rows = []
        for good in self.work.goods:
            maker = stored[good.maker.pk] if good.maker.pk else self.makers[id(good.maker)]
            rows.append(self._product(good, next(ids), maker, units, places))
        for good, row in zip(self.work.goods, Product.objects.bulk_create(rows), strict=True):
            self.goods[id(good)] = row

    def _product(self, good: Good, public_id: str, maker: Producer, units: Mapping[int, Unit], places: PlaceWords) -> Product:
        group = good.values["source_group"]
        product = Product(
            public_id=public_id,
            slug=slug(good.name, 120) or "san-pham",
            name=good.name,
            sort_key=sort_key(good.name),
            producer=maker,
            unit=units.get(good.values["unit_id"]),
            commune_now=units.get(good.values["commune_now_id"]),
            source_group=group,
            note=good.values["note"],
            art=rules.art_for(name=good.name, set_no=None, source_group=group),
            confidence=Confidence.MEDIUM,
            created_at=self.at,
            updated_at=self.at,
            **self.source,
        )
        product.search_text = searched_text_of(product, places)
        return product

    # --- Recognitions ---

    def _add_recognitions(self) -> list[Recognition]:
        stored = {good.pk for good, _said, _row in self.work.recognitions if good.pk}
        list(Product.objects.select_for_update().filter(pk__in=stored).values_list("pk"))
        codes: dict[int, list[str]] = defaultdict(list)
        for product, code in Recognition.objects.filter(product__in=stored).values_list("product_id", "code"):
            codes[product].append(code)
        rows: list[Recognition] = []
        for good, said, _row in self.work.recognitions:
            product, public_id = (good.pk, good.public_id) if good.pk else (self.goods[id(good)].pk, self.goods[id(good)].public_id)
            code = _next_code(public_id, codes[product])
            rows.append(self._recognition(said, product, code, is_first=not codes[product]))
            codes[product].append(code)
        return Recognition.objects.bulk_create(rows)

    def _recognition(self, said: Said, product_id: int, code: str, *, is_first: bool) -> Recognition:
        return Recognition(
            code=code,
            product_id=product_id,
            kind=RecognitionKind.FIRST if is_first and not said.is_second else RecognitionKind.UNKNOWN,
            stars=said.stars,
            level=said.level,
            decision_no=said.decision,
            signatory=said.issuer,
            recorded_by_id=self.actor.user_id,
            recorded_at=self.at,
            confidence=confidence_of(said),
            **date_of(said),
            **end_of(said),
            **self.source,
        )

    # --- What was empty ---

    def _fill(self, kind: str) -> Iterator[dict[str, Any]]:
        """Fill empty fields of stored rows, and tell what stood there. A field that is not empty any more: `IntakeMoved`."""
        model, column = FILLED[kind]
        fills = [fill for fill in self.work.fills if fill.kind == kind]
        if kind == "person":
            self._open_persons(fills)
        for start in range(0, len(fills), _AT_ONCE):
            some = fills[start : start + _AT_ONCE]
            rows = {
                str(getattr(row, column)): row for row in model._default_manager.filter(**{f"{column}__in": [fill.key for fill in some]})
            }
            for fill in some:
                yield self._fill_row(fill, rows[fill.key])

    def _fill_row(self, fill: Fill, row: Any) -> dict[str, Any]:
        former = {name: plain(getattr(row, name)) for name in fill.values}
        if any(former[name] not in (None, "") for name in fill.values if name not in _RECKONED):
            raise IntakeMoved
        for name, value in fill.values.items():
            setattr(row, name, value)
        changed = [*fill.values]
        if hasattr(row, "version"):
            row.version += 1
            changed.append("version")
        if hasattr(row, "updated_at"):
            row.updated_at = self.at
            changed.append("updated_at")
        row.save(update_fields=changed)
        values = {name: plain(value) for name, value in fill.values.items()}
        return {"kind": fill.kind, "key": fill.key, "row": fill.row, "former": former, "values": values}

    def _open_persons(self, fills: Iterable[Fill]) -> None:
        wanted = {int(fill.key) for fill in fills}
        known = set(ProducerPerson.objects.filter(producer__in=wanted).values_list("producer_id", flat=True))
        self.opened_persons = sorted(wanted - known)
        ProducerPerson.objects.bulk_create(ProducerPerson(producer_id=pk, updated_at=self.at) for pk in self.opened_persons)

    def _products_of_filled(self) -> set[int]:
        codes = [fill.key for fill in self.work.fills if fill.kind == "recognition"]
        return set(Recognition.objects.filter(code__in=codes).values_list("product_id", flat=True)) if codes else set()

    # --- The end ---

    def _effects(self, recognitions: list[Recognition], forms: dict[int, int], filled: list[dict[str, Any]]) -> IntakeEffects:
        plan, work = self.plan, self.work
        counts = {"producers": len(work.makers), "products": len(work.goods), "recognitions": len(recognitions), "filled": len(filled)}
        data: dict[str, Any] = {
            "at": self.at.isoformat(),
            "producers": {self.makers[id(maker)].code: maker.row for maker in work.makers},
            "products": {self.goods[id(good)].public_id: good.row for good in work.goods},
            "recognitions": {row.code: at for row, (_good, _said, at) in zip(recognitions, work.recognitions, strict=True)},
            "persons": self.opened_persons,
            "forms": {str(pk): row for pk, row in forms.items()},
            "filled": filled,
        }
        if not plan.changes_nothing:
            told = {"sha256": plan.digest, "file": self.source["source_name"], "rows": len(plan.rows), **counts}
            data["entry"] = record(actor=self.actor, event="register.taken_in", subject="register", data=told, at=self.at).n
        return IntakeEffects(**counts, digest=plan.digest, data=data)


# Fields of a recognition that were reckoned, not stated: they are no word of anybody.
_RECKONED = frozenset({"recognised_on", "recognised_precision", "valid_from", "valid_to", "valid_to_min", "valid_to_max", "end_basis"})


def _next_code(public_id: str, codes: Iterable[str]) -> str:
    """ "BK001-R3" after "BK001-R2"."""
    prefix = f"{public_id}-R"
    numbers = (int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit())
    return f"{prefix}{max(numbers, default=0) + 1}"
