"""A register sent as a spreadsheet, from the file to the register and back: what is written, what is logged, what is refused."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ocop.core.actor import system_actor
from ocop.records.actions import FileRefused
from ocop.records.models import AccessEntry, AuditEntry
from ocop.records.queries import verify_audit
from ocop.register import actions, queries, rules
from ocop.register.actions.intake import BuiltUpon
from ocop.register.models import IntakeBatch, IntakeLayout, IntakeMend, Producer, Product, Recognition
from ocop.register.rules.intake import Field
from tests.cast import NOW
from tests.sheets import FIRST_ROW, plain_xlsx, register_xlsx

READER, SWEEP = system_actor("import"), system_actor("sweep")
TEA = {
    "name": "Trà hoa vàng",
    "producer": "HTX Hoa Vàng",
    "commune": "Xã Đồng Phúc",
    "representative": "Ma Thị Kín",
    "phone": "0912345678",
    "stars": 3,
    "first_stars": 3,
    "first_date": "01/09/2025",
    "first_decision": "77/QĐ-UBND",
}
BAD = {**TEA, "name": "Trà túi lọc", "first_stars": 6, "first_decision": "78/QĐ-UBND"}
KNOWN = {"name": "Miến dong Mai", "producer": "HTX Mai", "commune": "Côn Minh", "first_stars": 4, "first_date": "02/09/2025"}
ROWS = (TEA, BAD, TEA, KNOWN)
TEA_ROW, BAD_ROW = FIRST_ROW, FIRST_ROW + 1
UNKNOWN = [["Sổ của huyện"], ["Mặt hàng", "Cơ sở", "Hạng"], ["Trà hoa vàng", "HTX Hoa Vàng", "3 sao"]]
AGAIN = NOW + timedelta(minutes=5)


def start(cast, content=None, name="so.xlsx", at=NOW):
    upload = ContentFile(register_xlsx(ROWS) if content is None else content, name=name)
    return actions.start_intake(actor=cast.officer, upload=upload, at=at)


def read(batch, at=NOW):
    actions.read_intake(actor=READER, batch_id=batch.pk, at=at)
    return IntakeBatch.objects.select_related("file").get(pk=batch.pk)


def ready(cast, **more):
    return read(start(cast, **more))


def confirm(cast, batch, **more):
    return actions.confirm_intake(**{"actor": cast.officer, "batch": batch, "digest": batch.digest, "at": NOW, **more})


def kinds(batch):
    return dict(batch.rows.order_by("n").values_list("n", "kind"))


def mend(cast, batch, n=BAD_ROW, at=NOW, **values):
    return actions.mend_cells(actor=cast.officer, batch=batch, n=n, values={Field(name): text for name, text in values.items()}, at=at)


def register_now():
    return {model: set(model._default_manager.values_list("pk", flat=True)) for model in (Product, Producer, Recognition)}


def last_entry():
    return AuditEntry.objects.order_by("-n")[0]


def test_a_sheet_is_kept_and_waits_for_a_reader(cast):
    batch = start(cast)
    assert (batch.state, batch.uploaded_by_id, batch.file.name) == ("uploaded", cast.officer.user_id, "so.xlsx")
    assert list(queries.intakes_to_read(NOW)) == [batch]
    assert (last_entry().event, last_entry().subject) == ("intake.uploaded", f"intake:{batch.code}")
    assert batch.file.sha256 in last_entry().body
    assert "so.xlsx" not in last_entry().body  # a file's name may be a person's


@pytest.mark.parametrize("who", ["clerk", "inspector", "leader", "administrator", "producer"])
def test_only_the_office_takes_in(cast, who):
    with pytest.raises(actions.Refused, match="Chỉ cơ quan OCOP"):
        actions.start_intake(actor=getattr(cast, who), upload=ContentFile(b"a;b"), at=NOW)
    batch = ready(cast)
    for act in (actions.reread_intake, actions.discard_intake, actions.take_back_intake, actions.read_remarked_sheet):
        with pytest.raises(actions.Refused):
            act(actor=getattr(cast, who), batch=batch, at=NOW)
    with pytest.raises(actions.Refused):
        confirm(cast, batch, actor=getattr(cast, who))
    assert not queries.intakes_visible_to(getattr(cast, who)).exists()


def test_a_picture_is_no_sheet(cast):
    with pytest.raises(FileRefused):
        start(cast, content=b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert not IntakeBatch.objects.exists()


def test_every_row_is_judged_and_kept_with_its_remarks(cast):
    batch = ready(cast)
    assert (batch.state, batch.rows_total, batch.rows_read) == ("ready", 4, 4)
    assert list(kinds(batch).values()) == ["new", "refused", "duplicate", "changed"]
    assert batch.summary["counts"] == {"new": 1, "changed": 1, "same": 0, "duplicate": 1, "refused": 1}
    assert (batch.summary["products"], batch.summary["producers"], batch.summary["recognitions"]) == (1, 1, 2)
    bad = batch.rows.get(n=BAD_ROW)
    assert [(each["code"], each["field"], each["is_refusal"]) for each in bad.remarks if each["is_refusal"]] == [
        ("bad_star", "first_stars", True)
    ]
    assert bad.shown["product"] == "Trà túi lọc"
    assert "Ma Thị Kín" not in str(bad.shown) + bad.search_text
    assert (last_entry().event, AuditEntry.objects.filter(subject=f"intake:{batch.code}").count()) == ("intake.read", 2)
    assert [move.target for move in batch.moves.order_by("pk")] == ["uploaded", "reading", "ready"]


def test_reading_changes_nothing_in_the_register(cast):
    before = register_now()
    ready(cast)
    assert register_now() == before


def test_a_file_that_is_no_register_says_why_in_one_sentence(cast):
    batch = ready(cast, content=b"PK\x03\x04 xl/workbook.xml broken")
    assert batch.state == "unreadable"
    assert batch.problem.endswith(".")
    with pytest.raises(actions.Refused, match="không đọc được"):
        confirm(cast, batch)


def test_a_lost_file_is_said_to_be_lost(cast):
    batch = start(cast)
    default_storage.delete(batch.file.blob.name)
    assert "Hãy gửi lại tệp" in read(batch).problem


def test_unknown_headers_are_mapped_once_and_remembered(cast):
    batch = ready(cast, content=plain_xlsx(UNKNOWN))
    assert batch.state == "unmapped"
    columns = {1: Field.NAME, 2: Field.PRODUCER, 3: Field.FIRST_STARS}
    actions.choose_columns(actor=cast.officer, batch=batch, tab=0, header_row=2, columns=columns, at=NOW)
    assert read(batch).state == "ready"
    assert kinds(batch) == {3: "new"}
    second = ready(cast, content=plain_xlsx([["Huyện khác"], *UNKNOWN[1:], ["Mật ong", "HTX Hoa Vàng", "4"]]))
    assert (second.state, kinds(second)) == ("ready", {3: "new", 4: "new"})
    assert IntakeLayout.objects.get().chosen_by_id == cast.officer.user_id


@pytest.mark.parametrize(
    ("columns", "header_row", "said"),
    [
        ({1: Field.NAME, 2: Field.NAME}, 2, "một cột"),
        ({1: Field.NAME}, 2, "tên chủ thể"),
        ({1: Field.NAME, 2: Field.PRODUCER}, 99, "Hàng tiêu đề"),
        ({1: Field.NAME, 9: Field.PRODUCER}, 2, "Hàng tiêu đề"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(cast, columns, header_row, said):
    batch = ready(cast, content=plain_xlsx(UNKNOWN))
    with pytest.raises(actions.NotFitting, match=said):
        actions.choose_columns(actor=cast.officer, batch=batch, tab=0, header_row=header_row, columns=columns, at=NOW)
    assert not IntakeLayout.objects.exists()


def test_a_mended_cell_is_judged_anew_and_the_sheet_stays(cast):
    batch = ready(cast)
    before = batch.digest
    mend(cast, batch, first_stars="4", phone="0987654321")
    assert batch.state == "reading"
    entry = last_entry()
    assert (entry.event, '"first_stars":{"from":"6","to":"4"}' in entry.body) == ("intake.mended", True)
    assert "0987654321" not in entry.body
    batch = read(batch)
    assert (batch.state, kinds(batch)[BAD_ROW], batch.digest != before) == ("ready", "new", True)
    stored = IntakeMend.objects.get(field="first_stars")
    assert (stored.former, stored.value, stored.by_id) == ("6", "4", cast.officer.user_id)
    mend(cast, batch, first_stars="5")
    stored.refresh_from_db()
    assert (stored.former, stored.value) == ("6", "5")


@pytest.mark.parametrize(
    ("n", "values", "said"),
    [(999, {"first_stars": "4"}, "không có dòng"), (BAD_ROW, {"first_stars": " 6 "}, "chưa sửa"), (BAD_ROW, {"note": "x" * 401}, "400")],
)
def test_a_mend_that_says_nothing_is_refused(cast, n, values, said):
    batch = ready(cast)
    with pytest.raises(actions.NotFitting, match=said):
        mend(cast, batch, n=n, **values)
    assert not IntakeMend.objects.exists()


def test_confirming_writes_what_was_shown_and_says_so_once(cast):
    batch = confirm(cast, ready(cast))
    assert (batch.state, batch.confirmed_by_id, batch.confirmed_at) == ("confirmed", cast.officer.user_id, NOW)
    assert batch.summary["done"] == {"products": 1, "producers": 1, "recognitions": 2, "filled": batch.summary["done"]["filled"]}
    tea = Product.objects.get(name="Trà hoa vàng")
    assert (tea.producer.name, tea.recognitions.get().stars) == ("HTX Hoa Vàng", 3)
    assert cast.product.recognitions.get().stars == 4
    assert not Product.objects.filter(name="Trà túi lọc").exists()
    assert (last_entry().event, batch.digest in last_entry().body) == ("intake.confirmed", True)
    assert "Ma Thị Kín" not in last_entry().body
    assert verify_audit().sound
    assert not queries.intakes_to_read(NOW).exists()


def test_the_same_sheet_again_changes_nothing(cast):
    confirm(cast, ready(cast))
    before = register_now()
    second = ready(cast)
    assert set(kinds(second).values()) == {"same", "refused", "duplicate"}
    confirm(cast, second)
    assert register_now() == before
    assert [each.pk for each in queries.same_file_before(second)] == [IntakeBatch.objects.order_by("pk")[0].pk]


def test_a_register_that_changed_meanwhile_is_told_row_by_row(cast):
    first, second = ready(cast), ready(cast)
    confirm(cast, first)
    before = register_now()
    with pytest.raises(actions.IntakeChanged) as told:
        confirm(cast, second)
    assert {(each.n, each.before, each.now) for each in told.value.changes} == {
        (TEA_ROW, "new", "same"),
        (TEA_ROW + 3, "changed", "same"),
    }
    assert register_now() == before
    assert IntakeBatch.objects.get(pk=second.pk).state == "ready"


def test_only_the_preview_that_was_seen_is_confirmed(cast):
    batch = ready(cast)
    seen = IntakeBatch.objects.get(pk=batch.pk)
    mend(cast, batch, first_stars="4")
    read(batch)
    for digest in (seen.digest, "", "x" * 64):
        with pytest.raises(actions.BatchMoved):
            confirm(cast, seen, digest=digest)
    assert not Product.objects.filter(name="Trà hoa vàng").exists()


def test_a_confirmed_sheet_is_taken_back_as_a_whole_and_taken_in_again(cast):
    before = register_now()
    batch = confirm(cast, ready(cast))
    actions.take_back_intake(actor=cast.second_officer, batch=batch, at=NOW + rules.UNDO_WITHIN)
    assert (batch.state, batch.undone_by_id, batch.effects) == ("undone", cast.second_officer.user_id, None)
    assert register_now() == before
    assert last_entry().event == "intake.undone"
    actions.reread_intake(actor=cast.officer, batch=batch, at=AGAIN)
    batch = confirm(cast, read(batch, AGAIN), at=AGAIN)
    assert Product.objects.filter(name="Trà hoa vàng").exists()
    assert [move.target for move in batch.moves.order_by("pk")][2:] == ["ready", "confirmed", "undone", "reading", "ready", "confirmed"]
    assert verify_audit().sound


def test_a_day_later_nothing_is_taken_back(cast):
    batch = confirm(cast, ready(cast))
    with pytest.raises(actions.Refused, match="24 giờ"):
        actions.take_back_intake(actor=cast.officer, batch=batch, at=NOW + rules.UNDO_WITHIN + timedelta(seconds=1))
    assert Product.objects.filter(name="Trà hoa vàng").exists()


def test_what_others_built_upon_is_not_taken_back(cast):
    batch = confirm(cast, ready(cast))
    tea = Product.objects.get(name="Trà hoa vàng")
    actions.edit_product(actor=cast.officer, product=tea, changes={"storage": "Nơi khô"}, version=tea.version, at=NOW)
    with pytest.raises(BuiltUpon, match=str(TEA_ROW)):
        actions.take_back_intake(actor=cast.officer, batch=batch, at=AGAIN)
    assert IntakeBatch.objects.get(pk=batch.pk).state == "confirmed"


def test_a_discarded_sheet_is_done_with(cast):
    batch = actions.discard_intake(actor=cast.officer, batch=ready(cast), at=NOW)
    assert (batch.state, batch.discarded_by_id, last_entry().event) == ("discarded", cast.officer.user_id, "intake.discarded")
    with pytest.raises(actions.Refused, match="đã bỏ"):
        confirm(cast, batch)
    with pytest.raises(actions.Refused):
        mend(cast, batch, first_stars="4")


def test_a_stale_copy_moves_nothing(cast):
    batch = ready(cast)
    stale = IntakeBatch.objects.get(pk=batch.pk)
    actions.discard_intake(actor=cast.officer, batch=batch, at=NOW)
    for act in (
        lambda: actions.discard_intake(actor=cast.officer, batch=stale, at=NOW),
        lambda: actions.reread_intake(actor=cast.officer, batch=stale, at=NOW),
        lambda: mend(cast, stale, first_stars="4"),
        lambda: confirm(cast, stale),
    ):
        with pytest.raises(actions.BatchMoved):
            act()
    assert batch.moves.count() == 4
    assert not IntakeMend.objects.exists()


def test_a_dead_reader_is_replaced_and_what_it_left_is_not_kept_twice(cast):
    batch = start(cast)
    IntakeBatch.objects.filter(pk=batch.pk).update(state="reading", taken_up_at=NOW, readings=1, tries=1, rows_total=4, rows_read=2)
    batch.rows.create(n=TEA_ROW, kind="same", is_remarked=False, search_text="", shown={}, cells={})
    assert not actions.read_intake(actor=READER, batch_id=batch.pk, at=NOW + timedelta(minutes=1))
    assert read(batch, NOW + rules.READER_GIVEN).state == "ready"
    assert list(kinds(batch).values()) == ["new", "refused", "duplicate", "changed"]
    assert IntakeBatch.objects.get(pk=batch.pk).tries == 0


def test_a_file_that_kills_every_reader_is_given_up(cast):
    batch = start(cast)
    IntakeBatch.objects.filter(pk=batch.pk).update(state="reading", taken_up_at=NOW, tries=rules.READER_TRIES)
    given_up = read(batch, NOW + rules.READER_GIVEN)
    assert (given_up.state, "nhiều lần" in given_up.problem) == ("unreadable", True)


def test_a_reading_that_is_over_is_not_done_twice(cast):
    batch = ready(cast)
    assert not actions.read_intake(actor=READER, batch_id=batch.pk, at=AGAIN)
    assert not actions.read_intake(actor=READER, batch_id=0, at=AGAIN)
    assert batch.moves.count() == 3


def test_reading_people_is_logged_and_other_cells_are_not(cast):
    batch = ready(cast)
    row = actions.read_intake_row(actor=cast.officer, batch=batch, n=TEA_ROW, at=NOW)
    assert row.cells["representative"] == "Ma Thị Kín"
    entry = AccessEntry.objects.get(event="intake.row_read")
    assert (entry.event, entry.subject, '"phone","representative"' in entry.body) == ("intake.row_read", f"intake:{batch.code}", True)
    actions.read_intake_row(actor=cast.officer, batch=batch, n=TEA_ROW + 3, at=NOW)
    assert actions.read_intake_row(actor=cast.officer, batch=batch, n=1, at=NOW) is None
    assert AccessEntry.objects.filter(event__startswith="intake.").count() == 1
    actions.read_first_rows(actor=cast.officer, batch=batch, at=NOW)
    assert AccessEntry.objects.latest("n").event == "intake.sheet_read"


def test_after_ninety_days_the_people_are_forgotten_and_the_register_is_not(cast):
    batch = confirm(cast, ready(cast))
    mend_left = ready(cast, content=register_xlsx([BAD]))
    mend(cast, mend_left, n=TEA_ROW, phone="0987654321")
    later = NOW + rules.INTAKE_KEPT
    assert not actions.forget_intake(actor=SWEEP, batch_id=batch.pk, at=later - timedelta(seconds=1))
    for each in (batch, mend_left):
        assert actions.forget_intake(actor=SWEEP, batch_id=each.pk, at=later)
        assert not actions.forget_intake(actor=SWEEP, batch_id=each.pk, at=later)
        each.refresh_from_db()
        assert (each.rows.count(), each.mends.count(), each.file.removed_at) == (0, 0, later)
        assert each.effects in (None, {})
    assert Product.objects.filter(name="Trà hoa vàng").exists()
    for act in (actions.read_remarked_sheet, actions.read_first_rows):
        with pytest.raises(actions.NotFitting, match="xóa sau 90 ngày"):
            act(actor=cast.officer, batch=batch, at=later)
    with pytest.raises(actions.Refused, match="xóa sau 90 ngày"):
        mend(cast, IntakeBatch.objects.get(pk=mend_left.pk), n=TEA_ROW, note="x")
