"""The command: what it tells, what it writes, how it says no."""

import json

import pytest
from django.core.management import call_command

from ocop.people.actions import load_offices
from ocop.people.enums import Role
from ocop.people.models import User
from ocop.records.models import AuditEntry
from ocop.register.models import Product, Recognition
from tests.cast import NOW, SEED, person
from tests.register.sheets import bare, book, content, row, take_in

KEYS = {"rows", "products_created", "producers_created", "recognitions_created", "duplicates", "refused", "warnings"}


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(content(book(["HUYỆN CHỢ ĐỒN", row(), row(), row(stars="9"), bare(), ["Tổng cộng", 4]])))
    return path


def test_without_commit_it_only_tells(opened, sheet):
    report = take_in(sheet)
    assert set(report) == KEYS
    assert (report["rows"], report["products_created"], report["producers_created"], report["recognitions_created"]) == (4, 2, 2, 1)
    assert report["duplicates"] == [{"row": 8, "first_row": 7}]
    assert [(each["row"], each["column"], each["code"]) for each in report["refused"]] == [(9, "Hạng sao hiện tại", "bad_star")]
    assert all(set(each) == {"row", "column", "code", "reason"} for each in report["refused"] + report["warnings"])
    assert Product.objects.count() == 126


def test_with_commit_it_writes_what_it_told_and_the_second_time_nothing(opened, sheet):
    told, written = take_in(sheet), take_in(sheet, "--commit")
    assert told == written
    assert (Product.objects.count(), Recognition.objects.count()) == (128, 95)
    assert AuditEntry.objects.get(event="register.taken_in").actor_id == User.objects.get(username="import").pk
    again = take_in(sheet, "--commit")
    assert (again["rows"], again["products_created"], again["producers_created"], again["recognitions_created"]) == (4, 0, 0, 0)
    assert again == take_in(sheet)
    assert Product.objects.count() == 128


def refuse(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        call_command("import_register", *map(str, arguments))
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def test_an_officer_by_name_and_nobody_else(opened, sheet, capsys):
    load_offices(actor=SEED, at=NOW)
    officer = User.objects.get(pk=person("Lý Thị Tỉnh", Role.OCOP_OFFICER, "co-quan-ocop").user_id)
    call_command("import_register", str(sheet), "--commit", "--as", officer.username)
    assert AuditEntry.objects.get(event="register.taken_in").actor_id == officer.pk
    clerk = User.objects.get(pk=person("Hoàng Thị Xã", Role.COMMUNE_OFFICER, "ubnd-xa-con-minh").user_id)
    for name in (clerk.username, "khong-co", "import"):
        assert name in refuse(capsys, sheet, "--as", name)


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n1,2\n"])
def test_what_cannot_be_read_leaves_with_one_sentence(opened, tmp_path, capsys, data):
    path = tmp_path / "so.xlsx"
    path.write_bytes(data)
    assert refuse(capsys, path).strip().endswith(".")
    refuse(capsys, tmp_path / "khong-co.xlsx")


def test_the_report_is_readable_by_other_programs(opened, sheet):
    take_in(sheet)
    text = sheet.with_suffix(".json").read_text(encoding="utf-8")
    assert "Hạng sao hiện tại" in text
    assert json.loads(text)["rows"] == 4
