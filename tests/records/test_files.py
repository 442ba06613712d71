"""Files: what is taken, what is refused, what is left of a picture, and that disk and database stay in step."""

import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from ocop.core.actor import VISITOR, Actor, system_actor
from ocop.records import actions, jobs, queries, rules
from ocop.records.enums import FileKind
from ocop.records.models import Rendition, StoredFile
from tests.records.conftest import AT
from tests.records.pictures import PDF, SECRET, picture, png_of, telling_photo, upload
from tests.sheets import plain_xlsx

SWEEP = system_actor("sweep")


def store(data, name="anh.jpg", kind=FileKind.PHOTO, actor=VISITOR):
    return actions.store_file(actor=actor, kind=kind, subject="product:BK001", upload=upload(data, name), at=AT)


def stored_bytes(stored):
    with default_storage.open(stored.blob.name) as blob:
        return blob.read()


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_photo_is_kept_under_our_own_name(file_store, mai, kind, content_type):
    stored = store(picture(kind), f"Ảnh chụp.{kind.lower()}", actor=Actor(user_id=mai.pk))
    data = stored_bytes(stored)
    assert (stored.content_type, stored.width, stored.height, stored.size) == (content_type, 900, 600, len(data))
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.uploaded_by == mai
    assert stored.key not in stored.blob.name
    assert "Ảnh" not in stored.blob.name
    assert files_in(file_store) == [stored.blob.name]
    assert actions.file_facts(stored)["sha256"] == stored.sha256


@pytest.mark.django_db
def test_nothing_hidden_survives_and_the_picture_stands_upright(file_store):
    stored = store(telling_photo())
    data = stored_bytes(stored)
    assert SECRET.encode() not in data
    assert b"<script" not in data
    assert not Image.open(io.BytesIO(data)).getexif()
    assert (stored.width, stored.height) == (400, 800)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    top, bottom = image.getpixel((200, 100)), image.getpixel((200, 700))
    assert top[1] < 60 < 200 < bottom[1]  # the red half was on the left; turned right it is on top


@pytest.mark.django_db
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera_gives_the_same_picture(file_store, orientation):
    turned = (400, 800) if orientation < 5 else (800, 400)
    stored = store(telling_photo(orientation, turned))
    assert (stored.width, stored.height) == (400, 800)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("P", "PNG", {}),
        ("RGBA", "PNG", {}),
        ("LA", "PNG", {}),
        ("I;16", "PNG", {}),
        ("1", "PNG", {}),
        ("CMYK", "JPEG", {}),
        ("L", "JPEG", {}),
        ("RGBA", "WEBP", {}),
    ],
)
def test_every_kind_of_colours_is_taken_and_sized(file_store, mode, kind, options):
    stored = store(picture(kind, (700, 500), mode, 0 if mode == "I;16" else "white", **options))
    assert actions.make_renditions(actor=SWEEP, file_id=stored.pk, at=AT) == 6


@pytest.mark.django_db
def test_a_large_photo_is_kept_no_longer_than_a_page_can_show(file_store):
    assert max(store(picture(size=(6000, 4000))).width, 0) == rules.LONGEST_EDGE


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def xlsx():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    return target.getvalue()


POISON = {
    "svg": SVG,
    "svg named png": SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "html in a gif": b"GIF89a" + SVG,
    "gif": picture("GIF"),
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
    "zip, docx, xlsx": xlsx(),
    "program": b"MZ\x90\x00" + bytes(100),
    "elf": b"\x7fELF" + bytes(100),
    "php": b"<?php system($_GET['c']); ?>",
    "empty": b"",
    "one byte": b"\xff",
    "jpeg head alone": b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 20,
    "png head alone": b"\x89PNG\r\n\x1a\n" + b"<html>" * 20,
    "webp head alone": b"RIFF\x00\x00\x00\x00WEBP" + b"VP8 " + bytes(30),
    "cut jpeg": picture()[:-700],
    "cut png": picture("PNG", mode="RGBA", colour="red")[:-60],
    "nothing but zeros": bytes(5000),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(100),
    "too many pixels": png_of(30_000, 30_000),
    "one pixel too many": png_of(8000, 5001),
    "webp beyond its own limit": picture("WEBP", (4000, 3000)),
    "too heavy": picture() + bytes(15 * 1024 * 1024),
    "pdf as photo": PDF,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", POISON)
def test_poison_is_refused_with_a_sentence_and_leaves_nothing(file_store, name):
    begun = time.monotonic()
    with pytest.raises(actions.FileRefused, match=r"Hãy|cần đổi"):
        store(POISON[name], "anh.png")
    assert time.monotonic() - begun < 2
    assert files_in(file_store) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"x" + PDF, PDF[:-7], SVG, picture("GIF"), xlsx()])
def test_evidence_takes_whole_pdf_and_pictures_only(file_store, data):
    with pytest.raises(actions.FileRefused):
        store(data, "a.pdf", FileKind.EVIDENCE)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FileKind.EVIDENCE, FileKind.DECISION_SCAN])
def test_a_pdf_is_kept_as_it_was_sent(file_store, kind):
    stored = store(PDF, "QĐ 1234.pdf", kind)
    assert (stored.content_type, stored.width, stored_bytes(stored)) == ("application/pdf", None, PDF)


@pytest.mark.django_db
def test_a_lying_size_does_not_help(file_store):
    heavy = upload(picture() + bytes(15 * 1024 * 1024))
    heavy.size = 10
    with pytest.raises(actions.FileRefused):
        actions.store_file(actor=VISITOR, kind=FileKind.PHOTO, subject="x", upload=heavy, at=AT)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("QĐ 1234.pdf", "QĐ 1234.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie x=1.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Mai\\anh.PNG", "anh.jpg"),
        ("CON", "tep CON.jpg"),
        ("con.txt", "tep con.jpg"),
        ("LPT1.tar.gz", "tep LPT1.tar.jpg"),
        ("...", "tep.jpg"),
        ("", "tep.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("a\x00b;c%0d.html", "ab c 0d.jpg"),
        ("Ạ" * 300 + ".jpg", "Ạ" * 96 + ".jpg"),
        ("Mie\u0302\u0301n.jpg", "Miến.jpg"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert rules.clean_file_name(name, "image/jpeg") == clean


@pytest.mark.parametrize(
    ("width", "widths"), [(200, (200,)), (320, (320,)), (500, (320, 500)), (1280, (320, 640, 1280)), (2560, (320, 640, 1280))]
)
def test_sizes_are_never_larger_than_the_photo(width, widths):
    assert rules.rendition_widths(width) == widths


@pytest.mark.django_db
def test_sizes_are_made_once_in_both_formats(file_store):
    stored = store(telling_photo(1, (1000, 500)))
    assert list(queries.files_to_size()) == [stored]
    assert jobs.sweep_photos.enqueue().return_value == 1
    made = set(stored.renditions.values_list("format", "width", "height"))
    assert made == {(name, *size) for name in ("webp", "avif") for size in ((320, 160), (640, 320), (1000, 500))}
    for rendition in stored.renditions.all():
        with default_storage.open(rendition.blob.name) as blob:
            data = blob.read()
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.size) == (rendition.format.upper(), (rendition.width, rendition.height))
        assert SECRET.encode() not in data
    assert not queries.files_to_size().exists()
    assert actions.make_renditions(actor=SWEEP, file_id=stored.pk, at=AT) == 0
    assert len(files_in(file_store)) == 7
    assert queries.rendition_by_name(stored.key, 640, "avif").file == stored
    assert queries.rendition_by_name(stored.key, 641, "avif") is None


@pytest.mark.django_db
def test_a_photo_that_cannot_be_sized_is_left_after_five_tries(file_store):
    stored = store(picture())
    default_storage.delete(stored.blob.name)
    default_storage.save(stored.blob.name, io.BytesIO(b"broken"))
    for _try in range(7):
        jobs.sweep_photos.enqueue()
    stored.refresh_from_db()
    assert stored.rendition_tries == rules.ATTEMPTS
    assert list(queries.parked_photos()) == [stored]


@pytest.mark.django_db
def test_private_pictures_are_not_sized(file_store):
    stored = store(picture(), kind=FileKind.MISUSE_PHOTO)
    assert not queries.files_to_size().exists()
    assert actions.make_renditions(actor=SWEEP, file_id=stored.pk, at=AT) == 0


@pytest.mark.django_db
def test_a_removed_file_is_gone_at_once_and_its_bytes_after_an_hour(file_store, time_machine):
    stored = store(picture())
    actions.make_renditions(actor=SWEEP, file_id=stored.pk, at=AT)
    name = queries.rendition_by_name(stored.key, 320, "webp")
    actions.remove_file(actor=VISITOR, file=stored, at=AT)
    assert queries.file_by_key(stored.key) is None
    assert queries.rendition_by_name(stored.key, 320, "webp") is None
    with pytest.raises(actions.FileAlreadyRemoved):
        actions.remove_file(actor=VISITOR, file=stored, at=AT)
    time_machine.move_to(AT + timedelta(minutes=59), tick=False)
    jobs.sweep_files.enqueue()
    assert default_storage.exists(name.blob.name)
    time_machine.move_to(AT + timedelta(minutes=61), tick=False)
    jobs.sweep_files.enqueue()
    assert files_in(file_store) == []
    assert StoredFile.objects.get().blob == ""
    assert not Rendition.objects.exists()
    assert jobs.sweep_files.enqueue().return_value == 0


@pytest.mark.django_db
def test_a_rollback_leaves_a_stray_file_and_the_sweep_takes_only_that(file_store, time_machine):
    kept = store(picture())
    with transaction.atomic():
        store(picture())
        transaction.set_rollback(True)
    assert len(files_in(file_store)) == 2
    now = time.time()
    for name in files_in(file_store):
        os.utime(file_store / name, (now - 7200, now - 7200))
    jobs.sweep_files.enqueue()
    assert files_in(file_store) == [kept.blob.name]


@pytest.mark.django_db
def test_a_young_stray_file_may_belong_to_a_running_transaction(file_store):
    with transaction.atomic():
        store(picture())
        transaction.set_rollback(True)
    jobs.sweep_files.enqueue()
    assert len(files_in(file_store)) == 1


@pytest.mark.django_db
def test_a_lost_file_is_reported(file_store, caplog, time_machine):
    stored = store(picture())
    default_storage.delete(stored.blob.name)
    time_machine.move_to(AT, tick=False)
    jobs.sweep_files.enqueue()
    assert "a stored file is gone" in caplog.text


MEASURE = """
import resource, sys
sys.path.insert(0, {root!r})
import os
os.environ.update(OCOP_MODE="test", DJANGO_SETTINGS_MODULE="config.settings")
import django; django.setup()
from ocop.records.readers import FileRefused, read_picture
data = open({path!r}, "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_picture(data, {content_type!r}, 40_000_000)
except FileRefused:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    ("make", "content_type", "most"),
    [
        (lambda: png_of(30_000, 30_000), "image/png", 50),
        (lambda: picture("PNG", (7300, 5470), "RGBA", "red"), "image/png", 250),
        (lambda: picture("JPEG", (7300, 5470)), "image/jpeg", 250),
    ],
)
def test_a_picture_takes_little_memory(tmp_path, make, content_type, most):
    """Measured in a process of its own, in MB: a bomb under 50, the largest allowed picture under 250 (RELIABILITY.md P11)."""
    (tmp_path / "picture").write_bytes(make())
    root = str(Path(__file__).resolve().parents[2])
    script = MEASURE.format(root=root, path=str(tmp_path / "picture"), content_type=content_type)
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert int(answer.stdout.split()[-1]) / 1024 < most


TABLE = b"TT;T\xc3\xaan s\xe1\xba\xa3n ph\xe1\xba\xa9m\r\n1;Mi\xe1\xba\xbfn dong\r\n"
NO_TABLES = {
    "a picture": picture("PNG"),
    "a paper": PDF,
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a page": b"<!doctype html><table><tr><td>1</td></tr></table>",
    "a page behind a mark": b"\xef\xbb\xbf  <html><script>alert(1)</script>",
    "an archive of anything": b"PK\x03\x04" + b"word/document.xml" + bytes(60),
    "a program": b"MZ\x90\x00\x03" + bytes(600),
    "rich text": b"{\\rtf1 Mi\\'ean dong}",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "content_type", "name"),
    [
        (plain_xlsx([["TT", "Tên sản phẩm"]]), rules.XLSX, "so.xlsx"),
        (TABLE, rules.CSV, "so.csv"),
        ("TT;Tên sản phẩm".encode("utf-16"), rules.CSV, "so.csv"),
        (b"TT;T\xaan s\xb6n ph\xc8m", rules.CSV, "so.csv"),  # TCVN3
    ],
)
def test_a_table_is_kept_as_it_came(file_store, data, content_type, name):
    stored = store(data, "so.html", FileKind.INTAKE)
    assert (stored.content_type, stored.name, stored.width) == (content_type, name, None)
    assert stored_bytes(stored) == data


@pytest.mark.django_db
@pytest.mark.parametrize("case", NO_TABLES)
def test_what_is_no_table_is_refused_whatever_it_is_called(file_store, case):
    with pytest.raises(actions.FileRefused, match="Chỉ nhận tệp XLSX hoặc CSV"):
        store(NO_TABLES[case], "so.xlsx", FileKind.INTAKE)
    assert files_in(file_store) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.EVIDENCE, FileKind.DECISION_SCAN])
def test_a_table_is_nothing_but_a_table(file_store, kind):
    for data in (TABLE, plain_xlsx([["a"]])):
        with pytest.raises(actions.FileRefused):
            store(data, kind=kind)
