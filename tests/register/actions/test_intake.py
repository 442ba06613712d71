"""Taking a sheet in: what is written, that it is all or nothing and twice the same, and that it can be taken back."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from ocop.core.actor import Actor
from ocop.papers.tables import read_tables
from ocop.people.enums import Role
from ocop.people.queries import import_actor
from ocop.records.models import AccessEntry, AuditEntry
from ocop.records.queries import verify_audit
from ocop.register.actions import (
    BuiltUpon,
    IntakeMoved,
    Refused,
    UndoTooLate,
    commit_plan,
    confirm_standing,
    create_product,
    edit_product,
    export_register,
    load_register,
    register_template,
    set_variant,
    undo_intake,
)
from ocop.register.models import LegalFormSpan, Producer, ProducerPerson, Product, Recognition, StandingSpan
from ocop.register.queries import plan_intake, standing_on, standing_spans, timeline_of
from ocop.register.queries.search import matching_products
from ocop.register.rules.intake import Outcome, find_register
from tests.cast import NOW, SEED, TODAY, make_producer, person, recognise
from tests.register.sheets import bare, plan_of, row

TABLES = (Producer, ProducerPerson, LegalFormSpan, Product, Recognition, StandingSpan)
PERSONAL = {"representative": "Nguyễn Thị Canary", "phone": "0912 345 678", "address": "Thôn Nà Pài"}


def taken(rows, at=NOW, **more):
    return commit_plan(actor=import_actor(), plan=plan_of(rows), source_name="so-cho-don.xlsx", at=at, **more)


def everything():
    """Every row of the register, all columns."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def newest(model):
    return model.objects.order_by("-pk").first()


# --- What is written ---


def test_a_row_becomes_a_producer_a_product_and_a_recognition(opened):
    effects = taken([row(**PERSONAL, note="Bán ở chợ")])
    assert (effects.producers, effects.products, effects.recognitions, effects.filled) == (1, 1, 1, 0)
    product, maker, star = newest(Product), newest(Producer), newest(Recognition)
    assert (product.public_id, product.name, product.producer, product.source_group) == ("BK127", "Chè Shan tuyết Mai", maker, "Đồ uống")
    assert (product.set_no, product.rubric_id, product.note, product.art) == (None, "", "Bán ở chợ", "tra")
    assert (product.unit.name, product.commune_now.name) == ("Xã Xuân Lạc", "Xã Nam Cường")
    assert (maker.code, maker.address, maker.source_name) == ("htx-che-mai", "Thôn Nà Pài", "so-cho-don.xlsx")
    assert maker.legal_forms.get().form == "hop_tac_xa"
    assert (maker.person.representative, maker.person.phone, maker.person.home_address) == ("Nguyễn Thị Canary", "+84912345678", "")
    assert (star.code, star.kind, star.stars, star.level) == ("BK127-R1", "lan_dau", 4, "province")
    assert (star.recognised_on, star.recognised_precision, star.valid_from) == (date(2024, 6, 30), "day", date(2024, 6, 30))
    assert (star.valid_to, star.end_basis) == (date(2027, 6, 30), "stated")  # the last day is stated, the end is exclusive
    assert (star.decision_no, star.signatory, star.confidence) == ("12/QĐ-UBND", "UBND tỉnh Bắc Kạn", "high")
    assert star.recorded_by.username == "import"


def test_standing_and_search_follow(opened):
    taken([row(), row(name="Chè hai", first_date=None, expiry=None), bare(name="Gạo chưa có sao")])
    product = Product.objects.get(public_id="BK127")
    assert standing_on(product, TODAY).stars == 4
    for each in Product.objects.filter(public_id__in=["BK127", "BK128", "BK129"]):
        assert standing_spans(each) == timeline_of(each)
    assert StandingSpan.objects.filter(product__public_id="BK129").get().kind == "none"
    assert "BK127" in matching_products("che shan tuyet mai xuan lac").values_list("public_id", flat=True)


def test_a_year_keeps_its_precision_and_its_range_of_ends(opened):
    taken([row(first_date=None, expiry=None)])
    star = newest(Recognition)
    assert (star.recognised_on, star.recognised_precision, star.valid_from) == (date(2024, 1, 1), "year", None)
    assert (star.valid_to_min, star.valid_to_max, star.end_basis) == (date(2027, 1, 1), date(2027, 12, 31), "computed_36_months_range")


def test_ends_that_nobody_states_are_computed_or_unknown(opened):
    taken([row(expiry=None), bare(stars="3")])
    first, second = Recognition.objects.order_by("-pk")[:2][::-1]
    assert (first.valid_to, first.end_basis) == (date(2027, 6, 30), "computed_36_months")
    assert (second.recognised_precision, second.valid_to, second.end_basis, second.confidence) == ("unknown", None, "unknown", "low")


def test_the_address_of_a_household_is_personal(opened):
    taken([row(form="Hộ kinh doanh", producer="Hộ Nguyễn Văn Mai", **PERSONAL)])
    maker = newest(Producer)
    assert (maker.address, maker.person.home_address) == ("", "Thôn Nà Pài")


def test_personal_values_enter_neither_audit_nor_search_nor_the_report(opened):
    plan = plan_of([row(form="Hộ kinh doanh", producer="Hộ Mai", **PERSONAL)])
    commit_plan(actor=import_actor(), plan=plan, source_name="x.xlsx", at=NOW)
    written = " ".join([*AuditEntry.objects.values_list("body", flat=True), newest(Product).search_text, json.dumps(plan.report())])
    assert not [value for value in ("Canary", "912345678", "Nà Pài") if value in written]


def test_two_blocks_follow_each_other(opened):
    taken(
        [row(stars="5", second_stars="5", second_date=date(2026, 6, 30), second_decision="9/QĐ", second_issuer="Bộ NN&PTNT", expiry=None)]
    )
    first, second = newest(Product).recognitions.order_by("pk")
    assert [first.code[-2:], second.code[-2:], second.level] == ["R1", "R2", "centre"]
    assert standing_on(newest(Product), TODAY).stars == 5


def test_one_audit_entry_holds_the_digest_of_the_row_log(opened):
    before = AuditEntry.objects.count()
    plan = plan_of([row(), row(name="Chè hai"), row(stars="9")])
    commit_plan(actor=import_actor(), plan=plan, source_name="x.xlsx", at=NOW)
    assert AuditEntry.objects.count() == before + 1
    entry = newest(AuditEntry)
    data = json.loads(entry.body)["data"]
    assert (entry.event, entry.subject, data["sha256"], data["rows"], data["products"]) == (
        "register.taken_in",
        "register",
        plan.digest,
        3,
        2,
    )
    assert verify_audit().sound


def test_the_same_sheet_again_changes_nothing(opened):
    rows = [
        row(**PERSONAL),
        row(),
        row(name="Chè hai", first_date=None),
        bare(form="Hộ kinh doanh", **PERSONAL),
        row(stars="9"),
        bare(name="Ba", stars="4"),
    ]
    assert taken(rows).products == 4
    before, entries = everything(), AuditEntry.objects.count()
    again = plan_of(rows)
    assert again.changes_nothing
    assert {each.outcome for each in again.rows} == {Outcome.SAME, Outcome.DUPLICATE, Outcome.REFUSED}
    effects = commit_plan(actor=import_actor(), plan=again, source_name="x.xlsx", at=NOW)
    assert (effects.products, effects.filled) == (0, 0)
    assert everything() == before
    assert AuditEntry.objects.count() == entries
    undo_intake(actor=import_actor(), effects=effects.data, at=NOW)
    assert AuditEntry.objects.count() == entries


def test_the_register_gets_what_it_lacked_and_keeps_what_it_had(opened):
    star = Recognition.objects.get(code="BK001-R1")  # of 2018, without a decision
    maker = star.product.producer
    said = {"name": star.product.name, "producer": maker.name, "commune": "Côn Minh", "form": None, "representative": "Nguyễn Thị Canary"}
    effects = taken([bare(**said, first_stars=4, first_date="5/12/2018", first_decision="2018/QĐ-UBND", first_issuer="UBND tỉnh")])
    assert (effects.products, effects.recognitions) == (0, 0)
    star.refresh_from_db()
    assert (star.decision_no, star.signatory, star.recognised_precision) == ("2018/QĐ-UBND", "UBND tỉnh", "day")
    assert (star.valid_to, star.end_basis) == (date(2021, 12, 13), "stated_common_end_2018_round")
    assert ProducerPerson.objects.get(producer=maker).representative == "Nguyễn Thị Canary"
    assert standing_spans(star.product) == timeline_of(star.product)


def test_new_ids_go_on_where_the_register_ends(opened):
    taken([row(name=f"Chè {n}") for n in range(1, 4)])
    assert list(Product.objects.order_by("-pk").values_list("public_id", flat=True)[:3]) == ["BK129", "BK128", "BK127"]
    assert create_product(actor=SEED, name="Tay ghi", at=NOW).public_id == "BK130"


# --- Who, and all or nothing ---


@pytest.mark.parametrize("role", ["", *(role for role in Role if role != Role.OCOP_OFFICER)])
def test_only_the_ocop_office_takes_registers_in_and_hands_them_out(opened, role):
    actor = Actor(user_id=1, role=role)
    with pytest.raises(Refused):
        commit_plan(actor=actor, plan=plan_of([row()]), source_name="x", at=NOW)
    with pytest.raises(Refused):
        undo_intake(actor=actor, effects={}, at=NOW)
    with pytest.raises(Refused):
        export_register(actor=actor, at=NOW, with_persons=True)
    with pytest.raises(Refused):
        register_template(actor=actor, at=NOW)


def test_a_plan_that_somebody_overtook_writes_nothing(opened):
    """The second of two officers with the same sheet: the database itself refuses the codes."""
    plan = plan_of([row(), row(name="Chè hai")])
    taken([row()])
    before = everything()
    with pytest.raises(IntakeMoved):
        commit_plan(actor=import_actor(), plan=_with_taken_decision(plan), source_name="x", at=NOW)
    assert everything() == before


def _with_taken_decision(plan):
    """Both recognitions under one product and one decision: `recognition_decision_once` refuses the second."""
    (good, said, at), _other = plan.work.recognitions
    plan.work.recognitions[:] = [(good, said, at), (good, said, at)]
    return plan


def test_a_failure_in_the_middle_leaves_everything_as_before(opened):
    """Producers and products are written when the recognitions fail in the database."""
    before, entries = everything(), AuditEntry.objects.count()
    refuse = {
        "sqlite": ["CREATE TRIGGER full BEFORE INSERT ON register_recognition BEGIN SELECT RAISE(ABORT, 'disk full'); END"],
        "postgresql": [
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$",
            "CREATE TRIGGER full_trigger BEFORE INSERT ON register_recognition FOR EACH ROW EXECUTE FUNCTION full_disk()",
        ],
    }[connection.vendor]
    with connection.cursor() as cursor:
        for statement in refuse:
            cursor.execute(statement)
    with pytest.raises((DatabaseError, IntakeMoved)), transaction.atomic():
        taken([row(), row(name="Chè hai")])
    assert everything() == before
    assert AuditEntry.objects.count() == entries


def test_what_was_empty_at_the_preview_and_is_not_any_more(opened):
    product = Product.objects.get(public_id="BK001")
    plan = plan_of([bare(name=product.name, producer=product.producer.name, commune="Côn Minh", representative="Bà Hai")])
    ProducerPerson.objects.create(producer=product.producer, representative="Ông Ba", updated_at=NOW)
    with pytest.raises(IntakeMoved):
        commit_plan(actor=import_actor(), plan=plan, source_name="x", at=NOW)
    assert ProducerPerson.objects.get(producer=product.producer).representative == "Ông Ba"


# --- Undoing ---


def test_an_intake_is_taken_back_as_a_whole(opened):
    product = Product.objects.get(public_id="BK001")
    known = bare(
        name=product.name,
        producer=product.producer.name,
        commune="Côn Minh",
        form=None,
        first_stars=4,
        first_date="5/12/2018",
        first_decision="1/QĐ",
        **PERSONAL,
    )
    before = everything()
    effects = taken(
        [
            row(**PERSONAL),
            row(name="Chè hai"),
            known,
            {**known, **row(name=product.name, producer=product.producer.name, commune="Côn Minh")},
        ]
    )
    assert effects.filled
    undo_intake(actor=import_actor(), effects=json.loads(json.dumps(effects.data)), at=NOW + timedelta(hours=23))
    after = everything()
    assert _facts(after) == _facts(before)
    assert newest(AuditEntry).event == "register.intake_undone"
    assert plan_of([row()]).products_created == 1


def _facts(rows):
    """All but what counts the changes themselves: versions, moments, the keys of the spans."""
    left_out = {"version", "updated_at", "id"}
    return {
        name: sorted(
            str({key: value for key, value in each.items() if key not in left_out or (key == "id" and name != "StandingSpan")})
            for each in found
        )
        for name, found in rows.items()
    }


def test_a_day_later_it_is_too_late(opened):
    effects = taken([row()])
    with pytest.raises(UndoTooLate):
        undo_intake(actor=import_actor(), effects=effects.data, at=NOW + timedelta(hours=24, seconds=1))


def build_edit(product):
    edit_product(actor=SEED, product=product, changes={"story_vi": "Chuyện"}, version=1, at=NOW)


def build_star(product):
    recognise(product, signed_on=date(2026, 7, 1), decision_no="77/QĐ-UBND")


def build_confirmation(product):
    confirm_standing(actor=SEED, recognition=product.recognitions.get(), confirmed_on=TODAY, paper="GCN", at=NOW)


def build_pack(product):
    set_variant(actor=SEED, product=product, name="Túi", quantity=Decimal(1), unit="kg", at=NOW)


def build_product(product):
    create_product(actor=SEED, name="Chè mới", producer=product.producer, at=NOW)


def build_mandate(product):
    person("Nông Thị Mai", Role.PRODUCER, f"producer:{product.producer.code}")


def build_next_intake(product):
    commit_plan(actor=import_actor(), plan=plan_of([row(name="Chè ba", **PERSONAL)]), source_name="y", at=NOW + timedelta(hours=1))


def build_twin(product):
    Producer.objects.filter(pk=make_producer("HTX Khác").pk).update(possible_same_as=product.producer)


@pytest.mark.parametrize(
    "build", [build_edit, build_star, build_confirmation, build_pack, build_product, build_mandate, build_next_intake, build_twin]
)
def test_nothing_is_taken_back_that_somebody_has_built_upon(opened, build):
    effects = taken([row(name="Chè một", producer="HTX Một"), row()])
    build(Product.objects.get(public_id="BK128"))
    before = everything()
    with pytest.raises(BuiltUpon) as refused:
        undo_intake(actor=import_actor(), effects=effects.data, at=NOW + timedelta(hours=2))
    assert refused.value.rows == (7,)
    assert "7" in str(refused.value)
    assert everything() == before


def test_a_filled_field_that_somebody_changed_is_kept(opened):
    product = Product.objects.get(public_id="BK001")
    effects = taken([bare(name=product.name, producer=product.producer.name, commune="Côn Minh", form=None, representative="Bà Hai")])
    ProducerPerson.objects.filter(producer=product.producer).update(representative="Ông Ba")
    with pytest.raises(BuiltUpon):
        undo_intake(actor=import_actor(), effects=effects.data, at=NOW)


# --- Handing out ---


@pytest.mark.parametrize("with_persons", [True, False])
def test_what_we_hand_out_we_take_in_as_the_same(opened, with_persons):
    taken(
        [
            row(**PERSONAL),
            bare(form="Hộ kinh doanh", producer="Hộ Lan", **PERSONAL),
            row(name="- Chè khô", first_date="tháng 6/2024", expiry=None),
        ]
    )
    create_product(actor=SEED, name="=cmd()", producer=make_producer("@HTX Lạ"), at=NOW)
    data = export_register(actor=import_actor(), at=NOW, with_persons=with_persons)
    plan = plan_intake(find_register(read_tables(data)), today=TODAY)
    assert {each.outcome for each in plan.rows} == {Outcome.SAME}
    assert plan.changes_nothing
    assert len(plan.rows) >= Product.objects.filter(is_demo=False).count()


def test_personal_columns_only_for_who_may_read_them_and_that_is_logged(opened):
    taken([row(**PERSONAL)])
    public = _cells(export_register(actor=import_actor(), at=NOW, with_persons=False))
    assert not {"Nguyễn Thị Canary", "0912 345 678"} & public
    assert not AccessEntry.objects.filter(event="persons.exported").exists()
    assert {"Nguyễn Thị Canary", "0912 345 678"} <= _cells(export_register(actor=import_actor(), at=NOW, with_persons=True))
    assert AccessEntry.objects.get(event="persons.exported").subject == "register"


def test_no_cell_of_the_export_is_a_formula(opened):
    create_product(actor=SEED, name="=cmd()", producer=make_producer("+HTX"), at=NOW)
    tab = openpyxl.load_workbook(BytesIO(export_register(actor=import_actor(), at=NOW, with_persons=True))).active
    cells = [cell for line in tab.iter_rows() for cell in line if cell.value is not None]
    assert "'=cmd()" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "@"))]


def test_the_template_is_read_as_an_empty_register(opened):
    plan = plan_intake(find_register(read_tables(register_template(actor=import_actor(), at=NOW))), today=TODAY)
    assert plan.report()["rows"] == 0


def _cells(data):
    tab = openpyxl.load_workbook(BytesIO(data)).active
    return {cell.value for line in tab.iter_rows() for cell in line}


def test_the_loader_and_an_intake_live_side_by_side(opened):
    taken([row()])
    assert load_register(actor=SEED, folder=settings.DATA_DIR / "bac-kan", at=NOW).total == 0
