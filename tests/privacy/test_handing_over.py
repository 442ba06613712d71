"""One ZIP with everything held of one person, nothing of others, and a trace that it was made."""

import json
import stat
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ocop.people.actions import Refused
from ocop.privacy.actions import export_person
from ocop.records.models import AccessEntry
from tests.cast import NOW, SEED, Cast
from tests.privacy.conftest import Somebody


def handed_over(bird: Somebody) -> zipfile.ZipFile:
    target = BytesIO()
    export_person(actor=SEED, keys=bird.keys, at=NOW, target=target)
    return zipfile.ZipFile(target)


def test_everything_of_the_person_is_in_it(bird: Somebody, other: Somebody) -> None:
    archive = handed_over(bird)
    held = json.loads(archive.read("du-lieu.json"))["held"]
    assert set(held) == {
        *("account", "account_email", "second_factor", "session", "sign_in", "mandate", "invitation", "assisted_reset", "factor_reset"),
        *("representative", "business_contact", "claim", "report", "notice", "file", "reading", "act", "data_request"),
    }
    assert held["account"][0]["full_name"] == bird.name
    assert held["representative"][0]["home_address"].startswith(bird.mark)
    assert len(held["sign_in"]) == 3
    assert {row["username"] for row in held["sign_in"]} == {bird.phone, bird.email}
    assert len([name for name in archive.namelist() if name.startswith("tep/")]) == 2  # a paper of theirs and the photo of the report
    assert "Dữ liệu cá nhân" in archive.read("doc-truoc.txt").decode()


def test_who_read_their_data_is_named(bird: Somebody, cast: Cast) -> None:
    row = json.loads(handed_over(bird).read("du-lieu.json"))["held"]["reading"][0]
    assert (row["event"], row["actor"]) == ("user.read", "Lý Thị Tỉnh")


def test_nothing_of_others_and_no_secret_is_in_it(bird: Somebody, other: Somebody) -> None:
    archive = handed_over(bird)
    text = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist()) + "".join(archive.namelist())
    assert [value for value in other.canaries if value in text] == []
    assert "secret" not in text
    assert bird.user.password not in text


def test_the_reading_is_logged(bird: Somebody) -> None:
    handed_over(bird)
    entry = AccessEntry.objects.get(event="personal_data.exported")
    assert '"representative"' in entry.body
    assert bird.phone not in entry.body


def test_only_the_administrator_and_the_machine_gather(bird: Somebody, cast: Cast) -> None:
    for actor in (cast.officer, cast.inspector, cast.clerk, cast.producer, cast.newcomer):
        with pytest.raises(Refused):
            export_person(actor=actor, keys=bird.keys, at=NOW, target=BytesIO())
    assert export_person(actor=cast.administrator, keys=bird.keys, at=NOW, target=BytesIO())


def test_the_commands(bird: Somebody, tmp_path: Path) -> None:
    file, out = tmp_path / "a.zip", StringIO()
    call_command("export_person", phone="0912 345 671", out=str(file), stdout=out)
    assert json.loads(out.getvalue())["held"]["account"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="exists"):
        call_command("export_person", phone="0912 345 671", out=str(file))
    out = StringIO()
    call_command("erase_person", email=bird.email.upper(), stdout=out)
    assert {"what": "report", "rows": 1, "fate": "nameless"} in json.loads(out.getvalue())["held"]
    assert not json.loads(out.getvalue())["erased"]
    out = StringIO()
    call_command("erase_person", producer=bird.maker.code, yes=True, stdout=out)
    assert json.loads(out.getvalue())["found"]["representative"] == 1
    out = StringIO()
    call_command("erase_person", producer=bird.maker.code, yes=True, stdout=out)
    assert json.loads(out.getvalue()) == {"erased": True, "found": {}}


@pytest.mark.parametrize(
    ("said", "why"), [({}, "Say who"), ({"producer": "khong-co"}, "no producer"), ({"phone": "12"}, "Số điện thoại chưa đúng")]
)
def test_a_command_says_what_is_missing(db: None, said: dict, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("erase_person", **said)
